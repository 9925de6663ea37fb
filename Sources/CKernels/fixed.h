#ifndef FLOWBOUND_FIXED_H
#define FLOWBOUND_FIXED_H

#include "ball.h"

// Balls in fixed point, so that the inner loop of their dot products is a product and a sum without shifts (fixed.c).
//
// With w = 64 n - 1, the midpoint of ball l is (X + d) u, u = 2^(exponent - slope l - w), X an integer, |X| < 2^w, and
// |d| < 1 of the same sign. X is exact; d is a double.
typedef struct {
  long exponent, slope;
  // Whether the balls have a fixed point: they are finite, some midpoint is not 0, and no radius is above 2^400 u.
  int is_fit;
  // Whether all d and all radii are 0.
  int is_exact;
  // X + 2^w, n limbs each, and the sums of the first l of them, n + 1 limbs each.
  mp_limb_t *limbs, *sums;
  // The midpoint in units of 2^w u, cut off to 53 bits; d likewise; the radius in units of u.
  double *middle, *low, *radius;
} fb_fixed;

// The largest precision where fixed point was measured to be at least 15 % faster than dot products.
#define FB_FIXED_LIMBS 4
// The most terms that the error bound allows.
#define FB_FIXED_COUNT 65536

// Bytes of memory for `count` balls.
size_t fb_fixed_size(size_t count, size_t n);

// Converts balls that are `step` elements apart, n <= FB_FIXED_LIMBS.
void fb_fixed_set(fb_fixed *f, void *memory, const fb_ball *x, long step, size_t count, long slope, size_t n);

// z = the sum over l < count of x[l] y[start + l], for opposite slopes, where start + count is the number of all y.
// Returns 0, with z untouched, where a dot product of the balls is to be used: it may be sharper.
//
// Error: that of the dot product, times at most 17/16, and one unit of z if bits were cut off.
int fb_fixed_dot(fb_ball *z, const fb_fixed *x, const fb_fixed *y, size_t start, size_t count, size_t n);

#endif
