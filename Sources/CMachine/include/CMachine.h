// What the program was built with and what it runs on, for `flowbound doctor`.
#ifndef CMACHINE_H
#define CMACHINE_H

// The C compiler, as it names itself.
const char *_Nonnull machine_c_compiler(void);

// The files that GMP and MPFR are loaded from; NULL if the system cannot say.
const char *_Nullable machine_gmp_path(void);
const char *_Nullable machine_mpfr_path(void);

// Whether the kernels of CKernels take their fast way: the conditions under which they do.
int machine_has_wide_lanes(void);  // AVX2 and FMA: vectors of doubles
int machine_has_carry_chains(void);  // BMI2 and ADX: long multiplication

#endif
