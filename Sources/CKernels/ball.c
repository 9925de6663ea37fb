#include "ball.h"

// A radius alone, r 2^e units around 0.
static void settle_zero(fb_ball *z, fb_magnitude radius, size_t n) {
  memset(z->limbs, 0, n * sizeof(mp_limb_t));
  z->negative = 0;
  z->scale = 0;
  if (radius.mantissa == 0) {
    z->exponent = FB_ZERO;
    z->radius = 0;
    return;
  }
  radius = normal(radius);
  // The unit goes to where the radius has 30 bits.
  z->exponent += radius.exponent - 29;
  z->radius = radius.mantissa * 0x1p29;
  if (n > FB_SMALL) {
    z->radius *= 0.5;
    z->scale = 1;
  }
  if (z->exponent > FB_LIMIT) return fb_ball_no_information(z, n);
  if (z->exponent < -FB_LIMIT) {
    z->radius *= shrink((unsigned long)(-FB_LIMIT - z->exponent));
    if (z->radius < FB_LEAST_RADIUS) z->radius = FB_LEAST_RADIUS;
    z->exponent = -FB_LIMIT;
  }
}

// Replaces the midpoint by 0 and adds a bound of it, 2^(64 n) units, to the radius.
static void absorb(fb_ball *z, fb_magnitude radius, size_t n) {
  fb_magnitude sum = plus(normal(radius), magnitude(1, (long)(64 * n)));
  settle_zero(z, magnitude(sum.mantissa * (1 + 0x1p-50), sum.exponent), n);
}

void fb_ball_settle(fb_ball *z, double radius, long scale, size_t n) {
  // Written so that a NaN is no information.
  if (!(radius < __builtin_inf())) return fb_ball_no_information(z, n);
  if (z->limbs[n - 1] == 0) return settle_zero(z, magnitude(radius, scale), n);
  if (z->exponent > FB_LIMIT) return fb_ball_no_information(z, n);
  if (z->exponent < -FB_LIMIT) return absorb(z, magnitude(radius, scale), n);
  if (radius == 0) {
    z->radius = 0;
    z->scale = 0;
    return;
  }
  fb_magnitude r = normal(magnitude(radius, scale));
  z->scale = 0;
  if (r.exponent < -64) {
    z->radius = FB_LEAST_RADIUS;
  } else if (r.exponent < largest_radius(n)) {
    z->radius = r.mantissa * power_of_two(r.exponent);
  } else if (n <= FB_SMALL) {
    absorb(z, r, n);
  } else if (r.exponent > 4 * FB_LIMIT) {
    fb_ball_no_information(z, n);
  } else {
    z->radius = r.mantissa;
    z->scale = r.exponent;
  }
}

void fb_ball_zero(fb_ball *z, size_t n) { settle_zero(z, magnitude(0, 0), n); }

void fb_ball_no_information(fb_ball *z, size_t n) {
  memset(z->limbs, 0, n * sizeof(mp_limb_t));
  z->exponent = 0;
  z->negative = 0;
  z->radius = __builtin_inf();
  z->scale = 0;
}

void fb_ball_copy(fb_ball *z, const fb_ball *x, size_t n) {
  if (z != x) memcpy(z, x, sizeof *z + n * sizeof(mp_limb_t));
}

void fb_ball_resize(fb_ball *z, size_t m, const fb_ball *x, size_t n) {
  if (m == n) return fb_ball_copy(z, x, n);
  if (!fb_ball_is_finite(x)) return fb_ball_no_information(z, m);
  z->exponent = x->exponent;
  z->negative = x->negative;
  if (m > n) {
    memset(z->limbs, 0, (m - n) * sizeof(mp_limb_t));
    memcpy(z->limbs + (m - n), x->limbs, n * sizeof(mp_limb_t));
    // The same radius in smaller units.
    return fb_ball_settle(z, x->radius, x->scale + (long)(64 * (m - n)), m);
  }
  memcpy(z->limbs, x->limbs + (n - m), m * sizeof(mp_limb_t));
  fb_ball_settle(z, x->radius, x->scale - (long)(64 * (n - m)), m);
  if (!is_zero(x->limbs, n - m)) fb_ball_widen(z, magnitude(1, x->exponent - (long)(64 * m)), m);
}

void fb_ball_negate(fb_ball *z, const fb_ball *x, size_t n) {
  fb_ball_copy(z, x, n);
  if (z->limbs[n - 1] != 0) z->negative = ~z->negative;
}

void fb_ball_set_integer(fb_ball *z, long value, size_t n) {
  if (value == 0) return fb_ball_zero(z, n);
  unsigned long size = value < 0 ? -(unsigned long)value : (unsigned long)value;
  int zeros = __builtin_clzl(size);
  memset(z->limbs, 0, (n - 1) * sizeof(mp_limb_t));
  z->limbs[n - 1] = size << zeros;
  z->exponent = 64 - zeros;
  z->negative = value < 0 ? -1 : 0;
  z->radius = 0;
  z->scale = 0;
}

void fb_ball_midpoint(fb_ball *z, const fb_ball *x, size_t n) {
  if (x->limbs[n - 1] == 0) return fb_ball_zero(z, n);
  fb_ball_copy(z, x, n);
  z->radius = 0;
  z->scale = 0;
}

void fb_ball_shift(fb_ball *z, const fb_ball *x, long k, size_t n) {
  fb_ball_copy(z, x, n);
  if (z->exponent == FB_ZERO) return;
  // Far beyond the exponent range all shifts are alike.
  if (k > 4 * FB_LIMIT) k = 4 * FB_LIMIT;
  if (k < -4 * FB_LIMIT) k = -4 * FB_LIMIT;
  z->exponent += k;
  fb_ball_settle(z, z->radius, z->scale, n);
}

void fb_ball_widen(fb_ball *z, fb_magnitude amount, size_t n) {
  if (amount.mantissa == 0) return;
  if (!(amount.mantissa < __builtin_inf()) || amount.exponent > 4 * FB_LIMIT) return fb_ball_no_information(z, n);
  if (!fb_ball_is_finite(z)) return;
  if (amount.exponent < -8 * FB_LIMIT) amount.exponent = -8 * FB_LIMIT;
  if (z->exponent == FB_ZERO) z->exponent = amount.exponent;
  amount.exponent -= z->exponent - (long)(64 * n);
  // A radius that is set, and not enlarged, stays exact.
  if (z->radius == 0) return fb_ball_settle(z, amount.mantissa, amount.exponent, n);
  fb_magnitude sum = plus(normal(units(z)), normal(amount));
  fb_ball_settle(z, sum.mantissa * (1 + 0x1p-51), sum.exponent, n);
}

fb_magnitude fb_ball_radius(const fb_ball *x, size_t n) {
  return magnitude(x->radius, x->radius == 0 ? 0 : x->scale + x->exponent - (long)(64 * n));
}

fb_magnitude fb_ball_upper_midpoint(const fb_ball *x, size_t n) {
  mp_limb_t top = x->limbs[n - 1];
  if (top == 0) return magnitude(0, 0);
  int inexact = (top & 0x7ff) != 0 || !is_zero(x->limbs, n - 1);
  return magnitude((double)(long)((top >> 11) + (mp_limb_t)inexact), x->exponent - 53);
}

fb_magnitude fb_ball_lower_midpoint(const fb_ball *x, size_t n) {
  mp_limb_t top = x->limbs[n - 1];
  return magnitude((double)(long)(top >> 11), top == 0 ? 0 : x->exponent - 53);
}

fb_magnitude fb_ball_magnitude(const fb_ball *x, size_t n) {
  if (!fb_ball_is_finite(x)) return magnitude(__builtin_inf(), 0);
  fb_magnitude sum = plus(normal(fb_ball_upper_midpoint(x, n)), normal(fb_ball_radius(x, n)));
  // Only a sum of two rounds.
  if (x->radius == 0 || x->limbs[n - 1] == 0) return sum;
  return magnitude(sum.mantissa * (1 + 0x1p-51), sum.exponent);
}

void fb_ball_finish(fb_ball *z, const __mpfr_struct *result, int ternary, fb_magnitude spread, size_t n) {
  if (!mpfr_number_p(result) || !(spread.mantissa < __builtin_inf())) return fb_ball_no_information(z, n);
  z->scale = 0;
  z->radius = 0;
  if (mpfr_zero_p(result)) {
    fb_ball_zero(z, n);
    // Rounded to 0 from below MPFR's smallest number.
    if (ternary != 0) fb_ball_widen(z, magnitude(1, mpfr_get_emin()), n);
  } else {
    z->exponent = result->_mpfr_exp;
    z->negative = mpfr_signbit(result) ? -1 : 0;
    // At the bottom of the exponent range a result moves by up to the smallest number.
    if (z->exponent <= mpfr_get_emin() && ternary != 0) {
      fb_ball_widen(z, magnitude(1, mpfr_get_emin()), n);
    } else if (ternary != 0) {
      z->radius = 0.5;
    }
  }
  fb_ball_widen(z, spread, n);
}
