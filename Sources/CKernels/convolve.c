#include "CKernels.h"

// One dot product with one accumulator and one rounding. Every product is shifted to the place of the largest
// possible term and cut off at a guard limb: less than one guard unit per term is lost. The accumulator is in two's
// complement: one guard limb below, one head limb above for carries and the sign.

static inline void multiply(mp_limb_t *p, const mp_limb_t *x, const mp_limb_t *y, size_t n) {
  if (n == 1) {
    unsigned __int128 t = (unsigned __int128)x[0] * y[0];
    p[0] = (mp_limb_t)t;
    p[1] = (mp_limb_t)(t >> 64);
    return;
  }
  if (n == 2) {
    unsigned __int128 a = (unsigned __int128)x[0] * y[0];
    unsigned __int128 b = (unsigned __int128)x[0] * y[1];
    unsigned __int128 c = (unsigned __int128)x[1] * y[0];
    unsigned __int128 d = (unsigned __int128)x[1] * y[1];
    unsigned __int128 middle = (a >> 64) + (mp_limb_t)b + (mp_limb_t)c;
    d += (b >> 64) + (c >> 64) + (middle >> 64);
    p[0] = (mp_limb_t)a;
    p[1] = (mp_limb_t)middle;
    p[2] = (mp_limb_t)d;
    p[3] = (mp_limb_t)(d >> 64);
    return;
  }
  mpn_mul_n(p, x, y, n);
}

int fb_convolve(mpfr_ptr z, const __mpfr_struct *x, const __mpfr_struct *y, long step, size_t n,
                mp_limb_t *scratch, size_t *units, long *unit_exponent, int *ternary) {
  const size_t limbs = fb_limb_count(z->_mpfr_prec);
  const size_t size = limbs + 2;
  const mpfr_exp_t limit = (mpfr_exp_t)1 << 60;
  mp_limb_t *sum = scratch, *product = scratch + size, *shifted = product + 2 * limbs;

  *units = 0;
  *ternary = 0;
  *unit_exponent = 0;
  mpfr_exp_t top = 0;
  int any = 0;
  for (size_t l = 0; l < n; l++) {
    const __mpfr_struct *a = x + l, *b = y + step * (long)l;
    if (mpfr_zero_p(a) || mpfr_zero_p(b)) continue;
    if (a->_mpfr_exp > limit || a->_mpfr_exp < -limit || b->_mpfr_exp > limit || b->_mpfr_exp < -limit) return 1;
    mpfr_exp_t e = a->_mpfr_exp + b->_mpfr_exp;
    if (!any || e > top) top = e;
    any = 1;
  }
  if (!any) {
    mpfr_set_zero(z, 1);
    return 0;
  }

  mpn_zero(sum, size);
  size_t lost = 0;
  for (size_t l = 0; l < n; l++) {
    const __mpfr_struct *a = x + l, *b = y + step * (long)l;
    if (mpfr_zero_p(a) || mpfr_zero_p(b)) continue;
    size_t shift = (size_t)(top - (a->_mpfr_exp + b->_mpfr_exp));
    size_t whole = shift / GMP_NUMB_BITS;
    unsigned part = (unsigned)(shift % GMP_NUMB_BITS);
    if (whole > limbs) {
      lost++;
      continue;
    }
    multiply(product, a->_mpfr_d, b->_mpfr_d, limbs);
    // The part kept before the bit shift: the top limbs + 1 - whole limbs of the product.
    size_t kept = limbs + 1 - whole, dropped = 2 * limbs - kept;
    const mp_limb_t *head = product + dropped;
    int inexact = 0;
    for (size_t i = 0; i < dropped && !inexact; i++) inexact = product[i] != 0;
    if (part) {
      inexact |= mpn_rshift(shifted, head, kept, part) != 0;
      head = shifted;
    }
    lost += (size_t)inexact;
    if ((a->_mpfr_sign < 0) != (b->_mpfr_sign < 0)) {
      mpn_sub(sum, sum, size, head, kept);
    } else {
      mpn_add(sum, sum, size, head, kept);
    }
  }

  // The accumulator counts units of 2^(top - 64 (limbs + 1)).
  *units = lost;
  *unit_exponent = top - (long)(GMP_NUMB_BITS * (limbs + 1));
  int negative = (sum[size - 1] >> (GMP_NUMB_BITS - 1)) != 0;
  if (negative) mpn_neg(sum, sum, size);
  size_t used = size;
  while (used > 0 && sum[used - 1] == 0) used--;
  if (used == 0) {
    mpfr_set_zero(z, 1);
    return 0;
  }
  int zeros = __builtin_clzll(sum[used - 1]);
  if (zeros) mpn_lshift(sum, sum, used, (unsigned)zeros);
  mpfr_t t;
  mpfr_exp_t exponent = *unit_exponent + (long)(GMP_NUMB_BITS * used) - zeros;
  if (exponent >= mpfr_get_emax()) return 1;
  if (exponent <= mpfr_get_emin()) {
    // Below the exponent range: |sum| < 2^exponent becomes part of the bound, in larger units.
    mpfr_set_zero(z, 1);
    *units = lost + 1;
    *unit_exponent = exponent;
    return 0;
  }
  mpfr_custom_init_set(t, negative ? -MPFR_REGULAR_KIND : MPFR_REGULAR_KIND, exponent,
                       (mpfr_prec_t)(GMP_NUMB_BITS * used), sum);
  *ternary = mpfr_set(z, t, MPFR_RNDN);
  return 0;
}
