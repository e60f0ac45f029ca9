import Files

/// The section `lgps_bench` of `param.json`: what DP-GEN has no key for. DP-GEN itself passes over it.
public struct LearningExtras: Equatable, Sendable {
    public enum SelectionMethod: String, Codable, CaseIterable, Sendable {
        /// Strata of system, temperature and deviation, spread out within each.
        case strata
        /// At random among the candidates of each system.
        case dpgen
        /// At random among all frames explored: what concurrent learning is compared with.
        case random
    }

    public var selection = SelectionMethod.strata
    /// Of every random choice.
    public var seed: UInt64 = 1
    /// Folders with labelled systems, never trained on, on which every iteration's models are tested.
    public var holdOut: [String] = []
    /// A stage has converged when this share of its frames is accurate.
    public var convergedShare = 0.995
    /// Whether stages end when they have converged.
    public var stopsWhenConverged = true
    /// A trajectory ends when so many frames in a row are beyond the upper level.
    public var failedInARow = 10
    /// ps between two frames of a trajectory that are both labelled, at least.
    public var spacing = 0.2

    init(_ node: InputNode?) throws {
        guard let node else { return }
        let keys = try node.object(
            known: [
                "selection", "seed", "hold_out", "converged_share", "stop_when_converged", "failed_in_a_row", "spacing",
            ])
        if let entry = keys["selection"] {
            guard let method = SelectionMethod(rawValue: try entry.string) else {
                throw entry.failure(
                    "'\(try entry.string)' is no way to select",
                    mend: "use \(SelectionMethod.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            selection = method
        }
        seed = UInt64(try keys["seed"]?.atLeast(0) ?? 1)
        holdOut = try keys["hold_out"]?.strings() ?? []
        if let entry = keys["converged_share"] {
            convergedShare = try entry.positive()
            guard convergedShare <= 1 else { throw entry.failure("a share does not exceed 1") }
        }
        stopsWhenConverged = try keys["stop_when_converged"]?.bool ?? true
        failedInARow = try keys["failed_in_a_row"]?.atLeast(1) ?? failedInARow
        spacing = try keys["spacing"]?.notNegative() ?? spacing
    }
}
