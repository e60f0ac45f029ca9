import Foundation

/// A figure as gnuplot's input: a script that draws SVG and PNG, and the data file that it reads.
///
/// Both stay beside the drawings, so that a reader can change the look or reuse the numbers.
public struct GnuplotScript: Equatable, Sendable {
    public let script: String
    public let data: String

    /// Pixels per point in the PNG: 180 dpi.
    private static let pixels = 2.5

    public init(_ figure: Figure) {
        var script = ["# \(figure.name): run `gnuplot \(figure.name).gp` in this folder to draw it again."]
        script += Self.style
        var data: [String] = []
        var panels: [[String]] = []
        var block = 0
        for panel in figure.panels {
            var plots: [String] = []
            for series in panel.series where !series.points.isEmpty {
                data += Self.block(series, panel: panel)
                plots += Self.plots(series, file: "\(figure.name).dat", index: block)
                block += 1
            }
            panels.append(Self.draw(panel, plots: plots))
        }
        let rows = (figure.panels.count + figure.columns - 1) / figure.columns
        let (width, height) = (figure.panelSize.width * figure.columns, figure.panelSize.height * rows)
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
        if figure.panels.count > 1 {
            // Fixed margins, so that all panels are of one size whatever their tick labels are.
            script += [
                "set multiplot layout \(rows),\(figure.columns)", "set lmargin 8.5", "set rmargin 1.5",
                "set tmargin 1.8",
                "set bmargin 3.2",
            ]
        }
        script += panels.joined()
        if figure.panels.count > 1 { script.append("unset multiplot") }
        script += ["unset output", "}"]
        self.script = script.joined(separator: "\n") + "\n"
        self.data = data.joined(separator: "\n") + "\n"
    }

    /// The look that all figures share.
    private static let style = [
        "set encoding utf8",
        "set border linewidth 0.8 linecolor rgb '#333333'",
        "set tics scale 0.7,0.35 textcolor rgb '#1a1a1a'",
        "set key samplen 1.4 spacing 1.2 font ',11' textcolor rgb '#1a1a1a' noautotitle",
        "set grid xtics ytics linetype 1 linewidth 0.4 linecolor rgb '#e6e6e6'",
        "set errorbars 0.6", "set pointintervalbox 0",
        "set style fill solid 0.18 noborder",
        "set palette defined (0 '#cfe3f1', 0.35 '#56a0ce', 0.7 '#0b5394', 1 '#08213f')",
        "unset colorbox",
    ]

    // MARK: - One panel

    private static func draw(_ panel: Panel, plots: [String]) -> [String] {
        var lines = axis("x", panel.x) + axis("y", panel.y)
        lines.append("set xlabel '\(escaped(panel.x.label))' offset 0,0.2")
        lines.append("set ylabel '\(escaped(panel.y.label))' offset 0.6,0")
        if panel.top.isEmpty {
            lines.append("set xtics mirror")
        } else {
            lines += [
                "set xtics nomirror", "set link x2", "set x2tics (\(ticks(panel.top))) font ',11'",
                "set x2label '\(escaped(panel.topLabel))' offset 0,-0.4",
            ]
        }
        lines.append(panel.isSquare ? "set size square" : "set size nosquare")
        lines.append(
            panel.legend == .none
                ? "set key off"
                : "set key on inside \(panel.legend.rawValue)\(panel.legend.isLeft ? " Left reverse" : " Right noreverse")"
        )
        lines.append("unset label")
        if !panel.tag.isEmpty {
            lines.append("set label '{/:Bold \(escaped(panel.tag))}' at graph -0.02,1.0 right offset -1.2,0.9")
        }
        for note in panel.notes {
            lines.append(
                "set label '\(escaped(note.text))' at graph \(number(note.x)),\(number(note.y)) \(note.side.rawValue)"
                    + " textcolor rgb '#1a1a1a'")
        }
        // An empty panel is still drawn, so that the page keeps its layout.
        lines.append("plot " + (plots.isEmpty ? ["NaN"] : plots).joined(separator: ", \\\n     "))
        if !panel.top.isEmpty { lines += ["unset x2tics", "unset x2label", "unset link x2"] }
        return lines
    }

    private static func axis(_ name: String, _ axis: Panel.Axis) -> [String] {
        let isLogarithmic = axis.scale == .logarithmic
        var lines = [isLogarithmic ? "set logscale \(name) 10" : "unset logscale \(name)"]
        if let range = axis.range {
            lines.append("set \(name)range [\(number(range.lowerBound)):\(number(range.upperBound))]")
        } else {
            lines.append("set \(name)range [*:*]")
        }
        if let places = axis.ticks {
            lines += ["set \(name)tics (\(ticks(places)))", "unset m\(name)tics"]
        } else {
            lines.append("set \(name)tics \(axis.tickStep.map(number) ?? "autofreq")")
            lines.append("set m\(name)tics \(isLogarithmic ? 10 : 2)")
        }
        lines.append("set format \(name) '\(isLogarithmic ? "10^{%T}" : "%g")'")
        return lines
    }

    private static func ticks(_ ticks: [Panel.Tick]) -> String {
        ticks.map { "'\(escaped($0.label))' \(number($0.position))" }.joined(separator: ", ")
    }

    // MARK: - One series

    private static func plots(_ series: Series, file: String, index: Int) -> [String] {
        let source = "'\(file)' index \(index)"
        let title = series.title.isEmpty ? "notitle" : "title '\(escaped(series.title))'"
        let colour = "linecolor rgb '\(series.colour.hex)'"
        let points = "using 1:2 with points pointtype \(series.marker.rawValue) pointsize 0.8 linewidth 1.2 \(colour)"
        let bars = errorBars(series).map {
            "\(source) \($0) pointtype 7 pointsize 0.01 linewidth 1.2 \(colour) notitle"
        }
        switch series.style {
        case .points: return bars + ["\(source) \(points) \(title)"]
        case .line: return ["\(source) using 1:2 with lines linewidth 1.6 \(colour) \(title)"]
        case .dashedLine: return ["\(source) using 1:2 with lines dashtype 2 linewidth 1.3 \(colour) \(title)"]
        case .linePoints:
            return ["\(source) using 1:2 with lines linewidth 1.2 \(colour) notitle"] + bars
                + ["\(source) \(points) \(title)"]
        case .band:
            return [
                "\(source) using 1:($2-$4):($2+$4) with filledcurves \(colour) \(title)"
            ]
        case .density:
            return [
                "\(source) using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder"
                    + " linecolor palette \(title)"
            ]
        }
    }

    /// How error bars are drawn: apart from the points, so that the legend shows points alone.
    private static func errorBars(_ series: Series) -> [String] {
        let hasX = series.points.contains { $0.xError != nil }
        let hasY = series.points.contains { $0.yError != nil }
        guard hasX || hasY else { return [] }
        let columns = "1:2" + (hasX ? ":3" : "") + (hasY ? ":4" : "")
        return ["using \(columns) with \(hasX ? "x" : "")\(hasY ? "y" : "")errorbars"]
    }

    /// A block of the data file: x, y, their errors and the weight; `NaN` where there is none.
    private static func block(_ series: Series, panel: Panel) -> [String] {
        let heading = "# \([panel.tag, series.title].filter { !$0.isEmpty }.joined(separator: " "))"
        return [
            heading.replacing("\n", with: " "),
            "# x = \(panel.x.label); y = \(panel.y.label); x error; y error; weight",
        ]
            + series.points.map { point in
                // A point without its error bar beside points with one gets a bar of length zero.
                let fields = [point.x, point.y, point.xError ?? 0, point.yError ?? 0, point.weight ?? .nan]
                return fields.map(number).joined(separator: " ")
            } + ["", ""]
    }

    private static func number(_ value: Double) -> String { value.isFinite ? "\(value)" : "NaN" }

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
