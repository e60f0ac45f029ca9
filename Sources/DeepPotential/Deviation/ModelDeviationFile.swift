import Files
import Foundation
import Structures

/// One row of `model_devi.out`.
public struct ModelDeviationRecord: Equatable, Sendable {
    public var step: Int
    /// Deviation of the virial per atom (eV): the largest and smallest of nine elements and their root mean square.
    public var largestVirial: Double
    public var smallestVirial: Double
    public var meanVirial: Double
    /// Deviation of the forces (eV/Å): the largest, smallest and mean over the atoms.
    public var largestForce: Double
    public var smallestForce: Double
    public var meanForce: Double
    /// Deviation of the energy per atom (eV), which only `dp model-devi` writes.
    public var energy: Double?

    public init(
        step: Int, largestVirial: Double, smallestVirial: Double, meanVirial: Double, largestForce: Double,
        smallestForce: Double, meanForce: Double, energy: Double? = nil
    ) {
        self.step = step
        self.largestVirial = largestVirial
        self.smallestVirial = smallestVirial
        self.meanVirial = meanVirial
        self.largestForce = largestForce
        self.smallestForce = smallestForce
        self.meanForce = meanForce
        self.energy = energy
    }

    public init(step: Int, _ deviation: ModelDeviation) {
        self.init(
            step: step, largestVirial: deviation.largestVirial, smallestVirial: deviation.smallestVirial,
            meanVirial: deviation.meanVirial, largestForce: deviation.largestForce,
            smallestForce: deviation.smallestForce, meanForce: deviation.meanForce, energy: deviation.energy)
    }
}

/// `model_devi.out` in the two layouts of DeePMD-kit.
public enum ModelDeviationFile {
    public enum Layout: Sendable {
        /// As LAMMPS writes it in dynamics (source/lmp/pair_deepmd.cpp): seven columns. DP-GEN reads this.
        case dynamics
        /// As `dp model-devi` writes it for a data set (deepmd/infer/model_devi.py): an eighth column, devi_e.
        case dataset(name: String)
    }

    private static let columns = ["max_devi_v", "min_devi_v", "avg_devi_v", "max_devi_f", "min_devi_f", "avg_devi_f"]

    /// The lines before the first record, each with its line feed.
    public static func header(_ layout: Layout) -> String {
        switch layout {
        case .dynamics:
            return "#" + pad("step", 11) + columns.map { pad($0, 19) }.joined() + "\n"
        case .dataset(let name):
            let titles = (columns + ["devi_e"]).map { $0.padding(toLength: 19, withPad: " ", startingAt: 0) }
            return "# \(name)\n# \("step".padding(toLength: 10, withPad: " ", startingAt: 0))\(titles.joined())\n"
        }
    }

    /// One record with its line feed. An energy that is missing where the layout wants it is written as zero.
    public static func line(_ record: ModelDeviationRecord, _ layout: Layout) -> String {
        var values = [
            record.largestVirial, record.smallestVirial, record.meanVirial, record.largestForce, record.smallestForce,
            record.meanForce,
        ]
        if case .dataset = layout { values.append(record.energy ?? 0) }
        return pad("\(record.step)", 12) + values.map { String(format: "%19.6e", $0) }.joined() + "\n"
    }

    /// Writes a whole file through a temporary name.
    public static func write(_ records: [ModelDeviationRecord], to path: String, layout: Layout) throws {
        try AtomicFile.write(header(layout) + records.map { line($0, layout) }.joined(), to: path)
    }

    /// Reads either layout. Columns beyond these (`atm_devi_f(N)`, one per atom) are skipped.
    ///
    /// - Throws: `InputError` naming the line that is short or holds something other than numbers.
    public static func read(_ path: String) throws -> [ModelDeviationRecord] {
        var records: [ModelDeviationRecord] = []
        var hasEnergy = false
        for (index, line) in try InputFile.text(at: path).split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let fields = line.split(separator: " ")
            guard let first = fields.first else { continue }
            if first.hasPrefix("#") {
                hasEnergy = hasEnergy || fields.contains("devi_e")
                continue
            }
            let needed = hasEnergy ? 8 : 7
            let values = fields.prefix(needed).dropFirst().compactMap { Double($0) }
            guard let step = Int(first), values.count == needed - 1 else {
                throw InputError(
                    file: path, place: "line \(index + 1)",
                    problem: "expected a step and \(needed - 1) numbers, found '\(line)'",
                    mend: "the file may be cut off; remove the line or run again")
            }
            records.append(
                ModelDeviationRecord(
                    step: step, largestVirial: values[0], smallestVirial: values[1], meanVirial: values[2],
                    largestForce: values[3], smallestForce: values[4], meanForce: values[5],
                    energy: hasEnergy ? values[6] : nil))
        }
        return records
    }

    /// Right-justified.
    private static func pad(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
