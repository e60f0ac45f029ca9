import ArgumentParser
import DeepPotential
import Files
import Foundation
import Structures

/// Converts structures and models by the names of the files.
struct Convert: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Convert a structure or a model; the names tell the formats.",
        discussion: """
            Structures: POSCAR, CONTCAR, *.vasp; *.xyz, *.extxyz; *.data, *.lmp (LAMMPS); *.cif; a deepmd/npy folder (to read). \
            Models: DeePMD-kit's *.yaml and *.dp.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The file to read.")
    var input: String

    @Argument(help: "The file to write.")
    var output: String

    @Option(
        parsing: .unconditional,
        help: "Which frame of a trajectory or deepmd/npy folder, from 0; negative counts from the end.")
    var frame: Int?

    @Option(
        help: """
            Elements of the types of a LAMMPS file without masses, or a deepmd/npy folder without a type map, separated by \
            commas.
            """)
    var types: String?

    @Option(help: "Units of a LAMMPS file whose title does not name them: metal or real.")
    var units: LAMMPSData.Units?

    func run() throws {
        for file in [input, output] where file.hasSuffix(".pb") || file.hasSuffix(".pth") || file.hasSuffix(".pt2") {
            throw InputError(
                file: file, problem: "frozen models are DeePMD-kit's own",
                mend: "`dp convert-backend \(input) model.dp` makes a model that is read here")
        }
        let isModel = [input, output].map { $0.hasSuffix(".dp") || $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
        if isModel[0] || isModel[1] {
            guard isModel[0], isModel[1] else {
                throw InputError(
                    file: isModel[0] ? output : input, problem: "a model cannot be converted to or from a structure",
                    mend: "models are *.dp and *.yaml")
            }
            try DPModel(contentsOf: input).write(to: output)
        } else {
            let species = try types?.split(separator: ",").map { try Species(symbol: $0, place: "--types") }
            let content = try StructureFile.content(
                of: input, frame: frame, types: species, units: units, remark: common.note)
            try StructureFile.write(content, to: output, remark: common.note)
        }
        common.say("\(input) -> \(output)")
    }
}

extension LAMMPSData.Units: ExpressibleByArgument {}
