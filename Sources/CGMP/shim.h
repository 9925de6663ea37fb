#if !__has_include(<gmp.h>)
#error "GMP is missing: install the package libgmp-dev"
#endif
#include <gmp.h>
