import Files
import Foundation

/// A drawing of gnuplot as a part of an HTML page: ids that no other figure has, a size that follows the page's width, and
/// nothing that is not drawn.
struct InlineSVG {
    let text: String

    /// - Parameters:
    ///   - name: the figure's, which becomes a part of its ids.
    ///   - title: for readers who do not see it.
    /// - Throws: `InputError` when `svg` has no size.
    init(_ svg: String, name: String, title: String) throws {
        guard let start = svg.range(of: "<svg"), let head = svg.range(of: ">", range: start.upperBound..<svg.endIndex),
            let box = svg[start.upperBound..<head.lowerBound].firstMatch(of: #/viewBox="0 0 ([\d.]+) ([\d.]+)"/#),
            let width = Double(box.output.1), let height = Double(box.output.2), width > 0, height > 0
        else { throw InputError(place: name, problem: "the drawing is no SVG of known size", mend: "draw it again") }
        let own = HTMLText.escaped(name)
        var body = String(svg[head.upperBound...])
        // Foundation's, since drawings are large.
        for (old, new) in [
            ("id='", "id='\(own)-"), ("id=\"", "id=\"\(own)-"), ("href='#", "href='#\(own)-"),
            ("url(#", "url(#\(own)-"),
            ("<title>Gnuplot</title>", ""),
        ] {
            body = body.replacingOccurrences(of: old, with: new)
        }
        var lines: [Substring] = []
        for line in body.split(separator: "\n") {
            let line = line.drop { $0 == "\t" || $0 == " " }
            if line.isEmpty || line.hasPrefix("<desc>") { continue }
            // A group that holds nothing sets a pen that nothing is drawn with.
            if line == "</g>", let last = lines.last, last.hasPrefix("<g "), last.hasSuffix(">"), !last.contains("id=")
            {
                lines.removeLast()
            } else {
                lines.append(line)
            }
        }
        text =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" role=\"img\""
            + " aria-label=\"\(HTMLText.escaped(title))\" viewBox=\"0 0 \(box.output.1) \(box.output.2)\""
            + " style=\"max-width:\(Int(1.5 * width))px;min-width:\(Int(0.7 * width))px\">\n"
            + lines.joined(separator: "\n")
    }
}
