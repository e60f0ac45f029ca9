import Foundation

/// A figure as gnuplot's input: a script that draws SVG and PNG, and the data file that it reads.
///
/// Both stay beside the drawings, so that a reader can change the look or reuse the numbers. Where everything lies is
/// decided here (`FigureLayout`), so that it does not depend on what gnuplot knows of fonts.
public struct GnuplotScript: Equatable, Sendable {
    public let script: String
    public let data: String

    /// Pixels per point in the PNG: 180 dpi.
    private static let pixels = 2.5

    public init(_ figure: Figure) {
        let layout = FigureLayout(figure)
        var script = ["# \(figure.name): run `gnuplot \(figure.name).gp` in this folder to draw it again."]
        script += Self.style
        var data: [String] = []
        var panels: [[String]] = []
        var block = 0
        for cell in layout.cells {
            var plots = GnuplotPlots(cell)
            for series in cell.panel.series where !series.points.isEmpty {
                data += Self.block(series, panel: cell.panel)
                plots.add(series, source: "'\(figure.name).dat' index \(block)")
                block += 1
            }
            panels.append(Self.draw(cell, plots: plots.all, in: layout))
        }
        let (width, height) = (Int(layout.width.rounded()), Int(layout.height.rounded()))
        script += [
            "do for [kind in 'svg png'] {",
            "if (kind eq 'svg') {",
            "  set terminal svg size \(width),\(height) font 'Arial,12' background rgb 'white' dashlength 0.8",
            "} else {",
            "  set terminal pngcairo size \(Int(Double(width) * Self.pixels)),\(Int(Double(height) * Self.pixels))"
                + " font 'Arial,12' fontscale \(0.82 * Self.pixels) linewidth \(Self.pixels) pointscale \(1.3 * Self.pixels)"
                + " dashlength 0.8",
            "}",
            "set output '\(figure.name).'.kind",
        ]
        if panels.count > 1 { script.append("set multiplot") }
        script += panels.joined()
        if panels.count > 1 { script.append("unset multiplot") }
        script += ["unset output", "}"]
        self.script = script.joined(separator: "\n") + "\n"
        self.data = data.joined(separator: "\n") + "\n"
    }

    /// The look that all figures share.
    private static let style = [
        "set encoding utf8",
        "set border linewidth 0.8 linecolor rgb '#333333'",
        "set tics scale 0.7,0.35 textcolor rgb '#1a1a1a'",
        "set key off",
        "set grid xtics ytics linetype 1 linewidth 0.4 linecolor rgb '#e6e6e6'",
        // A box of size zero means the default one, which gnuplot draws white over error bars.
        "set errorbars 0.6", "set pointintervalbox 0.001",
        "set style fill solid 0.18 noborder",
        "set palette defined (0 '#9ecae1', 0.35 '#4f9bcb', 0.7 '#0b5394', 1 '#08213f')",
        "unset colorbox",
    ]

    // MARK: - One panel

    private static func draw(_ cell: FigureLayout.Cell, plots: [String], in layout: FigureLayout) -> [String] {
        let (panel, area) = (cell.panel, cell.area)
        func across(_ x: Double) -> String { number(rounded(x / layout.width)) }
        func up(_ y: Double) -> String { number(rounded(y / layout.height)) }
        var lines = ["unset label", "unset arrow", "unset object"]
        lines += [
            "set lmargin at screen \(across(area.x))", "set rmargin at screen \(across(area.right))",
            "set bmargin at screen \(up(area.y))", "set tmargin at screen \(up(area.top))",
        ]
        lines += axis("x", cell.x) + axis("y", cell.y)
        lines.append("set xlabel '\(escaped(panel.x.label))' offset 0,0.2")
        if !panel.y.label.isEmpty {
            lines.append(
                "set label '\(escaped(panel.y.label))' at screen \(across(cell.yLabel)),\(up(area.y + 0.5 * area.height))"
                    + " center rotate by 90")
        }
        if panel.top.isEmpty {
            lines.append("set xtics mirror")
        } else {
            lines += [
                "set xtics nomirror", "set link x2", "set x2tics (\(ticks(topMarks(cell)))) font ',11'",
                "set x2label '\(escaped(panel.topLabel))' offset 0,-0.4",
            ]
        }
        if !panel.tag.isEmpty {
            lines.append(
                "set label '{/:Bold \(escaped(panel.tag))}' at screen \(across(area.x)),\(up(area.top)) right"
                    + " offset -1.2,0.9")
        }
        for note in panel.notes {
            lines.append(
                "set label '\(escaped(note.text))' at graph \(number(note.x)),\(number(note.y)) \(note.side.rawValue)"
                    + " textcolor rgb '#1a1a1a'")
        }
        if let legend = cell.legend { lines += explain(legend, across: across, up: up) }
        // An empty panel is still drawn, so that the page keeps its layout.
        lines.append("plot " + (plots.isEmpty ? ["NaN"] : plots).joined(separator: ", \\\n     "))
        if !panel.top.isEmpty { lines += ["unset x2tics", "unset x2label", "unset link x2"] }
        return lines
    }

    private static func axis(_ name: String, _ axis: DrawnAxis) -> [String] {
        let minor = axis.minorMarks.map { "'' \(number($0)) 1" }
        let major = axis.marks.isEmpty ? [] : [ticks(axis.marks)]
        return [
            axis.scale == .logarithmic ? "set logscale \(name) 10" : "unset logscale \(name)",
            "set \(name)range [\(number(axis.range.lowerBound)):\(number(axis.range.upperBound))]",
            "set \(name)tics (\((major + minor).joined(separator: ", ")))",
        ]
    }

    /// Those of the upper axis, without the labels that would meet their neighbours.
    private static func topMarks(_ cell: FigureLayout.Cell) -> [Panel.Tick] {
        var end = -Double.infinity
        return cell.panel.top.sorted { cell.x.fraction($0.position) < cell.x.fraction($1.position) }.map { mark in
            let half = 0.5 * TextWidth.of(mark.label, size: 11)
            let middle = cell.area.width * cell.x.fraction(mark.position)
            guard middle - half >= end + 4 else { return Panel.Tick("", at: mark.position) }
            end = middle + half
            return mark
        }
    }

    private static func ticks(_ ticks: [Panel.Tick]) -> String {
        ticks.map { "'\(escaped($0.label))' \(number($0.position))" }.joined(separator: ", ")
    }

    // MARK: - Legend

    private static func explain(
        _ legend: FigureLegend, across: (Double) -> String, up: (Double) -> String
    ) -> [String] {
        legend.entries.enumerated().flatMap { index, series -> [String] in
            let place = legend.place(index)
            let (left, middle, right) = (place.x, up(place.y), place.x + FigureLegend.symbolWidth - 6)
            var lines: [String] = []
            if let look = GnuplotPlots.lineLook(series) {
                lines.append(
                    "set arrow from screen \(across(left)),\(middle) to screen \(across(right)),\(middle) nohead"
                        + " \(look) front")
            }
            if series.style == .band {
                lines.append(
                    "set object rectangle from screen \(across(left)),\(up(place.y - 5)) to screen"
                        + " \(across(right)),\(up(place.y + 5)) fillcolor rgb '\(series.colour.hex)'"
                        + " fillstyle solid 0.18 noborder front")
            }
            if let look = GnuplotPlots.pointLook(series) {
                lines.append(
                    "set label '' at screen \(across(0.5 * (left + right))),\(middle) point \(look) front")
            }
            lines.append(
                "set label '\(escaped(series.title))' at screen \(across(place.x + FigureLegend.symbolWidth)),\(middle)"
                    + " left font ',\(Int(FigureLegend.fontSize))' textcolor rgb '#1a1a1a' front")
            return lines
        }
    }

    // MARK: - Data

    /// A block of the data file: x, y, their errors and the weight; `NaN` where there is none.
    private static func block(_ series: Series, panel: Panel) -> [String] {
        let heading = "# \([panel.tag, series.title].filter { !$0.isEmpty }.joined(separator: " "))"
        return [
            heading.replacing("\n", with: " "),
            "# x = \(panel.x.label); y = \(panel.y.label); x error; y error; weight".replacing("\n", with: " "),
        ]
            + series.points.map { point in
                [point.x, point.y, point.xError ?? .nan, point.yError ?? .nan, point.weight ?? .nan].map(number)
                    .joined(separator: " ")
            } + ["", ""]
    }

    static func number(_ value: Double) -> String { value.isFinite ? "\(value)" : "NaN" }

    /// Places on paper to a millionth of it.
    private static func rounded(_ share: Double) -> Double { (share * 1e6).rounded() / 1e6 }

    /// `text` such that gnuplot's enhanced mode prints it as it stands, inside single quotes.
    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            if "_^{}@&~\\".contains(character) { result.append("\\") }
            if character == "'" { result.append("'") }
            result.append(character)
        }
        return result.replacing("\n", with: " ")
    }
}
