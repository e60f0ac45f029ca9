/// A part of the paper (points), from the figure's lower left.
struct Rectangle: Equatable, Sendable {
    var x: Double
    var y: Double
    var width: Double
    var height: Double

    var right: Double { x + width }
    var top: Double { y + height }

    func contains(x: Double, y: Double, margin: Double = 0) -> Bool {
        x >= self.x - margin && x <= right + margin && y >= self.y - margin && y <= top + margin
    }
}
