#ifndef FLOWBOUND_DIRECTED_H
#define FLOWBOUND_DIRECTED_H

// The functions of one double by MPFR, for the arguments that double_functions.c leaves: as their namesakes in
// CKernels.h.
double fb_directed_exp(double x, int up);
double fb_directed_expm1(double x, int up);
double fb_directed_log(double x, int up);
double fb_directed_log1p(double x, int up);
double fb_directed_sinh(double x, int up);
double fb_directed_cosh(double x, int up);
double fb_directed_tanh(double x, int up);
double fb_directed_sigmoid(double x, int up);
double fb_directed_softplus(double x, int up);
double fb_directed_sqrt(double x, int up);

#endif
