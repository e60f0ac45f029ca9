import Execution
import Files
import Labelling
import Statistics
import Structures

/// How the force on one atom changes when all atoms beyond a radius move at random, each by itself: the test of locality of
/// Bartók et al., Phys. Rev. B 87, 184115 (2013), for several draws.
public struct PerturbedForces: Calculation {
    public static let kind = "perturbed-forces/1"
    public static let stage = ResourceStage.labelling

    public struct Content: Codable, Equatable, Sendable {
        /// [draws, 3] (eV/Å): the force on the atom less that of the ideal crystal.
        public var changes: [Double]
        /// Atoms that moved.
        public var moved: Int

        public init(changes: [Double], moved: Int) {
            self.changes = changes
            self.moved = moved
        }
    }

    public var crystal: Crystal
    /// For one level of theory.
    public var code: LabelCode
    /// The atom that stays, as all do within `radius` (Å) of it or of an image of it.
    public var site: Int
    public var radius: Double
    /// Standard deviation of each component of a displacement (Å), which are normally distributed.
    public var amplitude: Double
    public var draws: Int
    public var seed: UInt64
    /// Is not coded, and so not in the key.
    public var machine = LabellingMachine.current

    private enum CodingKeys: String, CodingKey { case crystal, code, site, radius, amplitude, draws, seed }

    public init(
        of site: Int, in crystal: Crystal, by code: LabelCode, beyond radius: Double, amplitude: Double, draws: Int,
        seed: UInt64, machine: LabellingMachine = .current
    ) {
        precondition(code.levels.count == 1, "forces are of one level of theory")
        self.crystal = crystal
        self.code = code.trimmed(to: crystal.species)
        self.site = site
        self.radius = radius
        self.amplitude = amplitude
        self.draws = draws
        self.seed = seed
        self.machine = machine
    }

    public var title: String {
        "\(crystal.material.name), \(crystal.supercell.atoms) atoms, moved at random beyond \(radius) Å, by \(code.nameAndLevel)"
    }
    public var cost: Double { Double(draws + 1) * ((try? code.cost(of: crystal.structure())) ?? 1) + 1 }
    public var cores: CoreDemand { .shared(machine.cores(for: code)) }

    public func run(in folder: WorkFolder, control: RunControl) throws -> Content {
        let structure = try crystal.structure()
        guard structure.positions.indices.contains(site), amplitude > 0, draws > 0 else {
            throw InputError(
                place: "site, amplitude, draws",
                problem: "\(draws) draws of \(amplitude) Å around atom \(site) of \(structure.count)")
        }
        let distances = structure.nearestImages(from: site).map(\.distance)
        let outside = distances.indices.filter { distances[$0] > radius }
        let labels = KeptLabels(code, machine: machine, in: folder, control)
        let ideal = try labels.label(structure, number: 0).label.forces[site]
        var random = RandomStream(seed: seed, name: "locality \(crystal.material.rawValue)")
        var changes: [Double] = []
        for draw in 1...draws {
            try control.checkStop()
            control.report(Double(draw) / Double(draws + 1))
            var moved = structure
            for atom in outside { moved.positions[atom] += random.gaussianVector(standardDeviation: amplitude) }
            let change = try labels.label(moved, number: draw).label.forces[site] - ideal
            changes += [change.x, change.y, change.z]
        }
        return Content(changes: changes, moved: outside.count)
    }
}
