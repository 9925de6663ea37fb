// Writes the tables of exp and log on limbs. Run scripts/generate-tables after a change.
//
// Every number is a fraction of whole limbs, little endian, rounded down: entry <= exact < entry + one unit in the last
// limb. The top W limbs of an entry are therefore the exact value rounded down to W limbs.
#include <mpfr.h>
#include <stdio.h>
#include <stdlib.h>

enum { WORKING = 9, LIMBS = 8, STEP = 20 };

static FILE *out;

static void check(int holds, const char *meaning) {
  if (holds) return;
  fprintf(stderr, "generate-tables: %s\n", meaning);
  exit(1);
}

static int column;

static void put_limb(mp_limb_t limb) {
  fprintf(out, column == 0 ? "0x%016lx," : column == 5 ? " 0x%016lx,\n" : " 0x%016lx,", limb);
  column = (column + 1) % 6;
}

static void end_table(void) {
  fprintf(out, column ? "\n};\n" : "};\n");
  column = 0;
}

// The fraction x in [0, 1) as `limbs` limbs, rounded down. x has 2000 bits, so its own error cannot change the result
// unless the next 1400 bits are all zeros or all ones: then the difference of the two roundings is found here.
static void put(mpfr_srcptr x, int limbs) {
  mpfr_t low, high;
  mpz_t a, b;
  mpfr_inits2(2100, low, high, (mpfr_ptr)0);
  mpz_inits(a, b, (mpz_ptr)0);
  mpfr_set(low, x, MPFR_RNDD);
  mpfr_set(high, x, MPFR_RNDU);
  if (!mpfr_zero_p(x) && mpfr_min_prec(x) > 1000) {
    mpfr_nextbelow(low);
    mpfr_nextabove(high);
    for (int k = 0; k < 110; k++) mpfr_nextbelow(low), mpfr_nextabove(high);
  }
  mpfr_mul_2ui(low, low, 64 * limbs, MPFR_RNDD);
  mpfr_mul_2ui(high, high, 64 * limbs, MPFR_RNDU);
  mpfr_get_z(a, low, MPFR_RNDD);
  mpfr_get_z(b, high, MPFR_RNDD);
  check(mpz_cmp(a, b) == 0 && mpz_sgn(a) >= 0 && mpz_sizeinbase(a, 2) <= 64 * (size_t)limbs, "an entry is not certain");
  for (int i = 0; i < limbs; i++) put_limb(mpz_getlimbn(a, i));
  mpfr_clears(low, high, (mpfr_ptr)0);
  mpz_clears(a, b, (mpz_ptr)0);
}

static void open_file(const char *folder, const char *name) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  out = fopen(path, "w");
  check(out != NULL, "cannot write");
  fprintf(out, "// Generated: run scripts/generate-tables, which says how. Do not edit.\n#include \"elementary.h\"\n");
}

// log(1 + k/2^s), k < count.
static void put_logs(const char *name, const char *meaning, int count, int s) {
  fprintf(out, "\n// %s\nconst mp_limb_t %s[%d * FB_WORKING_LIMBS] = {\n", meaning, name, count);
  mpfr_t x;
  mpfr_init2(x, 2000);
  for (int k = 0; k < count; k++) {
    mpfr_set_ui_2exp(x, (1ul << s) + k, -s, MPFR_RNDN);
    mpfr_log(x, x, MPFR_RNDN);
    put(x, WORKING);
  }
  mpfr_clear(x);
  end_table();
}

// 2^(-20 (k - 1))/d(k), k = 1 ... count, where d(k) = (k + 1)! or k + 1; then the number of leading zero limbs of each
// and the number of terms for each n. The remainder of the sum of t^k/d(k) after K terms is below t^(K+1)/d(K+1) *
// 1.001, t < 2^-20.97; K is the smallest that brings it below 2^-(64 n + bits).
static void put_series(const char *name, const char *meaning, int factorial, int count, int bits) {
  fprintf(out, "\n// %s\nconst mp_limb_t fb_%s_coefficients[%d * FB_LARGEST_LIMBS] = {\n", meaning, name, count);
  mpfr_t x;
  mpfr_init2(x, 2000);
  int zeros[100];
  double size[100];
  for (int k = 1; k <= count + 1; k++) {
    mpfr_set_ui(x, k + 1, MPFR_RNDN);
    if (factorial) mpfr_fac_ui(x, k + 1, MPFR_RNDN);
    mpfr_ui_div(x, 1, x, MPFR_RNDN);
    size[k] = -mpfr_get_exp(x);
    mpfr_div_2ui(x, x, STEP * (k - 1), MPFR_RNDN);
    zeros[k] = (int)-mpfr_get_exp(x) / 64;
    if (k <= count) put(x, LIMBS);
  }
  mpfr_clear(x);
  end_table();
  fprintf(out, "\n// Leading zero limbs of each.\nconst unsigned char fb_%s_zeros[%d] = {\n ", name, count);
  for (int k = 1; k <= count; k++) fprintf(out, " %d,", zeros[k]);
  fprintf(out, "\n};\n\n// Terms for n = 1 ... %d.\nconst unsigned char fb_%s_terms[%d] = {\n ", LIMBS, name, LIMBS);
  for (int n = 1; n <= LIMBS; n++) {
    int terms = 1;
    while (20.97 * (terms + 1) + size[terms + 1] < 64 * n + bits + 0.01) terms++;
    check(terms <= count && zeros[terms] < n, "the number of terms");
    fprintf(out, " %d,", terms);
  }
  fprintf(out, "\n};\n");
}

int main(int argc, char **argv) {
  check(argc == 2, "usage: generate-tables FOLDER");
  open_file(argv[1], "tables_coarse.c");
  put_logs("fb_logs_7", "log(i/128), i = 128 ... 256. The last is log 2.", 129, 7);
  put_logs("fb_logs_14", "log(1 + j/2^14), j = 0 ... 128.", 129, 14);
  fclose(out);

  open_file(argv[1], "tables_fine.c");
  put_logs("fb_logs_21", "log(1 + l/2^21), l = 0 ... 127.", 128, 21);
  fprintf(out, "\n// floor(128 exp(a/256)) - 128, a = 0 ... 177: where exp enters fb_logs_7.\n");
  fprintf(out, "const unsigned char fb_exp_entry[178] = {");
  for (int a = 0; a < 178; a++) {
    mpfr_t x;
    mpfr_init2(x, 200);
    mpfr_set_ui_2exp(x, a, -8, MPFR_RNDN);
    mpfr_exp(x, x, MPFR_RNDD);
    mpfr_mul_2ui(x, x, 7, MPFR_RNDD);
    fprintf(out, a % 24 ? " %lu," : "\n  %lu,", mpfr_get_ui(x, MPFR_RNDD) - 128);
    mpfr_clear(x);
  }
  fprintf(out, "\n};\n");
  put_series("exp", "2^(-20 (k - 1))/(k + 1)!, k = 1, 2, ...", 1, 20, -3);
  put_series("log", "2^(-20 (k - 1))/(k + 1), k = 1, 2, ...", 0, 25, 17);
  fclose(out);
  mpfr_free_cache();
  return 0;
}
