#ifndef LGPS_COPENBLAS_SHIM_H
#define LGPS_COPENBLAS_SHIM_H

/* The few Fortran symbols that we call. OpenBLAS's own cblas.h defines the same enums as GSL's, and the
   two cannot be imported into one Swift module. */

void sgemm_(const char *transa, const char *transb, const int *m, const int *n, const int *k, const float *alpha,
            const float *a, const int *lda, const float *b, const int *ldb, const float *beta, float *c,
            const int *ldc);
void dgemm_(const char *transa, const char *transb, const int *m, const int *n, const int *k, const double *alpha,
            const double *a, const int *lda, const double *b, const int *ldb, const double *beta, double *c,
            const int *ldc);
void ssymv_(const char *uplo, const int *n, const float *alpha, const float *a, const int *lda, const float *x,
            const int *incx, const float *beta, float *y, const int *incy);
void ssyr_(const char *uplo, const int *n, const float *alpha, const float *x, const int *incx, float *a,
           const int *lda);
void openblas_set_num_threads(int threads);
int openblas_get_num_threads(void);
char *openblas_get_corename(void);
char *openblas_get_config(void);

#endif
