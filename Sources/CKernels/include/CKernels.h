#ifndef FLOWBOUND_CKERNELS_H
#define FLOWBOUND_CKERNELS_H

#include <gmp.h>
#include <mpfr.h>

#endif
