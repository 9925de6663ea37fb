#ifndef FLOWBOUND_SERIES_PAIR_H
#define FLOWBOUND_SERIES_PAIR_H

#include <stddef.h>

// A signed product of two series in one span, by the positions of their coefficients 0. A series that does not vary has
// no other coefficient.
typedef struct {
  size_t x, y;
  int x_varies, y_varies, is_negative;
} fb_series_pair;

// The products of the pair's coefficient `degree`: x_l y_(degree - l) for `*first` <= l < *first + result, where no
// series has coefficients above `order`.
static inline size_t fb_pair_terms(fb_series_pair p, size_t degree, size_t order, size_t *first) {
  const size_t last_x = p.x_varies ? order : 0, last_y = p.y_varies ? order : 0;
  const size_t low = degree > last_y ? degree - last_y : 0, high = degree < last_x ? degree : last_x;
  *first = low;
  return low <= high ? high - low + 1 : 0;
}

#endif
