import Foundation

extension Table {
    /// An HTML table whose columns can be sorted, with its CSV inside of the page; a long one is folded away.
    var html: String {
        let rowsText = rows.map { row in
            "<tr>"
                + zip(columns, row).map { column, cell in
                    let attributes = cell.sortKey.map { " data-v=\"\($0)\"" } ?? ""
                    return
                        "<td class=\"\(cell.isNumeric ? "n" : "t")\"\(attributes)>\(HTMLText.inline(markdown: cell.markdown))</td>"
                }.joined() + "</tr>"
        }
        let heads = columns.indices.map { column in
            (text: columns[column].heading, isNumeric: rows.allSatisfy { $0[column].isNumeric })
        }
        let csv = Data(self.csv.utf8).base64EncodedString()
        let foot =
            [
                originsExplained ?? "",
                "<a download=\"\(HTMLText.escaped(name)).csv\" href=\"data:text/csv;base64,\(csv)\">CSV</a>",
            ]
            .filter { !$0.isEmpty }.joined(separator: " ")
        let table = HTMLTable.text(heads: heads, rows: rowsText, isCards: false) + "\n<p class=\"foot\">\(foot)</p>"
        let caption = HTMLText.inline(markdown: caption)
        return isLong
            ? "<details class=\"table\"><summary><strong>\(caption)</strong> (\(rows.count) rows)</summary>\n\(table)\n</details>"
            : "<div class=\"table\"><p class=\"caption\"><strong>\(caption)</strong></p>\n\(table)\n</div>"
    }
}

extension Table.Cell {
    /// What a column is sorted by; nil for text, which is sorted by itself.
    fileprivate var sortKey: String? {
        switch self {
        case .text: nil
        case .integer(let value): "\(value)"
        case .number(let value, _): value.isFinite ? NumberText.exact(value) : ""
        case .measured(let estimate, _): estimate.value.isFinite ? NumberText.exact(estimate.value) : ""
        case .empty: ""
        }
    }
}

/// The frame that all tables of a page share.
enum HTMLTable {
    /// - Parameters:
    ///   - rows: `<tr>` elements.
    ///   - isCards: whether a narrow screen shows each row as a card in the place of a line.
    static func text(heads: [(text: String, isNumeric: Bool)], rows: [String], isCards: Bool) -> String {
        let cells = heads.map {
            "<th scope=\"col\" class=\"\($0.isNumeric ? "n" : "t")\"><button type=\"button\">\(HTMLText.escaped($0.text))</button></th>"
        }
        return
            "<div class=\"scroll\"><table class=\"sortable\(isCards ? " cards" : "")\"><thead><tr>\(cells.joined())</tr></thead>\n<tbody>\n"
            + rows.joined(separator: "\n") + "\n</tbody></table></div>"
    }
}
