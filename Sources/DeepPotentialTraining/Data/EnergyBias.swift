/// The energies per type that explain the frames' energies best: least squares of minimum norm.
///
/// Data of one stoichiometry determine one combination only; the minimum-norm solution then shares the energy out in
/// proportion to the counts, as DeePMD-kit's `lstsq` does.
enum EnergyBias {
    /// - Parameters:
    ///   - counts: atoms of each type, one row per frame.
    ///   - energies: one per frame (eV).
    /// - Returns: one energy per type (eV); zero for a type without atoms.
    static func leastSquares(counts: [[Double]], energies: [Double]) -> [Double] {
        let types = counts[0].count
        var matrix = [Double](repeating: 0, count: types * types)
        var right = [Double](repeating: 0, count: types)
        for (row, energy) in zip(counts, energies) {
            for a in 0..<types {
                right[a] += row[a] * energy
                for b in 0..<types { matrix[a * types + b] += row[a] * row[b] }
            }
        }
        let (values, vectors) = symmetricEigen(matrix, size: types)
        // Directions that the compositions do not span have eigenvalues of rounding size.
        let threshold = 1e-10 * (values.max() ?? 0)
        var result = [Double](repeating: 0, count: types)
        for k in 0..<types where values[k] > threshold {
            let projection = (0..<types).reduce(0) { $0 + vectors[$1 * types + k] * right[$1] } / values[k]
            for a in 0..<types { result[a] += projection * vectors[a * types + k] }
        }
        return result
    }

    /// Eigenvalues and eigenvectors (columns) of a small symmetric matrix by cyclic Jacobi rotations.
    private static func symmetricEigen(_ matrix: [Double], size n: Int) -> (values: [Double], vectors: [Double]) {
        var a = matrix
        var v = (0..<n * n).map { $0 / n == $0 % n ? 1.0 : 0 }
        for _ in 0..<64 {
            var off = 0.0
            for p in 0..<n { for q in p + 1..<max(n, p + 1) { off += a[p * n + q] * a[p * n + q] } }
            if off < 1e-30 * (0..<n).reduce(1e-300, { $0 + a[$1 * n + $1] * a[$1 * n + $1] }) { break }
            for p in 0..<n {
                for q in p + 1..<max(n, p + 1) where a[p * n + q] != 0 {
                    let theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q])
                    let t = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
                    let c = 1 / (t * t + 1).squareRoot()
                    let s = t * c
                    for k in 0..<n {
                        let (x, y) = (a[k * n + p], a[k * n + q])
                        a[k * n + p] = c * x - s * y
                        a[k * n + q] = s * x + c * y
                    }
                    for k in 0..<n {
                        let (x, y) = (a[p * n + k], a[q * n + k])
                        a[p * n + k] = c * x - s * y
                        a[q * n + k] = s * x + c * y
                        let (z, w) = (v[k * n + p], v[k * n + q])
                        v[k * n + p] = c * z - s * w
                        v[k * n + q] = s * z + c * w
                    }
                }
            }
        }
        return ((0..<n).map { a[$0 * n + $0] }, v)
    }
}
