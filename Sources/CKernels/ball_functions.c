#include "CKernels.h"
#include "ball.h"

// Functions of a thin ball, by one evaluation at the midpoint m and a bound of the derivative. If |f''| <= k f', then
// |f(x) - f(m)| <= f'(m) (exp(k r) - 1)/k <= f'(m) r (1 + k r) for |x - m| <= r and k r <= 1.

// Whether x is thin and its midpoint below 2^29, so that exp stays in the exponent range. A ball without information is
// not.
static int is_thin(const fb_ball *x, size_t n) {
  fb_magnitude r = normal(fb_ball_radius(x, n));
  return (r.mantissa == 0 || (r.mantissa < 2 && r.exponent <= FB_THIN)) && (x->limbs[n - 1] == 0 || x->exponent <= 29);
}

// Adds slope r (1 + k r), r the radius of x, 2 k r <= 1.
static void spread(fb_ball *z, fb_magnitude slope, fb_magnitude r, double k, size_t n) {
  if (r.mantissa == 0) return;
  r = normal(r);
  fb_magnitude s = times(normal(slope), r);
  s.mantissa *= (1 + k * (r.mantissa * shrink((unsigned long)-r.exponent))) * (1 + 0x1p-49);
  fb_ball_widen(z, s, n);
}

// exp of an exact number below 2^29 in absolute value, where fb_exp_limbs always answers; m may be z.
static void exp_midpoint(fb_ball *z, const fb_ball *m, size_t n) {
  if (m->limbs[n - 1] == 0) return fb_ball_set_integer(z, 1, n);
  if (n <= FB_SMALL) {
    long e;
    int units = fb_exp_limbs(z->limbs, &e, m->limbs, m->exponent, m->negative != 0, n);
    if (units) {
      z->exponent = e;
      z->negative = 0;
      return fb_ball_settle(z, units, 0, n);
    }
  }
  __mpfr_struct a = fb_ball_view(m, n), v = z == m ? a : fb_ball_destination(z, n);
  int ternary = mpfr_exp(&v, z == m ? &v : &a, MPFR_RNDN);
  fb_ball_finish(z, &v, ternary, magnitude(0, 0), n);
}

// log of an exact positive number; m may be z.
static void log_midpoint(fb_ball *z, const fb_ball *m, size_t n) {
  if (m->exponent == 1 && m->limbs[n - 1] == (mp_limb_t)1 << 63 && is_zero(m->limbs, n - 1)) return fb_ball_zero(z, n);
  if (n <= FB_SMALL) {
    long e;
    int negative, units = fb_log_limbs(z->limbs, &e, &negative, m->limbs, m->exponent, n);
    if (units) {
      z->exponent = e;
      z->negative = negative ? -1 : 0;
      return fb_ball_settle(z, units, 0, n);
    }
  }
  __mpfr_struct a = fb_ball_view(m, n), v = z == m ? a : fb_ball_destination(z, n);
  int ternary = mpfr_log(&v, z == m ? &v : &a, MPFR_RNDN);
  fb_ball_finish(z, &v, ternary, magnitude(0, 0), n);
}

int fb_ball_exp(fb_ball *z, const fb_ball *x, size_t n) {
  if (!is_thin(x, n)) return 0;
  fb_magnitude r = fb_ball_radius(x, n);
  exp_midpoint(z, x, n);
  spread(z, fb_ball_magnitude(z, n), r, 1, n);
  return 1;
}

// |log(m + t) - log m| <= d / (1 - d) <= d (1 + 2 d) for |t| <= d m, d <= 1/2.
int fb_ball_log(fb_ball *z, const fb_ball *x, size_t n) {
  fb_magnitude r = normal(fb_ball_radius(x, n)), m = normal(fb_ball_lower_midpoint(x, n));
  if (m.mantissa == 0 || x->negative || (r.mantissa != 0 && r.exponent - m.exponent > FB_THIN)) return 0;
  log_midpoint(z, x, n);
  if (r.mantissa == 0) return 1;
  fb_magnitude d = normal(magnitude(r.mantissa / m.mantissa * (1 + 0x1p-52), r.exponent - m.exponent));
  spread(z, magnitude(1, 0), d, 2, n);
  return 1;
}

// A ball of its own, in storage on the stack.
#define FB_LOCAL(name, limbs)                   \
  mp_limb_t name##_storage[FB_HEADER_WORDS + (limbs)]; \
  fb_ball *name = (fb_ball *)name##_storage

// The three functions below need at most one limb of guard bits: their midpoints are computed with w = n + 1 limbs
// from t = exp(-2^k |m|) <= 1 and u = 1 + t, and every sum, product and quotient has its own radius.
static void decay(fb_ball *t, fb_ball *u, const fb_ball *x, long k, size_t n) {
  const size_t w = n + 1;
  fb_ball_resize(t, w, x, n);
  fb_ball_midpoint(t, t, w);
  t->negative = t->limbs[w - 1] != 0 ? -1 : 0;
  fb_ball_shift(t, t, k, w);
  exp_midpoint(t, t, w);
  fb_ball_set_integer(u, 1, w);
  fb_ball_add(u, u, t, w);
}

// sigmoid(m) = 1 / (1 + t), or t / (1 + t) for m < 0; the derivative is t / (1 + t)^2, and its k is 1.
int fb_ball_sigmoid(fb_ball *z, const fb_ball *x, size_t n) {
  if (!is_thin(x, n)) return 0;
  const size_t w = n + 1;
  FB_LOCAL(t, w);
  FB_LOCAL(u, w);
  FB_LOCAL(v, w);
  const fb_magnitude r = fb_ball_radius(x, n);
  const int is_negative = x->negative != 0;
  decay(t, u, x, 0, n);
  if (is_negative) {
    fb_ball_copy(v, t, w);
  } else {
    fb_ball_set_integer(v, 1, w);
  }
  fb_ball_divide(v, v, u, w);
  fb_ball_divide(t, t, u, w);
  fb_ball_divide(t, t, u, w);
  fb_ball_resize(z, n, v, w);
  spread(z, fb_ball_magnitude(t, w), r, 1, n);
  return 1;
}

// tanh(m) = (1 - t)/(1 + t) with t = exp(-2 |m|), odd; the derivative is 4 t / (1 + t)^2, and its k is 2. 1 - t loses
// as many bits as |m| is below 1: at most 32 of 64.
int fb_ball_tanh(fb_ball *z, const fb_ball *x, size_t n) {
  if (!is_thin(x, n) || x->exponent < -30 || x->exponent > 28 || x->limbs[n - 1] == 0) return 0;
  const size_t w = n + 1;
  FB_LOCAL(t, w);
  FB_LOCAL(u, w);
  FB_LOCAL(v, w);
  const fb_magnitude r = fb_ball_radius(x, n);
  const int is_negative = x->negative != 0;
  decay(t, u, x, 1, n);
  fb_ball_set_integer(v, 1, w);
  fb_ball_subtract(v, v, t, w);
  fb_ball_divide(v, v, u, w);
  fb_ball_divide(t, t, u, w);
  fb_ball_divide(t, t, u, w);
  if (is_negative) fb_ball_negate(v, v, w);
  fb_ball_resize(z, n, v, w);
  fb_magnitude slope = fb_ball_magnitude(t, w);
  slope.exponent += 2;
  spread(z, slope, r, 2, n);
  return 1;
}

// softplus(m) = max(m, 0) + log(1 + t); the derivative is sigmoid(m), and its k is 1. For m < -32 the logarithm would
// cancel.
int fb_ball_softplus(fb_ball *z, const fb_ball *x, size_t n) {
  if (!is_thin(x, n) || (x->negative && x->exponent > 5)) return 0;
  const size_t w = n + 1;
  FB_LOCAL(t, w);
  FB_LOCAL(u, w);
  FB_LOCAL(v, w);
  const fb_magnitude r = fb_ball_radius(x, n);
  decay(t, u, x, 0, n);
  // The radius of u goes through the logarithm too.
  if (!fb_ball_log(v, u, w)) return 0;
  if (!x->negative) {
    FB_LOCAL(m, w);
    fb_ball_resize(m, w, x, n);
    fb_ball_midpoint(m, m, w);
    fb_ball_add(v, v, m, w);
    fb_ball_set_integer(t, 1, w);
  }
  // The slope is t / (1 + t) for m < 0, else 1 / (1 + t).
  fb_ball_divide(t, t, u, w);
  fb_ball_resize(z, n, v, w);
  spread(z, fb_ball_magnitude(t, w), r, 1, n);
  return 1;
}
