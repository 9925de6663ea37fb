#ifndef FLOWBOUND_WIDE_FUNCTIONS_H
#define FLOWBOUND_WIDE_FUNCTIONS_H

#include "wide.h"

// d (1 + 2^-20 q), q = u (1/2 + u (c2 + u c3)), or, if `alternating`, d (1 - 2^-20 q), q = u (1/2 - u (c2 - u c3)),
// with u = 2^20 d <= 1/2. c2 and c3 are scaled as the tables.
//
// Units of 2^-64 for the sum: 3 + 0.52 (2 + 0.52) < 5; for its product with d, cut to a limb, 7: at 2^-20 a share 2^-81.1 of d. The
// remainders, d^4/120 and d^4/5, are below 2^-86. For d not exact: the derivative is at most 1.01.
static inline wide wide_near_identity(wide d, mp_limb_t c2, mp_limb_t c3, int alternating) {
  long down = -20 - d.e;
  mp_limb_t head = (mp_limb_t)(d.m >> 64), u = down < 64 ? head >> down : 0;
  mp_limb_t q = fb_high(u, c3);
  q = fb_high(u, alternating ? c2 - q : c2 + q);
  q = fb_high(u, alternating ? ((mp_limb_t)1 << 63) - q : ((mp_limb_t)1 << 63) + q);
  fb_two part = (fb_two)fb_high(head, q) << 44, m = d.m + part;
  fb_two error = d.error + (d.error >> 4) + TWO(48);
  if (alternating) return wide_normal((wide){d.m - part, d.e, error});
  return m >= d.m ? (wide){m, d.e, error} : (wide){m >> 1 | TWO(127), d.e + 1, error};
}

// 2^64 2^-20/6, 2^64 2^-40/24, 2^64 2^-20/3, 2^64 2^-40/4.
#define EXP_C2 ((mp_limb_t)0x000002aaaaaaaaaa)
#define EXP_C3 ((mp_limb_t)0x00000000000aaaaa)
#define LOG_C2 ((mp_limb_t)0x0000055555555555)
#define LOG_C3 ((mp_limb_t)0x0000000000400000)

// exp(+-x) for exact x with one limb, x < 2^29: fb_exp_limbs with n = 1, unrolled and not rounded.
//
// Error, as a share: |k| for log 2 and 4 for x and tables, times 2^-128; q as above within 5 units, cut u included, u q
// within 4 units of 2^-104; the remainder t^5/120 < 2^-111. Together below 2^-101.9 + |k| 2^-128, that is 2^26.1 + |k|
// units, and 2 for cutting.
static inline wide wide_exp(wide x, int negative) {
  mp_limb_t top = (mp_limb_t)(x.m >> 64);
  fb_two log2 = fb_entry_two(fb_logs_7, 128);
  // The fraction of x; its whole part does not matter.
  fb_two r = x.e > -64 ? (fb_two)top << (64 + x.e) : x.e > -128 ? top >> -(64 + x.e) : 0;
  mp_limb_t quotient = fb_exp_quotient(top, x.e, negative);
  r = negative ? quotient * log2 - r : r - quotient * log2;

  size_t i = fb_exp_first((mp_limb_t)(r >> 64));
  r -= fb_entry_two(fb_logs_7, i - 128);
  size_t j = fb_exp_second((mp_limb_t)(r >> 64));
  r -= fb_entry_two(fb_logs_14, j);
  size_t l = (size_t)(r >> 107);
  r -= fb_entry_two(fb_logs_21, l);

  mp_limb_t u = (mp_limb_t)(r >> 44);
  mp_limb_t q = fb_high(u, ((mp_limb_t)1 << 63) + fb_high(u, EXP_C2 + fb_high(u, EXP_C3)));
  r += (fb_two)fb_high(u, q) << 24;

  mp_limb_t factor = fb_factor(i, j, l);
  int zeros = __builtin_clzl(factor);
  factor <<= zeros;
  fb_two whole = (fb_two)factor << 64;
  fb_two m = whole + (fb_two)factor * (mp_limb_t)(r >> 64) + fb_high(factor, (mp_limb_t)r);
  long e = (negative ? -(long)quotient : (long)quotient) + 22 - zeros;
  fb_two error = TWO(28) + quotient;
  return m >= whole ? (wide){m, e, error} : (wide){m >> 1 | TWO(127), e + 1, error};
}

// log(x) for x with |e| < 2^62, not 1; `negative` is its sign. fb_log_limbs with w = 2, unrolled and not rounded.
//
// Error of the sum, in units of 2^-128: |e| for log 2, 4 for the tables and t, 2^26 for u q (4 units of 2^-104), 2^21
// for the remainder t^5/5 < 2^-107. |e| is at most 2 units in the last place of a result above 1, and so the sum is
// below 2^27. x's own error, at most 2^100 units or there is no information anyway, changes log(x) by less than twice
// as many.
static inline wide wide_log(wide x, int *negative) {
  *negative = x.e <= 0;
  mp_limb_t top = (mp_limb_t)(x.m >> 64), low = (mp_limb_t)x.m;
  if (x.e == 1 && top << 1 >> 43 == 0) {
    return wide_near_identity(wide_normal((wide){x.m << 1, 0, 2 * x.error}), LOG_C2, LOG_C3, 1);
  }
  if (x.e == 0 && ~top >> 43 == 0) {
    return wide_near_identity(wide_normal((wide){-x.m, 0, x.error}), LOG_C2, LOG_C3, 0);
  }

  size_t i, j, l;
  fb_log_factors(top, &i, &j, &l);
  mp_limb_t factor = fb_factor(i, j, l);
  // t 2^42 = 2^42 - m M: a limb `left` below a whole limb and a limb of fraction.
  fb_two under = (fb_two)low * factor, over = (fb_two)top * factor + (under >> 64);
  mp_limb_t left = -(mp_limb_t)under;
  over = TWO(106) - over - (left != 0);
  mp_limb_t u = (mp_limb_t)(over >> 22);
  fb_two a = (over << 22) + (left >> 42);

  mp_limb_t q = fb_high(u, ((mp_limb_t)1 << 63) + fb_high(u, LOG_C2 + fb_high(u, LOG_C3)));
  a += (fb_two)fb_high(u, q) << 24;
  a += fb_entry_two(fb_logs_7, i - 128) + fb_entry_two(fb_logs_14, j) + fb_entry_two(fb_logs_21, l);

  // e log 2 - a, a whole limb above the fraction.
  fb_two log2 = fb_entry_two(fb_logs_7, 128);
  mp_limb_t multiple = (mp_limb_t)(x.e > 0 ? x.e : -x.e);
  fb_two first = (fb_two)multiple * (mp_limb_t)log2;
  fb_two second = (fb_two)multiple * (mp_limb_t)(log2 >> 64) + (first >> 64);
  mp_limb_t whole = (mp_limb_t)(second >> 64);
  fb_two fraction = second << 64 | (mp_limb_t)first;
  if (x.e > 0) {
    whole -= fraction < a;
    fraction -= a;
  } else {
    fraction += a;
    whole += fraction < a;
  }
  fb_two error = 2 * x.error + TWO(27);
  if (whole == 0) return wide_normal((wide){fraction, 0, error});
  int zeros = __builtin_clzl(whole);
  return (wide){(fb_two)whole << (64 + zeros) | fraction >> (64 - zeros), 64 - zeros, error};
}

// The top limb of a, rounded to nearest. The errors above are at most 2^49 units, 2^-15 in the last place of a limb, so
// that 1 bounds the whole.
static inline int wide_limb(wide a, mp_limb_t *z, long *e) {
  mp_limb_t top = (mp_limb_t)(a.m >> 64) + (mp_limb_t)(a.m >> 63 & 1);
  *e = a.e + (top == 0);
  *z = top ? top : (mp_limb_t)1 << 63;
  return 1;
}

#endif
