import Structures

/// Errors of a potential against labelled data, in the sense of `dp test` (deepmd/infer/model_test/ener.py): energies by
/// frame, forces and virials by component, all frames of all systems with equal weight.
public struct TestReport: Codable, Equatable, Sendable {
    /// Frames tested.
    public private(set) var frames = 0
    /// Total energies (eV).
    public private(set) var energy = ErrorStatistics()
    /// Energies divided by the number of atoms (eV).
    public private(set) var energyPerAtom = ErrorStatistics()
    /// Force components (eV/Å).
    public private(set) var forces = ErrorStatistics()
    /// Force components by the atom's element (eV/Å).
    public private(set) var forcesByElement: [Species: ErrorStatistics] = [:]
    /// The nine elements of the virial (eV), of the frames that have one.
    public private(set) var virial = ErrorStatistics()
    /// The same divided by the number of atoms (eV).
    public private(set) var virialPerAtom = ErrorStatistics()

    public init() {}

    /// Tests a potential on every frame of `systems`.
    ///
    /// - Parameter observe: called for each frame with the system, the frame's index and what was predicted, for
    ///   details, parity plots and progress.
    /// - Throws: what the potential throws, with the system and the frame named.
    public init(
        _ potential: some Potential, on systems: [LabelledSystem],
        observe: (LabelledSystem, Int, Evaluation) throws -> Void = { _, _, _ in }
    ) throws {
        for system in systems {
            for frame in 0..<system.frameCount {
                let comparison = try FrameComparison([potential], system: system, frame: frame)
                let prediction = comparison.predictions[0]
                comparison.add(prediction, to: &self)
                try observe(system, frame, prediction)
            }
        }
    }

    /// Adds one frame's differences from its labels. `species` are the system's, one per atom.
    public mutating func add(
        _ predicted: Evaluation, species: [Species], reference system: LabelledSystem, frame: Int
    ) {
        precondition(predicted.forces.count == system.atomCount && species.count == system.atomCount, "same atoms")
        let atoms = Double(system.atomCount)
        frames += 1
        if let label = system.energy(frame: frame) {
            energy.add(predicted.energy - label)
            energyPerAtom.add((predicted.energy - label) / atoms)
        }
        for (atom, reference) in system.forces(frame: frame).enumerated() {
            let difference = predicted.forces[atom] - reference
            forces.add(difference)
            forcesByElement[species[atom], default: ErrorStatistics()].add(difference)
        }
        guard let reference = system.virial(frame: frame) else { return }
        for difference in (predicted.virial - reference).rowMajor {
            virial.add(difference)
            virialPerAtom.add(difference / atoms)
        }
    }

    /// Adds all frames of another report.
    public mutating func merge(_ other: TestReport) {
        frames += other.frames
        energy.merge(other.energy)
        energyPerAtom.merge(other.energyPerAtom)
        forces.merge(other.forces)
        forcesByElement.merge(other.forcesByElement) { first, second in
            var both = first
            both.merge(second)
            return both
        }
        virial.merge(other.virial)
        virialPerAtom.merge(other.virialPerAtom)
    }
}
