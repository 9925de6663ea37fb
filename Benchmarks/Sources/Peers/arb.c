#include "peers.h"

void peers_reset_arb(peers *p) { _arb_vec_set(p->arb + 2 * p->n, p->arb + 3 * p->n, p->n); }

void peers_run_arb(peers *p, long passes) {
  long n = p->n, bits = p->bits;
  arb_ptr x = p->arb, y = x + n, z = y + n, t = p->arb + 4 * n;
  switch (p->operation) {
    case PEERS_ADD: EACH(arb_add(z + i, x + i, y + i, bits));
    case PEERS_MULTIPLY: EACH(arb_mul(z + i, x + i, y + i, bits));
    case PEERS_ADD_PRODUCT: EACH(arb_addmul(z + i, x + i, y + i, bits));
    case PEERS_DIVIDE: EACH(arb_div(z + i, x + i, y + i, bits));
    case PEERS_SQUARE_ROOT: EACH(arb_sqrt(z + i, x + i, bits));
    case PEERS_EXP: EACH(arb_exp(z + i, x + i, bits));
    case PEERS_LOG: EACH(arb_log(z + i, x + i, bits));
    case PEERS_TANH: EACH(arb_tanh(z + i, x + i, bits));
    case PEERS_SIGMOID:
      EACH(arb_neg(t, x + i); arb_exp(t, t, bits); arb_add_ui(t, t, 1, bits); arb_inv(z + i, t, bits));
    case PEERS_DOT: EACH_PASS arb_dot(z, NULL, 0, x, 1, y, 1, n, bits); break;
    case PEERS_MATRIX_PRODUCT: EACH_PASS arb_mat_mul(p->matrix + 2, p->matrix, p->matrix + 1, bits); break;
    case PEERS_SERIES_PRODUCT: EACH_PASS _arb_poly_mullow(z, x, n, y, n, n, bits); break;
    case PEERS_SERIES_EXP: EACH_PASS _arb_poly_exp_series(z, x, n, n, bits); break;
  }
}
