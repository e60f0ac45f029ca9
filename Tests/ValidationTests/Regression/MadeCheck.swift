import Files
import Foundation

@testable import Validation

/// A check whose numbers a test gives.
struct MadeCheck: RegressionCheck {
    var name = "made"
    var about = "made up"
    var reasons = ["because": "it is a test"]
    var numbers: [Baseline] = []
    var obstacle: String?

    func measure(_ bench: RegressionBench) throws -> [Baseline] {
        if let obstacle { throw InputError(problem: obstacle) }
        return numbers
    }
}

extension Baseline {
    static func made(
        _ id: String, _ value: Double, tolerance: Double = 0.1, counts: Direction = .either
    ) -> Baseline {
        Baseline(id, .number(value), unit: "Å", tolerance: tolerance, reason: "because", counts: counts)
    }

    static func made(_ value: Double, counts: Direction = .either) -> Baseline {
        made("made/number", value, counts: counts)
    }
}

/// A folder of reference data with nothing but baselines, which the test's checks do not need more than.
struct MadeReference {
    let folder = try! TemporaryFolder()
    let reference: ReferenceData

    init() throws {
        let path = folder.path
        try Folder.make(path + "/paper")
        try AtomicFile.write("{}", to: path + "/paper/claims.json")
        reference = try ReferenceData(folder: path)
    }

    func regression(_ checks: MadeCheck...) throws -> Regression {
        try Regression(reference, checks: checks, threads: 1)
    }

    func file(_ name: String = "made") -> String { "\(folder.path)/baselines/\(name).json" }

    func write(_ baselines: Baseline..., reasons: [String: String] = ["because": "it is a test"]) throws {
        try BaselineFile(about: "made up", reasons: reasons, baselines: baselines).write(to: file())
    }

    func read() throws -> BaselineFile { try BaselineFile.read(file(), check: "made") }
}
