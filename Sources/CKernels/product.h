#ifndef FLOWBOUND_PRODUCT_H
#define FLOWBOUND_PRODUCT_H

#include "CKernels.h"

#define PRODUCT_PARAMETERS                                                                                        \
  double *c, size_t row, fb_matrix a, fb_matrix b, size_t m, size_t n, size_t k, double sign, double *scratch

typedef void product_kernel(PRODUCT_PARAMETERS);

// fb_add_product for this processor, for callers that use it many times.
product_kernel *fb_fastest_product(void);

#endif
