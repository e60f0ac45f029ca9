import Foundation
import Structures

/// A `TestReport` in the words of `dp test` (deepmd/entrypoints/test.py).
public enum TestText {
    /// The lines of one report; virials only where there are labels.
    public static func lines(_ report: TestReport) -> [String] {
        var lines = ["# number of test data : \(report.frames)"]
        func add(_ name: String, _ suffix: String, _ statistics: ErrorStatistics, unit: String) {
            guard statistics.count > 0 else { return }
            let label = { (kind: String) in
                "\(name) \(kind)\(suffix)".padding(toLength: 19, withPad: " ", startingAt: 0)
            }
            lines.append("\(label("MAE")): \(String(format: "%e", statistics.mae)) \(unit)")
            lines.append("\(label("RMSE")): \(String(format: "%e", statistics.rmse)) \(unit)")
        }
        add("Energy", "", report.energy, unit: "eV")
        add("Energy", "/Natoms", report.energyPerAtom, unit: "eV")
        add("Force ", "", report.forces, unit: "eV/Å")
        for element in report.forcesByElement.keys.sorted() {
            add("Force ", " (\(element))", report.forcesByElement[element]!, unit: "eV/Å")
        }
        add("Virial", "", report.virial, unit: "eV")
        add("Virial", "/Natoms", report.virialPerAtom, unit: "eV")
        return lines
    }

    /// The same numbers for programs.
    public struct Summary: Codable, Equatable, Sendable {
        public struct Errors: Codable, Equatable, Sendable {
            public var mae: Double
            public var rmse: Double
        }

        /// A model file or a system's folder.
        public var name: String
        public var frames: Int
        /// eV; nil without labels, as the others.
        public var energy: Errors?
        /// eV.
        public var energyPerAtom: Errors?
        /// eV/Å.
        public var force: Errors?
        /// eV/Å.
        public var forceByElement: [String: Errors]
        /// eV.
        public var virial: Errors?
        /// eV.
        public var virialPerAtom: Errors?
        /// Atoms with more neighbours than `sel`, in words.
        public var overflow: [String]

        public init(name: String, _ report: TestReport, overflow: [NeighbourOverflow] = []) {
            func errors(_ statistics: ErrorStatistics) -> Errors? {
                statistics.count > 0 ? Errors(mae: statistics.mae, rmse: statistics.rmse) : nil
            }
            self.name = name
            self.overflow = overflow.map(\.description)
            frames = report.frames
            energy = errors(report.energy)
            energyPerAtom = errors(report.energyPerAtom)
            force = errors(report.forces)
            forceByElement = Dictionary(
                uniqueKeysWithValues: report.forcesByElement.compactMap { element, statistics in
                    errors(statistics).map { (element.symbol, $0) }
                })
            virial = errors(report.virial)
            virialPerAtom = errors(report.virialPerAtom)
        }
    }
}
