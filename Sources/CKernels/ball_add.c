#include "ball.h"

// x + y with y moved to the exponent of x, the larger one, and one guard limb below. The shift cuts off less than one
// guard unit, 2^-64 units of x. The sum is normalised, and the guard limb is cut off: less than one unit of z.

// b = y 2^-s in n + 1 limbs of the same exponent; whether bits were cut off.
FB_INLINE int align(mp_limb_t *b, const mp_limb_t *y, unsigned long s, size_t n) {
  size_t whole = s / 64;
  unsigned part = (unsigned)(s % 64);
  if (whole == 0) {
    // Two shifts, because a shift by 64 is undefined.
    b[0] = (y[0] << 1) << (63 - part);
    for (size_t i = 0; i + 1 < n; i++) b[i + 1] = (y[i] >> part) | ((y[i + 1] << 1) << (63 - part));
    b[n] = y[n - 1] >> part;
    return 0;
  }
  if (whole > n) {
    for (size_t i = 0; i <= n; i++) b[i] = 0;
    return y[n - 1] != 0;
  }
  // Limb y[i] goes to b[i + 1 - whole].
  mp_limb_t lost = 0;
  for (size_t i = 0; i + 1 < whole; i++) lost |= y[i];
  for (size_t i = whole - 1; i < n; i++) b[i + 1 - whole] = y[i];
  for (size_t i = n + 1 - whole; i <= n; i++) b[i] = 0;
  if (part) lost |= shift_right(b, b, part, n + 1);
  return lost != 0;
}

// Normalises the n + 1 limbs of a, which are not all 0, to the left; the number of bits.
FB_INLINE long normalise(mp_limb_t *a, size_t n) {
  long k = 0;
  while (a[n] == 0) {
    for (size_t i = n; i > 0; i--) a[i] = a[i - 1];
    a[0] = 0;
    k += 64;
  }
  unsigned zeros = (unsigned)__builtin_clzl(a[n]);
  if (zeros) shift_left(a, a, zeros, n + 1);
  return k + zeros;
}

FB_INLINE void add(fb_ball *z, const fb_ball *x, const fb_ball *y, long flip, size_t n) {
  long flip_x = 0, flip_y = flip;
  if (x->exponent < y->exponent) {
    const fb_ball *t = x;
    x = y;
    y = t;
    flip_x = flip;
    flip_y = 0;
  }
  long e = x->exponent, negative = x->negative ^ flip_x, other = y->negative ^ flip_y;
  unsigned long s = (unsigned long)(e - y->exponent);
  mp_limb_t a[n + 1], b[n + 1];
  a[0] = 0;
  for (size_t i = 0; i < n; i++) a[i + 1] = x->limbs[i];
  int lost = align(b, y->limbs, s, n);

  const int plain = is_plain(x, n) && is_plain(y, n);
  double radius = 0;
  fb_magnitude wide = magnitude(0, 0);
  if (plain) {
    const double ry = y->radius * shrink(s);
    radius = x->radius + ry;
    // A sum that is exact (two-sum, Knuth 1969) stays so: 1 - [0, 1] is [0, 1].
    const double part = radius - x->radius;
    const int exact = part == ry && radius - part == x->radius;
    if (lost || !exact) radius = (radius + (lost ? 0x1p-64 : 0)) * (1 + 0x1p-50);
  } else {
    wide = units(y);
    wide.exponent -= (long)s;
    wide = plus(normal(units(x)), normal(wide));
    if (lost) wide = plus(wide, magnitude(1, -64));
    wide.mantissa *= 1 + 0x1p-50;
  }

  long k = 0;
  if (negative == other) {
    if (add_limbs(a, a, b, n + 1)) {
      mp_limb_t out = shift_right(a, a, 1, n + 1);
      a[n] |= (mp_limb_t)1 << 63;
      // The guard limb is cut off as a whole: the bit below it counts with it.
      a[0] |= out;
      k = -1;
    }
  } else if (subtract_limbs(a, a, b, n + 1)) {
    negate_limbs(a, n + 1);
    negative = other;
  }
  if ((a[n] >> 63) == 0) {
    if (is_zero(a, n + 1)) return place_zero(z, e, plain ? magnitude(radius, 0) : wide, n);
    k = normalise(a, n);
  }
  for (size_t i = 0; i < n; i++) z->limbs[i] = a[i + 1];
  if (plain) {
    place(z, e, k, negative, radius, a[0] != 0, n);
  } else {
    place_wide(z, e, k, negative, wide, a[0] != 0, n);
  }
}

#define FB_ADD(n) \
  case n:         \
    return add(z, x, y, flip, n);

FB_INLINE void add_any(fb_ball *z, const fb_ball *x, const fb_ball *y, long flip, size_t n) {
  switch (n) {
    FB_ADD(1)
    FB_ADD(2)
    FB_ADD(3)
    FB_ADD(4)
    FB_ADD(8)
    FB_ADD(16)
    default: return add(z, x, y, flip, n);
  }
}

void fb_ball_add(fb_ball *z, const fb_ball *x, const fb_ball *y, size_t n) { add_any(z, x, y, 0, n); }

void fb_ball_subtract(fb_ball *z, const fb_ball *x, const fb_ball *y, size_t n) { add_any(z, x, y, -1, n); }
