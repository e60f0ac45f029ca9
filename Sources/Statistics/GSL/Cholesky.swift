@preconcurrency import CGSL

/// GSL's Cholesky decomposition over row-major arrays.
enum Cholesky {
    /// The lower triangle L of A = L Lᵀ (the upper triangle holds A's own values).
    ///
    /// - Throws: `GSLError` when A is not positive definite.
    static func factor(_ matrix: [Double], size: Int) throws -> [Double] {
        var factor = matrix
        try factor.withUnsafeMutableBufferPointer { values in
            var view = gsl_matrix_view_array(values.baseAddress, size, size)
            try GSL.call("gsl_linalg_cholesky_decomp1") { gsl_linalg_cholesky_decomp1(&view.matrix) }
        }
        return factor
    }

    /// A⁻¹ of a positive-definite A.
    static func inverse(_ matrix: [Double], size: Int) throws -> [Double] {
        var inverse = try factor(matrix, size: size)
        try inverse.withUnsafeMutableBufferPointer { values in
            var view = gsl_matrix_view_array(values.baseAddress, size, size)
            try GSL.call("gsl_linalg_cholesky_invert") { gsl_linalg_cholesky_invert(&view.matrix) }
        }
        return inverse
    }

    /// L⁻¹ v.
    static func solveLower(_ factor: [Double], _ v: [Double]) -> [Double] { solve(factor, v, CblasNoTrans) }

    /// L⁻ᵀ v.
    static func solveUpper(_ factor: [Double], _ v: [Double]) -> [Double] { solve(factor, v, CblasTrans) }

    private static func solve(_ factor: [Double], _ v: [Double], _ transpose: CBLAS_TRANSPOSE) -> [Double] {
        var (factor, solution) = (factor, v)
        let size = v.count
        factor.withUnsafeMutableBufferPointer { matrix in
            solution.withUnsafeMutableBufferPointer { vector in
                var a = gsl_matrix_view_array(matrix.baseAddress, size, size)
                var b = gsl_vector_view_array(vector.baseAddress, size)
                // Cannot fail: the shapes agree.
                gsl_blas_dtrsv(CblasLower, transpose, CblasNonUnit, &a.matrix, &b.vector)
            }
        }
        return solution
    }
}
