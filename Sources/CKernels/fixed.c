// Dot products in fixed point. With x = (X + d) u and y = (Y + e) v, in units of u v 2^w,
//
//   x y = 2^-w X Y + (x' e + d y') - 2^-w d e,    x' = x / (2^w u), y' = y / (2^w v), both below 1 in size.
//
// The integers X Y are summed exactly. They are stored as X + 2^w >= 0, so that no term needs a sign:
//
//   sum X Y = sum (X + 2^w) (Y + 2^w) - 2^w (sum (X + 2^w) + sum (Y + 2^w) - K 2^w)    for K terms.
//
// What fixed point leaves out, x' e + d y', is summed in doubles. For each of these 2 K products, below 1 in size, the
// factors x' and e are off by 2^-52 and 2^-53, and the product by 2^-53; the sum, in any order, by (2 K + 4) 2^-53
// times 2 K (Higham, Accuracy and Stability, 4.2), and by 2^-40 more when it is cut off to an integer of that unit; and
// the d e 2^-w come to less than K 2^-63. In all less than
//
//   Q = (K + 4)^2 2^-50 + 2^-40.
//
// The radii r of x and s of y spread the sum by P = sum of |x'| s + r (|y'| + 2^-w s), as they do in a dot product of
// the balls. So fixed point is used where 16 Q <= P, or where there is neither: every d and every radius is 0.

#include "fixed.h"
#include "lanes.h"

extern int fb_has_adx;

// The doubles are padded, so that lanes may reach over the end: what they meet there is 0 in one factor.
static size_t padded(size_t count) { return count + 4; }

size_t fb_fixed_size(size_t count, size_t n) {
  return (n * count + (n + 1) * (count + 1)) * sizeof(mp_limb_t) + 3 * padded(count) * sizeof(double);
}

// x = x / 2^t, cut off; the 64 bits below. *rest collects the bits below those.
FB_INLINE mp_limb_t move_right(mp_limb_t *x, unsigned long t, mp_limb_t *rest, size_t n) {
  mp_limb_t below = 0;
  // After n + 1 limbs nothing is left.
  for (size_t moved = 0; t >= 64 && moved <= n; t -= 64, moved++) {
    *rest |= below;
    below = x[0];
    for (size_t i = 0; i + 1 < n; i++) x[i] = x[i + 1];
    x[n - 1] = 0;
  }
  t %= 64;
  if (t == 0) return below;
  *rest |= below << (64 - t);
  return shift_right(x, x, (unsigned)t, n) | below >> t;
}

// Ball l of f, from the ball x whose unit is 2^t smaller than u.
FB_INLINE void set_one(fb_fixed *f, size_t l, const fb_ball *x, long t, size_t n) {
  const mp_limb_t half = (mp_limb_t)1 << 63, top = x->limbs[n - 1];
  mp_limb_t *to = f->limbs + n * l, rest = 0;
  for (size_t i = 0; i < n; i++) to[i] = x->limbs[i];
  f->middle[l] = 0;
  f->low[l] = 0;
  f->radius[l] = 0;
  if (top != 0) {
    mp_limb_t below = move_right(to, (unsigned long)t, &rest, n);
    double sign = x->negative ? -1 : 1;
    f->middle[l] = sign * mantissa_below(top) * shrink((unsigned long)(t - 1));
    f->low[l] = sign * mantissa_below(below);
    f->is_exact &= (below | rest) == 0;
    if (x->negative) negate_limbs(to, n);
  }
  to[n - 1] ^= half;
  if (x->radius != 0) {
    f->is_exact = 0;
    // Only a ball around 0 has a larger unit than u.
    f->radius[l] = t >= 0 ? x->radius * shrink((unsigned long)t)
                 : t >= -300 ? x->radius * power_of_two(-t) : __builtin_inf();
    f->is_fit &= f->radius[l] <= 0x1p400;
  }
  mp_limb_t *sum = f->sums + (n + 1) * l;
  sum[2 * n + 1] = sum[n] + add_limbs(sum + n + 1, sum, to, n);
}

FB_INLINE void set(fb_fixed *f, const fb_ball *x, long words, size_t count, long slope, size_t n) {
  const mp_limb_t *at = (const mp_limb_t *)x;
  int is_fit = 0;
  long exponent = 0;
  for (size_t l = 0; l < count; l++) {
    const fb_ball *a = (const fb_ball *)(at + words * (long)l);
    long e = a->exponent + slope * (long)l;
    if (a->limbs[n - 1] != 0 && (!is_fit || e > exponent)) {
      exponent = e;
      is_fit = 1;
    }
  }
  f->exponent = exponent;
  f->slope = slope;
  f->is_fit = is_fit;
  f->is_exact = 1;
  for (size_t i = 0; i <= n; i++) f->sums[i] = 0;
  for (size_t l = 0; l < count && f->is_fit; l++) {
    const fb_ball *a = (const fb_ball *)(at + words * (long)l);
    set_one(f, l, a, exponent - slope * (long)l - a->exponent + 1, n);
  }
}

void fb_fixed_set(fb_fixed *f, void *memory, const fb_ball *x, long step, size_t count, long slope, size_t n) {
  f->limbs = memory;
  f->sums = f->limbs + n * count;
  f->middle = (double *)(f->sums + (n + 1) * (count + 1));
  f->low = f->middle + padded(count);
  f->radius = f->low + padded(count);
  for (size_t l = count; l < padded(count); l++) f->middle[l] = f->low[l] = f->radius[l] = 0;
  const long words = step * (long)fb_ball_words(n);
  switch (n) {
    case 1: return set(f, x, words, count, slope, 1);
    case 2: return set(f, x, words, count, slope, 2);
    case 3: return set(f, x, words, count, slope, 3);
    case 4: return set(f, x, words, count, slope, 4);
    default: __builtin_unreachable();
  }
}

// The sums in doubles: what fixed point leaves out, and P.
typedef struct {
  double left, spread;
} remainders;

TEMPLATE remainders sum_remainders(const fb_fixed *x, const fb_fixed *y, size_t start, size_t count, double unit) {
  const double *b = y->middle + start, *e = y->low + start, *s = y->radius + start;
  lanes left[2] = {{0}}, spread[2] = {{0}};
  for (size_t l = 0; l < count; l += 4) {
    lanes mx, dx, rx, my, dy, ry;
    LOAD(mx, x->middle + l);
    LOAD(dx, x->low + l);
    LOAD(rx, x->radius + l);
    LOAD(my, b + l);
    LOAD(dy, e + l);
    LOAD(ry, s + l);
    left[0] = left[0] + mx * dy;
    left[1] = left[1] + dx * my;
    spread[0] = spread[0] + MAGNITUDES(mx) * ry;
    spread[1] = spread[1] + rx * (MAGNITUDES(my) + ry * unit);
  }
  lanes l = left[0] + left[1], p = spread[0] + spread[1];
  return (remainders){SUM(l), SUM(p)};
}

#define PARAMETERS const fb_fixed *x, const fb_fixed *y, size_t start, size_t count, double unit
static remainders portable_remainders(PARAMETERS) { return sum_remainders(x, y, start, count, unit); }
#if HAS_WIDE_BUILD
WIDE static remainders wide_remainders(PARAMETERS) { return sum_remainders(x, y, start, count, unit); }
#else
#define wide_remainders portable_remainders
#endif

// The sum of the products, 2 n + 1 limbs.
FB_INLINE void sum_products(mp_limb_t *acc, const mp_limb_t *x, const mp_limb_t *y, size_t count, int adx, size_t n) {
  mp_limb_t sum[2 * n + 1], p[2 * n];
  for (size_t i = 0; i <= 2 * n; i++) sum[i] = 0;
  for (size_t l = 0; l < count; l++) {
    multiply_limbs(p, x + n * l, y + n * l, n, adx);
    mp_limb_t carry = 0;
    for (size_t i = 0; i < 2 * n; i++) sum[i] = add_carry(sum[i], p[i], &carry);
    sum[2 * n] += carry;
  }
  for (size_t i = 0; i <= 2 * n; i++) acc[i] = sum[i];
}

// acc -= 2^w m for a number of n + 1 limbs in two's complement.
FB_INLINE void subtract_high(mp_limb_t *acc, const mp_limb_t *m, size_t n) {
  mp_limb_t carry = 1, below = 0;
  for (size_t i = 0; i <= n; i++) {
    acc[n - 1 + i] = add_carry(acc[n - 1 + i], ~(m[i] << 63 | below), &carry);
    below = m[i] >> 1;
  }
  const mp_limb_t head = (mp_limb_t)((long)m[n] >> 1);
  acc[2 * n] = add_carry(acc[2 * n], ~head, &carry);
}

// Normalises the accumulator into z. The radius is in units of exponent e, the accumulator in 2^-w of those.
FB_INLINE void store(fb_ball *z, mp_limb_t *acc, long e, double radius, size_t n) {
  mp_limb_t negative = (mp_limb_t)((long)acc[2 * n] >> 63);
  if (negative) negate_limbs(acc, 2 * n + 1);
  size_t used = 2 * n + 1;
  while (used > 0 && acc[used - 1] == 0) used--;
  if (used == 0) return place_zero(z, e, magnitude(radius, 0), n);
  unsigned zeros = (unsigned)__builtin_clzl(acc[used - 1]);
  long k = 64 * (2 * (long)n - (long)used) + (long)zeros - 1;
  mp_limb_t below = 0;
  for (size_t i = 0; i + n < used; i++) below |= i + n + 1 < used ? acc[i] : acc[i] << zeros;
  for (size_t i = 0; i < n; i++) {
    size_t j = i + used;
    mp_limb_t high = j >= n ? acc[j - n] : 0, low = j >= n + 1 ? acc[j - n - 1] : 0;
    z->limbs[i] = (high << zeros) | ((low >> 1) >> (63 - zeros));
  }
  // One unit of z, which `place` adds only for small k.
  if (below && k >= 64) radius = (radius + shrink((unsigned long)k)) * (1 + 0x1p-51);
  place(z, e, k, (long)negative, radius, below != 0, n);
}

FB_INLINE int dot(fb_ball *z, const fb_fixed *x, const fb_fixed *y, size_t start, size_t count, int adx, size_t n) {
  const double terms = (double)count, unit = power_of_two(1 - 64 * (long)n);
  const double lost = (terms + 4) * (terms + 4) * 0x1p-50 + 0x1p-40;
  double radius = 0;
  long left = 0;
  if (!(x->is_exact && y->is_exact)) {
    remainders sums = has_wide_lanes() ? wide_remainders(x, y, start, count, unit)
                                       : portable_remainders(x, y, start, count, unit);
    if (!(sums.spread >= 16 * lost)) return 0;
    left = (long)(sums.left * 0x1p40);
    // A path of the sum has at most 2 K + 10 roundings, and |x'| may be 2^-52 too small.
    radius = (sums.spread + lost) * (1 + (2 * terms + 16) * 0x1p-52);
  }

  mp_limb_t acc[2 * n + 1], shift[n + 1];
  sum_products(acc, x->limbs, y->limbs + n * start, count, adx, n);
  const mp_limb_t *sum_x = x->sums + (n + 1) * count, *sum_y = y->sums + (n + 1) * (start + count);
  const mp_limb_t bias[2] = {(mp_limb_t)count << 63, (mp_limb_t)count >> 1};
  add_limbs(shift, sum_x, sum_y, n + 1);
  subtract_limbs(shift, shift, y->sums + (n + 1) * start, n + 1);
  subtract_limbs(shift + n - 1, shift + n - 1, bias, 2);
  subtract_high(acc, shift, n);
  const mp_limb_t sign = (mp_limb_t)(left >> 63);
  mp_limb_t carry = 0;
  acc[n - 1] = add_carry(acc[n - 1], (mp_limb_t)left << 23, &carry);
  acc[n] = add_carry(acc[n], (mp_limb_t)(left >> 41), &carry);
  for (size_t i = n + 1; i <= 2 * n; i++) acc[i] = add_carry(acc[i], sign, &carry);

  long e = x->exponent + y->exponent - y->slope * (long)start + 1;
  store(z, acc, e, radius, n);
  return 1;
}

int fb_fixed_dot(fb_ball *z, const fb_fixed *x, const fb_fixed *y, size_t start, size_t count, size_t n) {
  if (!x->is_fit || !y->is_fit) return 0;
  switch (n) {
    case 1: return dot(z, x, y, start, count, 0, 1);
    case 2: return dot(z, x, y, start, count, 0, 2);
    case 3: return fb_has_adx ? dot(z, x, y, start, count, 1, 3) : dot(z, x, y, start, count, 0, 3);
    case 4: return fb_has_adx ? dot(z, x, y, start, count, 1, 4) : dot(z, x, y, start, count, 0, 4);
    default: __builtin_unreachable();
  }
}
