#include "CKernels.h"
#include "directed.h"

// A double on the stack, as an MPFR number of 53 bits.
typedef struct {
  mpfr_t value;
  mp_limb_t limbs[1];
} small;

static inline mpfr_ptr small_place(small *s) {
  mpfr_custom_init_set(s->value, MPFR_ZERO_KIND, 0, 53, s->limbs);
  return s->value;
}

static inline mpfr_rnd_t direction(int up) { return up < 0 ? MPFR_RNDN : up ? MPFR_RNDU : MPFR_RNDD; }

// The second conversion rounds only below the normal range or above the largest double, in the same direction. (To
// nearest, two roundings below the normal range can be off by 2^-1075 and a share of 2^-53.)
#define DIRECTED(name, function)                 \
  double name(double x, int up) {                \
    small a, b;                                  \
    mpfr_rnd_t rounding = direction(up);         \
    mpfr_set_d(small_place(&a), x, MPFR_RNDN);   \
    function(small_place(&b), a.value, rounding); \
    return mpfr_get_d(b.value, rounding);        \
  }

DIRECTED(fb_directed_exp, mpfr_exp)
DIRECTED(fb_directed_expm1, mpfr_expm1)
DIRECTED(fb_directed_log, mpfr_log)
DIRECTED(fb_directed_log1p, mpfr_log1p)
DIRECTED(fb_directed_sinh, mpfr_sinh)
DIRECTED(fb_directed_cosh, mpfr_cosh)
DIRECTED(fb_directed_tanh, mpfr_tanh)
DIRECTED(fb_asinh, mpfr_asinh)
DIRECTED(fb_erf, mpfr_erf)
DIRECTED(fb_directed_sqrt, mpfr_sqrt)

double fb_pow(double x, long n, int up) {
  small a, b;
  mpfr_set_d(small_place(&a), x, MPFR_RNDN);
  mpfr_pow_si(small_place(&b), a.value, n, direction(up));
  return mpfr_get_d(b.value, direction(up));
}

double fb_sin(double x) {
  small a, b;
  mpfr_set_d(small_place(&a), x, MPFR_RNDN);
  mpfr_sin(small_place(&b), a.value, MPFR_RNDN);
  return mpfr_get_d(b.value, MPFR_RNDN);
}

double fb_cos(double x) {
  small a, b;
  mpfr_set_d(small_place(&a), x, MPFR_RNDN);
  mpfr_cos(small_place(&b), a.value, MPFR_RNDN);
  return mpfr_get_d(b.value, MPFR_RNDN);
}

// Compositions run at 256 bits, so that the last rounding, to a double, is the only one that counts: 1/2 + x/4 -
// x^3/48, with |x| > 2^-54, tells on which side of 1/2 + x/4 it is.
typedef struct {
  mpfr_t value;
  mp_limb_t limbs[4];
} wide;

static inline mpfr_ptr wide_place(wide *s) {
  mpfr_custom_init_set(s->value, MPFR_ZERO_KIND, 0, 256, s->limbs);
  return s->value;
}

// 1/(1 + exp(-x)) falls when exp(-x) grows, so the inner steps round the other way.
double fb_directed_sigmoid(double x, int up) {
  wide t;
  mpfr_rnd_t outward = direction(up), inward = up < 0 ? MPFR_RNDN : direction(!up);
  mpfr_set_d(wide_place(&t), -x, MPFR_RNDN);
  mpfr_exp(t.value, t.value, inward);
  mpfr_add_ui(t.value, t.value, 1, inward);
  mpfr_ui_div(t.value, 1, t.value, outward);
  return mpfr_get_d(t.value, outward);
}

// max(x, 0) + log1p(exp(-|x|)): every step is increasing in the one before.
double fb_directed_softplus(double x, int up) {
  wide t;
  mpfr_rnd_t rounding = direction(up);
  mpfr_set_d(wide_place(&t), x > 0 ? -x : x, MPFR_RNDN);
  mpfr_exp(t.value, t.value, rounding);
  mpfr_log1p(t.value, t.value, rounding);
  if (x > 0) mpfr_add_d(t.value, t.value, x, rounding);
  return mpfr_get_d(t.value, rounding);
}
