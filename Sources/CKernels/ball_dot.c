#include "ball.h"

// A dot product with one accumulator and one rounding. With E the largest exponent of a term, every product is moved
// to E and cut off at the guard limb: less than 2^-64 units of E per term. The accumulator is in two's complement:
// one guard limb, n limbs, and a head limb for carries (fewer than 2^62 terms) and the sign.
//
// If every factor that counts is exact, whether bits were cut off is found out, so that an exact sum stays exact;
// otherwise every term is charged.

extern int fb_has_adx;

// acc += or -= (by the mask) the top limbs of p 2^-s, s < 64: limbs n - 1 ... 2 n - 1 of the product.
FB_INLINE void accumulate_near(mp_limb_t *acc, const mp_limb_t *p, unsigned s, mp_limb_t mask, size_t n) {
  const mp_limb_t *head = p + n - 1;
  mp_limb_t carry = mask & 1;
  for (size_t i = 0; i < n; i++) {
    // Two shifts, because a shift by 64 is undefined.
    mp_limb_t moved = (head[i] >> s) | ((head[i + 1] << 1) << (63 - s));
    acc[i] = add_carry(acc[i], moved ^ mask, &carry);
  }
  acc[n] = add_carry(acc[n], (head[n] >> s) ^ mask, &carry);
  acc[n + 1] += mask + carry;
}

// The same for 64 <= s < 64 (n + 1).
FB_INLINE void accumulate_far(mp_limb_t *acc, const mp_limb_t *p, unsigned long s, mp_limb_t mask, size_t n) {
  const size_t whole = s / 64, kept = n + 1 - whole;
  const unsigned part = (unsigned)(s % 64);
  const mp_limb_t *head = p + n - 1 + whole;
  mp_limb_t carry = mask & 1;
  for (size_t i = 0; i < kept; i++) {
    mp_limb_t above = i + 1 < kept ? head[i + 1] : 0;
    mp_limb_t moved = (head[i] >> part) | ((above << 1) << (63 - part));
    acc[i] = add_carry(acc[i], moved ^ mask, &carry);
  }
  for (size_t i = kept; i < n + 2; i++) acc[i] = add_carry(acc[i], mask, &carry);
}

// Whether p 2^-s has bits below the guard limb.
FB_INLINE int is_cut(const mp_limb_t *p, unsigned long s, size_t n) {
  const size_t whole = s / 64;
  const unsigned part = (unsigned)(s % 64);
  if (!is_zero(p, n - 1 + whole)) return 1;
  return part && (p[n - 1 + whole] << (64 - part)) != 0;
}

// Adds p 2^-s. Returns whether bits were cut off, or 1 if that is not asked for.
FB_INLINE int accumulate(mp_limb_t *acc, const mp_limb_t *p, unsigned long s, mp_limb_t mask, int exact, size_t n) {
  if (s < 64) {
    accumulate_near(acc, p, (unsigned)s, mask, n);
  } else if (s / 64 <= n) {
    accumulate_far(acc, p, s, mask, n);
  } else {
    return 1;
  }
  return exact ? is_cut(p, s, n) : 1;
}

// Normalises the accumulator into z: exponent e, the radius in units of e.
FB_INLINE void store(fb_ball *z, mp_limb_t *acc, long e, int plain, double radius, fb_magnitude wide, size_t n) {
  mp_limb_t negative = (mp_limb_t)((long)acc[n + 1] >> 63);
  if (negative) negate_limbs(acc, n + 2);
  size_t used = n + 2;
  while (used > 0 && acc[used - 1] == 0) used--;
  if (used == 0) return place_zero(z, e, plain ? magnitude(radius, 0) : wide, n);
  unsigned zeros = (unsigned)__builtin_clzl(acc[used - 1]);
  // Bits to the left that normalise the sum, from the place of limb n: -64 to 64 (n + 1).
  long k = (long)(64 * (n + 1)) - (long)(64 * used) + (long)zeros;
  // Limb i of the result comes from limbs i + used - n and the one below.
  mp_limb_t below = 0;
  for (size_t i = 0; i + n < used; i++) below |= i + n + 1 < used ? acc[i] : acc[i] << zeros;
  for (size_t i = 0; i < n; i++) {
    size_t j = i + used;
    mp_limb_t high = j >= n ? acc[j - n] : 0, low = j >= n + 1 ? acc[j - n - 1] : 0;
    z->limbs[i] = (high << zeros) | ((low >> 1) >> (63 - zeros));
  }
  if (plain) {
    place(z, e, k, (long)negative, radius, below != 0, n);
  } else {
    place_wide(z, e, k, (long)negative, wide, below != 0, n);
  }
}

FB_INLINE const fb_ball *element(const fb_ball *x, long words, size_t l) {
  return (const fb_ball *)((const mp_limb_t *)x + words * (long)l);
}

// Products of consecutive elements, all added or (by the mask) subtracted.
typedef struct {
  const fb_ball *x, *y;
  size_t count;
  mp_limb_t minus;
} segment;

typedef struct {
  const fb_ball *start;
  const segment *segments;
  size_t segment_count;
  long x_words, y_words;
} operands;

// Returns 0, with z untouched, if the balls are not exact but their radii meet only zeros.
FB_INLINE int dot(fb_ball *z, operands o, long e, mp_limb_t *scratch, int exact, int plain, int adx, size_t n) {
  mp_limb_t local[n <= 16 ? 3 * n + 2 : 1];
  mp_limb_t *acc = n <= 16 ? local : scratch, *p = acc + n + 2;
  for (size_t i = 0; i < n + 2; i++) acc[i] = 0;
  size_t lost = 0;
  double radius = 0;
  fb_magnitude wide = magnitude(0, 0);

  if (o.start) {
    const fb_ball *a = o.start;
    unsigned long s = (unsigned long)(e - a->exponent);
    if (a->limbs[n - 1] != 0) {
      // The start as a product, with n limbs of 0 below.
      for (size_t i = 0; i < n; i++) p[i] = 0;
      for (size_t i = 0; i < n; i++) p[n + i] = a->limbs[i];
      lost += (size_t)accumulate(acc, p, s, (mp_limb_t)a->negative, exact, n);
    }
    if (plain) {
      radius = a->radius * shrink(s);
    } else {
      wide = units(a);
      wide.exponent -= (long)s;
      wide = normal(wide);
    }
  }
  size_t count = 0;
  for (const segment *g = o.segments; g < o.segments + o.segment_count; g++) {
    count += g->count;
    for (size_t l = 0; l < g->count; l++) {
      const fb_ball *a = element(g->x, o.x_words, l), *b = element(g->y, o.y_words, l);
      const unsigned long s = (unsigned long)(e - (a->exponent + b->exponent));
      const mp_limb_t top_a = a->limbs[n - 1], top_b = b->limbs[n - 1];
      if (top_a == 0 || top_b == 0) {
        // Radii alone.
        if (!exact) {
          fb_magnitude term = product_radius(a, mantissa_above(top_a), b, mantissa_above(top_b), n);
          term.exponent -= (long)s;
          wide = plus(wide, normal(term));
        }
        continue;
      }
      if (!exact && plain) {
        const double ma = regular_mantissa_above(top_a), mb = regular_mantissa_above(top_b);
        radius += ((ma + a->radius * unit_mantissa(n)) * b->radius + mb * a->radius) * shrink(s);
      } else if (!exact && (a->radius != 0 || b->radius != 0)) {
        fb_magnitude term = product_radius(a, mantissa_above(top_a), b, mantissa_above(top_b), n);
        term.exponent -= (long)s;
        wide = plus(wide, normal(term));
      }
#ifdef FB_HAS_ADX_KERNELS
      if (!exact && adx && (n == 8 || n == 16)) {
        multiply_high_adx(p, a->limbs, b->limbs, n);
        lost += n;
      } else
#endif
        multiply_limbs(p, a->limbs, b->limbs, n, adx);
      mp_limb_t mask = (mp_limb_t)(a->negative ^ b->negative) ^ g->minus;
      lost += (size_t)accumulate(acc, p, s, mask, exact, n);
    }
  }

  if (!exact && radius == 0 && wide.mantissa == 0) return 0;
  // At most 6 roundings per term and 1 for every later sum.
  const double factor = 1 + (6 * (double)count + 16) * 0x1p-52;
  if (plain) {
    // What zeros with a radius gave is not plain yet.
    if (wide.mantissa != 0) {
      wide = plus(wide, normal(magnitude(radius, 0)));
      wide = plus(wide, normal(magnitude((double)lost, -64)));
      wide.mantissa *= factor;
      store(z, acc, e, 0, 0, wide, n);
      return 1;
    }
    radius = (radius + (double)lost * 0x1p-64) * factor;
  } else {
    wide = plus(wide, normal(magnitude((double)lost, -64)));
    wide.mantissa *= factor;
  }
  store(z, acc, e, plain, radius, wide, n);
  return 1;
}

FB_INLINE void dot_any(fb_ball *z, operands o, mp_limb_t *scratch, int adx, size_t n) {
  int exact = 1, plain = 1;
  long e = 2 * FB_ZERO;
  if (o.start) {
    e = o.start->exponent;
    exact = fb_ball_is_exact(o.start);
    plain = is_plain(o.start, n);
  }
  for (const segment *g = o.segments; g < o.segments + o.segment_count; g++) {
    for (size_t l = 0; l < g->count; l++) {
      const fb_ball *a = element(g->x, o.x_words, l), *b = element(g->y, o.y_words, l);
      long sum = a->exponent + b->exponent;
      if (sum > e) e = sum;
      exact &= fb_ball_is_exact(a) & fb_ball_is_exact(b);
      plain &= is_plain(a, n) & is_plain(b, n);
    }
  }
  if (!exact) {
    int is_done = n <= FB_SMALL || plain ? dot(z, o, e, scratch, 0, 1, adx, n) : dot(z, o, e, scratch, 0, 0, adx, n);
    if (is_done) return;
  }
  dot(z, o, e, scratch, 1, 1, adx, n);
}

FB_INLINE segment segment_of(int minus, const fb_ball *x, const fb_ball *y, size_t count) {
  const segment g = {x, y, count, minus ? ~(mp_limb_t)0 : 0};
  return g;
}

FB_INLINE operands operands_of(const fb_ball *start, const segment *segments, size_t segment_count, long x_step,
                               long y_step, size_t n) {
  const long words = (long)fb_ball_words(n);
  const operands o = {start, segments, segment_count, x_step * words, y_step * words};
  return o;
}

void fb_portable_ball_dot(fb_ball *z, const fb_ball *start, int minus, const fb_ball *x, long x_step, const fb_ball *y,
                          long y_step, size_t count, mp_limb_t *scratch, size_t n) {
  const segment g = segment_of(minus, x, y, count);
  dot_any(z, operands_of(start, &g, 1, x_step, y_step, n), scratch, 0, n);
}

#define FB_DOT(n, adx) \
  case n:              \
    return dot_any(z, o, scratch, adx, n);

static void best_dot(fb_ball *z, const operands o, mp_limb_t *scratch, size_t n) {
  switch (n) {
    FB_DOT(1, 0)
    FB_DOT(2, 0)
    default: break;
  }
#ifdef FB_HAS_ADX_KERNELS
  if (fb_has_adx) {
    switch (n) {
      FB_DOT(3, 1)
      FB_DOT(4, 1)
      FB_DOT(5, 1)
      FB_DOT(6, 1)
      FB_DOT(7, 1)
      FB_DOT(8, 1)
      FB_DOT(16, 1)
      default: return dot_any(z, o, scratch, 1, n);
    }
  }
#endif
  dot_any(z, o, scratch, 0, n);
}

void fb_ball_dot(fb_ball *z, const fb_ball *start, int minus, const fb_ball *x, long x_step, const fb_ball *y,
                 long y_step, size_t count, mp_limb_t *scratch, size_t n) {
  const segment g = segment_of(minus, x, y, count);
  best_dot(z, operands_of(start, &g, 1, x_step, y_step, n), scratch, n);
}

size_t fb_ball_contract_scratch(size_t count, size_t n) {
  return fb_ball_dot_scratch(n) * sizeof(mp_limb_t) + count * sizeof(segment);
}

void fb_ball_contract(fb_ball *z, const fb_ball *base, const fb_series_pair *pairs, size_t count, size_t degree,
                      size_t order, void *scratch, size_t n) {
  const long words = (long)fb_ball_words(n);
  segment *segments = scratch;
  size_t used = 0;
  for (size_t k = 0; k < count; k++) {
    const fb_series_pair p = pairs[k];
    size_t first, terms = fb_pair_terms(p, degree, order, &first);
    if (terms == 0) continue;
    segments[used++] = segment_of(p.is_negative, element(base, words, p.x + first),
                                  element(base, words, p.y + (degree - first)), terms);
  }
  if (used == 0) return fb_ball_zero(z, n);
  best_dot(z, operands_of(0, segments, used, 1, -1, n), (mp_limb_t *)(segments + count), n);
}
