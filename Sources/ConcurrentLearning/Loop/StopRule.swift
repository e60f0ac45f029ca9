import Calculations
import Foundation

/// Whether a stage, jobs in a row under the same conditions, has come to its end: a pure function of its iterations.
struct StopRule {
    /// Of the deviation's distribution: medians and what 10 % and 1 % of the frames exceed.
    static let quantiles = [0.5, 0.9, 0.99]
    /// They have not moved when none has changed by more than this share, twice.
    static let stillness = 0.05
    private static let comparisons = 2
    /// The accurate share may fall so much by chance.
    private static let fall = 0.1

    /// An iteration as the rule sees it.
    struct Seen {
        var accurateShare: Double
        var candidates: Int
        var failed: Int
        /// The quantiles of max_devi_f (eV/Å).
        var quantiles: [Double]
        /// RMSE of the forces on the hold-out (eV/Å), when there is one.
        var holdOutError: Double?
    }

    enum Verdict: Equatable {
        case goesOn
        case converged
        case unmoved
        case stuck
    }

    let convergedShare: Double

    /// - Parameter stage: its iterations so far.
    func verdict(on stage: [Seen]) -> Verdict {
        guard let last = stage.last else { return .goesOn }
        if last.accurateShare >= convergedShare { return .converged }
        if last.candidates == 0 { return .stuck }
        let recent = stage.suffix(Self.comparisons + 1)
        guard recent.count == Self.comparisons + 1 else { return .goesOn }
        let isStill = zip(recent, recent.dropFirst()).allSatisfy { before, after in
            zip(before.quantiles, after.quantiles).allSatisfy { abs($1 - $0) <= Self.stillness * abs($0) }
        }
        return isStill ? .unmoved : .goesOn
    }

    /// What is getting worse from one iteration of a stage to the next.
    func warnings(on stage: [Seen]) -> [String] {
        guard let last = stage.last, let before = stage.dropLast().last else { return [] }
        var warnings: [String] = []
        let percent = { (share: Double) in String(format: "%.1f %%", 100 * share) }
        if last.accurateShare < before.accurateShare - Self.fall {
            warnings.append(
                "getting worse: \(percent(last.accurateShare)) of the frames are accurate, \(percent(before.accurateShare)) before;"
                    + " longer runs explain a little, otherwise train longer or look at the new labels")
        }
        if let now = last.holdOutError, let then = before.holdOutError, now > 1.1 * then {
            warnings.append(
                String(
                    format: "getting worse: the error on the hold-out rose from %.1f to %.1f meV/Å; train longer, or "
                        + "give old labels more weight (training_reuse_old_ratio)", 1000 * then, 1000 * now))
        }
        return warnings
    }

    /// The quantiles of max_devi_f over all frames that were reached.
    static func quantiles(of records: [ExplorationRecord]) -> [Double] {
        let forces = records.flatMap { record in (0..<record.frameCount).map { record.force($0) } }.sorted()
        guard !forces.isEmpty else { return [] }
        return quantiles.map { forces[min(forces.count - 1, Int($0 * Double(forces.count)))] }
    }
}
