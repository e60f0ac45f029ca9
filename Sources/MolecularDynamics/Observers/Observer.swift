import Structures

/// What an observer sees: the state after a step, and what follows from it.
public struct MDSample: Sendable {
    public let state: MDState
    public let thermo: ThermoRecord

    public init(state: MDState, thermo: ThermoRecord) {
        self.state = state
        self.thermo = thermo
    }
}

/// Watches a simulation: writes a log or a trajectory, or accumulates averages.
///
/// A fresh run calls `begin` once, a resumed one `resume`; then `observe` at step 0 and at all multiples of `interval`,
/// in the order in which the observers were given. `save` is called at every checkpoint; what was observed after the
/// last checkpoint is undone by `resume`, so that nothing is seen twice.
public protocol Observer: AnyObject {
    /// Names the observer's part of the checkpoint; unique within a simulation.
    var name: String { get }
    /// Steps between observations.
    var interval: Int { get }

    /// Opens the outputs of a fresh run, which starts from `state`.
    func begin(_ state: MDState) throws

    /// - Throws: `SimulationFailure` to end the run, `InputError` when an output cannot be written.
    func observe(_ sample: MDSample) throws

    /// Forces the outputs to disk and writes everything that `resume` needs.
    func save(into encoder: inout CheckpointEncoder) throws

    /// Continues a run from what `save` has written; `state` is the checkpoint's.
    func resume(_ state: MDState, from decoder: inout CheckpointDecoder) throws

    /// Closes the outputs at the end of a run, whether it is complete or not.
    func finish() throws
}

extension Observer {
    public func begin(_ state: MDState) throws {}
    public func save(into encoder: inout CheckpointEncoder) throws {}
    public func resume(_ state: MDState, from decoder: inout CheckpointDecoder) throws {}
    public func finish() throws {}
}
