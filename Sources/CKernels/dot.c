// Dot products of balls in doubles: sums of four lanes, several sums at once, so that no sum waits for the last one.
//
// The radius is one a-priori bound for the whole product of n terms (u = 2^-53, eta = 2^-1074):
//
//   radius <= ((d + 1) u sum |x y| + sum (|x| ry + rx (|y| + ry)) + (3n + 5) eta) (1 + (2n + 10) 2^-52)
//
// with all sums as computed, each product rounded or not (FMA). The midpoint is a sum over a binary tree with n products
// as leaves, where sums with an exact 0 round nothing. If a leaf passes through at most d roundings, its own included
// (which FMA leaves out), the sum is off by at most gamma_d sum |x||y|, gamma_d = d u / (1 - d u) (Higham, Accuracy and
// Stability, 3.1 and 4.2). In any order d <= n. In the order below a product is rounded once and added to one of two
// sums of lanes, at most n/8 + 1 times; then come one sum of the two, two sums of lanes, and at most three more terms:
// d <= n/8 + 8. Likewise the sum of sizes has at most n, and the spread 2n + 1 roundings on a path, covered by the last
// factor. Each of the 3n products may underflow by eta/2; so may the rounding of an FMA, which takes that product's
// place.

#include "CKernels.h"
#include "lanes.h"

typedef struct {
  const double *x, *rx, *y, *ry;
} operands;

// Whether every product has a factor that is exactly zero: then no sum of 0 hides an underflow.
static int has_only_zero_terms(operands o, long step, size_t n) {
  for (size_t l = 0; l < n; l++) {
    long k = step * (long)l;
    if ((o.x[l] != 0 || o.rx[l] != 0) && (o.y[k] != 0 || o.ry[k] != 0)) return 0;
  }
  return 1;
}

// Adds the products of terms l to l + 3 to the four sums.
#define ADD_TERMS(mid, size, left, right, l)                    \
  do {                                                          \
    lanes x, rx, y, ry;                                         \
    long at = step > 0 ? (long)(l) : -(long)(l) - 3;            \
    LOAD(x, o.x + (l));                                         \
    LOAD(rx, o.rx + (l));                                       \
    LOAD(y, o.y + at);                                          \
    LOAD(ry, o.ry + at);                                        \
    if (step < 0) {                                             \
      y = REVERSED(y);                                          \
      ry = REVERSED(ry);                                        \
    }                                                           \
    lanes ax = MAGNITUDES(x), ay = MAGNITUDES(y);               \
    mid = mid + x * y;                                          \
    size = size + ax * ay;                                      \
    left = left + ax * ry;                                      \
    right = right + rx * (ay + ry);                             \
  } while (0)

TEMPLATE fb_double_ball dot(operands o, long step, size_t n) {
  double mid = 0, size = 0, spread = 0;
  size_t l = 0;
  if (n >= 4) {
    lanes m0 = {0}, s0 = {0}, p0 = {0}, q0 = {0}, m1 = {0}, s1 = {0}, p1 = {0}, q1 = {0};
    for (; l + 8 <= n; l += 8) {
      ADD_TERMS(m0, s0, p0, q0, l);
      ADD_TERMS(m1, s1, p1, q1, l + 4);
    }
    if (l + 4 <= n) {
      ADD_TERMS(m0, s0, p0, q0, l);
      l += 4;
    }
    m0 += m1;
    s0 += s1;
    p0 = (p0 + p1) + (q0 + q1);
    mid = SUM(m0);
    size = SUM(s0);
    spread = SUM(p0);
  }
  for (; l < n; l++) {
    long k = step * (long)l;
    double ax = __builtin_fabs(o.x[l]), ay = __builtin_fabs(o.y[k]);
    mid = mid + o.x[l] * o.y[k];
    size = size + ax * ay;
    spread = spread + ax * o.ry[k];
    spread = spread + o.rx[l] * (ay + o.ry[k]);
  }
  if (size == 0 && spread == 0 && has_only_zero_terms(o, step, n)) return (fb_double_ball){0, 0};
  double terms = (double)n, depth = (double)(n / 8 + 8 < n ? n / 8 + 8 : n);
  // 2^-1022 is above the underflow term, and no subnormal number, which would be slow.
  double bound = (depth + 1) * 0x1p-53 * size + spread + 0x1p-1022;
  return (fb_double_ball){mid, bound * (1 + (2 * terms + 10) * 0x1p-52)};
}

#define PARAMETERS const double *x, const double *rx, const double *y, const double *ry, size_t n
#define OPERANDS ((operands){x, rx, y, ry})

#if HAS_WIDE_BUILD
WIDE static fb_double_ball wide_dot(PARAMETERS) { return dot(OPERANDS, 1, n); }
WIDE static fb_double_ball wide_convolve(PARAMETERS) { return dot(OPERANDS, -1, n); }
#else
#define wide_dot fb_portable_dot_balls
#define wide_convolve fb_portable_convolve_balls
#endif

fb_double_ball fb_portable_dot_balls(PARAMETERS) { return dot(OPERANDS, 1, n); }
fb_double_ball fb_portable_convolve_balls(PARAMETERS) { return dot(OPERANDS, -1, n); }

fb_double_ball fb_dot_balls(PARAMETERS) {
  return has_wide_lanes() ? wide_dot(x, rx, y, ry, n) : fb_portable_dot_balls(x, rx, y, ry, n);
}

fb_double_ball fb_convolve_balls(PARAMETERS) {
  return has_wide_lanes() ? wide_convolve(x, rx, y, ry, n) : fb_portable_convolve_balls(x, rx, y, ry, n);
}
