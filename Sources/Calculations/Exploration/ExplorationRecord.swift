import DeepPotential
import Files
import Structures

/// What an exploration leaves: the deviation of every frame, and the atoms of those that were kept.
public struct ExplorationRecord: Codable, Sendable {
    /// Why and where a trajectory ended before its last step.
    public struct End: Codable, Equatable, Sendable {
        public var step: Int
        public var reason: String
    }

    /// Of every frame, in order.
    public internal(set) var steps = PackedArray<Int32>([])
    /// [frames, 6]: max, min and average deviation of the virial (eV) and of the forces (eV/Å), as in `model_devi.out`.
    public internal(set) var deviations = PackedArray<Float>([])
    /// The atom with the largest deviation of its force.
    public internal(set) var worstAtoms = PackedArray<Int32>([])
    /// Frames that were kept, by their place among all.
    public internal(set) var kept = PackedArray<Int32>([])
    /// [kept, atoms, 3] (Å), as the dynamics has them, and [kept, 9] (Å).
    public internal(set) var positions = PackedArray<Double>([])
    public internal(set) var cells = PackedArray<Double>([])
    /// Nil for a trajectory that went to its last step.
    public internal(set) var end: End?

    init() {}

    public var frameCount: Int { steps.values.count }

    /// max_devi_v (eV) of a frame.
    public func virial(_ frame: Int) -> Double { Double(deviations.values[6 * frame]) }
    /// max_devi_f (eV/Å) of a frame.
    public func force(_ frame: Int) -> Double { Double(deviations.values[6 * frame + 3]) }

    /// The lines of `model_devi.out`.
    public var rows: [ModelDeviationRecord] {
        (0..<frameCount).map { frame in
            let v = deviations.values[6 * frame..<6 * frame + 6].map(Double.init)
            return ModelDeviationRecord(
                step: Int(steps.values[frame]), largestVirial: v[0], smallestVirial: v[1], meanVirial: v[2],
                largestForce: v[3], smallestForce: v[4], meanForce: v[5])
        }
    }

    /// The atoms of a frame that was kept.
    ///
    /// - Parameters:
    ///   - place: among those that were kept.
    ///   - start: where the exploration began: its atoms are the same in the same order.
    public func structure(kept place: Int, of start: Structure) throws -> Structure {
        let atoms = start.count
        let first = 3 * atoms * place
        let positions = (0..<atoms).map { atom in
            let k = first + 3 * atom
            return SIMD3(self.positions.values[k], self.positions.values[k + 1], self.positions.values[k + 2])
        }
        let cell = try Cell(Matrix3(rowMajor: cells.values[9 * place..<9 * place + 9]))
        return Structure(cell: cell, species: start.species, positions: positions, isPeriodic: start.isPeriodic)
    }
}
