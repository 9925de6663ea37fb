#include "fixed.h"

static const fb_ball *element(const fb_ball *x, size_t l, size_t n) {
  return (const fb_ball *)((const mp_limb_t *)x + l * fb_ball_words(n));
}

// Whether fixed point may pay: the conversions, and what a coefficient costs beside its terms, take the gain of short
// series.
static int is_worth_fixing(size_t count, size_t n) {
  return n <= FB_FIXED_LIMBS && count >= 20 && count <= FB_FIXED_COUNT;
}

size_t fb_ball_series_scratch(size_t count, size_t n) {
  size_t size = fb_ball_dot_scratch(n) * sizeof(mp_limb_t);
  if (is_worth_fixing(count, n)) size += 2 * fb_fixed_size(count, n);
  return size;
}

// By how much the largest exponent falls from the first half of the series to the second.
static long fall(const fb_ball *x, size_t count, size_t n) {
  long largest[2] = {FB_ZERO, FB_ZERO};
  for (size_t l = 0; l < count; l++) {
    const fb_ball *a = element(x, l, n);
    long *to = largest + (2 * l >= count);
    if (!fb_ball_has_zero_midpoint(a, n) && a->exponent > *to) *to = a->exponent;
  }
  return largest[0] == FB_ZERO || largest[1] == FB_ZERO ? 0 : largest[0] - largest[1];
}

// The slope of a falling line near the exponents of both series. A bad slope costs time: the radii then are too small
// beside the unit, and more coefficients are dot products.
static long slope_of(const fb_ball *x, const fb_ball *y, size_t count, size_t n) {
  // The halves are count / 2 apart.
  long height = fall(x, count, n) + fall(y, count, n), width = (long)count;
  return (height + (height < 0 ? -width / 2 : width / 2)) / width;
}

void fb_ball_series_product(fb_ball *z, const fb_ball *x, const fb_ball *y, size_t count, void *scratch, size_t n) {
  const int is_fixed = is_worth_fixing(count, n);
  mp_limb_t *limbs = scratch;
  char *memory = (char *)(limbs + fb_ball_dot_scratch(n));
  fb_fixed left, right;
  if (is_fixed) {
    // The second one backwards, so that a convolution is a dot product of ranges.
    long slope = slope_of(x, y, count, n);
    fb_fixed_set(&left, memory, x, 1, count, slope, n);
    fb_fixed_set(&right, memory + fb_fixed_size(count, n), element(y, count - 1, n), -1, count, -slope, n);
  }
  for (size_t j = 0; j < count; j++) {
    fb_ball *to = (fb_ball *)element(z, j, n);
    if (is_fixed && fb_fixed_dot(to, &left, &right, count - 1 - j, j + 1, n)) continue;
    fb_ball_dot(to, 0, 0, x, 1, element(y, j, n), -1, j + 1, limbs, n);
  }
}
