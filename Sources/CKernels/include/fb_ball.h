#ifndef FLOWBOUND_BALL_H
#define FLOWBOUND_BALL_H

#include <gmp.h>
#include <mpfr.h>
#include <stddef.h>

#include "fb_series_pair.h"

// A ball of n limbs in contiguous storage: a header and n limbs, the lowest first.
//
//   midpoint  +-0.limbs * 2^exponent, the highest bit of the highest limb set; or all limbs 0
//   unit      2^(exponent - 64 n), the midpoint's last place
//   radius    radius * 2^scale units; infinite or NaN: no information
//
// Canonical form, which every kernel expects and leaves behind:
//   regular              |exponent| <= FB_LIMIT; the radius is 0, or at least 2^-64 and plain: scale 0, and at most
//                        2^(64 n + 250) up to FB_SMALL limbs, 2^700 above, where a larger one has a scale
//   exact zero           exponent FB_ZERO, not negative, radius 0, scale 0
//   zero with a radius   not negative, radius * 2^scale in [2^29, 2^30), unless exponent is -FB_LIMIT; scale 0 up to
//                        FB_SMALL limbs, else 1
//   no information       exponent 0, not negative, limbs 0, radius infinite, scale 0
//
// So a scale other than 0 marks what the plain arithmetic of radii in doubles cannot hold.
//
// A midpoint beyond the exponent range makes no information; one below it becomes a zero whose radius covers it. A
// radius of 2^(64 n + 250) units, 2^250 times the midpoint, absorbs the midpoint up to FB_SMALL limbs; a positive
// radius below 2^-64 units is rounded up to that.
//
// The destination may be one of the operands. The exponent range is the one that MPFR starts with, so its functions
// work on the limbs in place.
typedef struct {
  long exponent;
  long negative;  // 0, or -1 as a mask
  double radius;
  long scale;
  mp_limb_t limbs[];
} fb_ball;

#define FB_HEADER_WORDS 4
#define FB_SMALL 8
#define FB_LIMIT ((1L << 30) - 1)
#define FB_ZERO (-(1L << 40))

// A bound m * 2^e, m >= 0; a NaN or infinite m is no bound.
typedef struct {
  double mantissa;
  long exponent;
} fb_magnitude;

// Words of mp_limb_t that one element takes.
static inline size_t fb_ball_words(size_t n) { return n + FB_HEADER_WORDS; }

static inline int fb_ball_is_finite(const fb_ball *x) { return x->radius < __builtin_inf(); }
static inline int fb_ball_is_exact(const fb_ball *x) { return x->radius == 0; }
static inline int fb_ball_has_zero_midpoint(const fb_ball *x, size_t n) { return x->limbs[n - 1] == 0; }

void fb_ball_zero(fb_ball *z, size_t n);
void fb_ball_no_information(fb_ball *z, size_t n);
void fb_ball_copy(fb_ball *z, const fb_ball *x, size_t n);
// z = -x.
void fb_ball_negate(fb_ball *z, const fb_ball *x, size_t n);
// x with m limbs instead of n, rounded outward: exact if m >= n. z is apart from x, or m = n.
void fb_ball_resize(fb_ball *z, size_t m, const fb_ball *x, size_t n);
// The integer; exact.
void fb_ball_set_integer(fb_ball *z, long value, size_t n);
// The midpoint of x alone; 0 without information.
void fb_ball_midpoint(fb_ball *z, const fb_ball *x, size_t n);
// 2^k x, exactly, within the exponent range.
void fb_ball_shift(fb_ball *z, const fb_ball *x, long k, size_t n);

// Adds m * 2^e to the radius.
void fb_ball_widen(fb_ball *z, fb_magnitude amount, size_t n);
// Upper bounds of the radius and of |x|; a lower bound of |midpoint|.
fb_magnitude fb_ball_radius(const fb_ball *x, size_t n);
fb_magnitude fb_ball_magnitude(const fb_ball *x, size_t n);
fb_magnitude fb_ball_upper_midpoint(const fb_ball *x, size_t n);
fb_magnitude fb_ball_lower_midpoint(const fb_ball *x, size_t n);

// z = x + y and x - y. Error: rx + ry, and one unit of z if bits were cut off.
void fb_ball_add(fb_ball *z, const fb_ball *x, const fb_ball *y, size_t n);
void fb_ball_subtract(fb_ball *z, const fb_ball *x, const fb_ball *y, size_t n);
// z = x y. Error: |x| ry + |y| rx + rx ry, and one unit of z if bits were cut off.
void fb_ball_multiply(fb_ball *z, const fb_ball *x, const fb_ball *y, size_t n);
// z = k x, and x / k for k != 0. Error: |k| rx and rx / |k|, and one unit of z if bits were cut off.
void fb_ball_scale(fb_ball *z, const fb_ball *x, long k, size_t n);
void fb_ball_divide_integer(fb_ball *z, const fb_ball *x, long k, size_t n);
// z = x / y. Error: (rx + |x/y| ry) / (|y| - ry), and half a unit of z. No information if y contains 0.
void fb_ball_divide(fb_ball *z, const fb_ball *x, const fb_ball *y, size_t n);

// Functions of thin balls, by one evaluation at the midpoint: 1, or 0 with z untouched if the ball is not thin (a radius
// of 2^-10 or more, for roots and log relatively) or not in the range where this is sharp, or outside the domain.
// Error: |f'(m)| r (1 + 2 r), and one or two units of z for the midpoint (exp and log by fb_exp_limbs and fb_log_limbs up
// to FB_SMALL limbs, by MPFR above).
int fb_ball_square_root(fb_ball *z, const fb_ball *x, size_t n);
int fb_ball_exp(fb_ball *z, const fb_ball *x, size_t n);
int fb_ball_log(fb_ball *z, const fb_ball *x, size_t n);
int fb_ball_sigmoid(fb_ball *z, const fb_ball *x, size_t n);
int fb_ball_tanh(fb_ball *z, const fb_ball *x, size_t n);
int fb_ball_softplus(fb_ball *z, const fb_ball *x, size_t n);

// z = start + sum over l < count of x[l] y[l] (minus the sum if `minus`), one rounding of the midpoint. The steps are
// in elements; start may be null. `scratch` holds fb_ball_dot_scratch(n) limbs. Products of limbs use mulx and
// adx where the processor has them.
// Error: sum of |x| ry + |y| rx + rx ry, one unit of z, and 2^-64 units of the largest term for each term cut off.
void fb_ball_dot(fb_ball *z, const fb_ball *start, int minus, const fb_ball *x, long x_step, const fb_ball *y,
                 long y_step, size_t count, mp_limb_t *scratch, size_t n);
// The same with the portable products of limbs, for tests.
void fb_portable_ball_multiply(fb_ball *z, const fb_ball *x, const fb_ball *y, size_t n);
void fb_portable_ball_dot(fb_ball *z, const fb_ball *start, int minus, const fb_ball *x, long x_step, const fb_ball *y,
                          long y_step, size_t count, mp_limb_t *scratch, size_t n);
static inline size_t fb_ball_dot_scratch(size_t n) { return 4 * n + 8; }

// Coefficient `degree` of the sum of the pairs' products, with one rounding: for series of elements 0 ... order from
// `base` on. z is apart from them. `scratch` holds as many bytes as the function before says.
// Error: as for the dot product.
size_t fb_ball_contract_scratch(size_t count, size_t n);
void fb_ball_contract(fb_ball *z, const fb_ball *base, const fb_series_pair *pairs, size_t count, size_t degree,
                      size_t order, void *scratch, size_t n);

// The products of matrices, row by row, and of power series of `count` coefficients, partly in fixed point (fixed.h).
// x and y may be the same, z is apart. `scratch` holds as many bytes as the function before says.
// Error: that of a dot product per entry or coefficient, times at most 17/16, and one unit of z; exact where that is.
size_t fb_ball_matrix_scratch(size_t rows, size_t inner, size_t columns, size_t n);
void fb_ball_matrix_product(fb_ball *z, const fb_ball *x, const fb_ball *y, size_t rows, size_t inner, size_t columns,
                            void *scratch, size_t n);
size_t fb_ball_series_scratch(size_t count, size_t n);
void fb_ball_series_product(fb_ball *z, const fb_ball *x, const fb_ball *y, size_t count, void *scratch, size_t n);

// The midpoint as an MPFR number of 64 n bits on the same limbs. Not for writing.
static inline __mpfr_struct fb_ball_view(const fb_ball *x, size_t n) {
  __mpfr_struct v;
  mp_limb_t *limbs = (mp_limb_t *)x->limbs;
  if (x->limbs[n - 1] == 0) {
    mpfr_custom_init_set(&v, MPFR_ZERO_KIND, 0, (mpfr_prec_t)(64 * n), limbs);
  } else {
    mpfr_custom_init_set(&v, x->negative ? -MPFR_REGULAR_KIND : MPFR_REGULAR_KIND, x->exponent,
                         (mpfr_prec_t)(64 * n), limbs);
  }
  return v;
}

// An MPFR number of 64 n bits whose limbs are those of z: the result of an MPFR function, to be followed by
// fb_ball_finish. The header of z stays as it is.
static inline __mpfr_struct fb_ball_destination(fb_ball *z, size_t n) {
  __mpfr_struct v;
  mpfr_custom_init_set(&v, MPFR_ZERO_KIND, 0, (mpfr_prec_t)(64 * n), z->limbs);
  return v;
}

// Completes z from the result of an MPFR function rounded to nearest: half a unit if `ternary` is not 0, and `spread`.
void fb_ball_finish(fb_ball *z, const __mpfr_struct *result, int ternary, fb_magnitude spread, size_t n);

#endif
