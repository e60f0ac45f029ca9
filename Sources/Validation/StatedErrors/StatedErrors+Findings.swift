import Execution
import Foundation
import Statistics

extension StatedErrors {
    func findings(of study: Study, from outcomes: Outcomes) -> [Finding] { [] }

    /// How a set of estimates of one quantity scatters beside what they say of their errors.
    struct Spread {
        /// Deviations from the mean in stated errors.
        var pulls: [Double]
        /// Relative to the mean: the standard deviation of the estimates, and the root mean square of the stated errors.
        var scatter: Double
        var stated: Double
        /// Estimates, less the means that were taken from them.
        var degreesOfFreedom: Int

        /// `scatter` over `stated`, with the error that so many estimates leave.
        var ratio: Estimate {
            let ratio = scatter / stated
            return Estimate(ratio, error: ratio / (2 * Double(degreesOfFreedom)).squareRoot())
        }

        /// Deviations of each set from its own mean, pooled.
        init(_ sets: [[Estimate]]) {
            var (squares, errors, count) = (0.0, 0.0, 0)
            pulls = []
            for set in sets where set.count > 1 {
                let mean = set.reduce(0) { $0 + $1.value } / Double(set.count)
                for estimate in set {
                    pulls.append((estimate.value - mean) / estimate.standardError)
                    squares += (estimate.value / mean - 1) * (estimate.value / mean - 1)
                    errors += (estimate.standardError / mean) * (estimate.standardError / mean)
                    count += 1
                }
            }
            degreesOfFreedom = count - sets.count { $0.count > 1 }
            scatter = (squares / Double(max(1, degreesOfFreedom))).squareRoot()
            stated = (errors / Double(max(1, count))).squareRoot()
        }
    }
}
