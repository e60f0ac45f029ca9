import Foundation
import Statistics

/// What runs differ by that their own errors do not explain (analysis of variance, one way).
enum RunSpread {
    /// The standard deviation of ln D that runs of infinite length would show; nil unless two or more are all diffusive.
    static func ofLogarithms(_ point: DiffusionPoint) -> Estimate? {
        point.obstacle == nil ? ofLogarithms(point.runs.compactMap { $0.result?.estimate?.diffusion }) : nil
    }

    /// As above, of positive numbers with errors; nil for fewer than two.
    static func ofLogarithms(_ estimates: [Estimate]) -> Estimate? {
        let count = Double(estimates.count)
        guard count >= 2 else { return nil }
        let logs = estimates.map { log($0.value) }
        let mean = logs.reduce(0, +) / count
        let scatter = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        let own = estimates.reduce(0) { $0 + $1.relativeError * $1.relativeError } / count
        // The scatter's square follows χ² with n − 1 degrees of freedom.
        let errorOfSquare = scatter * (2 / (count - 1)).squareRoot()
        let square = max(0, scatter - own)
        // From the square to its root; where nothing is left, the root of the square's own error is the bound.
        let error = square > errorOfSquare ? errorOfSquare / (2 * square.squareRoot()) : errorOfSquare.squareRoot()
        return Estimate(square.squareRoot(), error: error)
    }
}
