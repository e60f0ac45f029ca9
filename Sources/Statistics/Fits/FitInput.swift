import Files
import Structures

/// Checks that every fit makes of its points before it calls GSL.
enum FitInput {
    /// - Throws: `InputError` when the counts differ, a value is not finite, or there are too few points.
    static func check(_ fit: String, _ columns: [(name: String, values: [Double])], minimum: Int) throws {
        let count = columns[0].values.count
        for (name, values) in columns {
            guard values.count == count else {
                throw InputError(problem: "\(fit): \(values.count) values of \(name) for \(count) points")
            }
            if let index = values.firstIndex(where: { !$0.isFinite }) {
                throw InputError(problem: "\(fit): \(name) of point \(index + 1) is \(values[index])")
            }
        }
        guard count >= minimum else {
            throw InputError(
                problem: "\(fit): \(count) points are too few", mend: "give at least \(minimum)")
        }
    }

    /// - Throws: `InputError` when a value is not greater than zero.
    static func checkPositive(_ fit: String, _ name: String, _ values: [Double]) throws {
        if let index = values.firstIndex(where: { $0 <= 0 }) {
            throw InputError(
                problem: "\(fit): \(name) of point \(index + 1) is \(values[index])",
                mend: "only values greater than zero can be used here; leave such points out")
        }
    }
}
