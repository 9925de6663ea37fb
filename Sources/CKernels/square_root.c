#include "directed.h"
#include "wide.h"

// The hardware's square root s, of which nothing is assumed: with 53-bit integers, s = S 2^k and x = X 2^(2k), the
// exact remainder X - S^2 says on which side s lies, and whether it is the nearest double.
double fb_sqrt(double x, int up) {
  if (!(x > 0 && x <= DBL_MAX)) return fb_directed_sqrt(x, up);
  double s = __builtin_sqrt(x);
  if (!(s > 0 && s <= DBL_MAX)) return fb_directed_sqrt(x, up);
  wide a = wide_from(x), b = wide_from(s);
  uint64_t root = (uint64_t)(b.m >> 75);
  // x = a.m 2^(a.e - 128), k = b.e - 53.
  long shift = a.e - 128 - 2 * (b.e - 53);
  if (shift > 0 || shift < -75) return fb_directed_sqrt(x, up);
  fb_two square = (fb_two)root * root, radicand = a.m >> -shift;
  if (radicand == square) return s;
  int above = radicand > square;
  // |sqrt(X) - S| < 1/2.
  if ((above ? radicand - square : square - radicand + 1) > root) return fb_directed_sqrt(x, up);
  // s is its lower neighbour if the root is above it, and no power of two if it is below.
  double neighbour;
  uint64_t bits;
  memcpy(&bits, &s, sizeof bits);
  bits = above ? bits + 1 : bits - 1;
  memcpy(&neighbour, &bits, sizeof bits);
  return up >= 0 && (up != 0) == above ? neighbour : s;
}
