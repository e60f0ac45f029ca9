import Files
import Foundation
import Structures

/// One experiment's page: text, tables and figures, written into a folder of its own.
public struct Section: Codable, Equatable, Sendable {
    /// The folder's name: `accuracy`.
    public var name: String
    public var title: String
    /// What was computed and how, in Markdown.
    public var introduction: String
    public var tables: [Table]
    public var figures: [Figure]
    /// What a reader must know before using the numbers.
    public var remarks: [String]
    /// For the manifest.
    public var details: [String: String]

    public init(
        name: String, title: String, introduction: String, tables: [Table] = [], figures: [Figure] = [],
        remarks: [String] = [], details: [String: String] = [:]
    ) {
        self.name = name
        self.title = title
        self.introduction = introduction
        self.tables = tables
        self.figures = figures
        self.remarks = remarks
        self.details = details
    }

    /// Writes `output/NAME/`: report.md, a CSV for each table, and script, data, SVG and PNG for each figure.
    ///
    /// - Returns: a message when figures could not be drawn, else nil.
    public func write(to output: String, gnuplot: String = "gnuplot") async throws -> String? {
        let folder = "\(output)/\(name)"
        try Folder.prepare(folder)
        TemporaryName.removeLeftovers(in: folder)
        for table in tables { try AtomicFile.write(table.csv, to: "\(folder)/\(table.name).csv") }
        var message: String?
        if case .missing(let reason) = try await Gnuplot.draw(figures.filter(\.hasPoints), in: folder, program: gnuplot)
        {
            message = reason
        }
        let page = markdown(heading: 1, figureFolder: "", figureMessage: message)
        try AtomicFile.write(page, to: "\(folder)/report.md")
        return message
    }

    /// The section as Markdown under a heading of the given level; figures are linked relative to `figureFolder`.
    public func markdown(heading: Int, figureFolder: String, figureMessage: String? = nil) -> String {
        var parts = ["\(String(repeating: "#", count: heading)) \(title)", introduction]
        for table in tables {
            parts.append(table.markdown.trimmingCharacters(in: .newlines))
            parts.append("([\(table.name).csv](\(figureFolder)\(table.name).csv))")
        }
        for figure in figures {
            let path = figureFolder + figure.name
            guard figure.hasPoints else {
                parts.append("*Figure \(figure.name): there is nothing to show.*")
                continue
            }
            if let figureMessage {
                parts.append("*Figure \(figure.name) not drawn: \(figureMessage).*")
            } else {
                parts.append("![\(figure.name)](\(path).png)")
            }
            parts.append(
                "*\(figure.caption)* ([svg](\(path).svg), [script](\(path).gp), [data](\(path).dat))")
        }
        if !remarks.isEmpty { parts.append(remarks.map { "- \($0)" }.joined(separator: "\n")) }
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }
}
