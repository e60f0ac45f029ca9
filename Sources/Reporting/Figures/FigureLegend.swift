/// A panel's legend, where it covers nothing: in a corner without ink, the wanted one if it is free, else below the panel.
struct FigureLegend: Equatable, Sendable {
    /// Series with a title and points, in their order.
    var entries: [Series]
    /// Beside each other.
    var columns: Int
    /// What it takes, symbols included; its position is that of the lower left.
    var box: Rectangle
    var isBelow: Bool

    static let fontSize = 11.0
    static let rowHeight = 16.0
    /// Of the symbols, with the gap behind them.
    static let symbolWidth = 28.0
    /// From the border of the panel, or from other ink.
    private static let distance = 8.0

    var rows: Int { (entries.count + columns - 1) / columns }

    /// Lower left of the symbol and middle of the row of an entry.
    func place(_ index: Int) -> (x: Double, y: Double) {
        let columnWidth = box.width / Double(columns)
        // Filled row by row.
        return (
            box.x + columnWidth * Double(index % columns),
            box.top - Self.rowHeight * (Double(index / columns) + 0.5)
        )
    }

    /// - Parameters:
    ///   - area: between the axes.
    ///   - width: what a legend below the panel may take.
    /// - Returns: nil when there is nothing to explain. Below, `box` has its size, and 0 for its position.
    init?(_ panel: Panel, ink: @autoclosure () -> PanelInk, area: Rectangle, width: Double) {
        entries = panel.series.filter { !$0.title.isEmpty && !$0.points.isEmpty }
        guard panel.legend != .none, !entries.isEmpty else { return nil }
        let entryWidth = Self.symbolWidth + (entries.map { TextWidth.of($0.title, size: Self.fontSize) }.max() ?? 0)
        let height = Self.rowHeight * Double(entries.count)
        let ink = ink()
        for corner in [panel.legend] + [.topRight, .topLeft, .bottomRight, .bottomLeft] {
            let box = Rectangle(
                x: corner.isLeft ? area.x + Self.distance : area.right - Self.distance - entryWidth,
                y: corner.isTop ? area.top - Self.distance - height : area.y + Self.distance,
                width: entryWidth, height: height)
            guard box.x >= area.x, box.right <= area.right, box.y >= area.y, box.top <= area.top,
                !ink.touches(box, margin: Self.distance)
            else { continue }
            (columns, self.box, isBelow) = (1, box, false)
            return
        }
        let columnWidth = entryWidth + 2 * Self.distance
        columns = max(1, min(entries.count, Int(width / columnWidth)))
        isBelow = true
        box = Rectangle(x: 0, y: 0, width: columnWidth * Double(columns), height: 0)
        box.height = Self.rowHeight * Double(rows)
    }
}
