import Execution
import Files
import Labelling
import Structures

/// Force constants of some sites with all atoms of a crystal, from the forces on all when one site is displaced along x, y
/// and z, both ways: six labels for each site.
///
/// Central differences, so that neither forces of the ideal places nor the next order enter.
public struct DisplacedForces: Calculation {
    public static let kind = "displaced-forces/1"
    public static let stage = ResourceStage.labelling

    public struct Content: Codable, Equatable, Sendable {
        /// [sites, 3, atoms, 3] (eV/Å²): −∂F_jb/∂r_ia of site i along a, atom j along b.
        public var constants: PackedArray<Float>
        /// What computed the forces, with its version.
        public var code: String

        public init(constants: PackedArray<Float>, code: String) {
            self.constants = constants
            self.code = code
        }

        /// Φ_ij of a site, by its place among `sites`, with every atom: rows are the site's axes.
        ///
        /// - Throws: `InputError` when the numbers are not those of so many atoms and sites.
        public func blocks(site: Int, sites: Int, atoms: Int) throws -> [Matrix3] {
            guard constants.values.count == 9 * sites * atoms else {
                throw InputError(
                    problem:
                        "\(constants.values.count) force constants are not those of \(sites) sites and \(atoms) atoms")
            }
            return (0..<atoms).map { atom in
                let rows = (0..<3).map { axis in
                    let first = 3 * ((3 * site + axis) * atoms + atom)
                    return SIMD3((0..<3).map { Double(constants.values[first + $0]) })
                }
                return Matrix3(rows[0], rows[1], rows[2])
            }
        }
    }

    public var crystal: Crystal
    /// For one level of theory.
    public var code: LabelCode
    /// Atoms of the crystal that are displaced.
    public var sites: [Int]
    /// How far (Å), each way.
    public var displacement: Double
    /// Is not coded, and so not in the key.
    public var machine = LabellingMachine.current

    private enum CodingKeys: String, CodingKey { case crystal, code, sites, displacement }

    public init(
        of sites: [Int], in crystal: Crystal, by code: LabelCode, displacement: Double = 0.05,
        machine: LabellingMachine = .current
    ) {
        precondition(code.levels.count == 1, "force constants are of one level of theory")
        self.crystal = crystal
        self.code = code.trimmed(to: crystal.species)
        self.sites = sites
        self.displacement = displacement
        self.machine = machine
    }

    public var title: String {
        let atoms = sites.count == 1 ? "atom \(sites[0])" : "\(sites.count) atoms"
        return
            "\(crystal.material.name), \(crystal.supercell.atoms) atoms, force constants of \(atoms) by \(code.nameAndLevel)"
    }
    public var cost: Double { Double(6 * sites.count) * ((try? code.cost(of: crystal.structure())) ?? 1) + 1 }
    public var cores: CoreDemand { .shared(machine.cores(for: code)) }

    public func run(in folder: WorkFolder, control: RunControl) throws -> Content {
        let structure = try crystal.structure()
        guard sites.allSatisfy(structure.positions.indices.contains), displacement > 0 else {
            throw InputError(
                place: "sites, displacement",
                problem: "\(sites) displaced by \(displacement) Å in \(structure.count) atoms")
        }
        let labels = KeptLabels(code, machine: machine, in: folder, control)
        var content = Content(constants: PackedArray([]), code: "")
        for (place, site) in sites.enumerated() {
            for axis in 0..<3 {
                let forces = try [displacement, -displacement].enumerated().map { side, step in
                    try control.checkStop()
                    var moved = structure
                    moved.positions[site][axis] += step
                    let number = 2 * (3 * place + axis) + side
                    let (label, isNew) = try labels.label(moved, number: number)
                    if isNew { folder.log("label \(number + 1) of \(6 * sites.count)") }
                    control.report(Double(number + 1) / Double(6 * sites.count))
                    content.code = label.code
                    return label.forces
                }
                content.constants.values += zip(forces[0], forces[1]).flatMap { plus, minus in
                    let slope = (minus - plus) / (2 * displacement)
                    return [Float(slope.x), Float(slope.y), Float(slope.z)]
                }
            }
        }
        return content
    }
}

extension Crystal {
    var species: Set<Species> { [.lithium, material.species, .phosphorus, .sulfur] }
}
