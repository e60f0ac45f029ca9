import Files
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
        /// With where it was computed, which a mark behind it tells and, in CSV, a column of its own.
        case measured(Estimate, origin: Origin? = nil)
        /// Nothing to say here: a dash in Markdown, empty in CSV.
        case empty

        var markdown: String {
            switch self {
            case .text(let text): text
            case .integer(let value): "\(value)"
            case .number(let value, let digits): NumberText.significant(value, digits: digits)
            case .measured(let measured, let origin): measured.text() + (origin.map { " \($0.mark)" } ?? "")
            case .empty: "–"
            }
        }

        var isNumeric: Bool {
            if case .text = self { false } else { true }
        }

        var origin: Origin? {
            if case .measured(_, let origin) = self { origin } else { nil }
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

    /// Whether pages fold it away.
    var isLong: Bool { rows.count > 20 }

    /// A Markdown table, numbers to the right, the caption above it and the meaning of the marks below.
    public var markdown: String {
        var table = MarkdownTable(
            columns.indices.map { column in
                .init(columns[column].heading, rows.allSatisfy { $0[column].isNumeric } ? .right : .left)
            })
        for row in rows { table.append(row.map(\.markdown)) }
        let body = [table.text, originsExplained].compactMap(\.self).joined(separator: "\n\n")
        let text =
            isLong ? MarkdownText.folded("<b>\(caption)</b> (\(rows.count) rows)", body) : "**\(caption)**\n\n\(body)"
        return text + "\n"
    }

    /// What the marks behind numbers mean; nil where there are none.
    var originsExplained: String? {
        let origins = Set(rows.joined().compactMap(\.origin))
        let marks = Origin.allCases.filter(origins.contains).map { "\($0.mark) \($0.meaning)" }
        return marks.isEmpty ? nil : marks.joined(separator: ", ") + "."
    }

    /// RFC 4180 text; a column of measured values is followed by one of their errors, and by one of their origins where
    /// these are known.
    public var csv: String {
        let extras = columns.indices.map { column in
            Extras(
                error: rows.contains { if case .measured = $0[column] { true } else { false } },
                origin: rows.contains { $0[column].origin != nil })
        }
        var lines: [[String]] = [[]]
        for (column, extra) in zip(columns, extras) {
            lines[0].append(column.heading)
            if extra.error { lines[0].append(Column("error of \(column.name)", unit: column.unit).heading) }
            if extra.origin { lines[0].append("origin of \(column.name)") }
        }
        for row in rows { lines.append(zip(row, extras).flatMap(Self.fields)) }
        return lines.map { $0.map(Self.quoted).joined(separator: ",") + "\r\n" }.joined()
    }

    /// Which columns follow one of the table in CSV.
    private struct Extras {
        var error: Bool
        var origin: Bool
    }

    private static func fields(_ cell: Cell, _ extras: Extras) -> [String] {
        var error = ""
        let value: String
        switch cell {
        case .text(let text): value = text
        case .integer(let number): value = "\(number)"
        case .number(let number, _): value = NumberText.exact(number)
        case .measured(let estimate, _):
            value = NumberText.exact(estimate.value)
            if estimate.standardError > 0 { error = NumberText.exact(estimate.standardError) }
        case .empty: value = ""
        }
        return [value] + (extras.error ? [error] : []) + (extras.origin ? [cell.origin?.rawValue ?? ""] : [])
    }

    private static func quoted(_ field: String) -> String {
        guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
        return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }
}
