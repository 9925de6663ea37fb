#include "ball.h"

// Midpoints by MPFR on the limbs in place, rounded to nearest: half a unit of z if the result is not exact.

// A lower bound of a - b for a lower bound a and an upper bound b; 0 if that is not positive.
static fb_magnitude gap_between(fb_magnitude a, fb_magnitude b) {
  if (b.mantissa == 0) return a;
  if (a.mantissa == 0 || !(b.mantissa < __builtin_inf()) || b.exponent > a.exponent) return magnitude(0, 0);
  double difference = a.mantissa - b.mantissa * shrink((unsigned long)(a.exponent - b.exponent));
  // One rounding of a number below a.
  difference -= a.mantissa * 0x1p-52;
  return difference > 0 ? magnitude(difference, a.exponent) : magnitude(0, 0);
}

// The quotient q of the midpoints, on z's limbs, with bounds of any size.
static void divide_wide(fb_ball *z, const __mpfr_struct *q, int ternary, fb_magnitude rx, fb_magnitude ry,
                        fb_magnitude gap, size_t n) {
  fb_ball_finish(z, q, ternary, magnitude(0, 0), n);
  if (!fb_ball_is_finite(z) || (rx.mantissa == 0 && ry.mantissa == 0)) return;
  // (rx + |q| ry) / (|y| - ry), with |q| + half a unit for the rounded q.
  fb_magnitude sum = plus(rx, normal(times(normal(fb_ball_magnitude(z, n)), ry)));
  fb_ball_widen(z, magnitude(sum.mantissa / gap.mantissa * (1 + 0x1p-49), sum.exponent - gap.exponent), n);
}

void fb_ball_divide(fb_ball *z, const fb_ball *x, const fb_ball *y, size_t n) {
  const mp_limb_t top_x = x->limbs[n - 1], top_y = y->limbs[n - 1];
  // The divisor's distance from 0, as a part of 2^ey. 2^-50 covers the roundings.
  const double my = mantissa_below(top_y);
  const double gap = my - y->radius * unit_mantissa(n) - 0x1p-50;
  const int is_regular = top_x != 0 && gap > 0 && is_plain(x, n) && is_plain(y, n);
  const long ex = x->exponent, ey = y->exponent;
  const double rx = x->radius, ry = y->radius;

  fb_magnitude wide_rx = {0, 0}, wide_ry = {0, 0}, wide_gap = {0, 0};
  if (!is_regular) {
    wide_rx = normal(fb_ball_radius(x, n));
    wide_ry = normal(fb_ball_radius(y, n));
    wide_gap = gap_between(normal(fb_ball_lower_midpoint(y, n)), wide_ry);
    if (wide_gap.mantissa == 0 || !fb_ball_is_finite(x)) return fb_ball_no_information(z, n);
    if (x->exponent == FB_ZERO) return fb_ball_zero(z, n);
  }

  __mpfr_struct a = fb_ball_view(x, n), b = fb_ball_view(y, n);
  __mpfr_struct q = z == x ? a : z == y ? b : fb_ball_destination(z, n);
  int ternary = mpfr_div(&q, z == x ? &q : &a, z == y ? &q : &b, MPFR_RNDN);
  // Below the exponent range MPFR rounds to 0, or up to the smallest number, by far more than half a unit.
  const int is_outside = !mpfr_regular_p(&q) || (ternary != 0 && q._mpfr_exp <= -FB_LIMIT);
  if (!is_regular || is_outside) {
    if (is_regular) {
      wide_rx = normal(magnitude(rx, ex - (long)(64 * n)));
      wide_ry = normal(magnitude(ry, ey - (long)(64 * n)));
      wide_gap = magnitude(gap, ey);
    }
    return divide_wide(z, &q, ternary, wide_rx, wide_ry, wide_gap, n);
  }
  // (rx + |q| ry) / (|y| - ry) in units of q; |q| is 0.q 2^eq, and eq is ex - ey + 0, 1 or, rounded up, 2.
  const long k = q._mpfr_exp - (ex - ey);
  const double mq = mantissa_above(z->limbs[n - 1]);
  double radius = (rx + mq * power_of_two(k) * ry) / gap * power_of_two(-k);
  z->exponent = q._mpfr_exp;
  z->negative = q._mpfr_sign < 0 ? -1 : 0;
  radius = radius * (1 + 0x1p-49) + (ternary ? 0.5 : 0);
  settle(z, radius * (1 + 0x1p-52), n);
}

// |sqrt(m + t) - sqrt(m)| = |t| / (sqrt(m + t) + sqrt(m)) <= r / (sqrt(m) (2 - d)) <= r (1 + d) / (2 sqrt(m)) for
// |t| <= r = d m and d <= 1/2.
int fb_ball_square_root(fb_ball *z, const fb_ball *x, size_t n) {
  if (x->exponent == FB_ZERO) {
    fb_ball_zero(z, n);
    return 1;
  }
  fb_magnitude r = normal(fb_ball_radius(x, n)), m = normal(fb_ball_lower_midpoint(x, n));
  if (m.mantissa == 0 || x->negative || (r.mantissa != 0 && r.exponent - m.exponent > FB_THIN)) return 0;
  __mpfr_struct a = fb_ball_view(x, n), s = z == x ? a : fb_ball_destination(z, n);
  int ternary = mpfr_sqrt(&s, z == x ? &s : &a, MPFR_RNDN);
  fb_ball_finish(z, &s, ternary, magnitude(0, 0), n);
  if (r.mantissa == 0) return 1;
  // The rounded root is below the true one by half a unit at most: 1 - 2^-51 covers it and the bound of the mantissa.
  fb_magnitude root = normal(fb_ball_lower_midpoint(z, n));
  double d = r.mantissa * shrink((unsigned long)(m.exponent - r.exponent)) / m.mantissa;
  double spread = r.mantissa / (root.mantissa * (1 - 0x1p-51)) * (1 + d) * (1 + 0x1p-50);
  fb_ball_widen(z, magnitude(spread, r.exponent - root.exponent - 1), n);
  return 1;
}
