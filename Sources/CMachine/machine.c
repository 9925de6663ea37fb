#define _GNU_SOURCE
#include "CMachine.h"

#include <dlfcn.h>
#include <gmp.h>
#include <mpfr.h>
#include <stddef.h>

const char *machine_c_compiler(void) { return __VERSION__; }

static const char *file_of(void *symbol) {
  Dl_info info;
  return dladdr(symbol, &info) ? info.dli_fname : NULL;
}

const char *machine_gmp_path(void) { return file_of((void *)mpz_init); }
const char *machine_mpfr_path(void) { return file_of((void *)mpfr_init2); }

#if defined(__x86_64__)
int machine_has_wide_lanes(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
int machine_has_carry_chains(void) { return __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("adx"); }
#else
int machine_has_wide_lanes(void) { return 0; }
int machine_has_carry_chains(void) { return 0; }
#endif
