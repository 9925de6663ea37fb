#include "peers.h"

void peers_reset_mpfi(peers *p) {
  for (long i = 0; i < p->n; i++) mpfi_set(p->mpfi + 2 * p->n + i, p->mpfi + 3 * p->n + i);
}

// z = sum over l < n of x[l] y[step l]: MPFI has no dot product.
static void dot(mpfi_ptr z, mpfi_srcptr x, mpfi_srcptr y, long step, long n, mpfi_ptr t) {
  mpfi_mul(z, x, y);
  for (long l = 1; l < n; l++) {
    mpfi_mul(t, x + l, y + step * l);
    mpfi_add(z, z, t);
  }
}

static void matrix_product(mpfi_ptr z, mpfi_srcptr x, mpfi_srcptr y, long d, mpfi_ptr t) {
  for (long i = 0; i < d; i++)
    for (long j = 0; j < d; j++) dot(z + i * d + j, x + i * d, y + j, d, d, t);
}

// c = exp(a), with w_l = l a_l:  c_j = (1/j) sum over 1 <= l <= j of w_l c_(j-l).
static void series_exp(mpfi_ptr c, mpfi_srcptr a, mpfi_ptr w, long n, mpfi_ptr t) {
  mpfi_exp(c, a);
  for (long j = 1; j < n; j++) {
    mpfi_mul_ui(w + j, a + j, j);
    dot(c + j, w + 1, c + j - 1, -1, j, t);
    mpfi_div_ui(c + j, c + j, j);
  }
}

void peers_run_mpfi(peers *p, long passes) {
  long n = p->n;
  mpfi_ptr x = p->mpfi, y = x + n, z = y + n, w = z + n, t = w + n;
  switch (p->operation) {
    case PEERS_ADD: EACH(mpfi_add(z + i, x + i, y + i));
    case PEERS_MULTIPLY: EACH(mpfi_mul(z + i, x + i, y + i));
    case PEERS_ADD_PRODUCT: EACH(mpfi_mul(t, x + i, y + i); mpfi_add(z + i, z + i, t));
    case PEERS_DIVIDE: EACH(mpfi_div(z + i, x + i, y + i));
    case PEERS_SQUARE_ROOT: EACH(mpfi_sqrt(z + i, x + i));
    case PEERS_EXP: EACH(mpfi_exp(z + i, x + i));
    case PEERS_LOG: EACH(mpfi_log(z + i, x + i));
    case PEERS_TANH: EACH(mpfi_tanh(z + i, x + i));
    case PEERS_SIGMOID: EACH(mpfi_neg(t, x + i); mpfi_exp(t, t); mpfi_add_ui(t, t, 1); mpfi_inv(z + i, t));
    case PEERS_DOT: EACH_PASS dot(z, x, y, 1, n, t); break;
    case PEERS_MATRIX_PRODUCT: EACH_PASS matrix_product(z, x, y, p->dimension, t); break;
    case PEERS_SERIES_PRODUCT: EACH_PASS for (long j = 0; j < n; j++) dot(z + j, x, y + j, -1, j + 1, t); break;
    case PEERS_SERIES_EXP: EACH_PASS series_exp(z, x, w, n, t); break;
  }
}
