import Foundation
import Reporting

/// A panel of a parity plot.
enum ParityPanel {
    /// - Parameters:
    ///   - what: named in the upper left.
    ///   - quantity: with its unit, for both axes.
    ///   - note: in the lower right.
    static func make(_ density: ParityDensity, what: String, quantity: String, note: String) -> Panel {
        let range = density.range ?? 0...1
        let margin = 0.03 * (range.upperBound - range.lowerBound)
        let axis = range.lowerBound - margin...range.upperBound + margin
        let step = tickStep(axis.upperBound - axis.lowerBound)
        return Panel(
            x: .init("DFT \(quantity)", range: axis, tickStep: step),
            y: .init("DP \(quantity)", range: axis, tickStep: step),
            series: [
                Series("", style: .density, colour: .blue, points: density.points()),
                Series(
                    "", style: .dashedLine, colour: .grey,
                    points: [axis.lowerBound, axis.upperBound].map { .init(x: $0, y: $0) }),
            ],
            notes: [.init(what, x: 0.05, y: 0.93), .init(note, x: 0.96, y: 0.07, side: .right)], legend: .none,
            isSquare: true)
    }

    /// 1, 2 or 5 times a power of ten such that three to five marks span `length`.
    private static func tickStep(_ length: Double) -> Double {
        let power = pow(10, floor(log10(length / 3)))
        return power * ([5, 2].first { $0 * power <= length / 3 } ?? 1)
    }
}
