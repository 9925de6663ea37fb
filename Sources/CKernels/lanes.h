#ifndef FLOWBOUND_LANES_H
#define FLOWBOUND_LANES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

// Four doubles at once, in the vector types of gcc and clang. Every kernel is written once, as an always-inlined
// template, and compiled twice: for any processor, and for AVX2 with FMA. Whether a product and a sum are rounded
// together or apart is left to the compiler: each error bound here holds for both.
typedef double lanes __attribute__((vector_size(32)));
typedef int64_t lane_bits __attribute__((vector_size(32)));

#define TEMPLATE static inline __attribute__((always_inline))
#define LOAD(v, address) memcpy(&(v), (address), sizeof(lanes))
#define STORE(address, v) memcpy((address), &(v), sizeof(lanes))
#define MAGNITUDES(v) ((lanes)((lane_bits)(v) & 0x7fffffffffffffffL))
#define REVERSED(v) __builtin_shufflevector(v, v, 3, 2, 1, 0)
#define SUM(v) (((v)[0] + (v)[1]) + ((v)[2] + (v)[3]))

#if defined(__x86_64__)
#define HAS_WIDE_BUILD 1
#define WIDE __attribute__((target("avx2,fma")))
static inline int has_wide_lanes(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
#else
#define HAS_WIDE_BUILD 0
#define WIDE
static inline int has_wide_lanes(void) { return 0; }
#endif

#endif
