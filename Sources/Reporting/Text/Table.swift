import Statistics

/// A table of results: rendered as Markdown for reading and as CSV, at full precision, for programs.
public struct Table: Codable, Equatable, Sendable {
    /// A column's heading and its unit; "" when it has none.
    public struct Column: Codable, Equatable, Sendable {
        public var name: String
        public var unit: String

        public init(_ name: String, unit: String = "") {
            self.name = name
            self.unit = unit
        }

        var heading: String { unit.isEmpty ? name : "\(name) (\(unit))" }
    }

    /// One entry.
    public enum Cell: Codable, Equatable, Sendable {
        case text(String)
        case integer(Int)
        /// A number written with so many significant digits.
        case number(Double, digits: Int)
        case measured(Estimate)
        /// Nothing to say here: a dash in Markdown, empty in CSV.
        case empty

        var markdown: String {
            switch self {
            case .text(let text): text.replacing("|", with: "\\|")
            case .integer(let value): "\(value)"
            case .number(let value, let digits): NumberText.significant(value, digits: digits)
            case .measured(let measured): measured.text()
            case .empty: "–"
            }
        }

        var isNumeric: Bool {
            if case .text = self { false } else { true }
        }
    }

    /// A short file name: `table5`.
    public var name: String
    public var caption: String
    public var columns: [Column]
    public private(set) var rows: [[Cell]] = []

    public init(name: String, caption: String, columns: [Column]) {
        self.name = name
        self.caption = caption
        self.columns = columns
    }

    /// Adds a row of as many cells as there are columns.
    public mutating func append(_ row: [Cell]) {
        precondition(row.count == columns.count, "\(name): a row of \(row.count) cells in \(columns.count) columns")
        rows.append(row)
    }

    /// A Markdown table, numbers to the right, the caption above it.
    public var markdown: String {
        var lines = ["**\(caption)**", "", line(columns.map { Cell.text($0.heading).markdown })]
        lines.append(
            line(columns.indices.map { column in rows.allSatisfy { $0[column].isNumeric } ? "---:" : ":---" }))
        lines += rows.map { line($0.map(\.markdown)) }
        return lines.joined(separator: "\n") + "\n"
    }

    /// RFC 4180 text; a column of measured values is followed by one of their errors.
    public var csv: String {
        let withErrors = columns.indices.map { column in
            rows.contains { if case .measured = $0[column] { true } else { false } }
        }
        var lines: [[String]] = [[]]
        for (column, hasError) in zip(columns, withErrors) {
            lines[0].append(column.heading)
            if hasError { lines[0].append(Column("error of \(column.name)", unit: column.unit).heading) }
        }
        for row in rows {
            lines.append(zip(row, withErrors).flatMap { Self.fields($0, hasError: $1) })
        }
        return lines.map { $0.map(Self.quoted).joined(separator: ",") + "\r\n" }.joined()
    }

    private func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

    private static func fields(_ cell: Cell, hasError: Bool) -> [String] {
        let padding = hasError ? [""] : []
        switch cell {
        case .text(let text): return [text] + padding
        case .integer(let value): return ["\(value)"] + padding
        case .number(let value, _): return [NumberText.exact(value)] + padding
        case .measured(let estimate):
            let error = estimate.standardError
            return [NumberText.exact(estimate.value), error > 0 ? NumberText.exact(error) : ""]
        case .empty: return [""] + padding
        }
    }

    private static func quoted(_ field: String) -> String {
        guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
        return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }
}
