import ArgumentParser
import Structures
import Validation

/// Builds crystals: supercells, disorder, replacement, thermal expansion.
struct StructureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "structure", abstract: "Build a crystal of Li10MP2S12, or change a structure.",
        discussion: """
            Starts from --input, or from the ordered tetragonal crystal of --material in the cell of --cell. Then, in this \
            order: --replace, --supercell, --disorder, --temperature. The output's name tells the format: POSCAR or \
            *.vasp, *.xyz (extended), *.data (LAMMPS), *.cif.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The file to write.")
    var file: String

    @Option(help: "A structure to start from.")
    var input: String?

    @Option(
        parsing: .unconditional, help: "Which frame of the input, from 0; negative counts from the end.")
    var frame: Int?

    @Option(help: "M of Li10MP2S12: Ge, Si or Sn.")
    var material = "Ge"

    @Option(
        help:
            "The cell: experiment, or relaxed with \(Functional.allCases.map(\.rawValue).joined(separator: ", ")) (Table II)."
    )
    var cell = "experiment"

    @Option(help: ArgumentHelp("Make atoms of one element another.", valueName: "OLD=NEW"))
    var replace: [String] = []

    @Option(help: ArgumentHelp("Copies along a, b and c.", valueName: "NxNxN"))
    var supercell = "1x1x1"

    @Flag(help: "Put M and P at random on the 4d sites (--seed, --arrangement).")
    var disorder = false

    @Option(help: "Which arrangement of the seed's series.")
    var arrangement = 0

    @Option(help: "Expand the cell from 300 K to this temperature (K), linearly by 3.4e-5 per K.")
    var temperature: Double?

    func run() throws {
        var structure = try start()
        for exchange in replace {
            let names = exchange.split(separator: "=", omittingEmptySubsequences: false)
            guard names.count == 2 else { throw ValidationError("--replace wants OLD=NEW, not '\(exchange)'") }
            structure = structure.replacing(
                try Species(symbol: names[0], place: "--replace"),
                with: try Species(symbol: names[1], place: "--replace"))
        }
        let copies = try Crystal.Supercell(supercell, place: "--supercell")
        structure =
            disorder
            ? try FourDSites.disorderedSupercell(
                of: structure, copies.a, copies.b, copies.c, seed: common.seed, arrangement: arrangement)
            : try structure.supercell(copies.a, copies.b, copies.c)
        if let temperature { structure = try structure.thermallyExpanded(to: temperature) }
        try StructureFile.write(structure, to: file)
        let lengths = structure.cell.lengths
        common.say("\(file): \(structure.count) atoms, a \(lengths.x), b \(lengths.y), c \(lengths.z) Å")
    }

    private func start() throws -> Structure {
        if let input {
            let content = try StructureFile.content(of: input, frame: frame, remark: common.note)
            let (labels, flags) = (content.frame, content.selectiveDynamics)
            if labels.energy != nil || labels.forces != nil || labels.virial != nil || flags != nil {
                common.note("\(input): labels and selective dynamics are not carried over; `convert` keeps them")
            }
            return labels.structure
        }
        let functional = cell == "experiment" ? nil : try Functional(name: cell)
        let material = try Material(name: material)
        return try LGPSPrototype.ordered(
            material, cell: try ReferenceData.locate().lattice().row(material, functional).lengths)
    }
}
