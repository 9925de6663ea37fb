#if !__has_include(<mpfr.h>)
#error "MPFR is missing: install the package libmpfr-dev"
#endif
#include <mpfr.h>
