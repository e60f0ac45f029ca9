import Foundation
import Structures

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Reads VASP's vasprun.xml: the last ionic step.
public enum Vasprun {
    /// - Parameter atoms: how many forces there must be.
    /// - Throws: `LabelFailure` when the file is damaged, stops before its end or lacks something, or VASP did not
    ///   converge.
    public static func read(_ data: Data, atoms: Int) throws -> VASPOutput {
        let parser = XMLParser(data: data)
        let collector = Collector()
        parser.delegate = collector
        guard parser.parse() else {
            throw LabelFailure(.incompleteOutput, "the vasprun.xml stops or is damaged at line \(parser.lineNumber)")
        }
        func missing(_ what: String) -> LabelFailure {
            LabelFailure(.incompleteOutput, "the vasprun.xml has no \(what)")
        }
        let energy = try collector.energy.orThrow(missing("energy e_fr_energy"))
        let cell = try matrix(collector.arrays["basis"]).orThrow(missing("cell"))
        let forces = (collector.arrays["forces"] ?? []).compactMap(vector)
        guard forces.count == atoms else {
            throw LabelFailure(.incompleteOutput, "the vasprun.xml has \(forces.count) forces for \(atoms) atoms")
        }
        if let limit = collector.maximumSteps, collector.steps >= limit {
            throw LabelFailure(.notConverged, "the electronic steps ended at NELM = \(limit) without convergence")
        }
        let positions = (collector.arrays["positions"] ?? []).compactMap(vector)
        guard positions.count == atoms else {
            throw LabelFailure(.incompleteOutput, "the vasprun.xml has \(positions.count) positions for \(atoms) atoms")
        }
        let stress = collector.arrays["stress"]
        guard stress == nil || matrix(stress) != nil else {
            throw LabelFailure(.incompleteOutput, "the vasprun.xml's stress is no nine numbers")
        }
        let species = collector.atoms.compactMap { Species(symbol: $0) }
        return VASPOutput(
            energy: energy, forces: forces, positions: positions.map { $0 * cell },
            species: species.isEmpty ? nil : species, cell: cell,
            virial: matrix(stress).map { VASPOutput.virial(kilobars: $0, cell: cell) },
            selfConsistencySteps: collector.steps, version: "vasp.\(collector.version ?? "")")
    }

    private static func vector(_ row: [Double]) -> SIMD3<Double>? {
        row.count == 3 ? SIMD3(row[0], row[1], row[2]) : nil
    }

    private static func matrix(_ rows: [[Double]]?) -> Matrix3? {
        let rows = (rows ?? []).compactMap(vector)
        return rows.count == 3 ? Matrix3(rows[0], rows[1], rows[2]) : nil
    }

    /// Collects `varray`s by name, and the few scalars that are needed; later ones replace earlier ones.
    private final class Collector: NSObject, XMLParserDelegate {
        var arrays: [String: [[Double]]] = [:]
        var energy: Double?
        var steps = 0
        var maximumSteps: Int?
        var version: String?
        /// The elements, one per atom.
        var atoms: [String] = []
        private var isInAtoms = false
        private var isFirstColumn = false
        private var array: String?
        private var path: [String] = []
        private var name: String?
        private var text = ""

        func parser(
            _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String] = [:]
        ) {
            path.append(element)
            text = ""
            name = attributes["name"]
            switch element {
            case "calculation": steps = 0
            case "scstep": steps += 1
            case "array": isInAtoms = attributes["name"] == "atoms"
            case "rc": isFirstColumn = true
            case "varray":
                array = attributes["name"]
                if let array { arrays[array] = [] }
            default: break
            }
        }

        func parser(_ parser: XMLParser, foundCharacters characters: String) { text += characters }

        func parser(
            _ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?
        ) {
            path.removeLast()
            let value = text.trimmingCharacters(in: .whitespacesAndNewlines)
            switch (element, name) {
            case ("v", _):
                if let array { arrays[array]?.append(value.split(separator: " ").compactMap { Double($0) }) }
            case ("varray", _): array = nil
            case ("array", _): isInAtoms = false
            case ("c", _) where isInAtoms && isFirstColumn:
                atoms.append(value)
                isFirstColumn = false
            // The energies inside <scstep> belong to electronic steps.
            case ("i", "e_fr_energy") where path.last == "energy" && !path.contains("scstep"): energy = Double(value)
            case ("i", "NELM"): maximumSteps = Int(value)
            case ("i", "version"): version = value
            default: break
            }
        }
    }
}
