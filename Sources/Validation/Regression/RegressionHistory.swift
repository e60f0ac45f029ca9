import Files
import Foundation
import Reporting

/// `reports/history.csv`: accuracy and speed by commit, one row for each number.
public struct RegressionHistory: Equatable, Sendable {
    public struct Row: Equatable, Sendable {
        /// Of the program; with `-modified` where files differed from it.
        public var commit: String
        /// `2026-11-27`.
        public var date: String
        public var processor: String
        public var id: String
        public var unit: String
        public var value: Double
    }

    /// In the order in which they were added.
    public private(set) var rows: [Row]

    public init() { rows = [] }

    private static let header = "commit,date,processor,id,unit,value"

    /// - Throws: `InputError` naming the line that is no row.
    public init(contentsOf path: String) throws {
        let lines = try InputFile.text(at: path).split(separator: "\n").map(String.init)
        guard lines.first == Self.header else {
            throw InputError(file: path, place: "line 1", problem: "the header is not '\(Self.header)'")
        }
        rows = try lines.enumerated().dropFirst().map { number, line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 6, let value = Double(fields[5]), value.isFinite else {
                throw InputError(
                    file: path, place: "line \(number + 1)", problem: "'\(line)' is no row",
                    mend: "write \(Self.header), the value a number")
            }
            return Row(
                commit: fields[0], date: fields[1], processor: fields[2], id: fields[3], unit: fields[4], value: value)
        }
    }

    /// Adds what a check has found; rows of the same commit and processor give way.
    public mutating func add(_ report: RegressionReport, commit: String, processor: String, date: Date = .now) {
        let day = date.formatted(.iso8601.year().month().day())
        // Commas would part fields.
        let processor = processor.replacing(",", with: "")
        let new = Self.numbers(report).map {
            Row(commit: commit, date: day, processor: processor, id: $0.id, unit: $0.unit, value: $0.value)
        }
        let ids = Set(new.map(\.id))
        rows.removeAll { $0.commit == commit && $0.processor == processor && ids.contains($0.id) }
        rows += new
    }

    /// - Throws: `InputError` when the file cannot be written.
    public func write(to path: String) throws {
        let lines = rows.map { row in
            [row.commit, row.date, row.processor, row.id, row.unit, NumberText.exact(row.value)].joined(separator: ",")
        }
        try AtomicFile.write(([Self.header] + lines).joined(separator: "\n") + "\n", to: path)
    }

    /// The errors of each ensemble, means over its models and their materials, and the ratios of speed.
    private static func numbers(_ report: RegressionReport) -> [(id: String, unit: String, value: Double)] {
        var sums: [String: (unit: String, values: [Double])] = [:]
        for movement in report.checks.flatMap(\.movements) {
            guard case .number(let value)? = movement.measured, value.isFinite else { continue }
            let parts = movement.id.split(separator: "/").map(String.init)
            let id: String
            if parts[0] == "accuracy", parts.count == 5 {
                id = "accuracy/\(parts[1])/\(parts[4])"
            } else if parts[0] == "speed" {
                id = movement.id
            } else {
                continue
            }
            sums[id, default: (movement.unit, [])].values.append(value)
        }
        return sums.sorted { $0.key < $1.key }.map { id, sum in
            (id, sum.unit, sum.values.reduce(0, +) / Double(sum.values.count))
        }
    }
}
