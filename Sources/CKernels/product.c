// Matrix products in doubles: blocks of both factors are packed into contiguous panels, and a tile of 6 rows and 8
// columns is summed in registers (Goto and van de Geijn, Anatomy of high-performance matrix multiplication, 2008).

#include "CKernels.h"
#include "lanes.h"
#include "product.h"

enum { TILE_ROWS = 6, TILE_COLUMNS = 8, BLOCK_ROWS = 96, BLOCK_INNER = 256, BLOCK_COLUMNS = 512 };

#define LEAST(a, b) ((a) < (b) ? (a) : (b))

// Room for a packed block: at most `block` of the `count` rows, in whole panels.
TEMPLATE size_t packed_size(size_t count, size_t block, size_t width, size_t inner) {
  return (LEAST(count, block) + width - 1) / width * width * LEAST(inner, BLOCK_INNER);
}

size_t fb_product_scratch(size_t m, size_t n, size_t k) {
  return packed_size(m, BLOCK_ROWS, TILE_ROWS, k) + packed_size(n, BLOCK_COLUMNS, TILE_COLUMNS, k);
}

// Panels of `width` rows of a block: all rows' entries of one column side by side, missing rows as zeros.
TEMPLATE void pack(double *to, fb_matrix a, size_t rows, size_t columns, size_t width, double sign) {
  for (size_t i = 0; i < rows; i += width) {
    size_t present = rows - i < width ? rows - i : width;
    for (size_t l = 0; l < columns; l++) {
      const double *from = a.start + i * a.row + l * a.column;
      for (size_t r = 0; r < present; r++) to[r] = sign * from[r * a.row];
      for (size_t r = present; r < width; r++) to[r] = 0;
      to += width;
    }
  }
}

// c += a b for one tile, of which only `rows` times `columns` entries exist.
TEMPLATE void tile(double *c, size_t row, const double *a, const double *b, size_t inner, size_t rows, size_t columns) {
  lanes sum[TILE_ROWS][2] = {{{0}}};
  for (size_t l = 0; l < inner; l++) {
    lanes left, right;
    LOAD(left, b + l * TILE_COLUMNS);
    LOAD(right, b + l * TILE_COLUMNS + 4);
#pragma GCC unroll 6
    for (int r = 0; r < TILE_ROWS; r++) {
      double x = a[l * TILE_ROWS + r];
      lanes factor = {x, x, x, x};
      sum[r][0] = sum[r][0] + factor * left;
      sum[r][1] = sum[r][1] + factor * right;
    }
  }
  if (rows == TILE_ROWS && columns == TILE_COLUMNS) {
#pragma GCC unroll 6
    for (int r = 0; r < TILE_ROWS; r++) {
      lanes left, right;
      LOAD(left, c + r * row);
      LOAD(right, c + r * row + 4);
      left += sum[r][0];
      right += sum[r][1];
      STORE(c + r * row, left);
      STORE(c + r * row + 4, right);
    }
  } else {
    double edge[TILE_ROWS][TILE_COLUMNS];
    memcpy(edge, sum, sizeof edge);
    for (size_t r = 0; r < rows; r++) {
      for (size_t s = 0; s < columns; s++) c[r * row + s] += edge[r][s];
    }
  }
}

TEMPLATE void add_product(PRODUCT_PARAMETERS) {
  double *packed_a = scratch, *packed_b = scratch + packed_size(m, BLOCK_ROWS, TILE_ROWS, k);
  for (size_t j = 0; j < n; j += BLOCK_COLUMNS) {
    size_t columns = LEAST(n - j, BLOCK_COLUMNS);
    for (size_t l = 0; l < k; l += BLOCK_INNER) {
      size_t inner = LEAST(k - l, BLOCK_INNER);
      fb_matrix transposed = {b.start + l * b.row + j * b.column, b.column, b.row};
      pack(packed_b, transposed, columns, inner, TILE_COLUMNS, 1);
      for (size_t i = 0; i < m; i += BLOCK_ROWS) {
        size_t rows = LEAST(m - i, BLOCK_ROWS);
        fb_matrix block = {a.start + i * a.row + l * a.column, a.row, a.column};
        pack(packed_a, block, rows, inner, TILE_ROWS, sign);
        for (size_t s = 0; s < columns; s += TILE_COLUMNS) {
          for (size_t r = 0; r < rows; r += TILE_ROWS) {
            tile(c + (i + r) * row + j + s, row, packed_a + r * inner, packed_b + s * inner, inner,
                 LEAST(rows - r, TILE_ROWS), LEAST(columns - s, TILE_COLUMNS));
          }
        }
      }
    }
  }
}

void fb_portable_add_product(PRODUCT_PARAMETERS) { add_product(c, row, a, b, m, n, k, sign, scratch); }

#if HAS_WIDE_BUILD
WIDE static void wide_add_product(PRODUCT_PARAMETERS) { add_product(c, row, a, b, m, n, k, sign, scratch); }
#else
#define wide_add_product fb_portable_add_product
#endif

product_kernel *fb_fastest_product(void) { return has_wide_lanes() ? wide_add_product : fb_portable_add_product; }

void fb_add_product(PRODUCT_PARAMETERS) { fb_fastest_product()(c, row, a, b, m, n, k, sign, scratch); }

TEMPLATE void matrix_vector(double *y, const double *a, const double *x, size_t m, size_t n) {
  for (size_t i = 0; i < m; i++, a += n) {
    lanes s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0}, u, v;
    size_t j = 0;
#define ADD(sum, at)                                            \
  LOAD(u, a + (at));                                            \
  LOAD(v, x + (at));                                            \
  sum = sum + u * v
    for (; j + 16 <= n; j += 16) {
      ADD(s0, j);
      ADD(s1, j + 4);
      ADD(s2, j + 8);
      ADD(s3, j + 12);
    }
    for (; j + 4 <= n; j += 4) { ADD(s0, j); }
    s0 = (s0 + s1) + (s2 + s3);
    double sum = SUM(s0);
    for (; j < n; j++) sum = sum + a[j] * x[j];
    y[i] = sum;
  }
}

// Four rows at a time, so that y is read and written a quarter as often.
TEMPLATE void subtract_rows(double *y, const double *a, const double *x, size_t m, size_t n) {
  size_t i = 0;
  for (; i + 4 <= m; i += 4) {
    const double *a0 = a + i * n, *a1 = a0 + n, *a2 = a1 + n, *a3 = a2 + n;
    for (size_t j = 0; j < n; j++) {
      y[j] -= (x[i] * a0[j] + x[i + 1] * a1[j]) + (x[i + 2] * a2[j] + x[i + 3] * a3[j]);
    }
  }
  for (; i < m; i++) {
    for (size_t j = 0; j < n; j++) y[j] -= x[i] * a[i * n + j];
  }
}

#define VECTOR_PARAMETERS double *y, const double *a, const double *x, size_t m, size_t n
#if HAS_WIDE_BUILD
WIDE static void wide_matrix_vector(VECTOR_PARAMETERS) { matrix_vector(y, a, x, m, n); }
WIDE static void wide_subtract_rows(VECTOR_PARAMETERS) { subtract_rows(y, a, x, m, n); }
#else
#define wide_matrix_vector matrix_vector
#define wide_subtract_rows subtract_rows
#endif

void fb_matrix_vector(VECTOR_PARAMETERS) {
  if (has_wide_lanes()) wide_matrix_vector(y, a, x, m, n);
  else matrix_vector(y, a, x, m, n);
}

void fb_subtract_rows(VECTOR_PARAMETERS) {
  if (has_wide_lanes()) wide_subtract_rows(y, a, x, m, n);
  else subtract_rows(y, a, x, m, n);
}
