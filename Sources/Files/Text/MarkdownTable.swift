/// A table in Markdown: the one way in which all pages make them.
public struct MarkdownTable: Equatable, Sendable {
    public enum Alignment: String, Sendable {
        case left = ":---"
        case right = "---:"
        case centre = ":---:"
    }

    public struct Column: Equatable, Sendable {
        public var heading: String
        public var alignment: Alignment

        public init(_ heading: String, _ alignment: Alignment = .left) {
            self.heading = heading
            self.alignment = alignment
        }
    }

    public let columns: [Column]
    public private(set) var rows: [[String]] = []

    public init(_ columns: [Column]) { self.columns = columns }

    /// Adds a row of as many cells as there are columns.
    public mutating func append(_ cells: [String]) {
        precondition(cells.count == columns.count, "a row of \(cells.count) cells in \(columns.count) columns")
        rows.append(cells)
    }

    /// Lines of Markdown, the last without a newline. What would break a cell is escaped or becomes a blank.
    public var text: String {
        let lines =
            [columns.map { Self.escaped($0.heading) }, columns.map(\.alignment.rawValue)]
            + rows.map { $0.map(Self.escaped) }
        return lines.map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
    }

    private static func escaped(_ cell: String) -> String {
        String(cell.map { $0.isNewline ? " " : $0 }).replacing("|", with: "\\|")
    }
}
