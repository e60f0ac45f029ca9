import Files
import Foundation
import Parallel

/// `lgps-bench check`: every number that must not move, measured afresh beside its baseline.
public struct Regression: Sendable {
    public var reference: ReferenceData
    private var checks: [any RegressionCheck]
    public var threads: Int
    public var meter: ProgressMeter
    public var stop: StopFlag

    /// - Parameter only: names of checks; empty takes all.
    /// - Throws: `InputError` for a name that is none.
    public init(
        _ reference: ReferenceData, only: [String] = [], threads: Int, meter: ProgressMeter = .none,
        stop: StopFlag = StopFlag()
    ) throws {
        try self.init(reference, checks: RegressionChecks.named(only), threads: threads, meter: meter, stop: stop)
    }

    init(
        _ reference: ReferenceData, checks: [any RegressionCheck], threads: Int, meter: ProgressMeter = .none,
        stop: StopFlag = StopFlag()
    ) throws {
        self.reference = reference
        self.checks = checks
        self.threads = threads
        self.meter = meter
        self.stop = stop
    }

    /// Names of all checks.
    public static let names = RegressionChecks.all.map(\.name)

    func file(_ check: String) -> String { "\(reference.folder)/baselines/\(check).json" }

    /// Measures everything and compares.
    ///
    /// - Throws: `InputError` for baselines that are missing or faulty, before anything is measured; `Interrupted`.
    public func run() throws -> RegressionReport {
        try compare(checks.map { try BaselineFile.read(file($0.name), check: $0.name) })
    }

    /// Measures everything and writes what has moved, is new or is gone into the baselines.
    ///
    /// What is within its tolerance stays as it was, so that small steps add up until they are seen. What could not be
    /// measured stays too.
    /// - Throws: `InputError` for baselines that are faulty or cannot be written; `Interrupted`, with nothing written.
    public func update() throws -> RegressionReport {
        let old = try checks.map { check in
            let path = file(check.name)
            return FileManager.default.fileExists(atPath: path)
                ? try BaselineFile.read(path, check: check.name)
                : BaselineFile(about: check.about, reasons: [:], baselines: [])
        }
        let report = try compare(old)
        for ((check, file), part) in zip(zip(checks, old), report.checks) where part.obstacle == nil {
            let new = Self.updated(file, by: part, of: check)
            if new != file { try new.write(to: self.file(check.name)) }
        }
        return report
    }

    private static func updated(
        _ file: BaselineFile, by part: RegressionReport.Check, of check: any RegressionCheck
    ) -> BaselineFile {
        let kept = Set(part.movements.filter { $0.state == .kept }.map(\.id))
        let old = Dictionary(uniqueKeysWithValues: file.baselines.map { ($0.id, $0) })
        let baselines = part.measurements.map { kept.contains($0.id) ? old[$0.id] ?? $0 : $0 }
        let used = Set(baselines.map(\.reason))
        let reasons = file.reasons.merging(check.reasons) { _, new in new }.filter { used.contains($0.key) }
        return BaselineFile(about: check.about, reasons: reasons, baselines: baselines.sorted { $0.id < $1.id })
    }

    private func compare(_ files: [BaselineFile]) throws -> RegressionReport {
        let bench = try RegressionBench(reference, threads: threads, stop: stop)
        meter.begin("check")
        let parts = try zip(checks, files).enumerated().map { index, pair in
            meter.update(Double(index) / Double(checks.count), detail: pair.0.name)
            return try Self.compare(pair.0, pair.1, bench)
        }
        meter.finish("check: \(parts.reduce(0) { $0 + $1.movements.count }) numbers")
        return RegressionReport(checks: parts)
    }

    private static func compare(
        _ check: any RegressionCheck, _ file: BaselineFile, _ bench: RegressionBench
    ) throws -> RegressionReport.Check {
        try bench.checkStop()
        let watch = Stopwatch()
        var part = RegressionReport.Check(name: check.name, about: check.about)
        do {
            part.measurements = try check.measure(bench)
        } catch let error as Interrupted {
            throw error
        } catch {
            part.obstacle = "\(error)"
            return part
        }
        let reasons = check.reasons.merging(file.reasons) { _, written in written }
        let found = Dictionary(uniqueKeysWithValues: part.measurements.map { ($0.id, $0) })
        let known = Set(file.baselines.map(\.id))
        part.movements =
            file.baselines.map { baseline in
                var movement = Movement(baseline, found[baseline.id], reasons: reasons)
                if movement.state == .gone, let file = check.absence(of: baseline.id, in: bench.reference.folder) {
                    movement.reason = "\(file) is missing"
                }
                return movement
            }
            + part.measurements.filter { !known.contains($0.id) }.map { Movement(nil, $0, reasons: reasons) }
        part.seconds = watch.wallSeconds
        return part
    }
}
