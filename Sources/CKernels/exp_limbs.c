#include "wide_functions.h"

// r = the fraction of |x| in n + 1 limbs, rounded down.
static void fraction(mp_limb_t *r, const mp_limb_t *x, long e, size_t n) {
  unsigned long down = e < 0 ? -(unsigned long)e : 0, limbs = down / 64, bits = down % 64;
  for (size_t i = 0; i <= n; i++) r[i] = i + limbs > 0 && i + limbs <= n ? x[i + limbs - 1] : 0;
  if (bits) mpn_rshift(r, r, (mp_size_t)n + 1, (unsigned)bits);
  if (e > 0) mpn_lshift(r, r, (mp_size_t)n + 1, (unsigned)e);
}

// exp(x) = 2^k M/2^42 (1 + f), where x - k log 2 = log(M/2^42) + t with 0 <= t < 2^-20.97 and f = exp(t) - 1 =
// t + 2^-20 t q, q from fb_series at u = 2^20 t.
//
// Error of f, in units of w = n + 1 limbs (2^64 of them are a unit of n limbs):
//   t: |k| <= 2^29.6 for log 2 rounded down, 1 for x, 3 for the tables;
//   2^-20 t q = 2^-40 u q: u cut to n limbs changes q by at most 0.6 and the product by 0.3 more, q is off by 36, the
//     product by 16: 0.52 * 36.6 + 0.3 + 16 < 36 units of n limbs, times 2^-40: 2^29.2;
//   the remainder of the series, 2^-20.97 * 2^(3 - 64 n): 2^46.1.
// That is below 2^47, a share of 2^-17 of a unit of n limbs in 1 + f >= 1, so 2^-16 units in the last place of the
// result. Rounding adds a half: the bound 1 is proved.
int fb_exp_limbs(mp_limb_t *z, long *ze, const mp_limb_t *x, long xe, int negative, size_t n) {
  if (n < 1 || n > FB_LARGEST_LIMBS || xe > 29) return 0;
  if (n == 1) return wide_limb(wide_exp((wide){(fb_two)x[0] << 64, xe, 0}, negative), z, ze);
  size_t w = n + 1;
  mp_limb_t r[FB_WORKING_LIMBS + 1], u[FB_WORKING_LIMBS], q[FB_WORKING_LIMBS];

  // The whole part of x does not matter: r is below 1, so it is found modulo 1.
  fraction(r, x, xe, n);
  mp_limb_t quotient = fb_exp_quotient(x[n - 1], xe, negative);
  if (negative) {
    mpn_mul_1(u, fb_log2(w), (mp_size_t)w, quotient);
    mpn_sub_n(r, u, r, (mp_size_t)w);
  } else if (quotient) {
    mpn_submul_1(r, fb_log2(w), (mp_size_t)w, quotient);
  }

  size_t i = fb_exp_first(r[w - 1]);
  mpn_sub_n(r, r, fb_entry(fb_logs_7, i - 128, w), (mp_size_t)w);
  size_t j = fb_exp_second(r[w - 1]);
  mpn_sub_n(r, r, fb_entry(fb_logs_14, j, w), (mp_size_t)w);
  size_t l = r[w - 1] >> 43;
  mpn_sub_n(r, r, fb_entry(fb_logs_21, l, w), (mp_size_t)w);

  mpn_lshift(u, r, (mp_size_t)w, 20);
  fb_series(q, u + 1, n, fb_exp_coefficients, fb_exp_zeros, fb_exp_terms[n - 1], 0);
  fb_product_high(q, q, u + 1, n);
  q[n] = mpn_lshift(q, q, (mp_size_t)n, 24);
  mpn_add_n(r, r, q, (mp_size_t)w);

  mp_limb_t factor = fb_factor(i, j, l);
  r[w] = factor + mpn_mul_1(r, r, (mp_size_t)w, factor);
  long k = negative ? -(long)quotient : (long)quotient;
  *ze = fb_round(z, r, w + 1, k + 64 - 42, n);
  return 1;
}
