#ifndef FLOWBOUND_WIDE_H
#define FLOWBOUND_WIDE_H

#include "elementary.h"

#include <float.h>
#include <stdint.h>
#include <string.h>

// The number m 2^(e - 128), m >= 2^127, that stands for every number within `error` 2^(e - 128) of it: twice the bits
// of a double, so that nearly always all of them round to the same double.
typedef struct {
  fb_two m;
  long e;
  fb_two error;
} wide;

#define TWO(k) ((fb_two)1 << (k))

// |x| for a regular double, exactly.
static inline wide wide_from(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  long field = (long)(bits >> 52 & 0x7ff);
  uint64_t mantissa = bits << 11;
  if (field) return (wide){(fb_two)(mantissa | (uint64_t)1 << 63) << 64, field - 1022, 0};
  mantissa &= ~(uint64_t)0 >> 1;
  int zeros = __builtin_clzl(mantissa);
  return (wide){(fb_two)(mantissa << zeros) << 64, -1021 - zeros, 0};
}

static inline const wide *wide_one(void) {
  static const wide one = {TWO(127), 1, 0};
  return &one;
}

// a with its leading zeros shifted out. Zero, or less certain than half of it, becomes no information.
static inline wide wide_normal(wide a) {
  if (a.m <= a.error) return (wide){TWO(127), a.e, TWO(127)};
  int zeros = a.m >> 64 ? __builtin_clzl((mp_limb_t)(a.m >> 64)) : 64 + __builtin_clzl((mp_limb_t)a.m);
  return (wide){a.m << zeros, a.e - zeros, a.error << zeros};
}

// a + b. What is cut off b, and then off the sum, is below 2 units.
static inline wide wide_sum(wide a, wide b) {
  if (a.e < b.e) return wide_sum(b, a);
  long down = a.e - b.e;
  fb_two cut = down < 128 ? b.m >> down : 0, m = a.m + cut, error = a.error + (down < 128 ? b.error >> down : 0) + 4;
  if (m >= cut) return (wide){m, a.e, error};
  return (wide){m >> 1 | TWO(127), a.e + 1, error};
}

// a - b for a > b, so a.e >= b.e.
static inline wide wide_difference(wide a, wide b) {
  long down = a.e - b.e;
  fb_two cut = down < 128 ? b.m >> down : 0, error = a.error + (down < 128 ? b.error >> down : 0) + 2;
  return a.m > cut ? wide_normal((wide){a.m - cut, a.e, error}) : (wide){TWO(127), a.e, TWO(127)};
}

// a/b, in two digits of base 2^64, the second with a sign. With b/8 = high 2^64 + low (61 and 64 bits), the first digit
// is below 2^62 and |rest| below 2^126. Units: cutting a 2^4, cutting b 4, dividing the rest by `high` alone 2^6 (a
// share 2^-60 of at most 2^66), cutting that 1. The errors of a and b change a/b, here in units of 2^-125, by less than
// a.error/4 + b.error/2 (1 + 2^-20) if they are small; if they are not, their sum leaves no information.
static inline wide wide_quotient(wide a, wide b) {
  mp_limb_t high = (mp_limb_t)(b.m >> 67), low = (mp_limb_t)(b.m >> 3);
  fb_two cut = a.m >> 6;
  mp_limb_t first = (mp_limb_t)(cut / high);
  __int128 rest = (__int128)((cut - (fb_two)first * high) << 64) - (__int128)((fb_two)first * low);
  fb_two quotient = ((fb_two)first << 64) + (fb_two)(rest / (__int128)high);
  return wide_normal((wide){quotient, a.e - b.e + 3, a.error + b.error + 256});
}

// Whether all the numbers for which a stands round to the same double, in the normal range, given the sign and the
// direction (as for fb_exp). No by doubt: where an end is a double or a midpoint, and next to powers of two.
static inline int wide_round(wide a, int negative, int up, double *result) {
  if (a.e < -1021 || a.e > 1023) return 0;
  if (a.error >= TWO(74) || a.m - a.error < TWO(127) || a.m + a.error < a.m) return 0;
  fb_two least = a.m - a.error, most = a.m + a.error;
  uint64_t mantissa;
  if (up < 0) {
    // Both ends strictly between the same midpoints of neighbouring doubles.
    if (most + TWO(74) < most) return 0;
    mantissa = (uint64_t)((least - 1 + TWO(74)) >> 75);
    if (mantissa != (uint64_t)((most + TWO(74)) >> 75)) return 0;
  } else {
    // Both ends strictly between the same neighbouring doubles.
    mantissa = (uint64_t)((least - 1) >> 75);
    if (mantissa != (uint64_t)(most >> 75)) return 0;
    mantissa += (uint64_t)((up != 0) != (negative != 0));
  }
  if (mantissa < (uint64_t)1 << 52) return 0;
  // A mantissa of 2^53 carries into the exponent's field, as it should.
  uint64_t bits = ((uint64_t)(a.e + 1021) << 52) + mantissa;
  if (negative) bits |= (uint64_t)1 << 63;
  memcpy(result, &bits, sizeof bits);
  return 1;
}

#endif
