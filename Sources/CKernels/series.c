#include "elementary.h"

// For two limbs a0 b0 is left out, for three a0 b0 and the low halves of the limb products that only carry: each
// omission is below one unit, at most one for two limbs (and two low halves), five for three.
static inline void product_high_2(mp_limb_t *z, const mp_limb_t *a, const mp_limb_t *b) {
  fb_two sum = (fb_two)a[1] * b[1] + fb_high(a[1], b[0]) + fb_high(a[0], b[1]);
  z[0] = (mp_limb_t)sum;
  z[1] = (mp_limb_t)(sum >> 64);
}

static inline void product_high_3(mp_limb_t *z, const mp_limb_t *a, const mp_limb_t *b) {
  fb_two low = (fb_two)fb_high(a[0], b[2]) + fb_high(a[1], b[1]) + fb_high(a[2], b[0]);
  fb_two left = (fb_two)a[2] * b[1], right = (fb_two)a[1] * b[2];
  low += (mp_limb_t)left;
  low += (mp_limb_t)right;
  fb_two high = (fb_two)a[2] * b[2] + (left >> 64) + (right >> 64) + (low >> 64);
  z[0] = (mp_limb_t)low;
  z[1] = (mp_limb_t)high;
  z[2] = (mp_limb_t)(high >> 64);
}

void fb_product_high(mp_limb_t *z, const mp_limb_t *a, const mp_limb_t *b, size_t n) {
  if (n == 1) {
    z[0] = fb_high(a[0], b[0]);
  } else if (n == 2) {
    product_high_2(z, a, b);
  } else if (n == 3) {
    product_high_3(z, a, b);
  } else {
    mp_limb_t product[2 * FB_LARGEST_LIMBS];
    mpn_mul_n(product, a, b, (mp_size_t)n);
    for (size_t i = 0; i < n; i++) z[i] = product[n + i];
  }
}

// Horner's rule: s_K = c_K, s_k = c_k +- u s_(k+1), q = u s_1. c_k has leading zero limbs, so that s_k (below c_k (1 +
// 2^-18): the next coefficient is smaller by 2^-20 and c_k's leading limb is nowhere near full) has as few limbs m as c_k,
// and u may be cut to as many.
//
// Units per step: cutting u 1, the product 6, rounding c_k 1, and the error of s_(k+1) times u < 0.52. So s_k is
// within 8/(1 - 0.52) < 17 units and q within 7 + 0.52 * 17 < 16. The remainder, below 2^-64 n (generate-tables), is counted
// by the callers.
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
