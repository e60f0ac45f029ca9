import Foundation

/// Where everything of a figure lies on paper.
struct FigureLayout: Sendable {
    /// One panel with its axes as they are drawn.
    struct Cell: Sendable {
        var panel: Panel
        var x: DrawnAxis
        var y: DrawnAxis
        /// Between the axes.
        var area: Rectangle
        var legend: FigureLegend?
        /// Across, the middle of the label of y, which reads upward.
        var yLabel: Double
    }

    /// Points.
    var width: Double
    var height: Double
    /// In the order of the panels.
    var cells: [Cell]

    static let fontSize = 12.0
    /// Below the area: marks, and the axis's label.
    private static let bottom = (marks: 26.0, label: 20.0)
    /// Left of the area, besides the labels of the marks.
    private static let left = (gap: 12.0, label: 22.0)
    private static let right = 18.0
    /// Above the area: a border, a tag, and the marks and the label of an upper axis.
    private static let top = (border: 10.0, tag: 12.0, marks: 18.0, label: 18.0)
    /// Between the axis's label and a legend below it.
    private static let legendGap = 8.0

    init(_ figure: Figure) {
        let size = figure.panelSize
        let columns = figure.columns
        let rows = (figure.panels.count + columns - 1) / columns
        // Heights first: they need no labels. Then the labels of y decide the widths, and all of it where legends fit.
        let tops = (0..<rows).map { row in
            figure.panels[row * columns..<min(figure.panels.count, (row + 1) * columns)].map(Self.top(of:)).max() ?? 0
        }
        let bottom = Self.bottom.marks + (figure.panels.contains { !$0.x.label.isEmpty } ? Self.bottom.label : 0)
        func areaHeight(_ index: Int) -> Double { max(40, Double(size.height) - tops[index / columns] - bottom) }
        let ys = figure.panels.enumerated().map { index, panel in
            DrawnAxis(panel.y, extents: panel.extents(\.y), length: areaHeight(index)) { _ in 24 }
        }
        // The same for all, so that panels are of one size.
        let left = zip(figure.panels, ys).map { Self.left(of: $0, $1) }.max() ?? 0
        var cells: [Cell] = []
        for (index, panel) in figure.panels.enumerated() {
            var area = Rectangle(
                x: Double(size.width * (index % columns)) + left, y: 0,
                width: max(40, Double(size.width) - left - Self.right), height: areaHeight(index))
            if panel.isSquare {
                let side = min(area.width, area.height)
                area.x += 0.5 * (area.width - side)
                area.y = area.height - side
                (area.width, area.height) = (side, side)
            }
            let x = DrawnAxis(panel.x, extents: panel.extents(\.x), length: area.width) {
                TextWidth.of($0, size: Self.fontSize) + 12
            }
            let legend = FigureLegend(
                panel, ink: PanelInk(panel, x: x, y: ys[index], area: area), area: area,
                width: Double(size.width) - 2 * Self.right)
            let labels = Self.widest(ys[index])
            cells.append(
                Cell(
                    panel: panel, x: x, y: ys[index], area: area, legend: legend,
                    yLabel: area.x - Self.left.gap - labels - 0.4 * Self.left.label))
        }
        // From the lowest row up: legends below a row lift what is above them.
        var floor = 0.0
        for row in (0..<rows).reversed() {
            let places = row * columns..<min(cells.count, (row + 1) * columns)
            let below = cells[places].compactMap(\.legend).filter(\.isBelow).map(\.box.height).max()
            let lift = below.map { $0 + Self.legendGap } ?? 0
            for index in places {
                cells[index].area.y += floor + lift + bottom
                guard let legend = cells[index].legend else { continue }
                if legend.isBelow {
                    cells[index].legend?.box.x =
                        Double(size.width * (index % columns)) + max(0, 0.5 * (Double(size.width) - legend.box.width))
                    cells[index].legend?.box.y = floor + lift - legend.box.height
                } else {
                    cells[index].legend?.box.y += floor + lift + bottom
                }
            }
            floor += Double(size.height) + lift
        }
        (width, height) = (Double(size.width * columns), floor)
        self.cells = cells
    }

    private static func top(of panel: Panel) -> Double {
        top.border + (panel.tag.isEmpty ? 0 : top.tag)
            + (panel.top.isEmpty ? 0 : top.marks + (panel.topLabel.isEmpty ? 0 : top.label))
    }

    private static func left(of panel: Panel, _ axis: DrawnAxis) -> Double {
        left.gap + widest(axis) + (panel.y.label.isEmpty ? 0 : left.label)
    }

    private static func widest(_ axis: DrawnAxis) -> Double {
        axis.marks.map { TextWidth.of($0.label, size: fontSize) }.max() ?? 0
    }
}

extension Panel {
    /// What must be seen along one axis, error bars included: all that the range of the other one does not cut off.
    func extents(_ axis: KeyPath<Series.Point, Double>) -> [ClosedRange<Double>] {
        let isX = axis == \Series.Point.x
        let isLogarithmic = (isX ? x : y).scale == .logarithmic
        let other = isX ? (value: \Series.Point.y, range: y.range) : (value: \Series.Point.x, range: x.range)
        return series.flatMap { series in
            series.points.compactMap { point -> ClosedRange<Double>? in
                let value = point[keyPath: axis]
                let error = abs((isX ? point.xError : point.yError) ?? 0)
                guard value.isFinite, error.isFinite, value > 0 || !isLogarithmic,
                    other.range?.contains(point[keyPath: other.value]) ?? true
                else { return nil }
                // Where an error bar reaches zero, a logarithmic axis has no end for it: it is cut.
                let low = isLogarithmic ? max(value - error, Self.longestBar * value) : value - error
                return low...(value + error)
            }
        }
    }

    /// The share of a value down to which its error bar is shown on a logarithmic axis.
    static let longestBar = 0.1
}
