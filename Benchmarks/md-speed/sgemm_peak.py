#!/usr/bin/env python3
"""Prints the GFLOP/s of one large sgemm of the system's OpenBLAS on the given number of threads."""
import ctypes
import ctypes.util
import sys
import time

SIZE, REPEATS = 3072, 8


def main(threads):
    blas = ctypes.CDLL(ctypes.util.find_library("openblas"))
    blas.openblas_set_num_threads(threads)
    a, b, c = ((ctypes.c_float * (SIZE * SIZE))(*([0.5] * SIZE)) for _ in range(3))
    n, one, zero = (ctypes.byref(x) for x in (ctypes.c_int(SIZE), ctypes.c_float(1), ctypes.c_float(0)))
    best = float("inf")
    for _ in range(REPEATS):
        start = time.perf_counter()
        blas.sgemm_(b"N", b"N", n, n, n, one, a, n, b, n, zero, c, n)
        best = min(best, time.perf_counter() - start)
    print(2e-9 * SIZE ** 3 / best)


if __name__ == "__main__":
    main(int(sys.argv[1]))
