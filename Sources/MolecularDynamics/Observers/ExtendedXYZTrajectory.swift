import Structures

/// Writes a trajectory as extended XYZ, exact to the last bit: positions, optionally velocities and forces.
public final class ExtendedXYZTrajectory: Observer {
    public let name = "trajectory"
    public let interval: Int
    private let path: String
    private let selection: AtomSelection
    private let isWrapped: Bool
    private let withVelocities: Bool
    private let withForces: Bool
    private var atoms: [Int] = []
    private var file: GrowingFile?

    /// - Parameters:
    ///   - selection: which atoms are written.
    ///   - isWrapped: whether positions are brought into the cell; otherwise they continue across its faces.
    public init(
        path: String, interval: Int, selection: AtomSelection = .all, isWrapped: Bool = false,
        withVelocities: Bool = false, withForces: Bool = false
    ) {
        self.path = path
        self.interval = interval
        self.selection = selection
        self.isWrapped = isWrapped
        self.withVelocities = withVelocities
        self.withForces = withForces
    }

    public func begin(_ state: MDState) throws {
        atoms = try selection.indices(in: state.structure)
        file = try GrowingFile(creating: path)
    }

    public func observe(_ sample: MDSample) throws {
        try file?.append(frame(sample).text)
    }

    private func frame(_ sample: MDSample) -> ExtendedXYZ.Frame {
        let state = sample.state
        let cell = state.structure.cell
        let structure = Structure(
            cell: cell, species: atoms.map { state.structure.species[$0] },
            positions: atoms.map {
                isWrapped ? cell.wrap(state.structure.positions[$0]) : state.structure.positions[$0]
            },
            velocities: withVelocities ? atoms.map { state.velocities[$0] } : nil,
            isPeriodic: state.structure.isPeriodic)
        let isWhole = atoms.count == state.count
        return ExtendedXYZ.Frame(
            structure: structure, energy: isWhole ? state.evaluation.energy : nil,
            forces: withForces ? atoms.map { state.evaluation.forces[$0] } : nil,
            information: [
                "step": "\(sample.thermo.step)", "time": "\(sample.thermo.time)",
                TimeUnit.key: TimeUnit.picoseconds.rawValue,
            ])
    }

    public func save(into encoder: inout CheckpointEncoder) throws {
        try file?.synchronise()
        encoder.encode(file?.length ?? 0)
    }

    public func resume(_ state: MDState, from decoder: inout CheckpointDecoder) throws {
        atoms = try selection.indices(in: state.structure)
        file = try GrowingFile(resuming: path, length: decoder.decodeInt())
    }

    public func finish() { file = nil }
}
