import Foundation
import Structures

/// Eigenvalues λ and orthonormal eigenvectors of a symmetric 3x3 matrix, by Jacobi rotations.
struct SymmetricEigensystem {
    var values: SIMD3<Double>
    /// The rows are the eigenvectors.
    var vectors = Matrix3.identity

    /// Exact, without rotations, for a diagonal matrix.
    init(_ matrix: Matrix3) {
        var a = matrix
        for _ in 0..<50 {
            let offDiagonal = abs(a[0].y) + abs(a[0].z) + abs(a[1].z)
            guard offDiagonal > 1e-18 * (abs(a[0].x) + abs(a[1].y) + abs(a[2].z) + offDiagonal) else { break }
            for (p, q) in [(0, 1), (0, 2), (1, 2)] where a[p][q] != 0 {
                let theta = 0.5 * (a[q][q] - a[p][p]) / a[p][q]
                let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
                let cosine = 1 / (t * t + 1).squareRoot()
                let sine = t * cosine
                var rotation = Matrix3.identity
                rotation[p][p] = cosine
                rotation[q][q] = cosine
                rotation[p][q] = -sine
                rotation[q][p] = sine
                a = rotation * a * rotation.transpose
                vectors = rotation * vectors
            }
        }
        values = SIMD3(a[0].x, a[1].y, a[2].z)
    }

    /// The symmetric matrix of the same eigenvectors with eigenvalues f(λ).
    func map(_ f: (Double) -> Double) -> Matrix3 {
        vectors.transpose * .diagonal(SIMD3(f(values.x), f(values.y), f(values.z))) * vectors
    }
}

extension Matrix3 {
    static func diagonal(_ d: SIMD3<Double>) -> Matrix3 {
        Matrix3(SIMD3(d.x, 0, 0), SIMD3(0, d.y, 0), SIMD3(0, 0, d.z))
    }

    /// Σ_ab M_ab².
    var squaredNorm: Double { rows.0.dot(rows.0) + rows.1.dot(rows.1) + rows.2.dot(rows.2) }
}

/// sinh(x)/x, by its series near zero.
func sinhc(_ x: Double) -> Double {
    let square = x * x
    guard square < 0.01 else { return sinh(x) / x }
    return 1 + square / 6 * (1 + square / 20 * (1 + square / 42 * (1 + square / 72)))
}
