// One coefficient of a sum of products of series in doubles: the products of one pair in four lanes, the sums of the
// pairs with their exact rounding errors.
//
// Degrees from 1 on. The products of a pair are rounded once and added to a lane at most c - 1 times, c = n/4 rounded up
// for n products; the first sum adds to 0. The lane is added to the total by a two-sum (Knuth 1969), whose error is
// known exactly; in the end the four totals become one by two more roundings on each path. So, with u = 2^-53 and gamma
// as in dot.c, the midpoint is off by at most
//
//   gamma_(c + 2) sum |x y| + (1 + gamma_2) sum |e|,   e the errors of the two-sums,
//
// beside the spread of the operands, sum (|x| ry + rx (|y| + ry)). Each of the 3n products may underflow by
// eta/2 = 2^-1075, all of them together by less than 2^-1022.
//
// Degree 0 is one product per pair. There every error, that of the product included, is found out (by FMA) and added to
// the radius, so that an exact sum stays exact. The error of a product is itself exact unless it underflows, which takes
// a product below 2^-960.
//
// The last factor covers the roundings of sizes, errors and spread: fewer than 4 per term and 16 more, twice.

#include "CKernels.h"
#include "lanes.h"

static const int64_t kept_lanes[4][4] = {{0, 0, 0, 0}, {-1, 0, 0, 0}, {-1, -1, 0, 0}, {-1, -1, -1, 0}};

// Adds the products of x[l ... l + 3] and y[-l ... -l - 3], of which the mask keeps some: what lies beyond is read, not
// used.
#define ADD_TERMS(l, mask)                                \
  do {                                                    \
    lanes a, ra, b, rb;                                   \
    LOAD(a, x + (l));                                     \
    LOAD(ra, rx + (l));                                   \
    LOAD(b, y - (l) - 3);                                 \
    LOAD(rb, ry - (l) - 3);                               \
    a = (lanes)((lane_bits)a & (mask));                   \
    ra = (lanes)((lane_bits)ra & (mask));                 \
    b = (lanes)((lane_bits)REVERSED(b) & (mask));         \
    rb = (lanes)((lane_bits)REVERSED(rb) & (mask));       \
    lanes size_a = MAGNITUDES(a), size_b = MAGNITUDES(b); \
    mid = mid + a * b;                                    \
    size = size + size_a * size_b;                        \
    left = left + size_a * rb;                            \
    right = right + ra * (size_b + rb);                   \
  } while (0)

// Whether every product has a factor that is exactly zero: then no sum of 0 hides an underflow.
static int has_only_zero_terms(const double *mids, const double *rads, const fb_series_pair *pairs, size_t count,
                               size_t degree, size_t order) {
  for (size_t k = 0; k < count; k++) {
    const fb_series_pair p = pairs[k];
    size_t first, n = fb_pair_terms(p, degree, order, &first);
    for (size_t l = first; l < first + n; l++) {
      const size_t i = p.x + l, j = p.y + (degree - l);
      if ((mids[i] != 0 || rads[i] != 0) && (mids[j] != 0 || rads[j] != 0)) return 0;
    }
  }
  return 1;
}

static inline double factor_of(size_t count) { return 1 + (8 * (double)count + 32) * 0x1p-52; }

TEMPLATE fb_double_ball contract_higher(const double *mids, const double *rads, const fb_series_pair *pairs,
                                        size_t count, size_t degree, size_t order) {
  const lane_bits all = {-1, -1, -1, -1};
  lanes size = {0}, left = {0}, right = {0}, total = {0}, errors = {0};
  size_t products = 0;
  for (size_t k = 0; k < count; k++) {
    const fb_series_pair p = pairs[k];
    size_t first, n = fb_pair_terms(p, degree, order, &first);
    if (n == 0) continue;
    products += n;
    const double *x = mids + p.x + first, *rx = rads + p.x + first;
    const double *y = mids + p.y + (degree - first), *ry = rads + p.y + (degree - first);
    lanes mid = {0};
    size_t l = 0;
    for (; l + 4 <= n; l += 4) ADD_TERMS(l, all);
    if (l < n) {
      lane_bits mask;
      memcpy(&mask, kept_lanes[n - l], sizeof mask);
      ADD_TERMS(l, mask);
    }
    const int64_t sign = p.is_negative ? INT64_MIN : 0;
    const lanes part = (lanes)((lane_bits)mid ^ (lane_bits){sign, sign, sign, sign});
    const lanes next = total + part, moved = next - total;
    const lanes error = (total - (next - moved)) + (part - moved);
    errors = errors + MAGNITUDES(error);
    total = next;
  }
  const double sizes = SUM(size), spread = SUM(left) + SUM(right), error = SUM(errors);
  if (sizes == 0 && spread == 0 && has_only_zero_terms(mids, rads, pairs, count, degree, order)) {
    return (fb_double_ball){0, 0};
  }
  const double depth = (double)((order + 4) / 4 + 2);
  // 2^-1022 is above the underflow term, and no subnormal number, which would be slow.
  const double bound = ((depth + 1) * 0x1p-53 * sizes + error) + spread + 0x1p-1022;
  return (fb_double_ball){SUM(total), bound * factor_of(products)};
}

TEMPLATE fb_double_ball contract_lowest(const double *mids, const double *rads, const fb_series_pair *pairs,
                                        size_t count) {
  double mid = 0, error = 0, spread = 0, tiny = 0;
  for (size_t k = 0; k < count; k++) {
    const fb_series_pair p = pairs[k];
    const double x = p.is_negative ? -mids[p.x] : mids[p.x], rx = rads[p.x], y = mids[p.y], ry = rads[p.y];
    // By FMA too, so that no compiler joins the product and the sum.
    const double product = __builtin_fma(x, y, 0.0), rest = __builtin_fma(x, y, -product);
    const double next = mid + product, moved = next - mid;
    const double lost = (mid - (next - moved)) + (product - moved);
    error = error + __builtin_fabs(rest);
    error = error + __builtin_fabs(lost);
    spread = spread + __builtin_fabs(x) * ry;
    spread = spread + rx * (__builtin_fabs(y) + ry);
    const int is_zero = (x == 0 && rx == 0) || (y == 0 && ry == 0), is_exact = rx == 0 && ry == 0;
    if (!is_zero && !(is_exact && (x == 0 || y == 0 || __builtin_fabs(product) >= 0x1p-960))) tiny = 0x1p-1022;
    mid = next;
  }
  return (fb_double_ball){mid, (error + spread + tiny) * factor_of(count)};
}

#define PARAMETERS                                                                                               \
  const double *mids, const double *rads, const fb_series_pair *pairs, size_t count, size_t degree, size_t order
#define CONTRACT                                                             \
  degree == 0 ? contract_lowest(mids, rads, pairs, count)                    \
              : contract_higher(mids, rads, pairs, count, degree, order)

#if HAS_WIDE_BUILD
WIDE static fb_double_ball wide_contract(PARAMETERS) { return CONTRACT; }
#else
#define wide_contract fb_portable_contract_balls
#endif

fb_double_ball fb_portable_contract_balls(PARAMETERS) { return CONTRACT; }

fb_double_ball fb_contract_balls(PARAMETERS) {
  return has_wide_lanes() ? wide_contract(mids, rads, pairs, count, degree, order)
                          : fb_portable_contract_balls(mids, rads, pairs, count, degree, order);
}
