import Calculations

/// The frames of one system by the models' deviation: accurate, candidate or failed, by DP-GEN's rules (run.py,
/// `_select_by_model_devi_standard` and `_adaptive_lower`).
struct FrameLevels {
    var accurate: [FramePlace] = []
    var candidate: [FramePlace] = []
    var failed: [FramePlace] = []
    /// Frames that were not reached, as their trajectories exploded or failed.
    var missing = 0
    /// The lower level of the forces that was chosen, when it is adaptive.
    var adaptedLow: Double?

    var total: Int { accurate.count + candidate.count + failed.count + missing }
    /// What was not reached counts as failed.
    var failedCount: Int { failed.count + missing }
    var accurateShare: Double { total == 0 ? 0 : Double(accurate.count) / Double(total) }

    /// - Parameters:
    ///   - tasks: of one system.
    ///   - first: the first step that counts.
    init(
        _ tasks: [ExploredTask], trust: TrustLevels, from first: Int,
        adaptive: ExplorationProtocol.AdaptiveLevels?
    ) {
        var frames: [(place: FramePlace, force: Double, virial: Double)] = []
        for task in tasks {
            let expected = task.task.expectedFrames(from: first)
            guard let record = task.record else {
                missing += expected
                continue
            }
            let before = frames.count
            for (frame, step) in record.steps.values.enumerated() where Int(step) >= first {
                let place = FramePlace(
                    system: task.task.system, task: task.task.number, frame: frame, step: Int(step))
                frames.append((place, record.force(frame), record.virial(frame)))
            }
            missing += max(0, expected - (frames.count - before))
        }
        guard let adaptive else {
            for frame in frames {
                if trust.forces.contains(frame.force) || trust.virial.contains(frame.virial) {
                    candidate.append(frame.place)
                } else if frame.force >= trust.forces.high || frame.virial >= trust.virial.high {
                    failed.append(frame.place)
                } else {
                    accurate.append(frame.place)
                }
            }
            return
        }
        func isFailed(_ frame: (place: FramePlace, force: Double, virial: Double)) -> Bool {
            frame.force > trust.forces.high || frame.virial > trust.virial.high
        }
        failed = frames.filter(isFailed).map(\.place)
        let others = frames.filter { !isFailed($0) }
        func count(_ number: Int, _ percent: Double) -> Int {
            min(others.count, max(number, Int(percent * 0.01 * Double(others.count))))
        }
        // Of equal deviations the earlier place goes first.
        let byForce = others.sorted { ($1.force, $0.place) < ($0.force, $1.place) }
            .prefix(count(adaptive.forceCount, adaptive.forcePercent))
        let byVirial = others.sorted { ($1.virial, $0.place) < ($0.virial, $1.place) }
            .prefix(count(adaptive.virialCount, adaptive.virialPercent))
        let chosen = Set((byForce + byVirial).map(\.place))
        adaptedLow = byForce.map(\.force).min()
        candidate = others.map(\.place).filter(chosen.contains)
        accurate = others.map(\.place).filter { !chosen.contains($0) }
    }
}

extension TrustLevels.Window {
    /// The upper end is excluded.
    func contains(_ deviation: Double) -> Bool { low <= deviation && deviation < high }
}
