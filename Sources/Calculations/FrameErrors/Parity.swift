import DeepPotential
import Structures

/// Parity plots of energies, forces by element and virials.
public struct Parity: Codable, Equatable, Sendable {
    /// eV/atom.
    public private(set) var energy = ParityDensity(width: 0.002)
    /// By element (eV/Å).
    public private(set) var forces: [String: ParityDensity] = [:]
    /// eV/atom.
    public private(set) var virial = ParityDensity(width: 0.02)

    private static let forceDensity = ParityDensity(width: 0.1)

    public init() {}

    mutating func add(_ predicted: Evaluation, reference system: LabelledSystem, frame: Int, species: [Species]) {
        let atoms = Double(species.count)
        if let label = system.energy(frame: frame) {
            energy.add(reference: label / atoms, prediction: predicted.energy / atoms)
        }
        for (atom, force) in system.forces(frame: frame).enumerated() {
            for axis in 0..<3 {
                forces[species[atom].symbol, default: Self.forceDensity].add(
                    reference: force[axis], prediction: predicted.forces[atom][axis])
            }
        }
        guard let reference = system.virial(frame: frame) else { return }
        for (label, value) in zip(reference.rowMajor, predicted.virial.rowMajor) {
            virial.add(reference: label / atoms, prediction: value / atoms)
        }
    }

    public mutating func merge(_ other: Parity) {
        energy.merge(other.energy)
        virial.merge(other.virial)
        for (species, density) in other.forces { forces[species, default: Self.forceDensity].merge(density) }
    }
}
