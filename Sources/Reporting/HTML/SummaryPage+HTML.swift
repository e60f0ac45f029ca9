import Files
import Foundation

extension SummaryPage {
    /// The whole report as one HTML file: nothing is fetched, figures are inside of it.
    ///
    /// - Parameter drawings: the folder that the figures were drawn in (`NAME.svg`, `SECTION/NAME.svg`).
    /// - Throws: `InputError` when a drawing is missing or no SVG.
    public func html(drawings: String) throws -> String {
        var parts = [
            "<header><h1>\(HTMLText.escaped(title))</h1>\n<p>\(HTMLText.inline(markdown: head))</p></header>", contents,
            "<main>", "<section id=\"verdicts\"><h2>\(Self.verdictsTitle)</h2>",
        ]
        parts += groups.map(Self.html)
        if let forest { parts.append(try html(forest, folder: "", drawings: drawings)) }
        if let figureMessage {
            parts.append("<p><strong>No figures:</strong> \(HTMLText.inline(markdown: figureMessage)).</p>")
        }
        parts.append("</section>")
        parts += try sections.map { try html($0, drawings: drawings) }
        parts.append("<section id=\"provenance\"><h2>\(Self.provenanceTitle)</h2>")
        parts.append(HTMLText.blocks(markdown: provenance))
        if let inputs {
            parts.append(
                "<details><summary>\(HTMLText.escaped(inputs.title))</summary>\(HTMLText.blocks(markdown: inputs.list))</details>"
            )
        }
        parts += ["</section>", "</main>"]
        return """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(PageStyle.policy)">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <title>\(HTMLText.escaped(title))</title>
            <style>\(PageStyle.css)</style></head>
            <body><div class="page">
            \(parts.joined(separator: "\n"))
            </div>
            <script>\(PageStyle.script)</script>
            </body></html>

            """
    }

    private var contents: String {
        let links =
            [("verdicts", Self.verdictsTitle)] + sections.map { ("section-\($0.name)", $0.title) }
            + [("provenance", Self.provenanceTitle)]
        let items = links.map { "<li><a href=\"#\(HTMLText.escaped($0))\">\(HTMLText.escaped($1))</a></li>" }
        return "<nav aria-label=\"Contents\"><ul>\(items.joined())</ul></nav>"
    }

    private static func html(_ group: VerdictGroup) -> String {
        let (headings, rows) = group.table
        let body = rows.map { row in
            "<tr>"
                + zip(headings, row).enumerated().map { column, cell in
                    let label = column < 2 ? "" : " data-l=\"\(HTMLText.escaped(cell.0))\""
                    return "<td class=\"t\"\(label)>\(HTMLText.inline(markdown: cell.1))</td>"
                }.joined() + "</tr>"
        }
        let tone = ["✔": "good", "✘": "bad", "?": "open"][group.sign] ?? "rest"
        return
            "<h3 class=\"\(tone)\"><span class=\"sign\">\(HTMLText.escaped(group.sign))</span> \(HTMLText.escaped(group.title))</h3>\n"
            + HTMLTable.text(heads: headings.map { ($0, false) }, rows: body, isCards: true)
    }

    private func html(_ section: Section, drawings: String) throws -> String {
        var parts = [
            "<section id=\"section-\(HTMLText.escaped(section.name))\"><h2>\(HTMLText.escaped(section.title))</h2>",
            HTMLText.blocks(markdown: section.introduction),
        ]
        parts += section.tables.map(\.html)
        parts += try section.figures.map { try html($0, folder: "\(section.name)/", drawings: drawings) }
        parts.append(HTMLText.blocks(markdown: section.remarks.map { "- \($0)" }.joined(separator: "\n")))
        return parts.filter { !$0.isEmpty }.joined(separator: "\n") + "\n</section>"
    }

    private func html(_ figure: Figure, folder: String, drawings: String) throws -> String {
        let path = folder + figure.name
        guard figure.hasPoints else {
            return "<p>Figure \(HTMLText.escaped(figure.name)): there is nothing to show.</p>"
        }
        let caption = HTMLText.inline(markdown: figure.caption)
        let files = figureMessage == nil ? ["svg", "png", "gp", "dat"] : ["gp", "dat"]
        let links = files.map { "<a href=\"\(HTMLText.escaped("\(path).\($0)"))\">\($0)</a>" }.joined(separator: ", ")
        let drawing: String
        if let figureMessage {
            drawing =
                "<p>Figure \(HTMLText.escaped(figure.name)) not drawn: \(HTMLText.inline(markdown: figureMessage)).</p>"
        } else {
            let svg = try InputFile.text(at: "\(drawings)/\(path).svg")
            drawing =
                "<div class=\"plot\">\(try InlineSVG(svg, name: path.replacing("/", with: "-"), title: figure.caption).text)</div>"
        }
        return
            "<figure id=\"figure-\(HTMLText.escaped(path.replacing("/", with: "-")))\">\(drawing)\n<figcaption>\(caption) (\(links))</figcaption></figure>"
    }
}
