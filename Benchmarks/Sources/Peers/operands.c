#include "peers.h"

#include <stdio.h>
#include <stdlib.h>

peers *peers_make(peers_operation operation, long n, long bits) {
  peers *p = calloc(1, sizeof *p);
  long count = 4 * n + 1;
  p->operation = operation;
  p->n = n;
  p->bits = bits;
  p->arb = _arb_vec_init(count);
  p->mpfi = malloc(count * sizeof *p->mpfi);
  for (long i = 0; i < count; i++) {
    mpfi_init2(p->mpfi + i, bits);
    mpfi_set_si(p->mpfi + i, 0);
  }
  while ((p->dimension + 1) * (p->dimension + 1) <= n) p->dimension++;
  long d = p->dimension;
  for (long k = 0; k < 3; k++) {
    arb_ptr *rows = malloc(d * sizeof *rows);
    for (long i = 0; i < d; i++) rows[i] = p->arb + k * n + i * d;
    p->matrix[k] = (arb_mat_struct){.entries = rows[0], .r = d, .c = d, .rows = rows};
  }
  return p;
}

void peers_free(peers *p) {
  long count = 4 * p->n + 1;
  for (long k = 0; k < 3; k++) free(p->matrix[k].rows);
  for (long i = 0; i < count; i++) mpfi_clear(p->mpfi + i);
  free(p->mpfi);
  _arb_vec_clear(p->arb, count);
  free(p);
}

// The ends of a ball, exactly.
static void ends_of_arb(arf_t lower, arf_t upper, const arb_t x) {
  arf_t radius;
  arf_init_set_mag_shallow(radius, arb_radref(x));
  arf_sub(lower, arb_midref(x), radius, ARF_PREC_EXACT, ARF_RND_DOWN);
  arf_add(upper, arb_midref(x), radius, ARF_PREC_EXACT, ARF_RND_DOWN);
}

void peers_set(peers *p, long i, const uint64_t *limbs, long limb_count, int negative, long exponent, unsigned long radius,
               long radius_exponent) {
  fmpz_t mantissa;
  fmpz_init(mantissa);
  fmpz_set_ui_array(mantissa, (const ulong *)limbs, limb_count);
  if (negative) fmpz_neg(mantissa, mantissa);
  arb_ptr x = p->arb + i;
  arf_set_fmpz(arb_midref(x), mantissa);
  arf_mul_2exp_si(arb_midref(x), arb_midref(x), exponent - 64 * limb_count);
  mag_set_ui_2exp_si(arb_radref(x), radius, radius_exponent);

  arf_t lower, upper;
  arf_init(lower);
  arf_init(upper);
  ends_of_arb(lower, upper, x);
  arf_get_mpfr(&p->mpfi[i].left, lower, MPFR_RNDD);
  arf_get_mpfr(&p->mpfi[i].right, upper, MPFR_RNDU);
  arf_clear(lower);
  arf_clear(upper);
  fmpz_clear(mantissa);
}

// 0 unless the text is a fraction whose denominator is a power of two.
static int set_fraction(arf_t x, const char *text) {
  fmpq_t value;
  fmpq_init(value);
  int valid = fmpq_set_str(value, text, 10) == 0;
  if (valid) {
    long k = (long)fmpz_val2(fmpq_denref(value));
    fmpz_tdiv_q_2exp(fmpq_denref(value), fmpq_denref(value), k);
    valid = fmpz_is_one(fmpq_denref(value));
    arf_set_fmpz(x, fmpq_numref(value));
    arf_mul_2exp_si(x, x, -k);
  }
  fmpq_clear(value);
  return valid;
}

// Whether [a[0], a[1]] and [b[0], b[1]] are bounded and have a common point.
static int overlap(arf_struct a[2], arf_struct b[2]) {
  for (int k = 0; k < 2; k++)
    if (!arf_is_finite(a + k) || !arf_is_finite(b + k)) return 0;
  return arf_cmp(a, b + 1) <= 0 && arf_cmp(b, a + 1) <= 0;
}

double peers_compare(const peers *p, long i, const char *lower, const char *upper) {
  arf_struct own[2], arb[2], mpfi[2];
  arf_struct *all[] = {own, arb, mpfi};
  for (int k = 0; k < 6; k++) arf_init(all[k / 2] + k % 2);
  double ratio = -1;
  if (set_fraction(own, lower) && set_fraction(own + 1, upper)) {
    ends_of_arb(arb, arb + 1, p->arb + i);
    arf_set_mpfr(mpfi, &p->mpfi[i].left);
    arf_set_mpfr(mpfi + 1, &p->mpfi[i].right);
    if (overlap(own, arb) && overlap(own, mpfi) && overlap(arb, mpfi)) {
      arf_sub(own, own + 1, own, ARF_PREC_EXACT, ARF_RND_DOWN);
      arf_sub(arb, arb + 1, arb, ARF_PREC_EXACT, ARF_RND_DOWN);
      ratio = 0;
      if (!arf_is_zero(arb)) {
        arf_div(own, own, arb, 53, ARF_RND_NEAR);
        ratio = arf_get_d(own, ARF_RND_NEAR);
      }
    }
  }
  for (int k = 0; k < 6; k++) arf_clear(all[k / 2] + k % 2);
  return ratio;
}

const char *peers_versions(void) {
  static char text[200];
  snprintf(text, sizeof text, "GMP %s, MPFR %s, MPFI %s, Arb %s, FLINT %s", gmp_version, mpfr_get_version(),
           mpfi_get_version(), arb_version, flint_version);
  return text;
}
