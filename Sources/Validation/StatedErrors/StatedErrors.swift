import Execution
import Files
import Foundation
import Statistics

/// Whether the stated errors of D are what replicas scatter by: a study of its own (`Benchmarks/diffusion-errors`), shown
/// in every report, since every verdict rests on those errors.
struct StatedErrors: Experiment {
    let name = "errors"
    let title = "How far the errors of D can be trusted"
    let families: [FindingFamily] = []

    /// One run of a set of replicas: D with its stated error, by our estimator and by kinisi (1e-9 m²/s).
    struct Replica: Equatable {
        var temperature: Double
        var index: Int
        var ours: Estimate
        var kinisi: Estimate
    }

    func needs(of study: Study) -> [any Calculation] { [] }

    /// - Throws: `InputError` naming the line that is no row of the table.
    static func replicas(_ path: String) throws -> [Replica] {
        let lines = try InputFile.text(at: path).split(separator: "\n")
        return try lines.enumerated().dropFirst().map { number, line in
            let values = line.split(separator: ",").compactMap { Double($0) }
            guard values.count == 6 else {
                throw InputError(
                    file: path, place: "line \(number + 1)", problem: "'\(line)' has no six numbers",
                    mend: "write it anew with Benchmarks/diffusion-errors/errors.py report")
            }
            return Replica(
                temperature: values[0], index: Int(values[1]), ours: Estimate(values[2], error: values[3]),
                kinisi: Estimate(values[4], error: values[5]))
        }
    }
}
