import Foundation
import Testing

@testable import Reporting

/// `summary.html` as a reader's browser shows it.
@Suite(
    .enabled(if: Chromium.program != nil, "\(Chromium.howToGet)"),
    .enabled(if: FigureTests.gnuplotIsThere, "needs gnuplot (Debian: gnuplot-nox)"))
struct BrowserTests {
    /// A page with every style of figure, tables short and long, and its figures' ids.
    static func page() async throws -> (html: String, figures: [String]) {
        let folder = try TemporaryFolder()
        _ = try await PageTests.section.write(to: folder.path)
        try await PageTests.page.write(to: folder.path)
        return (try folder.text("summary.html"), ["figure-all-styles", "figure-accuracy-all-styles"])
    }

    @Test(arguments: [(1280, false), (1280, true), (390, false)])
    func everyFigureIsDrawnAndNothingIsFetched(width: Int, isDark: Bool) async throws {
        let (html, figures) = try await Self.page()
        let sight = try await Chromium.sight(of: html, width: width, isDark: isDark)
        #expect(sight.problems(figures: figures).isEmpty, "\(sight.problems(figures: figures))")
        #expect(sight.isDark == isDark)
    }

    /// Pages that are wrong in one way each, and what is said of them.
    @Test(arguments: [
        // A figure without its drawing.
        (#"<svg [\s\S]*?</svg>"#, "", "is not drawn"),
        // Data that have no size.
        (#"<div class="plot">"#, #"<div class="plot" style="display:none">"#, "is not drawn"),
        // Axes alone.
        (#"gnuplot_plot"#, "other", "0 marks"),
        // Marks without a shape.
        ("href='#", "href='#no-", "nothing is called #no-"),
        // A figure that is not there at all.
        (#"<figure id="figure-accuracy[\s\S]*?</figure>"#, "", "figures ["),
        // Things from elsewhere, with the page's policy and without.
        (#"</main>"#, #"<img src="picture.png"></main>"#, "fetched: "),
        (
            #"<meta http-equiv[^>]*>"#, #"<link rel="stylesheet" href="https://example.invalid/style.css">"#,
            "fetched: https"
        ),
        (
            #"<meta http-equiv[^>]*>"#,
            "<script>setTimeout(()=>{new Image().src='https://example.invalid/late.png'},300)</script>", "fetched: "
        ),
        // A script that fails, and one that complains.
        (#"</main>"#, "<script>undefinedName.x</script></main>", "error: "),
        (#"</main>"#, "<script>console.error('lost')</script></main>", "lost"),
        // Tables that do not sort, and a page that a phone cannot show.
        (#"body\.append"#, "void ", "not sorted"),
        (#"</main>"#, "<div style=\"width:3000px\">wide</div></main>", "wider than its window"),
    ])
    func damageIsSeen(pattern: String, replacement: String, problem: String) async throws {
        let (html, figures) = try await Self.page()
        let range = try #require(html.range(of: pattern, options: .regularExpression))
        var damaged = html
        if pattern == "gnuplot_plot" {
            damaged = html.replacingOccurrences(of: pattern, with: replacement)
        } else {
            damaged.replaceSubrange(range, with: replacement)
        }
        let problems = try await Chromium.sight(of: damaged, width: 1280).problems(figures: figures)
        #expect(problems.contains { $0.contains(problem) }, "\(problems)")
    }

    /// The reports of this package, and the one that `LGPS_REPORT` names.
    @Test func reportsOpen() async throws {
        let reports = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../reports")
            .standardized
        var pages = try FileManager.default.contentsOfDirectory(atPath: reports.path())
            .map { reports.appending(path: "\($0)/summary.html") }
        if let other = ProcessInfo.processInfo.environment["LGPS_REPORT"] {
            pages.append(URL(filePath: other).appending(path: "summary.html"))
        }
        pages = pages.filter { FileManager.default.fileExists(atPath: $0.path()) }
        #expect(!pages.isEmpty)
        for page in pages {
            let html = try String(contentsOf: page, encoding: .utf8)
            #expect(html.utf8.count < 5_000_000, "\(page.path())")
            let figures = html.matches(of: #/<figure id="([^"]+)"/#).map { String($0.output.1) }
            #expect(!figures.isEmpty, "\(page.path())")
            for (width, isDark) in [(1280, true), (390, false)] {
                let problems = try await Chromium.sight(of: html, width: width, isDark: isDark).problems(
                    figures: figures)
                #expect(problems.isEmpty, "\(page.path()) at \(width) pixels: \(problems)")
            }
        }
    }
}
