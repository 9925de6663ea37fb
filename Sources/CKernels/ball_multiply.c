#include "ball.h"

// The midpoints' product has 2 n limbs; it is normalised by one bit at most, and its lower half is cut off: less than
// one unit of z. With |x| <= mx 2^ex, the radius |x| ry + |y| rx + rx ry is (mx ry + my rx + rx ry 2^(-64 n)) in units
// of 2^(ex + ey - 64 n), doubled by the normalisation.

int fb_has_adx = 0;

#ifdef FB_HAS_ADX_KERNELS
__attribute__((constructor)) static void find_adx(void) {
  __builtin_cpu_init();
  fb_has_adx = __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("adx");
}
#endif

FB_INLINE void multiply(fb_ball *z, const fb_ball *x, const fb_ball *y, int adx, size_t n) {
  mp_limb_t p[2 * n];
  const double mx = mantissa_above(x->limbs[n - 1]), my = mantissa_above(y->limbs[n - 1]);
  const int plain = is_plain(x, n) && is_plain(y, n);
  double radius = 0;
  fb_magnitude wide = magnitude(0, 0);
  if (plain) {
    // 0 times infinity is NaN, which is no information.
    double cross = x->radius * unit_mantissa(n) * y->radius;
    radius = (mx * y->radius + my * x->radius + cross) * (1 + 0x1p-49);
  } else {
    wide = product_radius(x, mx, y, my, n);
    wide.mantissa *= 1 + 0x1p-49;
  }
  multiply_limbs(p, x->limbs, y->limbs, n, adx);
  long e = x->exponent + y->exponent, k = 0;
  long negative = x->negative ^ y->negative;
  if ((p[2 * n - 1] >> 63) == 0) {
    // An operand is 0, and 0 times an exact number is exact.
    if (p[2 * n - 1] == 0) return place_zero(z, e, plain ? magnitude(radius, 0) : wide, n);
    shift_left(p, p, 1, 2 * n);
    k = 1;
  }
  mp_limb_t cut = 0;
  for (size_t i = 0; i < n; i++) cut |= p[i];
  for (size_t i = 0; i < n; i++) z->limbs[i] = p[n + i];
  if (plain) {
    place(z, e, k, negative, radius, cut != 0, n);
  } else {
    place_wide(z, e, k, negative, wide, cut != 0, n);
  }
}

#define FB_MULTIPLY(n, adx) \
  case n:                   \
    return multiply(z, x, y, adx, n);

void fb_portable_ball_multiply(fb_ball *z, const fb_ball *x, const fb_ball *y, size_t n) { multiply(z, x, y, 0, n); }

void fb_ball_multiply(fb_ball *z, const fb_ball *x, const fb_ball *y, size_t n) {
  switch (n) {
    FB_MULTIPLY(1, 0)
    FB_MULTIPLY(2, 0)
    default: break;
  }
#ifdef FB_HAS_ADX_KERNELS
  if (fb_has_adx) {
    switch (n) {
      FB_MULTIPLY(3, 1)
      FB_MULTIPLY(4, 1)
      FB_MULTIPLY(8, 1)
      FB_MULTIPLY(16, 1)
      default: return multiply(z, x, y, 1, n);
    }
  }
#endif
  fb_portable_ball_multiply(z, x, y, n);
}
