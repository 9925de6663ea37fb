#include "fixed.h"

// Whether fixed point may pay: the conversions, and what an entry costs beside its terms, take the gain of small sizes.
static int is_worth_fixing(size_t rows, size_t inner, size_t columns, size_t n) {
  return n <= FB_FIXED_LIMBS && rows >= 12 && inner >= 12 && inner <= FB_FIXED_COUNT && columns >= 12;
}

size_t fb_ball_matrix_scratch(size_t rows, size_t inner, size_t columns, size_t n) {
  size_t size = fb_ball_dot_scratch(n) * sizeof(mp_limb_t);
  if (is_worth_fixing(rows, inner, columns, n)) size += (columns + 1) * (sizeof(fb_fixed) + fb_fixed_size(inner, n));
  return size;
}

void fb_ball_matrix_product(fb_ball *z, const fb_ball *x, const fb_ball *y, size_t rows, size_t inner, size_t columns,
                            void *scratch, size_t n) {
  const size_t words = fb_ball_words(n), size = fb_fixed_size(inner, n);
  const int is_fixed = is_worth_fixing(rows, inner, columns, n);
  mp_limb_t *limbs = scratch;
  fb_fixed *fixed = (fb_fixed *)(limbs + fb_ball_dot_scratch(n)), *row = fixed + columns;
  char *memory = (char *)(fixed + columns + 1);
  if (is_fixed) {
    for (size_t j = 0; j < columns; j++) {
      const fb_ball *column = (const fb_ball *)((const mp_limb_t *)y + j * words);
      fb_fixed_set(fixed + j, memory + j * size, column, (long)columns, inner, 0, n);
    }
  }
  for (size_t i = 0; i < rows; i++) {
    const fb_ball *from = (const fb_ball *)((const mp_limb_t *)x + i * inner * words);
    if (is_fixed) fb_fixed_set(row, memory + columns * size, from, 1, inner, 0, n);
    for (size_t j = 0; j < columns; j++) {
      fb_ball *to = (fb_ball *)((mp_limb_t *)z + (i * columns + j) * words);
      const fb_ball *column = (const fb_ball *)((const mp_limb_t *)y + j * words);
      if (is_fixed && fb_fixed_dot(to, row, fixed + j, 0, inner, n)) continue;
      fb_ball_dot(to, 0, 0, from, 1, column, (long)columns, inner, limbs, n);
    }
  }
}
