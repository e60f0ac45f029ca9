/// What a panel plots, in gnuplot's words: marks and lines first, the error bars over them.
struct GnuplotPlots {
    private let x: DrawnAxis
    private let y: DrawnAxis
    private var marks: [String] = []
    private var bars: [String] = []

    var all: [String] { marks + bars }

    init(_ cell: FigureLayout.Cell) { (x, y) = (cell.x, cell.y) }

    /// - Parameter source: the block of the data file that holds the series.
    mutating func add(_ series: Series, source: String) {
        switch series.style {
        case .points, .line, .dashedLine, .linePoints:
            if let look = Self.lineLook(series) { marks.append("\(source) using 1:2 with lines \(look)") }
            if let look = Self.pointLook(series) { marks.append("\(source) using 1:2 with points \(look)") }
            if Self.pointLook(series) != nil { addBars(series, source: source) }
        case .band:
            marks.append(
                "\(source) using 1:(\(low("$2-$4", y))):($2+$4) with filledcurves linecolor rgb '\(series.colour.hex)'")
        case .density:
            marks.append(
                "\(source) using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette")
        }
    }

    /// Bars lie upon their marks, in a colour that is seen on them: a bar shorter than its mark is seen too.
    private mutating func addBars(_ series: Series, source: String) {
        let colour = series.marker.isFilled ? series.colour.contrast : series.colour
        // The point covers the speck of white that gnuplot draws in the middle.
        let look = "pointtype 7 pointsize 0.15 linewidth 1.3 linecolor rgb '\(colour.hex)'"
        if series.points.contains(where: { $0.yError ?? 0 != 0 }) {
            bars.append("\(source) using ($4 > 0 ? $1 : NaN):2:(\(low("$2-$4", y))):($2+$4) with yerrorbars \(look)")
        }
        if series.points.contains(where: { $0.xError ?? 0 != 0 }) {
            bars.append("\(source) using ($3 > 0 ? $1 : NaN):2:(\(low("$1-$3", x))):($1+$3) with xerrorbars \(look)")
        }
    }

    /// The lower end of a bar, which a logarithmic axis cuts.
    private func low(_ expression: String, _ axis: DrawnAxis) -> String {
        guard axis.scale == .logarithmic else { return expression }
        let end = GnuplotScript.number(axis.range.lowerBound)
        return "\(expression) > \(end) ? \(expression) : \(end)"
    }

    static func lineLook(_ series: Series) -> String? {
        switch series.style {
        case .line: "linewidth 1.6 linecolor rgb '\(series.colour.hex)'"
        case .dashedLine: "dashtype 2 linewidth 1.3 linecolor rgb '\(series.colour.hex)'"
        case .linePoints: "linewidth 1.2 linecolor rgb '\(series.colour.hex)'"
        case .points, .band, .density: nil
        }
    }

    static func pointLook(_ series: Series) -> String? {
        switch series.style {
        case .points, .linePoints:
            "pointtype \(series.marker.rawValue) pointsize 0.8 linewidth 1.2 linecolor rgb '\(series.colour.hex)'"
        case .line, .dashedLine, .band, .density: nil
        }
    }
}
