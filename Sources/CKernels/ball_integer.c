#include "ball.h"

// Products and quotients of a ball and a machine integer, without a second element.

static unsigned long size_of(long k) { return k < 0 ? -(unsigned long)k : (unsigned long)k; }

// The n + 1 limbs of a, of exponent e, as the midpoint of z; `cut` says whether there is more below. There are at most
// 63 zero bits above.
static void store(fb_ball *z, mp_limb_t *a, long e, long negative, fb_magnitude radius, int cut, size_t n) {
  unsigned k = (unsigned)__builtin_clzl(a[n]);
  if (k) shift_left(a, a, k, n + 1);
  for (size_t i = 0; i < n; i++) z->limbs[i] = a[i + 1];
  cut |= a[0] != 0;
  if (n <= FB_SMALL && radius.exponent == 0) {
    place(z, e, k, negative, radius.mantissa, cut, n);
  } else {
    place_wide(z, e, k, negative, radius, cut, n);
  }
}

void fb_ball_scale(fb_ball *z, const fb_ball *x, long k, size_t n) {
  if (k == 1) return fb_ball_copy(z, x, n);
  if (k == -1) return fb_ball_negate(z, x, n);
  if (!fb_ball_is_finite(x)) return fb_ball_no_information(z, n);
  if (k == 0) return fb_ball_zero(z, n);
  const unsigned long size = size_of(k);
  // The limbs of the product stand one limb higher. 1 + 2^-51 covers the integer as a double, and the product.
  fb_magnitude radius = units(x);
  radius.mantissa *= (double)size * (1 + 0x1p-51) * 0x1p-64;
  if (x->limbs[n - 1] == 0) return place_zero(z, x->exponent + 64, radius, n);
  mp_limb_t a[n + 1];
  a[n] = mpn_mul_1(a, x->limbs, (mp_size_t)n, size);
  if (a[n] == 0) {
    // A whole limb less.
    for (size_t i = n; i > 0; i--) a[i] = a[i - 1];
    a[0] = 0;
    radius.mantissa *= 0x1p64;
    return store(z, a, x->exponent, x->negative ^ (k < 0 ? -1 : 0), radius, 0, n);
  }
  store(z, a, x->exponent + 64, x->negative ^ (k < 0 ? -1 : 0), radius, 0, n);
}

void fb_ball_divide_integer(fb_ball *z, const fb_ball *x, long k, size_t n) {
  if (k == 1) return fb_ball_copy(z, x, n);
  if (k == -1) return fb_ball_negate(z, x, n);
  if (!fb_ball_is_finite(x)) return fb_ball_no_information(z, n);
  const unsigned long size = size_of(k);
  fb_magnitude radius = units(x);
  radius.mantissa *= (1 + 0x1p-51) / (double)size;
  if (x->limbs[n - 1] == 0) return place_zero(z, x->exponent, radius, n);
  // The quotient of the limbs and one more. It is at least 2^(64 n), since the limbs are at least 2^(64 n - 1) and k is
  // at most 2^63.
  mp_limb_t a[n + 1];
  mp_limb_t rest = mpn_divrem_1(a, 1, x->limbs, (mp_size_t)n, size);
  store(z, a, x->exponent, x->negative ^ (k < 0 ? -1 : 0), radius, rest != 0, n);
}
