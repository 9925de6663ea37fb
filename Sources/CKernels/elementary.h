#ifndef FLOWBOUND_ELEMENTARY_H
#define FLOWBOUND_ELEMENTARY_H

// What exp and log on limbs share. Both reduce by short factors: with
//
//   M = i (2^14 + j) (2^21 + l),  128 <= i <= 256,  0 <= j <= 128,  0 <= l <= 127,
//
// M/2^42 = (i/128) (1 + j/2^14) (1 + l/2^21) multiplies a number by one limb, exactly, and its logarithm is the sum of
// three entries of tables. exp takes the logarithms from the argument and multiplies by M in the end; log multiplies
// the argument to just below 1 and takes the logarithms from the result. What is left is t, 0 <= t < 2^-20.97, and a
// series.
//
// Numbers are fractions of limbs, little endian: the integer A of w limbs stands for A/2^(64 w). "Units" are 2^(-64 w).

#include "CKernels.h"

// GMP's low-level functions and these tables use whole 64-bit limbs.
_Static_assert(GMP_NUMB_BITS == 64, "limbs of 64 bits");

typedef unsigned __int128 fb_two;

#define FB_LARGEST_LIMBS 8
// Results of n limbs are computed with n + 1.
#define FB_WORKING_LIMBS (FB_LARGEST_LIMBS + 1)

// log(i/128) from i = 128, log(1 + j/2^14), log(1 + l/2^21), all rounded down.
extern const mp_limb_t fb_logs_7[129 * FB_WORKING_LIMBS];
extern const mp_limb_t fb_logs_14[129 * FB_WORKING_LIMBS];
extern const mp_limb_t fb_logs_21[128 * FB_WORKING_LIMBS];
extern const unsigned char fb_exp_entry[178];

// Coefficients of (exp(t) - 1)/t - 1 and 1 - log(1 + t)/t in u = 2^20 t, times 2^20.
extern const mp_limb_t fb_exp_coefficients[], fb_log_coefficients[];
extern const unsigned char fb_exp_zeros[], fb_log_zeros[];
extern const unsigned char fb_exp_terms[FB_LARGEST_LIMBS], fb_log_terms[FB_LARGEST_LIMBS];

// The entry of a table, rounded down to its top w limbs.
static inline const mp_limb_t *fb_entry(const mp_limb_t *table, size_t index, size_t w) {
  return table + index * FB_WORKING_LIMBS + (FB_WORKING_LIMBS - w);
}

static inline fb_two fb_entry_two(const mp_limb_t *table, size_t index) {
  const mp_limb_t *entry = fb_entry(table, index, 2);
  return (fb_two)entry[1] << 64 | entry[0];
}

static inline const mp_limb_t *fb_log2(size_t w) { return fb_entry(fb_logs_7, 128, w); }

static inline mp_limb_t fb_factor(size_t i, size_t j, size_t l) {
  return (mp_limb_t)i * (((mp_limb_t)1 << 14) + j) * (((mp_limb_t)1 << 21) + l);
}

// floor(a b / 2^64).
static inline mp_limb_t fb_high(mp_limb_t a, mp_limb_t b) { return (mp_limb_t)((fb_two)a * b >> 64); }

// The largest i with log(i/128) <= r, or one less if r exceeds that logarithm by less than 2^-64, from the top limb of
// r <= log(2) (1 + 2^-30). One step up from fb_exp_entry is enough: (i + 1) exp(1/256) < i + 2 for i < 255.
static inline size_t fb_exp_first(mp_limb_t top) {
  size_t i = fb_exp_entry[top >> 56];
  return 128 + i + (top > fb_entry(fb_logs_7, i + 1, 1)[0]);
}

// j with log(1 + j/2^14) <= r from the top limb of r < log(129/128) + 2^-64: j/2^14 <= r + r^2/2 <= exp(r) - 1, so j <=
// 127. exp(r) < 1 + (j + 1)/2^14 + r^3/5.9, and (j + 1)^3/(5.9 j) < 2^14, so that r - log(1 + j/2^14) < 2^-14.
static inline size_t fb_exp_second(mp_limb_t top) {
  mp_limb_t r = top >> 1, head = r >> 24;
  return (r + (head * head >> 16)) >> 49;
}

// The factors that bring the fraction m >= 1/2, whose top limb is given, to 1 - t, 0 <= t < 2^-20.97.
//
// (m_16 + 1)/2^16 > m, so i = floor(128 2^16/(m_16 + 1)) keeps m i/128 <= 1. With t1 a lower bound of 1 - m i/128 in
// units of 2^-63 (m 2^56 < floor(m 2^56) + 1), t1 < 1/(m_16 + 1) + m/128, at most 0.9963/128 (for i = 128, t1 = 1 - m),
// and j/2^14 <= t1 + t1^2 <= 1/(1 - t1) - 1, so j <= 128 and t2 = 1 - (1 - t1)(1 + j/2^14) is in [0, 2^-14), again
// bounded below; l = floor(2^21 t2) <= 127. Then t < 2^-21 + t2 l/2^21 + 2^-54 < 2^-20.97.
static inline void fb_log_factors(mp_limb_t top, size_t *i, size_t *j, size_t *l) {
  *i = ((size_t)1 << 23) / ((top >> 48) + 1);
  mp_limb_t t1 = ((mp_limb_t)1 << 63) - ((top >> 8) + 1) * *i, head = t1 >> 24;
  *j = (t1 + (head * head >> 15)) >> 49;
  *l = (t1 - (*j << 49) + (t1 * *j >> 14)) >> 42;
}

// q with q log 2 <= |x| for positive x, q log 2 >= |x| for negative x, and less than (1 + 2^-30) log 2 between them,
// for |x| = 0.top... 2^e, e <= 29. |x|/log 2 is above `quotient` by less than 2.8 units of 2^(e - 63): 1 for cutting
// the product, 1 for the constant 2^63/log 2 rounded down, 0.73 for the other limbs of x. So q log 2 and |x| are a unit
// apart at least: far more than q units of 2^-128, by which fixed-point numbers are off.
static inline mp_limb_t fb_exp_quotient(mp_limb_t top, long e, int negative) {
  if (e < 0) return (mp_limb_t)negative;
  mp_limb_t quotient = fb_high(top, 0xb8aa3b295c17f0bb);
  return negative ? ((quotient + 4) >> (63 - e)) + 1 : (quotient - 1) >> (63 - e);
}

// q = sum over k >= 1 of c_k u^k, or of -(-1)^k c_k u^k, for u < 0.52, n limbs each; c are fb_exp_coefficients or
// fb_log_coefficients. Within 36 units of the sum of the first `terms` terms.
void fb_series(mp_limb_t *q, const mp_limb_t *u, size_t n, const mp_limb_t *c, const unsigned char *zeros, size_t terms,
               int alternating);

// The top n limbs of a b, n limbs each, n <= FB_LARGEST_LIMBS: less than 16 units too low. z may be a or b.
void fb_product_high(mp_limb_t *z, const mp_limb_t *a, const mp_limb_t *b, size_t n);

// z = the `length` > n limbs of a, top limb not zero, rounded to nearest; a is destroyed. The value is a/2^(64 length)
// times 2^exponent. Returns the exponent of z.
static inline long fb_round(mp_limb_t *z, mp_limb_t *a, size_t length, long exponent, size_t n) {
  int shift = __builtin_clzl(a[length - 1]);
  if (shift) mpn_lshift(a, a, (mp_size_t)length, (unsigned)shift);
  mp_limb_t *top = a + (length - n);
  if (top[-1] >> 63 && mpn_add_1(top, top, (mp_size_t)n, 1)) {
    top[n - 1] = (mp_limb_t)1 << 63;
    exponent++;
  }
  for (size_t i = 0; i < n; i++) z[i] = top[i];
  return exponent - shift;
}

#endif
