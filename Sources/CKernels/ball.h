#ifndef FLOWBOUND_BALL_INTERNAL_H
#define FLOWBOUND_BALL_INTERNAL_H

// What the kernels on balls share: bounds of mantissas as doubles, and the canonical form.

#include <string.h>

#include "fb_ball.h"
#include "limbs.h"

// The largest binary exponent of a radius that counts as thin.
#define FB_THIN (-11)

// The least plain radius, in units.
#define FB_LEAST_RADIUS 0x1p-64

// 2^k for -1022 <= k <= 1023.
FB_INLINE double power_of_two(long k) {
  unsigned long bits = (unsigned long)(1023 + k) << 52;
  double result;
  memcpy(&result, &bits, sizeof result);
  return result;
}

// The binary exponent of the largest plain radius. Products of two, 2^(-64 n) times, stay in the range of a double.
FB_INLINE long largest_radius(size_t n) { return n <= FB_SMALL ? 64 * (long)n + 250 : 700; }

// 2^-shift, or 2^-900 if that is larger: an upper bound that never underflows.
FB_INLINE double shrink(unsigned long shift) { return power_of_two(-(long)(shift > 900 ? 900 : shift)); }

// Bounds in [0, 1] of a mantissa 0.limbs by its highest limb: above by at most 2^-53, below likewise. 0 stays 0.
FB_INLINE double mantissa_above(mp_limb_t top) { return (double)(long)((top >> 11) + (top != 0)) * 0x1p-53; }
// The first for a mantissa that is not 0, from the bits: the highest bit of the limb adds 1 to the exponent's field.
FB_INLINE double regular_mantissa_above(mp_limb_t top) {
  unsigned long bits = (top >> 11) + 1 + (1021UL << 52);
  double result;
  memcpy(&result, &bits, sizeof result);
  return result;
}
FB_INLINE double mantissa_below(mp_limb_t top) { return (double)(long)(top >> 11) * 0x1p-53; }

// The binary exponent of a positive finite number, m in [2^e, 2^(e + 1)), -1022 for a subnormal one.
FB_INLINE long exponent_of(double m) {
  unsigned long bits;
  memcpy(&bits, &m, sizeof bits);
  long e = (long)(bits >> 52) - 1023;
  return e < -1022 ? -1022 : e;
}

FB_INLINE fb_magnitude magnitude(double m, long e) {
  fb_magnitude result = {m, e};
  return result;
}

FB_INLINE int is_positive(fb_magnitude a) { return a.mantissa != 0; }

// The same number with a mantissa in [1, 2); 0, infinity and NaN stay.
FB_INLINE fb_magnitude normal(fb_magnitude a) {
  if (!(a.mantissa > 0 && a.mantissa < __builtin_inf())) return magnitude(a.mantissa, 0);
  long k = exponent_of(a.mantissa);
  // Two steps, because 2^-k may be out of range.
  return magnitude(a.mantissa * power_of_two(-(k / 2)) * power_of_two(-(k - k / 2)), a.exponent + k);
}

// Sums and products of magnitudes round to nearest; the caller multiplies by (1 + k 2^-52) for k operations.
// Mantissas lie within 2^+-100 of 1.
FB_INLINE fb_magnitude plus(fb_magnitude a, fb_magnitude b) {
  if (a.mantissa == 0) return b;
  if (b.mantissa == 0) return a;
  if (a.exponent < b.exponent) {
    fb_magnitude t = a;
    a = b;
    b = t;
  }
  return normal(magnitude(a.mantissa + b.mantissa * shrink((unsigned long)(a.exponent - b.exponent)), a.exponent));
}

FB_INLINE fb_magnitude times(fb_magnitude a, fb_magnitude b) {
  return magnitude(a.mantissa * b.mantissa, a.exponent + b.exponent);
}

// Brings a ball into canonical form. `radius` is in units of z times 2^scale, any double, any scale; the midpoint is
// normalised or 0; the exponent is any long far from overflow.
void fb_ball_settle(fb_ball *z, double radius, long scale, size_t n);

// Whether the radius is a plain double in units.
FB_INLINE int is_plain(const fb_ball *x, size_t n) { return n <= FB_SMALL || x->scale == 0; }

// The radius in units, as a magnitude.
FB_INLINE fb_magnitude units(const fb_ball *x) { return magnitude(x->radius, x->scale); }

// Stores a radius in units; the common case costs a few comparisons.
FB_INLINE void settle(fb_ball *z, double radius, size_t n) {
  if (z->limbs[n - 1] != 0 && z->exponent <= FB_LIMIT && z->exponent >= -FB_LIMIT &&
      (radius == 0 || (radius >= FB_LEAST_RADIUS && radius <= power_of_two(largest_radius(n))))) {
    z->radius = radius;
    z->scale = 0;
    return;
  }
  fb_ball_settle(z, radius, 0, n);
}

// One unit as a part of the mantissa, 2^(-64 n), or 2^-1000 if that is larger.
FB_INLINE double unit_mantissa(size_t n) { return power_of_two(n < 16 ? -64 * (long)n : -1000); }

// |x| ry + |y| rx + rx ry in units of the product of the two exponents, for upper bounds mx, my of the mantissas.
FB_INLINE fb_magnitude product_radius(const fb_ball *x, double mx, const fb_ball *y, double my, size_t n) {
  fb_magnitude rx = normal(units(x)), ry = normal(units(y));
  fb_magnitude both = times(rx, ry);
  both.exponent -= (long)(64 * n);
  rx.mantissa *= my;
  ry.mantissa *= mx;
  return plus(plus(normal(rx), normal(ry)), normal(both));
}

// Completes z, whose limbs are a normalised midpoint: a number of exponent e that was moved k bits to the left. The
// radius is in units of e; `cut` says whether bits below the last place were cut off, which takes k < 64.
FB_INLINE void place(fb_ball *z, long e, long k, long negative, double radius, int cut, size_t n) {
  z->exponent = e - k;
  z->negative = negative;
  if (k >= 64 || k < -64) return fb_ball_settle(z, radius, k, n);
  radius *= power_of_two(k);
  // 1 + 2^-51 covers the rounding of the sum.
  settle(z, cut ? (radius + 1) * (1 + 0x1p-51) : radius, n);
}

// The same for a radius that is not plain.
FB_INLINE void place_wide(fb_ball *z, long e, long k, long negative, fb_magnitude radius, int cut, size_t n) {
  z->exponent = e - k;
  z->negative = negative;
  radius.exponent += k;
  if (cut) radius = plus(normal(radius), magnitude(1 + 0x1p-51, 0));
  fb_ball_settle(z, radius.mantissa * (1 + 0x1p-51), radius.exponent, n);
}

// Completes a z whose midpoint is 0: the radius in units of e.
FB_INLINE void place_zero(fb_ball *z, long e, fb_magnitude radius, size_t n) {
  for (size_t i = 0; i < n; i++) z->limbs[i] = 0;
  z->exponent = e;
  fb_ball_settle(z, radius.mantissa, radius.exponent, n);
}

#endif
