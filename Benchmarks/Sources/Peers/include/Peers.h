#ifndef FLOWBOUND_PEERS_H
#define FLOWBOUND_PEERS_H

#include <stdint.h>

// The same operands in Arb and in MPFI, and plain loops over both.
//
// Four blocks of n elements lie one after the other: the operands x and y, the results z, and w. One pass of an operation
// makes all its results: z_i from x_i and y_i for all i, or z_0 for a dot product, or the whole series or matrix z.
typedef struct peers peers;

typedef enum {
  PEERS_ADD,
  PEERS_MULTIPLY,
  PEERS_ADD_PRODUCT,  // z_i += x_i y_i; a batch starts from z = w
  PEERS_DIVIDE,
  PEERS_SQUARE_ROOT,
  PEERS_EXP,
  PEERS_LOG,
  PEERS_TANH,
  PEERS_SIGMOID,
  PEERS_DOT,
  PEERS_MATRIX_PRODUCT,  // square, row by row
  PEERS_SERIES_PRODUCT,  // up to order n - 1
  PEERS_SERIES_EXP,      // up to order n - 1
} peers_operation;

// 4 n zeros of `bits` bits; n is a square for the product of matrices.
peers *peers_make(peers_operation operation, long n, long bits);
void peers_free(peers *p);

// Element i becomes +-0.limbs * 2^exponent (little endian) with the radius `radius` * 2^radius_exponent; in MPFI the ends
// are rounded outward.
void peers_set(peers *p, long i, const uint64_t *limbs, long limb_count, int negative, long exponent, unsigned long radius,
               long radius_exponent);

// z = w: before each batch.
void peers_reset_arb(peers *p);
void peers_reset_mpfi(peers *p);
void peers_run_arb(peers *p, long passes);
void peers_run_mpfi(peers *p, long passes);

// Compares [lower, upper], fractions in decimal whose denominators are powers of two, with element i of both libraries.
// Returns the width over the width of Arb's ball (0 if that is exact), or a negative number if two of the three sets
// have no common point, or one of them is not bounded. Nothing is rounded but the quotient of the widths.
double peers_compare(const peers *p, long i, const char *lower, const char *upper);

// The versions that the libraries report, for a sentence.
const char *peers_versions(void);

#endif
