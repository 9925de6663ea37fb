#include "elementary.h"

// The columns of the product that reach the top n limbs, in a sum of three limbs. Of the column below them only the
// high halves are taken, and nothing below: n low halves are lost, each less than one unit, and the next column, n - 1
// products of less than one unit; all below that is less than 2^-60 units. Together less than 2 n <= 16 units.
static inline __attribute__((always_inline)) void product_high(mp_limb_t *z, const mp_limb_t *a, const mp_limb_t *b,
                                                               size_t n) {
  fb_two sum = 0;
  mp_limb_t over = 0, product[FB_LARGEST_LIMBS];
  for (size_t i = 0; i < n; i++) sum += fb_high(a[i], b[n - 1 - i]);
  for (size_t column = n; column < 2 * n - 1; column++) {
    for (size_t i = column - n + 1; i < n; i++) {
      fb_two part = (fb_two)a[i] * b[column - i];
      sum += part;
      over += sum < part;
    }
    product[column - n] = (mp_limb_t)sum;
    sum = sum >> 64 | (fb_two)over << 64;
    over = 0;
  }
  product[n - 1] = (mp_limb_t)sum;
  for (size_t i = 0; i < n; i++) z[i] = product[i];
}

void fb_product_high(mp_limb_t *z, const mp_limb_t *a, const mp_limb_t *b, size_t n) {
  switch (n) {
  case 1: return product_high(z, a, b, 1);
  case 2: return product_high(z, a, b, 2);
  case 3: return product_high(z, a, b, 3);
  case 4: return product_high(z, a, b, 4);
  case 5: return product_high(z, a, b, 5);
  case 6: return product_high(z, a, b, 6);
  case 7: return product_high(z, a, b, 7);
  default: return product_high(z, a, b, 8);
  }
}

// Horner's rule: s_K = c_K, s_k = c_k +- u s_(k+1), q = u s_1. s_k has no more limbs m than c_k without its leading
// zero limbs, for it is below c_k (1 + 2^-19) and no leading limb of a coefficient is that near to full; and u is cut
// to m limbs.
//
// Units per step: cutting u 1, the product 16, rounding c_k 1, and the error of s_(k+1) times u < 0.52. So s_k is
// within 18/(1 - 0.52) < 38 units and q within 16 + 0.52 * 38 < 36. The remainder (generate-tables.c) is counted by the
// callers.
void fb_series(mp_limb_t *q, const mp_limb_t *u, size_t n, const mp_limb_t *c, const unsigned char *zeros, size_t terms,
               int alternating) {
  mp_limb_t s[FB_LARGEST_LIMBS], step[FB_LARGEST_LIMBS];
  c += FB_LARGEST_LIMBS - n;
  size_t m = n - zeros[terms - 1];
  for (size_t i = 0; i < m; i++) s[i] = c[(terms - 1) * FB_LARGEST_LIMBS + i];
  for (size_t k = terms - 1; k-- > 0;) {
    const mp_limb_t *coefficient = c + k * FB_LARGEST_LIMBS;
    size_t next = n - zeros[k];
    fb_product_high(step, s, u + (n - m), m);
    if (alternating) {
      mpn_sub(s, coefficient, (mp_size_t)next, step, (mp_size_t)m);
    } else {
      mpn_add(s, coefficient, (mp_size_t)next, step, (mp_size_t)m);
    }
    m = next;
  }
  fb_product_high(q, s, u, n);
}

const mp_limb_t *fb_table_of_logs(int bits, size_t k) {
  if (bits == 7) return k <= 128 ? fb_entry(fb_logs_7, k, FB_WORKING_LIMBS) : NULL;
  if (bits == 14) return k <= 128 ? fb_entry(fb_logs_14, k, FB_WORKING_LIMBS) : NULL;
  return bits == 21 && k <= 127 ? fb_entry(fb_logs_21, k, FB_WORKING_LIMBS) : NULL;
}

const mp_limb_t *fb_table_of_coefficients(int factorial, size_t k) {
  size_t last = factorial ? fb_exp_terms[FB_LARGEST_LIMBS - 1] : fb_log_terms[FB_LARGEST_LIMBS - 1];
  if (k < 1 || k > last) return NULL;
  return (factorial ? fb_exp_coefficients : fb_log_coefficients) + (k - 1) * FB_LARGEST_LIMBS;
}
