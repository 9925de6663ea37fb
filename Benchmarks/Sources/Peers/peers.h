#ifndef FLOWBOUND_PEERS_INTERNAL_H
#define FLOWBOUND_PEERS_INTERNAL_H

#include "include/Peers.h"

#if !__has_include(<arb.h>)
#error "Arb is missing: install the package libflint-arb-dev"
#endif
#if !__has_include(<mpfi.h>)
#error "MPFI is missing: install the package libmpfi-dev"
#endif
#include <arb.h>
#include <arb_mat.h>
#include <arb_poly.h>
#include <mpfi.h>

struct peers {
  peers_operation operation;
  long n, bits;
  // 4 n elements and one for intermediate results.
  arb_ptr arb;
  mpfi_ptr mpfi;
  // Matrices whose entries are the blocks x, y, z.
  arb_mat_struct matrix[3];
  long dimension;
};

#define EACH_PASS for (long pass = 0; pass < passes; pass++)
#define EACH(STATEMENT) \
  EACH_PASS for (long i = 0; i < n; i++) { STATEMENT; } \
  break

#endif
