#ifndef FLOWBOUND_CKERNELS_H
#define FLOWBOUND_CKERNELS_H

#include <gmp.h>
#include <mpfr.h>
#include <stddef.h>

#include "fb_ball.h"
#include "fb_series_pair.h"

// Functions of one double: rounded upward if up is 1, downward if it is 0, to nearest if it is -1. Correctly rounded,
// but to nearest below the normal range within 2^-1075 and a share of 2^-53. They are computed in integers with proved
// errors where these decide the rounding (double_functions.c, square_root.c), and by MPFR elsewhere: there sigmoid and
// softplus pass through three roundings of 256 bits in the same sense. asinh, erf and pow are MPFR's always. No
// rounding mode and no default precision is changed, and nothing is allocated but by MPFR.
double fb_exp(double x, int up);
double fb_expm1(double x, int up);
double fb_log(double x, int up);
double fb_log1p(double x, int up);
double fb_sinh(double x, int up);
double fb_cosh(double x, int up);
double fb_tanh(double x, int up);
double fb_asinh(double x, int up);
double fb_erf(double x, int up);
double fb_sigmoid(double x, int up);
double fb_softplus(double x, int up);
double fb_sqrt(double x, int up);
double fb_pow(double x, long n, int up);
// To nearest: within half a unit in the last place, or half of 2^-1074.
double fb_sin(double x);
double fb_cos(double x);

// mpfr.h has these as macros, which Swift cannot import.
static inline int fb_is_zero(mpfr_srcptr x) { return mpfr_zero_p(x); }
// Whether x is neither NaN nor infinite.
static inline int fb_is_number(mpfr_srcptr x) { return mpfr_number_p(x); }
static inline int fb_sign(mpfr_srcptr x) { return mpfr_sgn(x); }
static inline int fb_set(mpfr_ptr z, mpfr_srcptr x, mpfr_rnd_t rounding) { return mpfr_set(z, x, rounding); }
static inline int fb_negate(mpfr_ptr z, mpfr_srcptr x) { return mpfr_neg(z, x, MPFR_RNDN); }
static inline int fb_abs(mpfr_ptr z, mpfr_srcptr x) { return mpfr_abs(z, x, MPFR_RNDN); }
static inline void fb_set_zero(mpfr_ptr z) { mpfr_set_zero(z, 1); }

static inline size_t fb_limb_count(mpfr_prec_t bits) { return (size_t)(bits + GMP_NUMB_BITS - 1) / GMP_NUMB_BITS; }

// A zero whose limbs are the caller's: nothing is allocated, and mpfr_clear must not be called.
static inline void fb_place(mpfr_ptr z, mpfr_prec_t bits, mp_limb_t *limbs) {
  mpfr_custom_init_set(z, MPFR_ZERO_KIND, 0, bits, limbs);
}

// An upper (up != 0) or lower bound in [1/2, 1] of the mantissa of a regular number.
static inline double fb_mantissa(mpfr_srcptr x, int up) {
  size_t n = fb_limb_count(x->_mpfr_prec);
  mp_limb_t top = x->_mpfr_d[n - 1];
  mp_limb_t head = top >> 11;
  int inexact = (top & 0x7ff) != 0;
  for (size_t i = n - 1; i > 0 && !inexact; i--) inexact = x->_mpfr_d[i - 1] != 0;
  if (up && inexact) head++;
  return (double)(long)head * 0x1p-53;
}

// --- exp and log on limbs ---
//
// A number is n limbs, little endian, the top bit set, with an exponent e and a sign: +- 0.limbs * 2^e, as in MPFR at
// 64 n bits; 1 <= n <= 8. The functions return 1 if z is within 1 unit in its last place of the exact value (proved in
// exp_limbs.c and log_limbs.c), or 0 if they do not handle the argument; z is then unspecified. z may be x. Nothing is
// allocated, and there is no state.

// exp(+-x), x < 2^29 (0 from there on), so that |ze| < 2^30 stays within the exponents of MPFR.
int fb_exp_limbs(mp_limb_t *z, long *ze, const mp_limb_t *x, long xe, int negative, size_t n);
// log(x), x > 0, |xe| < 2^62: 0 for x = 1. Full relative accuracy also near 1.
int fb_log_limbs(mp_limb_t *z, long *ze, int *z_negative, const mp_limb_t *x, long xe, size_t n);

// The tables of both, for their tests: the 9 limbs of log(1 + k/2^bits), bits = 7, 14 or 21, and the 8 limbs of
// 2^(-20 (k - 1))/(k + 1)! or, without `factorial`, 2^(-20 (k - 1))/(k + 1), k >= 1; NULL beyond the end.
const mp_limb_t *fb_table_of_logs(int bits, size_t k);
const mp_limb_t *fb_table_of_coefficients(int factorial, size_t k);

// Linear algebra in doubles (dot.c, product.c, factor.c): for AVX2 and FMA where the processor has them, else plain.
// Rounding to nearest; each bound is stated at the kernel and holds for both builds.

typedef struct {
  double mid, rad;
} fb_double_ball;

// The sum over l < n of the balls x[l] y[l], or of x[l] y[-l].
fb_double_ball fb_dot_balls(const double *x, const double *rx, const double *y, const double *ry, size_t n);
fb_double_ball fb_convolve_balls(const double *x, const double *rx, const double *y, const double *ry, size_t n);
// The same without AVX2 and FMA, for tests.
fb_double_ball fb_portable_dot_balls(const double *x, const double *rx, const double *y, const double *ry, size_t n);
fb_double_ball fb_portable_convolve_balls(const double *x, const double *rx, const double *y, const double *ry,
                                          size_t n);

// Coefficient `degree` of the sum of the pairs' products (contract.c), for series of elements 0 ... order in the arrays
// of midpoints and radii. Three doubles before and behind each array are read and not used. A degree above `order` is
// one of the product that is cut off.
fb_double_ball fb_contract_balls(const double *mids, const double *rads, const fb_series_pair *pairs, size_t count,
                                 size_t degree, size_t order);
fb_double_ball fb_portable_contract_balls(const double *mids, const double *rads, const fb_series_pair *pairs,
                                          size_t count, size_t degree, size_t order);

// A matrix in doubles: entry (i, j) is at start[i * row + j * column].
typedef struct {
  const double *start;
  size_t row, column;
} fb_matrix;

// Doubles of scratch for the product below, and for every smaller one.
size_t fb_product_scratch(size_t m, size_t n, size_t k);

// c += sign a b, sign 1 or -1, for c with m rows of n entries, `row` apart, and a inner dimension k. Each entry is
// c + sum of sign a_il b_lj over l < k, summed over some binary tree, each product rounded or not.
void fb_add_product(double *c, size_t row, fb_matrix a, fb_matrix b, size_t m, size_t n, size_t k, double sign,
                    double *scratch);
void fb_portable_add_product(double *c, size_t row, fb_matrix a, fb_matrix b, size_t m, size_t n, size_t k,
                             double sign, double *scratch);

// y = a x for m rows of n entries.
void fb_matrix_vector(double *y, const double *a, const double *x, size_t m, size_t n);
// y -= x^T a: y_j -= sum over i < m of x_i a_ij.
void fb_subtract_rows(double *y, const double *a, const double *x, size_t m, size_t n);

// Overwrites the lower triangle of the n by n matrix by L with L L^T = a, in floating point; what lies above it is not
// read, but changed. Returns 0 unless every pivot was positive and finite. Scratch as for a product of that size.
int fb_float_cholesky(double *a, size_t n, double *scratch);
int fb_portable_float_cholesky(double *a, size_t n, double *scratch);

#endif
