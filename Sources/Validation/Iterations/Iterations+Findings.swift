import ConcurrentLearning
import Execution
import Reporting
import Statistics
import Structures

extension Iterations {
    /// One iteration that explored, counted from 1 as Table IV does.
    struct Step {
        var number: Int
        var record: IterationRecord

        /// Trajectories are the blocks: their frames resemble each other.
        func share(_ level: KeyPath<TrajectoryRecord, Int>) -> BlockedShare? {
            BlockedShare(record.trajectories.map { .init(hits: $0[keyPath: level], frames: $0.frames) })
        }

        /// Root mean square error of the forces on the hold-out, the mean of the models (eV/Å); nil without one.
        var error: Double? {
            let forces = (record.holdOut ?? []).map(\.forces)
            return forces.isEmpty ? nil : LearningPage.mean(forces)
        }

        /// The share of frames whose largest deviation is below that error, to a bin of the deviations' histogram.
        var belowError: Estimate? {
            guard let error, let effective = share(\.accurate)?.effectiveFrames else { return nil }
            let samples = record.temperatures.reduce(0) { $0 + $1.deviation.samples }
            let above = record.temperatures.reduce(0) {
                $0 + $1.deviation.share(above: error) * Double($1.deviation.samples)
            }
            guard samples > 0 else { return nil }
            return BlockedShare.estimate(1 - above / Double(samples), frames: effective)
        }
    }

    static let levels: [(name: String, path: KeyPath<TrajectoryRecord, Int> & Sendable)] = [
        ("accurate", \.accurate), ("candidate", \.candidate), ("failed", \.failed),
    ]

    static func steps(_ run: LearningRun) -> [Step] {
        run.record.iterations.filter { !$0.trajectories.isEmpty }.enumerated().map {
            Step(number: $0 + 1, record: $1)
        }
    }

    func findings(of study: Study, from outcomes: Outcomes) throws -> [Finding] {
        let runs = runs(of: study)
        let missing = study.materials.filter { material in !runs.contains { $0.material == material } }
        return missing.map { material in
            Finding(
                "iterations/\(material.rawValue)/CP2K-PBE/accurate",
                .obstacle("no run of `lgps-bench dpgen` is shipped, or given with --learning"), unit: "", keys: [])
        } + runs.flatMap(Self.findings)
    }

    private static func findings(_ run: LearningRun) -> [Finding] {
        let steps = steps(run)
        func finding(_ path: String, _ estimate: Estimate) -> Finding {
            Finding(
                "\(run.id)/\(path)", estimate, unit: "", keys: [], origin: run.origin,
                remarks: ["labels: \(run.labels)"])
        }
        var findings = steps.flatMap { step in
            levels.compactMap { level in
                step.share(level.path).map { finding("\(level.name)/\(step.number)", $0.estimate) }
            }
                + [finding("labels/\(step.number)", Estimate(Double(step.record.labels)))]
                + [step.belowError.map { finding("below-error/\(step.number)", $0) }].compactMap { $0 }
        }
        if let last = steps.last?.share(\.accurate) { findings.append(finding("accurate", last.estimate)) }
        return findings
    }
}
