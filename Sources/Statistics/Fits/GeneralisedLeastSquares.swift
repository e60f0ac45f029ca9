@preconcurrency import CGSL
import Files
import Structures

/// Linear least squares for observations with a full covariance matrix (Aitken 1935).
///
/// Minimises (y − Xθ)ᵀ Σ⁻¹ (y − Xθ). Σ = L Lᵀ by GSL's Cholesky decomposition; design and observations are whitened by
/// L⁻¹. The solver is made once for X and Σ and then fits any number of observation vectors: θ = W y with W fixed.
public struct GeneralisedLeastSquares: Sendable {
    /// Observations.
    public let count: Int
    /// Parameters.
    public let parameterCount: Int
    /// [parameters, observations] row-major: θ = weights · y.
    public let weights: [Double]
    /// [parameters, parameters] row-major: (Xᵀ Σ⁻¹ X)⁻¹.
    public let covariance: [Double]
    private let factor: [Double]
    private let design: [Double]

    /// - Parameters:
    ///   - design: X, [observations, parameters] row-major.
    ///   - covariance: Σ, [observations, observations] row-major, symmetric.
    /// - Throws: `InputError` for too few observations; `GSLError` when Σ is not positive definite or the columns of X
    ///   are linearly dependent.
    public init(design: [Double], parameterCount: Int, covariance sigma: [Double]) throws {
        let count = design.count / parameterCount
        precondition(design.count == count * parameterCount && sigma.count == count * count, "shapes of X and Σ")
        guard count >= parameterCount else {
            throw InputError(
                problem: "least squares of \(parameterCount) parameters through \(count) observations",
                mend: "give at least \(parameterCount) observations")
        }
        (self.count, self.parameterCount, self.design) = (count, parameterCount, design)
        factor = try Cholesky.factor(sigma, size: count)
        let columns = (0..<parameterCount).map { parameter in
            stride(from: parameter, to: design.count, by: parameterCount).map { design[$0] }
        }
        let white = columns.map { [factor] in Cholesky.solveLower(factor, $0) }
        // Columns of norm one make the normal matrix as well conditioned as scaling can.
        let norms = white.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        var normal = [Double](repeating: 0, count: parameterCount * parameterCount)
        for (i, a) in white.enumerated() {
            for (j, b) in white.enumerated() {
                normal[i * parameterCount + j] = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } / (norms[i] * norms[j])
            }
        }
        let inverse = try Cholesky.inverse(normal, size: parameterCount)
        var scaled = inverse
        for i in 0..<parameterCount {
            for j in 0..<parameterCount { scaled[i * parameterCount + j] /= norms[i] * norms[j] }
        }
        covariance = scaled
        weights = (0..<parameterCount).flatMap { [factor] i in
            var row = [Double](repeating: 0, count: count)
            for j in 0..<parameterCount {
                let share = scaled[i * parameterCount + j]
                for k in 0..<count { row[k] += share * white[j][k] }
            }
            return Cholesky.solveUpper(factor, row)
        }
    }

    /// The weights of one parameter: θ_p = Σ_k w_k y_k.
    public func weights(parameter: Int) -> ArraySlice<Double> {
        weights[parameter * count..<(parameter + 1) * count]
    }

    /// The standard error of one parameter that Σ implies.
    public func standardError(parameter: Int) -> Double {
        covariance[parameter * parameterCount + parameter].squareRoot()
    }

    /// θ and χ² for the observations `y`.
    public func fit(_ y: [Double]) -> (parameters: [Double], quality: FitQuality) {
        precondition(y.count == count, "one value per observation")
        let parameters = (0..<parameterCount).map { zip(weights(parameter: $0), y).reduce(0) { $0 + $1.0 * $1.1 } }
        let residuals = (0..<count).map { k in
            (0..<parameterCount).reduce(y[k]) { $0 - design[k * parameterCount + $1] * parameters[$1] }
        }
        let white = Cholesky.solveLower(factor, residuals)
        let chiSquared = white.reduce(0) { $0 + $1 * $1 }
        return (parameters, FitQuality(chiSquared: chiSquared, degreesOfFreedom: count - parameterCount))
    }
}
