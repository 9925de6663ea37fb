#include "wide_functions.h"

// log(1 + d) or, if `below`, -log(1 - d) for 0 < d <= 2^-21, in n + 1 limbs of which the lowest is 0: d (1 -+ 2^-20 q),
// q from fb_series at u = 2^20 d. d is destroyed.
//
// Error, as a share of d in units of n limbs: q is off by 36 for the series, 0.6 for cutting u, and 8 for the remainder
// (2^-(64 n + 17), seen at 2^-20); the product by 16 more. 61 units at 2^-20 are 2^-14, at most 2^-13 units in the last
// place of the result. Rounding adds a half: the bound 1 is proved.
static long log_near_one(mp_limb_t *z, mp_limb_t *d, int below, size_t n) {
  size_t w = n + 1;
  mp_limb_t u[FB_WORKING_LIMBS], q[FB_WORKING_LIMBS];
  mpn_lshift(u, d, (mp_size_t)w, 20);
  fb_series(q, u + 1, n, fb_log_coefficients, fb_log_zeros, fb_log_terms[n - 1], !below);

  size_t zeros = 0;
  while (d[w - 1 - zeros] == 0) zeros++;
  if (zeros) {
    for (size_t i = w; i-- > 0;) d[i] = i >= zeros ? d[i - zeros] : 0;
  }
  int shift = __builtin_clzl(d[w - 1]);
  if (shift) mpn_lshift(d, d, (mp_size_t)w, (unsigned)shift);

  fb_product_high(q, q, d + 1, n);
  q[n] = mpn_lshift(q, q, (mp_size_t)n, 44);
  long exponent = -(long)(64 * zeros) - shift;
  if (!below) {
    mpn_sub_n(d, d, q, (mp_size_t)w);
  } else if (mpn_add_n(d, d, q, (mp_size_t)w)) {
    mpn_rshift(d, d, (mp_size_t)w, 1);
    d[w - 1] |= (mp_limb_t)1 << 63;
    exponent++;
  }
  return fb_round(z, d, w, exponent, n);
}

// log(x) = e log 2 - a, where x = m 2^e and a = -log(m) = log(M/2^42) - log(1 - t), the fraction 1 - t = m M/2^42 being
// exact, 0 <= t < 2^-20.97, and -log(1 - t) = t + 2^-20 t q with q from fb_series at u = 2^20 t. Within 2^-21 of 1
// `log_near_one` keeps the relative error.
//
// Error of the sum, in units of w = n + 1 limbs (2^64 of them are a unit of n limbs): |e| for log 2 rounded down, 3 for
// the tables; 2^-40 u q: as for exp, 2^29.2; the remainder, 2^-20.97 * 2^-(64 n + 17): 2^26.1. For |e| <= 1 the result
// is at least 2^-21.01, and the error below 2^29.5 units is a share of 2^50.6 units of w limbs, or 2^-13.4 of n limbs;
// for |e| > 1 the result is at least 0.69 (|e| - 1), and the share is below 2^30. That is at most 2^-13 units in the
// last place. Rounding adds a half: the bound 1 is proved.
int fb_log_limbs(mp_limb_t *z, long *ze, int *z_negative, const mp_limb_t *x, long xe, size_t n) {
  if (n < 1 || n > FB_LARGEST_LIMBS) return 0;
  if (n == 1) {
    if (xe == 1 && x[0] == (mp_limb_t)1 << 63) return 0;
    return wide_limb(wide_log((wide){(fb_two)x[0] << 64, xe, 0}, z_negative), z, ze);
  }
  size_t w = n + 1;
  mp_limb_t r[FB_WORKING_LIMBS + 1], u[FB_WORKING_LIMBS], q[FB_WORKING_LIMBS];
  mp_limb_t top = x[n - 1];
  *z_negative = xe <= 0;

  r[0] = 0;
  if (xe == 1 && top << 1 >> 43 == 0) {
    mpn_lshift(r + 1, x, (mp_size_t)n, 1);
    if (mpn_zero_p(r + 1, (mp_size_t)n)) return 0;
    *ze = log_near_one(z, r, 0, n);
    return 1;
  }
  if (xe == 0 && ~top >> 43 == 0) {
    mpn_neg(r + 1, x, (mp_size_t)n);
    *ze = log_near_one(z, r, 1, n);
    return 1;
  }

  size_t i, j, l;
  fb_log_factors(top, &i, &j, &l);
  // t 2^42 = 2^42 - m M, a whole limb above n limbs; t itself in w limbs is that times 2^22.
  mp_limb_t whole = mpn_mul_1(r, x, (mp_size_t)n, fb_factor(i, j, l));
  r[n] = ((mp_limb_t)1 << 42) - whole - (mp_limb_t)(mpn_neg(r, r, (mp_size_t)n) != 0);
  mpn_lshift(u, r, (mp_size_t)w, 42);
  mpn_lshift(r, r, (mp_size_t)w, 22);

  fb_series(q, u + 1, n, fb_log_coefficients, fb_log_zeros, fb_log_terms[n - 1], 0);
  fb_product_high(q, q, u + 1, n);
  q[n] = mpn_lshift(q, q, (mp_size_t)n, 24);
  mpn_add_n(r, r, q, (mp_size_t)w);
  mpn_add_n(r, r, fb_entry(fb_logs_7, i - 128, w), (mp_size_t)w);
  mpn_add_n(r, r, fb_entry(fb_logs_14, j, w), (mp_size_t)w);
  mpn_add_n(r, r, fb_entry(fb_logs_21, l, w), (mp_size_t)w);

  // Every summand is non-negative, and a < 0.7: no carry, no borrow.
  mp_limb_t sum[FB_WORKING_LIMBS + 1];
  sum[w] = mpn_mul_1(sum, fb_log2(w), (mp_size_t)w, xe > 0 ? (mp_limb_t)xe : -(mp_limb_t)xe);
  if (xe > 0) {
    sum[w] -= mpn_sub_n(sum, sum, r, (mp_size_t)w);
  } else {
    sum[w] += mpn_add_n(sum, sum, r, (mp_size_t)w);
  }
  *ze = sum[w] ? fb_round(z, sum, w + 1, 64, n) : fb_round(z, sum, w, 0, n);
  return 1;
}
