#include "directed.h"
#include "wide_functions.h"

// Functions of a double by numbers of 128 bits with proved errors, at most a share of 2^-78. Where such an enclosure
// does not decide the rounding (about once in 2^24 calls, and where the result is a double or next to one), where the
// result leaves the normal range, and for arguments that are not finite, MPFR decides: the results are MPFR's always.

// The result is strictly between v and its neighbour above or below, nearer to v.
static double beside(double v, int above, int up) {
  if (up < 0 || (up != 0) != (above != 0)) return v;
  uint64_t bits;
  memcpy(&bits, &v, sizeof bits);
  bits = (v > 0) == (above != 0) ? bits + 1 : bits - 1;
  memcpy(&v, &bits, sizeof bits);
  return v;
}

double fb_exp(double x, int up) {
  double result, size = __builtin_fabs(x);
  // 1 - 2^-55 < exp(x) < 1 + 2^-54.
  if (size < 0x1p-55) return x == 0 ? 1 : beside(1, x > 0, up);
  if (size < 708 && wide_round(wide_exp(wide_from(x), x < 0), 0, up, &result)) return result;
  return fb_directed_exp(x, up);
}

double fb_expm1(double x, int up) {
  double result, size = __builtin_fabs(x);
  // x < exp(x) - 1 < x + x^2.
  if (size < 0x1p-55) return x == 0 ? x : beside(x, 1, up);
  // exp(-38) < 2^-54.
  if (x <= -38 && size <= DBL_MAX) return beside(-1, 1, up);
  if (!(size < 708)) return fb_directed_expm1(x, up);
  wide y, magnitude = wide_from(x);
  if (size < 0x1p-21) {
    y = wide_near_identity(magnitude, EXP_C2, EXP_C3, x < 0);
  } else {
    y = wide_exp(magnitude, x < 0);
    y = x < 0 ? wide_difference(*wide_one(), y) : wide_difference(y, *wide_one());
  }
  return wide_round(y, x < 0, up, &result) ? result : fb_directed_expm1(x, up);
}

double fb_log(double x, int up) {
  double result;
  int negative;
  if (!(x > 0 && x <= DBL_MAX)) return fb_directed_log(x, up);
  if (x == 1) return 0;
  wide y = wide_log(wide_from(x), &negative);
  return wide_round(y, negative, up, &result) ? result : fb_directed_log(x, up);
}

double fb_log1p(double x, int up) {
  double result, size = __builtin_fabs(x);
  int negative = x < 0;
  // x - x^2 < log(1 + x) < x.
  if (size < 0x1p-55) return x == 0 ? x : beside(x, 0, up);
  if (!(x > -1 && x <= DBL_MAX)) return fb_directed_log1p(x, up);
  wide y = wide_from(x);
  if (size < 0x1p-21) {
    y = wide_near_identity(y, LOG_C2, LOG_C3, !negative);
  } else {
    // What the sum or difference cuts off is part of its error.
    y = wide_log(negative ? wide_difference(*wide_one(), y) : wide_sum(*wide_one(), y), &negative);
  }
  return wide_round(y, negative, up, &result) ? result : fb_directed_log1p(x, up);
}

// x (1 +- x^2 c), where `third` is 2^64 c, for x < 2^-21: off by a share of 2^-101 for cutting, and by the next term of
// the series, x^4/120 for sinh and 2 x^4/15 for tanh, below 2^-86.
static wide with_cube(double size, mp_limb_t third, int minus) {
  wide x = wide_from(size);
  mp_limb_t head = (mp_limb_t)(x.m >> 64), u = head >> (-20 - x.e);
  fb_two cube = (fb_two)fb_high(head, fb_high(fb_high(u, u), third)) << 24;
  fb_two m = minus ? x.m - cube : x.m + cube;
  if (!minus && m < x.m) return (wide){m >> 1 | TWO(127), x.e + 1, TWO(42)};
  return wide_normal((wide){m, x.e, TWO(42)});
}

double fb_sinh(double x, int up) {
  double result, size = __builtin_fabs(x);
  // |x| < |sinh(x)| < |x| + |x|^3/5.
  if (size < 0x1p-27) return x == 0 ? x : beside(x, x > 0, up);
  if (!(size < 708)) return fb_directed_sinh(x, up);
  wide y;
  if (size < 0x1p-21) {
    y = with_cube(size, 0x2aaaaaaaaaaaaaaa, 0);
  } else {
    wide magnitude = wide_from(x);
    y = wide_difference(wide_exp(magnitude, 0), wide_exp(magnitude, 1));
    y.e--;
  }
  return wide_round(y, x < 0, up, &result) ? result : fb_directed_sinh(x, up);
}

double fb_cosh(double x, int up) {
  double result, size = __builtin_fabs(x);
  // 1 < cosh(x) < 1 + x^2.
  if (size < 0x1p-27) return x == 0 ? 1 : beside(1, 1, up);
  if (!(size < 708)) return fb_directed_cosh(x, up);
  wide magnitude = wide_from(x), y = wide_sum(wide_exp(magnitude, 0), wide_exp(magnitude, 1));
  y.e--;
  return wide_round(y, 0, up, &result) ? result : fb_directed_cosh(x, up);
}

double fb_tanh(double x, int up) {
  double result, size = __builtin_fabs(x);
  // |x| - |x|^3/3 < |tanh(x)| < |x|.
  if (size < 0x1p-28) return x == 0 ? x : beside(x, x < 0, up);
  // 1 - |tanh(x)| < 2 exp(-40) < 2^-56.
  if (size >= 20 && size <= DBL_MAX) return beside(x > 0 ? 1 : -1, x < 0, up);
  if (!(size < 20)) return fb_directed_tanh(x, up);
  wide y;
  if (size < 0x1p-21) {
    y = with_cube(size, 0x5555555555555555, 1);
  } else {
    wide twice = wide_from(x);
    twice.e++;
    wide decay = wide_exp(twice, 1);
    y = wide_quotient(wide_difference(*wide_one(), decay), wide_sum(*wide_one(), decay));
  }
  return wide_round(y, x < 0, up, &result) ? result : fb_directed_tanh(x, up);
}

double fb_sigmoid(double x, int up) {
  double result, size = __builtin_fabs(x);
  // 1/2 + x/5 and 1/2 + x/3 enclose it.
  if (size < 0x1p-54) return x == 0 ? 0.5 : beside(0.5, x > 0, up);
  // exp(-38) < 2^-54.
  if (x >= 38 && size <= DBL_MAX) return beside(1, 0, up);
  if (!(size < 708)) return fb_directed_sigmoid(x, up);
  wide decay = wide_exp(wide_from(x), 1);
  wide y = wide_quotient(x < 0 ? decay : *wide_one(), wide_sum(*wide_one(), decay));
  return wide_round(y, 0, up, &result) ? result : fb_directed_sigmoid(x, up);
}

double fb_softplus(double x, int up) {
  double result, size = __builtin_fabs(x);
  // x < softplus(x) < x + exp(-x), and exp(-38) is less than half a unit in the last place.
  if (x >= 38 && size <= DBL_MAX) return beside(x, 1, up);
  if (!(size < 708)) return fb_directed_softplus(x, up);
  if (x == 0) return fb_log(2, up);
  wide magnitude = wide_from(x), decay = wide_exp(magnitude, 1), y;
  int negative;
  if (decay.e < -20) {
    y = wide_near_identity(decay, LOG_C2, LOG_C3, 1);
  } else {
    y = wide_log(wide_sum(*wide_one(), decay), &negative);
  }
  if (x > 0) y = wide_sum(y, magnitude);
  return wide_round(y, 0, up, &result) ? result : fb_directed_softplus(x, up);
}
