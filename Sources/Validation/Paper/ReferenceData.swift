import DeepPotential
import Execution
import Files
import Foundation
import Reporting
import Structures

/// The folder `reference-data/`: what results are compared with, and the models used by default.
public struct ReferenceData: Sendable {
    public let folder: String

    /// - Throws: `InputError` when `folder` holds no reference data.
    public init(folder: String) throws {
        guard FileManager.default.fileExists(atPath: "\(folder)/paper/claims.json") else {
            throw InputError(
                file: folder, problem: "this is no reference-data folder: paper/claims.json is missing",
                mend: "run from the checkout, or set LGPS_REFERENCE_DATA to its reference-data folder")
        }
        self.folder = folder
    }

    /// Looks at `$LGPS_REFERENCE_DATA`, then upwards from the program, then upwards from the current folder.
    public static func locate(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        program: String = Bundle.main.executablePath ?? CommandLine.arguments[0]
    ) throws -> ReferenceData {
        if let folder = environment["LGPS_REFERENCE_DATA"] { return try ReferenceData(folder: folder) }
        for start in [program, FileManager.default.currentDirectoryPath + "/."] {
            var url = URL(fileURLWithPath: start).resolvingSymlinksInPath().deletingLastPathComponent()
            while true {
                let candidate = url.appendingPathComponent("reference-data").path
                if let found = try? ReferenceData(folder: candidate) { return found }
                if url.path == "/" { break }
                url.deleteLastPathComponent()
            }
        }
        throw InputError(
            problem: "reference-data/ was found neither above the program nor above the current folder",
            mend: "run from the checkout, or set LGPS_REFERENCE_DATA to its reference-data folder")
    }

    /// The checkout (or the folder that stands for it).
    public var packageFolder: String { URL(fileURLWithPath: folder).deletingLastPathComponent().path }

    /// The package's models for a material: of the first level of theory that has it.
    ///
    /// - Throws: `InputError` when there are none.
    public func models(for material: Material) throws -> [String] {
        let file = "\(folder)/models/default.json"
        let rows = try JSONText.read(ModelCatalogue.self, from: file).levels
        guard let row = rows.first(where: { $0.materials.contains(material) }) else {
            throw InputError(
                file: file, problem: "there is no model of \(material.formula)", mend: "give one with --model")
        }
        return try ModelFiles.expand("\(folder)/models/\(row.models)")
    }

    /// The outcomes that the package carries.
    public var outcomes: OutcomeStore { OutcomeStore("\(folder)/outcomes") }
    /// States of long runs, from which they go on.
    public var states: StateStore { StateStore("\(folder)/states") }

    /// A file with its citation and rows.
    public struct Rows<Row: Codable & Sendable>: Codable, Sendable {
        public var citation: String
        public var rows: [Row]
    }

    public struct AccuracyRow: Codable, Sendable {
        public var material: String
        public var functional: String
        /// meV/atom.
        public var energy: Double
        public var energyError: Double
        /// meV/Å.
        public var force: Double
        public var forceError: Double
    }

    public struct SpeedRow: Codable, Sendable {
        public var device: String
        public var atoms: Int
        public var millisecondsPerStep: Double
    }

    public struct DiffusionRow: Codable, Sendable {
        public var material: String
        /// K.
        public var temperature: Double
        /// m²/s.
        public var diffusion: Double
        public var error: Double
    }

    public struct ExpansionRow: Codable, Sendable {
        public var material: String
        /// 1/K, of lengths.
        public var coefficient: Double
        public var error: Double?
    }

    public struct ConductivityRow: Codable, Sendable {
        public var composition: String
        /// Whose measurement it is.
        public var work: String
        /// mS/cm, at room temperature.
        public var conductivity: Double
        /// eV.
        public var activationEnergy: Double?
    }

    /// Table II.
    public func lattice() throws -> LatticeTable { try LatticeTable(contentsOf: "\(folder)/paper/table2-lattice.json") }
    /// Table V.
    public func accuracy() throws -> Rows<AccuracyRow> { try read("paper/table5-accuracy.json") }
    /// Fig. 6.
    public func speed() throws -> Rows<SpeedRow> { try read("paper/fig6-speed.json") }
    /// Fig. 13, the paper's models.
    public func paperDiffusion() throws -> Rows<DiffusionRow> { try read("paper/fig13-diffusion.json") }
    /// Fig. 13, NMR.
    public func measuredDiffusion() throws -> Rows<DiffusionRow> { try read("experiment/diffusion-nmr.json") }

    /// Room-temperature conductivities of crystals of this kind.
    public func measuredConductivity() throws -> Rows<ConductivityRow> { try read("experiment/conductivity.json") }
    /// Fig. 9, experiment.
    public func measuredExpansion() throws -> Rows<ExpansionRow> { try read("experiment/thermal-expansion.json") }
    /// Everything that the paper claims and this program is to check.
    ///
    /// - Throws: `InputError` naming the claim and the key at fault.
    public func claims() throws -> [Claim] {
        struct File: Decodable {
            var claims: [Claim]
        }
        let path = "\(folder)/paper/claims.json"
        let claims: [Claim]
        do {
            claims = try JSONText.read(File.self, from: path).claims
        } catch var error as InputError {
            error.file = error.file ?? path
            throw error
        }
        let values = try values()
        for claim in claims { try claim.check(references: values, file: path) }
        return claims
    }

    private func read<Row>(_ name: String) throws -> Rows<Row> {
        try JSONText.read(Rows<Row>.self, from: "\(folder)/\(name)")
    }
}
