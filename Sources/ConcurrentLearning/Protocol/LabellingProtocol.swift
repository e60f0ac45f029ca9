import Calculations
import Files
import Labelling
import Structures

/// What labels frames: `fp_style` and the keys that belong to it.
public struct LabellingProtocol: Equatable, Sendable {
    public enum Code: Equatable, Sendable {
        case cp2k(Functional, CP2KSettings)
        case vasp(INCAR)
        /// Of VASP, by the path of its INCAR.
        case vaspFile(String)
        /// A model as teacher, by its path.
        case model(String)
    }

    public var code: Code
    /// Where VASP's POTCARs are, and their files in the order of the types.
    public var potcarPrefix: String
    public var potcars: [String]

    private static let others = [
        "gaussian", "siesta", "abacus", "amber/diff", "pwmat", "pwscf", "custom",
    ]

    init(
        _ keys: [String: InputNode], needed: (String) throws -> InputNode, typeMap: [String], remarks: inout [String]
    ) throws {
        let style = try needed("fp_style")
        potcarPrefix = try keys["fp_pp_path"]?.string ?? ""
        potcars = try keys["fp_pp_files"]?.strings() ?? []
        let parameters = keys["user_fp_params"]
        switch try style.string {
        case "cp2k":
            let (functional, settings) = try CP2KParameters(parameters, remarks: &remarks).labelling
            code = .cp2k(functional, settings)
        case "vasp":
            guard potcars.isEmpty || potcars.count == typeMap.count else {
                throw try needed("fp_pp_files").failure(
                    "\(potcars.count) files for \(typeMap.count) types", mend: "name one for each of type_map")
            }
            if let path = keys["fp_incar"] {
                if let parameters {
                    throw parameters.failure("fp_incar is given as well", mend: "keep one of them")
                }
                code = .vaspFile(try path.string)
            } else {
                guard let parameters else { throw style.failure("fp_incar or user_fp_params is missing") }
                code = .vasp(try INCAR(parameters))
            }
        case "model":
            guard let parameters else {
                throw style.failure("the teacher is missing", mend: "give \"user_fp_params\": {\"model\": \"FILE\"}")
            }
            let entries = try parameters.object(known: ["model"])
            guard let model = entries["model"] else { throw parameters.failure("the key 'model' is missing") }
            code = .model(try model.string)
        case let name:
            throw style.failure(
                Self.others.contains(name) ? "labels by \(name) are not supported" : "unknown fp_style '\(name)'",
                mend: "use \"vasp\", \"cp2k\" or \"model\" (a Deep Potential as teacher)")
        }
    }
}
