import Files
import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Headless Chromium, and what it sees of a page.
enum Chromium {
    static let program = ["chromium", "chromium-browser", "google-chrome"].lazy.flatMap { name in
        ["/usr/bin", "/usr/local/bin"].map { "\($0)/\(name)" }
    }.first { FileManager.default.isExecutableFile(atPath: $0) }

    static let howToGet = "needs Chromium (Debian: apt-get install chromium)"

    /// What a page shows and does once all of it is there.
    struct Sight: Decodable {
        struct Figure: Decodable {
            var id: String
            var width: Double
            var height: Double
            /// Lines, points and areas of data that have a size.
            var marks: Int
        }

        var figures: [Figure]
        /// Messages of the console, uncaught errors, and elements that could not be loaded.
        var errors: [String]
        /// Everything that was asked for beside the page itself, whether it came or not.
        var fetched: [String]
        /// Columns that pressing their heading did not bring in order.
        var unsorted: [String]
        /// Pixels by which the page is wider than its window.
        var overflow: Double
        var isDark: Bool

        /// What is wrong with a page that should show these figures; empty when nothing is.
        func problems(figures expected: [String]) -> [String] {
            var problems = errors.map { "error: \($0)" } + fetched.map { "fetched: \($0)" }
            problems += unsorted.map { "not sorted: \($0)" }
            if overflow > 0 { problems.append("the page is \(overflow) pixels wider than its window") }
            if figures.map(\.id) != expected { problems.append("figures \(figures.map(\.id)), not \(expected)") }
            for figure in figures where figure.width < 100 || figure.height < 100 || figure.marks == 0 {
                problems.append(
                    "\(figure.id) is not drawn: \(figure.width) by \(figure.height) pixels, \(figure.marks) marks")
            }
            return problems
        }
    }

    /// Opens a page in a window of so many pixels.
    ///
    /// A copy with a probe in it is shown in a frame, since windows cannot be as narrow as those of a phone; the probe tells
    /// the outer page, whose text Chromium prints.
    static func sight(of html: String, width: Int, isDark: Bool = false) async throws -> Sight {
        let folder = try TemporaryFolder()
        let page = html.replacingOccurrences(of: "<head>", with: "<head><script>\(probe)</script>")
        let outer = """
            <!doctype html><title>probe</title><body style="margin:0">
            <iframe src="page.html" style="border:0;width:\(width)px;height:900px"></iframe>
            <script>addEventListener("message",event=>{const text=document.createElement("script");
            text.type="application/json";text.id="sight";text.textContent=event.data;document.body.append(text)})</script>
            """
        try AtomicFile.write(page, to: folder.path + "/page.html")
        try AtomicFile.write(outer, to: folder.path + "/outer.html")
        var arguments = [
            "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
            "--user-data-dir=\(folder.path)/profile", "--window-size=1400,1000", "--enable-logging=stderr",
            // Counts only while the page has something to do, so a busy machine does not cut it short.
            "--virtual-time-budget=10000", "--dump-dom",
        ]
        if isDark { arguments.append("--blink-settings=preferredColorScheme=0") }
        if getuid() == 0 { arguments.append("--no-sandbox") }
        let result = try await run(
            .path(FilePath(program!)), arguments: Arguments(arguments + ["file://\(folder.path)/outer.html"]),
            output: .string(limit: 1 << 26), error: .string(limit: 1 << 24))
        let text = result.standardOutput
        guard let start = text.range(of: "id=\"sight\">"),
            let end = text.range(of: "</script>", range: start.upperBound..<text.endIndex)
        else {
            throw InputError(
                problem: "Chromium showed no page: \(result.standardError.suffix(2000))", mend: "look at it by hand")
        }
        var sight = try JSONDecoder().decode(Sight.self, from: Data(text[start.upperBound..<end.lowerBound].utf8))
        sight.errors += result.standardError.split(separator: "\n").filter { $0.contains(":CONSOLE") }.map(String.init)
        return sight
    }

    /// Listens from the start of the page, opens what is folded, presses every heading of a table, and tells.
    private static let probe = #"""
        (()=>{const errors=[],fetched=[],unsorted=[];
        addEventListener("error",event=>errors.push(event.message||"cannot load "+(event.target.src||event.target.href)),true);
        addEventListener("unhandledrejection",event=>errors.push(String(event.reason)));
        addEventListener("securitypolicyviolation",event=>fetched.push(event.blockedURI));
        addEventListener("load",()=>setTimeout(()=>{
        document.querySelectorAll("details").forEach(details=>details.open=true);
        const figures=[...document.querySelectorAll("figure")].map(figure=>{
        const svg=figure.querySelector("svg"),box=svg?svg.getBoundingClientRect():{width:0,height:0};
        const parts=svg?[...svg.querySelectorAll('g[id*="gnuplot_plot"] :is(path,use,polygon,polyline,rect,circle)')]:[];
        const marks=parts.filter(part=>{const size=part.getBoundingClientRect();return size.width+size.height>0.1});
        return {id:figure.id,width:box.width,height:box.height,marks:marks.length}});
        for(const use of document.querySelectorAll("use")){const name=use.getAttribute("xlink:href")??use.getAttribute("href");
        if(!document.getElementById(name.slice(1)))errors.push("nothing is called "+name)}
        for(const table of document.querySelectorAll("table.sortable"))
        [...table.tHead.rows[0].cells].forEach((head,column)=>{head.querySelector("button").click();
        const values=[...table.tBodies[0].rows].map(row=>row.cells[column].dataset.v).filter(v=>v!==undefined&&v!=="").map(Number);
        if(head.getAttribute("aria-sort")!=="ascending"||values.some((v,i)=>i>0&&v<values[i-1]))unsorted.push(head.textContent)});
        const root=document.documentElement;
        fetched.push(...performance.getEntriesByType("resource").map(entry=>entry.name));
        parent.postMessage(JSON.stringify({figures,errors,fetched,unsorted,
        overflow:Math.max(0,root.scrollWidth-root.clientWidth),
        isDark:matchMedia("(prefers-color-scheme:dark)").matches&&getComputedStyle(document.body).backgroundColor==="rgb(20, 20, 20)"}),"*");
        },1000))})();
        """#
}
