import Foundation

/// Where a panel has ink: places on paper, close enough together that none of what is drawn slips between them.
struct PanelInk {
    private(set) var places: [(x: Double, y: Double)] = []
    private let area: Rectangle
    private let x: DrawnAxis
    private let y: DrawnAxis

    /// Points between places along a line.
    private static let spacing = 3.0

    init(_ panel: Panel, x: DrawnAxis, y: DrawnAxis, area: Rectangle) {
        (self.area, self.x, self.y) = (area, x, y)
        for series in panel.series { add(series) }
        for note in panel.notes { add(note) }
    }

    /// Whether any ink lies in a box or within `margin` of it.
    func touches(_ box: Rectangle, margin: Double) -> Bool {
        places.contains { box.contains(x: $0.x, y: $0.y, margin: margin) }
    }

    private mutating func add(_ series: Series) {
        let points = series.points.filter { $0.x.isFinite && $0.y.isFinite }
        switch series.style {
        case .line, .dashedLine: path(points)
        case .points: bars(points)
        case .linePoints:
            path(points)
            bars(points)
        case .band:
            for shift in stride(from: -1.0, through: 1, by: 0.25) {
                path(points.map { .init(x: $0.x, y: $0.y + shift * ($0.yError ?? 0)) })
            }
        case .density: for point in points { place(point.x, point.y) }
        }
    }

    private mutating func bars(_ points: [Series.Point]) {
        for point in points {
            place(point.x, point.y)
            if let error = point.xError { segment((point.x - error, point.y), (point.x + error, point.y)) }
            if let error = point.yError { segment((point.x, point.y - error), (point.x, point.y + error)) }
        }
    }

    private mutating func path(_ points: [Series.Point]) {
        for (a, b) in zip(points, points.dropFirst()) { segment((a.x, a.y), (b.x, b.y)) }
    }

    private mutating func add(_ note: Panel.Note) {
        let width = TextWidth.of(note.text, size: 12)
        let left = area.x + note.x * area.width - (note.side == .right ? width : 0)
        let middle = area.y + note.y * area.height
        for step in 0...Int(width / Self.spacing) {
            for shift in [-6.0, 0, 6] { places.append((left + Double(step) * Self.spacing, middle + shift)) }
        }
    }

    /// Data to paper; values beyond the axes lie just outside of the area.
    private func onPaper(_ px: Double, _ py: Double) -> (x: Double, y: Double) {
        func fraction(_ axis: DrawnAxis, _ value: Double) -> Double {
            if axis.scale == .logarithmic && value <= 0 { return -0.05 }
            return min(max(axis.fraction(value), -0.05), 1.05)
        }
        return (area.x + area.width * fraction(x, px), area.y + area.height * fraction(y, py))
    }

    private mutating func place(_ px: Double, _ py: Double) { places.append(onPaper(px, py)) }

    private mutating func segment(_ a: (Double, Double), _ b: (Double, Double)) {
        let (start, end) = (onPaper(a.0, a.1), onPaper(b.0, b.1))
        let length = ((end.x - start.x) * (end.x - start.x) + (end.y - start.y) * (end.y - start.y)).squareRoot()
        let count = max(1, Int(length / Self.spacing))
        for step in 0...count {
            let share = Double(step) / Double(count)
            places.append((start.x + share * (end.x - start.x), start.y + share * (end.y - start.y)))
        }
    }
}
