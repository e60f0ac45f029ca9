import Files
import Foundation
import Structures

/// Writes a trajectory as H5MD (`H5MDWriter`): single precision, chunked, all atoms or some species.
public final class H5MDTrajectory: Observer {
    public let name = "trajectory"
    public let interval: Int
    private let path: String
    private let selection: AtomSelection
    private let isWrapped: Bool
    private let withVelocities: Bool
    private var atoms: [Int] = []
    private var writer: H5MDWriter?

    /// - Parameters:
    ///   - selection: which atoms are written; lithium alone keeps long runs small.
    ///   - isWrapped: whether positions are brought into the cell; otherwise they continue across its faces.
    public init(
        path: String, interval: Int, selection: AtomSelection = .all, isWrapped: Bool = false,
        withVelocities: Bool = false
    ) {
        self.path = path
        self.interval = interval
        self.selection = selection
        self.isWrapped = isWrapped
        self.withVelocities = withVelocities
    }

    public func begin(_ state: MDState) throws {
        writer = try makeWriter(state, path: path)
    }

    private func makeWriter(_ state: MDState, path: String) throws -> H5MDWriter {
        atoms = try selection.indices(in: state.structure)
        return try H5MDWriter(
            creating: path,
            H5MDWriter.Contents(
                species: state.structure.species, atoms: atoms, isPeriodic: state.structure.isPeriodic,
                hasVelocities: withVelocities))
    }

    public func observe(_ sample: MDSample) throws {
        let state = sample.state
        let cell = state.structure.cell
        func flat(_ vector: (Int) -> SIMD3<Double>) -> [Float] {
            var values: [Float] = []
            values.reserveCapacity(3 * atoms.count)
            for atom in atoms {
                let v = vector(atom)
                values += [Float(v.x), Float(v.y), Float(v.z)]
            }
            return values
        }
        let positions = flat {
            isWrapped ? cell.wrap(state.structure.positions[$0]) : state.structure.positions[$0]
        }
        try writer?.append(
            step: sample.thermo.step, time: sample.thermo.time, cell: cell, positions: positions,
            velocities: withVelocities ? flat { state.velocities[$0] } : nil)
    }

    public func save(into encoder: inout CheckpointEncoder) throws {
        try writer?.flush()
        encoder.encode(writer?.frameCount ?? 0)
    }

    /// The frames up to the checkpoint are copied to a new file, which takes the old one's place: whatever state a
    /// killed process left the old file in, the new one is sound.
    public func resume(_ state: MDState, from decoder: inout CheckpointDecoder) throws {
        let count = try decoder.decodeInt()
        let old = try H5MDReader(path)
        // A name that the next resume takes again, should this one be killed.
        let temporary = "\(path).resuming"
        let new = try makeWriter(state, path: temporary)
        do {
            guard old.frameCount >= count, old.atoms == atoms, old.hasVelocities == withVelocities else {
                throw InputError(
                    file: path,
                    problem: "the file holds \(old.frameCount) frames of \(old.atoms.count) atoms, the run wrote "
                        + "\(count) of \(atoms.count)",
                    mend: "restore the file, or start the run afresh")
            }
            try new.append(first: count, of: old)
            try new.flush()
            try new.move(to: path)
        } catch {
            try? new.close()
            unlink(temporary)
            throw error
        }
        writer = new
    }

    public func finish() throws {
        defer { writer = nil }
        try writer?.close()
    }
}
