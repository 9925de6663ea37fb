#ifndef FLOWBOUND_LIMBS_H
#define FLOWBOUND_LIMBS_H

// Natural numbers in limbs, the lowest first. Inlined into kernels with a constant n, so loops unroll.

#include <gmp.h>

#define FB_INLINE static inline __attribute__((always_inline))

typedef unsigned __int128 fb_wide;

// x + y + carry; the carry, 0 or 1, goes in and out.
FB_INLINE mp_limb_t add_carry(mp_limb_t x, mp_limb_t y, mp_limb_t *carry) {
#if defined(__clang__)
  return __builtin_addcl(x, y, *carry, carry);
#else
  fb_wide t = (fb_wide)x + y + *carry;
  *carry = (mp_limb_t)(t >> 64);
  return (mp_limb_t)t;
#endif
}

// z = x + y; the carry.
FB_INLINE mp_limb_t add_limbs(mp_limb_t *z, const mp_limb_t *x, const mp_limb_t *y, size_t n) {
  if (n > 4) return mpn_add_n(z, x, y, (mp_size_t)n);
  mp_limb_t carry = 0;
  for (size_t i = 0; i < n; i++) z[i] = add_carry(x[i], y[i], &carry);
  return carry;
}

// z = x - y; the borrow.
FB_INLINE mp_limb_t subtract_limbs(mp_limb_t *z, const mp_limb_t *x, const mp_limb_t *y, size_t n) {
  if (n > 4) return mpn_sub_n(z, x, y, (mp_size_t)n);
  mp_limb_t carry = 1;
  for (size_t i = 0; i < n; i++) z[i] = add_carry(x[i], ~y[i], &carry);
  return carry ^ 1;
}

// z = 2^(64 n) - z.
FB_INLINE void negate_limbs(mp_limb_t *z, size_t n) {
  unsigned long carry = 1;
  for (size_t i = 0; i < n; i++) {
    z[i] = ~z[i] + carry;
    carry = carry && z[i] == 0;
  }
}

FB_INLINE int is_zero(const mp_limb_t *x, size_t n) {
  mp_limb_t any = 0;
  for (size_t i = 0; i < n; i++) any |= x[i];
  return any == 0;
}

// z = x 2^k, 0 < k < 64; the bits above are lost. z may be x.
FB_INLINE void shift_left(mp_limb_t *z, const mp_limb_t *x, unsigned k, size_t n) {
  for (size_t i = n - 1; i > 0; i--) z[i] = (x[i] << k) | (x[i - 1] >> (64 - k));
  z[0] = x[0] << k;
}

// z = x / 2^k, 0 < k < 64, cut off; the bits that fell off, in place at the top of a limb. z may be x.
FB_INLINE mp_limb_t shift_right(mp_limb_t *z, const mp_limb_t *x, unsigned k, size_t n) {
  mp_limb_t out = x[0] << (64 - k);
  for (size_t i = 0; i + 1 < n; i++) z[i] = (x[i] >> k) | (x[i + 1] << (64 - k));
  z[n - 1] = x[n - 1] >> k;
  return out;
}

// p = x y, 2 n limbs. p is apart from x and y.
FB_INLINE void multiply_1(mp_limb_t *p, const mp_limb_t *x, const mp_limb_t *y) {
  fb_wide t = (fb_wide)x[0] * y[0];
  p[0] = (mp_limb_t)t;
  p[1] = (mp_limb_t)(t >> 64);
}

FB_INLINE void multiply_2(mp_limb_t *p, const mp_limb_t *x, const mp_limb_t *y) {
  fb_wide a = (fb_wide)x[0] * y[0], b = (fb_wide)x[0] * y[1], c = (fb_wide)x[1] * y[0], d = (fb_wide)x[1] * y[1];
  fb_wide middle = (a >> 64) + (mp_limb_t)b + (mp_limb_t)c;
  d += (b >> 64) + (c >> 64) + (middle >> 64);
  p[0] = (mp_limb_t)a;
  p[1] = (mp_limb_t)middle;
  p[2] = (mp_limb_t)d;
  p[3] = (mp_limb_t)(d >> 64);
}

#if defined(__x86_64__)

// One row of a product: (p[0..n], carry chain) += x y with two independent carry chains. mulx does not touch the flags,
// adcx carries in CF and adox in OF. p[n] is written, not read.
#define FB_STEP(j, low, high, before)                        \
  "mulx 8*" #j "(%[x]), %[" #low "], %[" #high "]\n\t"       \
  "adcx 8*" #j "(%[p]), %[" #low "]\n\t"                     \
  "adox %[" #before "], %[" #low "]\n\t"                     \
  "mov %[" #low "], 8*" #j "(%[p])\n\t"
#define FB_FIRST(j, low, high)                               \
  "mulx 8*" #j "(%[x]), %[" #low "], %[" #high "]\n\t"       \
  "adcx 8*" #j "(%[p]), %[" #low "]\n\t"                     \
  "mov %[" #low "], 8*" #j "(%[p])\n\t"
#define FB_PAIR(i, j) FB_STEP(i, low, odd, even) FB_STEP(j, low, even, odd)
#define FB_LAST(n, before)                                   \
  "mov $0, %k[low]\n\t"                                      \
  "adcx %[low], %[" #before "]\n\t"                          \
  "adox %[low], %[" #before "]\n\t"                          \
  "mov %[" #before "], 8*" #n "(%[p])\n\t"

#define FB_ROW(name, steps)                                                                       \
  FB_INLINE void name(mp_limb_t *p, const mp_limb_t *x, mp_limb_t y) {                            \
    mp_limb_t low, odd, even;                                                                     \
    __asm__ volatile("xor %k[low], %k[low]\n\t" steps                                             \
                     : [low] "=&r"(low), [odd] "=&r"(odd), [even] "=&r"(even)                     \
                     : [p] "r"(p), [x] "r"(x), "d"(y)                                             \
                     : "cc", "memory");                                                           \
  }

FB_ROW(row_2, FB_FIRST(0, low, even) FB_STEP(1, low, odd, even) FB_LAST(2, odd))
FB_ROW(row_3, FB_FIRST(0, low, even) FB_PAIR(1, 2) FB_LAST(3, even))
FB_ROW(row_4, FB_FIRST(0, low, even) FB_PAIR(1, 2) FB_STEP(3, low, odd, even) FB_LAST(4, odd))
FB_ROW(row_5, FB_FIRST(0, low, even) FB_PAIR(1, 2) FB_PAIR(3, 4) FB_LAST(5, even))
FB_ROW(row_6, FB_FIRST(0, low, even) FB_PAIR(1, 2) FB_PAIR(3, 4) FB_STEP(5, low, odd, even) FB_LAST(6, odd))
FB_ROW(row_7, FB_FIRST(0, low, even) FB_PAIR(1, 2) FB_PAIR(3, 4) FB_PAIR(5, 6) FB_LAST(7, even))
FB_ROW(row_8, FB_FIRST(0, low, even) FB_PAIR(1, 2) FB_PAIR(3, 4) FB_PAIR(5, 6) FB_STEP(7, low, odd, even) FB_LAST(8,
       odd))
FB_ROW(row_9, FB_FIRST(0, low, even) FB_PAIR(1, 2) FB_PAIR(3, 4) FB_PAIR(5, 6) FB_PAIR(7, 8) FB_LAST(9, even))
FB_ROW(row_10, FB_FIRST(0, low, even) FB_PAIR(1, 2) FB_PAIR(3, 4) FB_PAIR(5, 6) FB_PAIR(7, 8) FB_STEP(9, low, odd,
       even) FB_LAST(10, odd))
FB_ROW(row_11, FB_FIRST(0, low, even) FB_PAIR(1, 2) FB_PAIR(3, 4) FB_PAIR(5, 6) FB_PAIR(7, 8) FB_PAIR(9, 10)
       FB_LAST(11, even))
FB_ROW(row_12, FB_FIRST(0, low, even) FB_PAIR(1, 2) FB_PAIR(3, 4) FB_PAIR(5, 6) FB_PAIR(7, 8) FB_PAIR(9, 10)
       FB_STEP(11, low, odd, even) FB_LAST(12, odd))
FB_ROW(row_13, FB_FIRST(0, low, even) FB_PAIR(1, 2) FB_PAIR(3, 4) FB_PAIR(5, 6) FB_PAIR(7, 8) FB_PAIR(9, 10)
       FB_PAIR(11, 12) FB_LAST(13, even))
FB_ROW(row_14, FB_FIRST(0, low, even) FB_PAIR(1, 2) FB_PAIR(3, 4) FB_PAIR(5, 6) FB_PAIR(7, 8) FB_PAIR(9, 10)
       FB_PAIR(11, 12) FB_STEP(13, low, odd, even) FB_LAST(14, odd))
FB_ROW(row_15, FB_FIRST(0, low, even) FB_PAIR(1, 2) FB_PAIR(3, 4) FB_PAIR(5, 6) FB_PAIR(7, 8) FB_PAIR(9, 10)
       FB_PAIR(11, 12) FB_PAIR(13, 14) FB_LAST(15, even))
FB_ROW(row_16, FB_FIRST(0, low, even) FB_PAIR(1, 2) FB_PAIR(3, 4) FB_PAIR(5, 6) FB_PAIR(7, 8) FB_PAIR(9, 10)
       FB_PAIR(11, 12) FB_PAIR(13, 14) FB_STEP(15, low, odd, even) FB_LAST(16, odd))

// (p[0..n], p[n] written) += x y for n limbs of x and one of y, 2 <= n <= 16.
FB_INLINE void row(mp_limb_t *p, const mp_limb_t *x, mp_limb_t y, size_t n) {
  switch (n) {
    case 2: return row_2(p, x, y);
    case 3: return row_3(p, x, y);
    case 4: return row_4(p, x, y);
    case 5: return row_5(p, x, y);
    case 6: return row_6(p, x, y);
    case 7: return row_7(p, x, y);
    case 8: return row_8(p, x, y);
    case 9: return row_9(p, x, y);
    case 10: return row_10(p, x, y);
    case 11: return row_11(p, x, y);
    case 12: return row_12(p, x, y);
    case 13: return row_13(p, x, y);
    case 14: return row_14(p, x, y);
    case 15: return row_15(p, x, y);
    case 16: return row_16(p, x, y);
    default: __builtin_unreachable();
  }
}

// Four limbs by four, with the running sum in registers: a is done, b...d go on, e comes in.
#define FB_NEXT(i, a, b, c, d, e)                                                       \
  "mov 8*" #i "(%[y]), %%rdx\n\t xor %k[" #e "], %k[" #e "]\n\t"                        \
  "mulx (%[x]), %[low], %[high]\n\t adcx %[low], %[" #a "]\n\t"                        \
  "mov %[" #a "], 8*" #i "(%[p])\n\t adox %[high], %[" #b "]\n\t"                      \
  "mulx 8(%[x]), %[low], %[high]\n\t adcx %[low], %[" #b "]\n\t adox %[high], %[" #c "]\n\t"  \
  "mulx 16(%[x]), %[low], %[high]\n\t adcx %[low], %[" #c "]\n\t adox %[high], %[" #d "]\n\t" \
  "mulx 24(%[x]), %[low], %[high]\n\t adcx %[low], %[" #d "]\n\t adox %[high], %[" #e "]\n\t" \
  "mov $0, %k[low]\n\t adcx %[low], %[" #e "]\n\t"

FB_INLINE void multiply_4_adx(mp_limb_t *p, const mp_limb_t *x, const mp_limb_t *y) {
  mp_limb_t r0, r1, r2, r3, r4, low, high;
  __asm__ volatile(
      "mov (%[y]), %%rdx\n\t"
      "mulx (%[x]), %[low], %[r0]\n\t mov %[low], (%[p])\n\t"
      "mulx 8(%[x]), %[low], %[r1]\n\t add %[low], %[r0]\n\t"
      "mulx 16(%[x]), %[low], %[r2]\n\t adc %[low], %[r1]\n\t"
      "mulx 24(%[x]), %[low], %[r3]\n\t adc %[low], %[r2]\n\t"
      "adc $0, %[r3]\n\t"
      FB_NEXT(1, r0, r1, r2, r3, r4)
      FB_NEXT(2, r1, r2, r3, r4, r0)
      FB_NEXT(3, r2, r3, r4, r0, r1)
      "mov %[r3], 32(%[p])\n\t mov %[r4], 40(%[p])\n\t mov %[r0], 48(%[p])\n\t mov %[r1], 56(%[p])\n\t"
      : [r0] "=&r"(r0), [r1] "=&r"(r1), [r2] "=&r"(r2), [r3] "=&r"(r3), [r4] "=&r"(r4), [low] "=&r"(low),
        [high] "=&r"(high)
      : [p] "r"(p), [x] "r"(x), [y] "r"(y)
      : "rdx", "cc", "memory");
}

// The whole product. Only where the processor has BMI2 and ADX.
FB_INLINE void multiply_adx(mp_limb_t *p, const mp_limb_t *x, const mp_limb_t *y, size_t n) {
  if (n == 4) return multiply_4_adx(p, x, y);
  if (n > 8 && n != 16) return (void)mpn_mul_n(p, x, y, (mp_size_t)n);
  for (size_t i = 0; i < n; i++) p[i] = 0;
#pragma GCC unroll 16
  for (size_t i = 0; i < n; i++) row(p + i, x, y[i], n);
}

// The limbs n - 1 ... 2 n - 1 of the product, less at most n units of limb n - 1: the pairs of limbs i + j < n - 2 are
// left out. There are n - 2 of them with i + j = n - 3, each below one unit, and the lower ones are below another.
FB_INLINE void multiply_high_adx(mp_limb_t *p, const mp_limb_t *x, const mp_limb_t *y, size_t n) {
  p[n - 2] = 0;
  p[n - 1] = 0;
#pragma GCC unroll 16
  for (size_t i = 0; i + 1 < n; i++) row(p + n - 2, x + n - 2 - i, y[i], i + 2);
  row(p + n - 1, x, y[n - 1], n);
}

#define FB_HAS_ADX_KERNELS 1
#endif

FB_INLINE void multiply_limbs(mp_limb_t *p, const mp_limb_t *x, const mp_limb_t *y, size_t n, int adx) {
  if (n == 1) {
    multiply_1(p, x, y);
  } else if (n == 2) {
    multiply_2(p, x, y);
#ifdef FB_HAS_ADX_KERNELS
  } else if (adx) {
    multiply_adx(p, x, y, n);
#endif
  } else {
    mpn_mul_n(p, x, y, (mp_size_t)n);
  }
}

#endif
