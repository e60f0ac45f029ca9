import Files
import Foundation
import Testing

@testable import Reporting

/// `summary.html` as text; `BrowserTests` opens it.
@Suite struct HTMLTests {
    @Test func markdownBecomesHTML() {
        #expect(
            HTMLText.blocks(markdown: "A *b* **c** `<*d*>`\nand [e](f.md).\n\n- one & two\n- `x`")
                == "<p>A <em>b</em> <strong>c</strong> <code>&lt;*d*&gt;</code>\nand <a href=\"f.md\">e</a>.</p>\n"
                + "<ul><li>one &amp; two</li><li><code>x</code></li></ul>")
        #expect(HTMLText.inline(markdown: "an odd ` stays, 2 * 3 too") == "an odd ` stays, 2 * 3 too")
        #expect(HTMLText.inline(markdown: "\"<script>\"") == "&quot;&lt;script&gt;&quot;")
        #expect(HTMLText.blocks(markdown: "") == "")
    }

    static let svg = """
        <?xml version="1.0"?>
        <svg
         width="460" height="370"
         viewBox="0 0 460 370"
        >
        <title>Gnuplot</title>
        <desc>Produced by gnuplot</desc>
        <g id="gnuplot_canvas">
        \t<circle id='gpDot' r='0.5'/>
        <g fill="none" color="#FFFFFF">
        </g>
        <use xlink:href='#gpDot' fill="url(#pattern)"/>
        </g>
        </svg>
        """

    @Test func drawingsGetIdsOfTheirOwn() throws {
        let text = try InlineSVG(Self.svg, name: "speed-fig06", title: "A \"b\"").text
        #expect(text.hasPrefix("<svg ") && text.hasSuffix("</svg>") && text.contains("viewBox=\"0 0 460 370\""))
        #expect(text.contains("id=\"speed-fig06-gnuplot_canvas\"") && text.contains("href='#speed-fig06-gpDot'"))
        #expect(text.contains("url(#speed-fig06-pattern)") && text.contains("aria-label=\"A &quot;b&quot;\""))
        #expect(!text.contains("#FFFFFF") && !text.contains("<desc>") && !text.contains("Gnuplot"))
        let error = #expect(throws: InputError.self) { try InlineSVG("<svg></svg>", name: "f", title: "") }
        #expect(error?.place == "f")
    }

    @Test func tablesSortByValueAndHoldTheirCSV() throws {
        let html = TableTests.table.html
        #expect(html.contains("<td class=\"n\" data-v=\"82.41\">82.4 ± 0.9</td>"))
        #expect(html.contains("<td class=\"t\">a|b</td>") && html.contains("<td class=\"n\" data-v=\"\">–</td>"))
        let csv = try #require(html.firstMatch(of: #/data:text\/csv;base64,([^"]+)"/#)?.output.1)
        #expect(Data(base64Encoded: String(csv)) == Data(TableTests.table.csv.utf8))
    }

    @Test func longTablesAreFolded() {
        var table = Table(name: "t", caption: "Many", columns: [.init("n")])
        for row in 0..<30 { table.append([.integer(row)]) }
        #expect(table.html.hasPrefix("<details") && table.html.contains("(30 rows)"))
        #expect(table.markdown.hasPrefix("<details>\n<summary><b>Many</b> (30 rows)</summary>\n\n| n |"))
    }

    @Test(.enabled(if: FigureTests.gnuplotIsThere, "needs gnuplot (Debian: gnuplot-nox)"))
    func pageIsWholeAndNeedsNothing() async throws {
        let folder = try TemporaryFolder()
        _ = try await PageTests.section.write(to: folder.path)
        try await PageTests.page.write(to: folder.path)
        let html = try folder.text("summary.html")
        for expected in [
            "<h1>Report &lt;1&gt;</h1>", "<a href=\"#section-accuracy\">Accuracy</a>", "Not reproduced (1)",
            "<code>speed/*/x</code>", "<figure id=\"figure-accuracy-all-styles\">", "Interim model.",
        ] {
            #expect(html.contains(expected), "\(expected)")
        }
        // Verdicts come first.
        let places = ["id=\"verdicts\"", "id=\"section-accuracy\"", "id=\"provenance\""].map {
            html.range(of: $0)?.lowerBound
        }
        #expect(!places.contains(nil) && places.compactMap(\.self) == places.compactMap(\.self).sorted())
        let ids = html.matches(of: #/\sid=["']([^"']+)["']/#).map { String($0.output.1) }
        #expect(Set(ids).count == ids.count, "no id is given twice")
        for link in html.matches(of: #/(?:xlink:)?href=["']#([^"']+)["']/#) {
            #expect(ids.contains(String(link.output.1)), "#\(link.output.1) leads somewhere")
        }
        // Nothing that a browser fetches by itself.
        for pattern in [#"\ssrc\s*="#, "<link", "@import", #"url\((?!#)"#, "<iframe", "<object", "<embed"] {
            #expect(html.range(of: pattern, options: .regularExpression) == nil, "\(pattern)")
        }
    }

    @Test func pageWithoutDrawingsSaysSo() async throws {
        let folder = try TemporaryFolder()
        var page = PageTests.page
        page.figureMessage = "no gnuplot"
        try await page.write(to: folder.path)
        let html = try folder.text("summary.html")
        #expect(html.contains("Figure all-styles not drawn: no gnuplot") && !html.contains("<svg"))
        // A drawing that should be there and is not is told, not left out.
        #expect(throws: InputError.self) { try PageTests.page.html(drawings: folder.path) }
    }
}
