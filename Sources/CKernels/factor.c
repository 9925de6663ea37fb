// Floating-point Cholesky by halves, so that nearly all the work is matrix products (Gustavson, Recursion leads to
// automatic variable blocking, 1997). Each entry of L is
//
//   l_ij = (a_ij - sum over k < j of l_ik l_jk) / l_jj,   l_ii = sqrt(a_ii - sum over k < i of l_ik^2)
//
// with one rounding of the quotient or root, and the difference summed over some binary tree. In exact terms such a
// tree gives a_ij (1 + e) - sum l_ik l_jk (1 + e_k); divided by (1 + e), the roundings that a product shares with a_ij
// cancel, and what is left on both paths is j - 1 sums, a product and the quotient at most, all different. So
// |sum over k <= j of l_ik l_jk - a_ij| <= gamma_j sum |l_ik l_jk| as for the textbook's order (Higham, Accuracy and
// Stability, lemma 8.4 and theorem 10.3). FMA only leaves roundings out. An entry that overflows makes the pivot of its
// row -inf or NaN.

#include "CKernels.h"
#include "lanes.h"
#include "product.h"

#include <math.h>

// Sizes at which the halving ends, and the rows that a triangular solution takes at once.
enum { BASE = 32, STRIP = 16 };

typedef struct {
  product_kernel *product;
  void (*solve_base)(double *x, const double *l, size_t row, size_t m, size_t n);
  double *scratch;
  size_t row;
} context;

// c -= a b^T, for c with m rows and n columns.
static void subtract_product(const context *t, double *c, const double *a, const double *b, size_t m, size_t n,
                             size_t k) {
  t->product(c, t->row, (fb_matrix){a, t->row, 1}, (fb_matrix){b, 1, t->row}, m, n, k, -1, t->scratch);
}

// c -= a a^T for a with k columns: the lower triangle; some entries above it change too.
static void subtract_square(const context *t, double *c, const double *a, size_t n, size_t k) {
  if (n <= 2 * BASE) {
    subtract_product(t, c, a, a, n, n, k);
    return;
  }
  size_t half = n / 2 / 8 * 8;
  subtract_square(t, c, a, half, k);
  subtract_product(t, c + half * t->row, a + half * t->row, a, n - half, half, k);
  subtract_square(t, c + half * t->row + half, a + half * t->row, n - half, k);
}

// Up to STRIP rows of x l^T = a, n <= BASE, transposed so that the rows fill lanes.
TEMPLATE void solve_strip(double *x, const double *l, size_t row, size_t rows, size_t n) {
  double columns[BASE][STRIP] = {{0}};
  for (size_t r = 0; r < rows; r++) {
    for (size_t j = 0; j < n; j++) columns[j][r] = x[r * row + j];
  }
  for (size_t j = 0; j < n; j++) {
    lanes sum[STRIP / 4], other;
    memcpy(sum, columns[j], sizeof sum);
    for (size_t k = 0; k < j; k++) {
      double y = l[j * row + k];
      lanes factor = {y, y, y, y};
#pragma GCC unroll 4
      for (int s = 0; s < STRIP / 4; s++) {
        LOAD(other, columns[k] + 4 * s);
        sum[s] = sum[s] - factor * other;
      }
    }
    double pivot = l[j * row + j];
    lanes divisor = {pivot, pivot, pivot, pivot};
    for (int s = 0; s < STRIP / 4; s++) sum[s] = sum[s] / divisor;
    memcpy(columns[j], sum, sizeof sum);
  }
  for (size_t r = 0; r < rows; r++) {
    for (size_t j = 0; j < n; j++) x[r * row + j] = columns[j][r];
  }
}

// Replaces the m rows of a by x with x l^T = a.
TEMPLATE void solve_base(double *x, const double *l, size_t row, size_t m, size_t n) {
  for (size_t i = 0; i < m; i += STRIP) solve_strip(x + i * row, l, row, m - i < STRIP ? m - i : STRIP, n);
}

static void portable_solve_base(double *x, const double *l, size_t row, size_t m, size_t n) {
  solve_base(x, l, row, m, n);
}
#if HAS_WIDE_BUILD
WIDE static void wide_solve_base(double *x, const double *l, size_t row, size_t m, size_t n) {
  solve_base(x, l, row, m, n);
}
#else
#define wide_solve_base portable_solve_base
#endif

static void solve(const context *t, double *x, const double *l, size_t m, size_t n) {
  if (n <= BASE) {
    t->solve_base(x, l, t->row, m, n);
    return;
  }
  size_t half = n / 2 / 8 * 8;
  solve(t, x, l, m, half);
  subtract_product(t, x + half, x, l + half * t->row, m, n - half, half);
  solve(t, x + half, l + half * t->row + half, m, n - half);
}

static int factor_base(double *a, size_t row, size_t n) {
  for (size_t i = 0; i < n; i++) {
    for (size_t j = 0; j <= i; j++) {
      double sum = 0;
      for (size_t k = 0; k < j; k++) sum = sum + a[i * row + k] * a[j * row + k];
      double rest = a[i * row + j] - sum;
      if (j < i) {
        a[i * row + j] = rest / a[j * row + j];
      } else {
        // Also false for a NaN.
        if (!(rest > 0 && rest < INFINITY)) return 0;
        a[i * row + i] = sqrt(rest);
      }
    }
  }
  return 1;
}

static int factor(const context *t, double *a, size_t n) {
  if (n <= BASE) return factor_base(a, t->row, n);
  size_t half = n / 2 / 8 * 8;
  double *below = a + half * t->row, *rest = below + half;
  if (!factor(t, a, half)) return 0;
  solve(t, below, a, n - half, half);
  subtract_square(t, rest, below, n - half, half);
  return factor(t, rest, n - half);
}

int fb_float_cholesky(double *a, size_t n, double *scratch) {
  context t = {fb_fastest_product(), has_wide_lanes() ? wide_solve_base : portable_solve_base, scratch, n};
  return factor(&t, a, n);
}

int fb_portable_float_cholesky(double *a, size_t n, double *scratch) {
  context t = {fb_portable_add_product, portable_solve_base, scratch, n};
  return factor(&t, a, n);
}
