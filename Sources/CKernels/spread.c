#include "CKernels.h"

#include <string.h>

// 2^-shift for shift >= 0, or 2^-900 if that is larger: an upper bound that never underflows.
static inline double scale(unsigned long shift) {
  unsigned long bits = (1023 - (shift > 900 ? 900 : shift)) << 52;
  double result;
  memcpy(&result, &bits, sizeof result);
  return result;
}

typedef struct {
  double sum;
  long top;
  int used;
} accumulator;

// Adds m * 2^e, m >= 0 (or infinite, or NaN), relative to the largest exponent so far.
static inline void accumulate(accumulator *a, double m, long e) {
  if (m == 0) return;
  if (a->used && e <= a->top) {
    a->sum += m * scale((unsigned long)a->top - (unsigned long)e);
    return;
  }
  a->sum = a->used ? a->sum * scale((unsigned long)e - (unsigned long)a->top) + m : m;
  a->top = e;
  a->used = 1;
}

// An upper bound of the mantissa: the top 53 bits and one unit.
static inline double mantissa_above(const __mpfr_struct *x, size_t limbs) {
  if (mpfr_zero_p(x)) return 0;
  return (double)(long)((x->_mpfr_d[limbs - 1] >> 11) + 1) * 0x1p-53;
}

fb_magnitude fb_product_spread(const __mpfr_struct *x, const fb_magnitude *rx, const __mpfr_struct *y,
                               const fb_magnitude *ry, long step, size_t n) {
  accumulator a = {0, 0, 0};
  for (size_t l = 0; l < n; l++) {
    const __mpfr_struct *p = x + l, *q = y + step * (long)l;
    const fb_magnitude *rp = rx + l, *rq = ry + step * (long)l;
    if (rp->mantissa == 0 && rq->mantissa == 0) continue;
    // A zero midpoint has no exponent to speak of; its product is 0, or NaN if the other radius is infinite.
    long ep = mpfr_zero_p(p) ? 0 : p->_mpfr_exp, eq = mpfr_zero_p(q) ? 0 : q->_mpfr_exp;
    accumulate(&a, mantissa_above(p, fb_limb_count(p->_mpfr_prec)) * rq->mantissa, ep + rq->exponent);
    accumulate(&a, mantissa_above(q, fb_limb_count(q->_mpfr_prec)) * rp->mantissa, eq + rp->exponent);
    accumulate(&a, rp->mantissa * rq->mantissa, rp->exponent + rq->exponent);
  }
  // Each of the 3 n terms passes at most 2 roundings and one for each later term, of 2^-53 each.
  double factor = 1 + (6 * (double)n + 10) * 0x1p-52;
  fb_magnitude result = {a.sum * factor, a.top};
  return result;
}
