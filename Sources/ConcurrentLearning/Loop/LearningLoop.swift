import Calculations
import Execution
import Files
import Foundation
import Parallel

/// Trains, explores, selects and labels by the scheduler until `LearningPlan` says that it is enough.
///
/// Calling it again *is* resuming: finished calculations are taken from the store, begun ones go on.
public struct LearningLoop: Sendable {
    public let plan: LearningPlan
    public let workplace: Workplace
    /// Where `learning.json` and the export in DP-GEN's form go.
    public let output: String
    public let retriesFailures: Bool
    public let stop: StopFlag
    public let meter: ProgressMeter

    public init(
        _ plan: LearningPlan, in workplace: Workplace, output: String, retriesFailures: Bool = false,
        stop: StopFlag = .signals, meter: ProgressMeter = .none
    ) {
        self.plan = plan
        self.workplace = workplace
        self.output = output
        self.retriesFailures = retriesFailures
        self.stop = stop
        self.meter = meter
    }

    /// - Parameters:
    ///   - engine: gets the calculations done.
    ///   - report: takes a line about everything that has come to its end.
    /// - Throws: `Interrupted` after a stop; `InputError` for a store of another protocol or with another driver, and what
    ///   cannot be written.
    public func run(
        on engine: any Engine, report: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> LearningRecord {
        try Folder.make(output)
        let scheduler = try Scheduler(
            workplace, engine: engine, retriesFailures: retriesFailures, stop: stop, meter: meter)
        defer { scheduler.close() }
        // With the scheduler, so that two drivers do not both write it.
        try ProtocolMark.claim(workplace.store, for: plan.input)
        TemporaryName.removeLeftovers(in: output)
        var export = try DPGENExport(plan, folder: output, store: workplace.store, report: report)
        var (iterations, outcomes) = ([Iteration](), Outcomes())
        while true {
            let (now, turn) = try plan.next(iterations, outcomes)
            iterations = now
            switch turn {
            case .needs(let calculations, let stage):
                try export.write(iterations, outcomes)
                try write(iterations, outcomes, end: nil)
                let name = "\(Iteration.name(iterations.count - 1)) \(stage.rawValue)"
                outcomes.merge(try await scheduler.outcomes(of: calculations, for: name))
                if stage == .training { try take(models: iterations, outcomes) }
            case .ended(let end):
                try export.write(iterations, outcomes)
                try export.finish(end)
                return try write(iterations, outcomes, end: end)
            }
        }
    }

    /// Takes the newest models into the library, where explorations find them.
    private func take(models iterations: [Iteration], _ outcomes: Outcomes) throws {
        for training in iterations.last?.trainings ?? [] {
            guard case .success(let outcome) = outcomes[training] else { continue }
            let file = try workplace.store.workFolder(training.folderKey).file(Training.modelFile)
            guard FileManager.default.fileExists(atPath: file),
                try workplace.store.inputs.add(file: file) == outcome.content.model
            else {
                throw InputError(
                    file: file, problem: "the model of '\(training.title)' is gone or changed",
                    mend: "remove \(workplace.store.outcomes.file(outcome.key)); it will be trained again")
            }
        }
    }

    @discardableResult
    private func write(
        _ iterations: [Iteration], _ outcomes: Outcomes, end: LearningEnd?
    ) throws -> LearningRecord {
        let record = plan.record(of: iterations, outcomes, end: end)
        try JSONText.write(record, to: "\(output)/\(LearningRecord.fileName)")
        return record
    }
}
