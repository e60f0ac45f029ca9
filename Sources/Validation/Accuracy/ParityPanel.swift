import Calculations
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
        let width = range.upperBound - range.lowerBound
        let step = tickStep(1.06 * width)
        // Energies of some hundred eV that differ in the second decimal are counted from a round one near their middle.
        let middle = 0.5 * (range.lowerBound + range.upperBound)
        let zero = abs(middle) > 20 * width ? (middle / step).rounded() * step : 0
        let axis = range.lowerBound - zero - 0.03 * width...range.upperBound - zero + 0.03 * width
        let name =
            zero == 0 ? quantity : quantity.replacing(" (", with: " \(offset(zero, step: step)) (", maxReplacements: 1)
        return Panel(
            x: .init("DFT \(name)", range: axis, tickStep: step), y: .init("DP \(name)", range: axis, tickStep: step),
            series: [
                // Below the cells, which it would hide where they are few.
                Series(
                    "", style: .line, colour: .grey,
                    points: [axis.lowerBound, axis.upperBound].map { .init(x: $0, y: $0) }),
                Series(
                    "", style: .density, colour: .blue,
                    points: points(density).map {
                        .init(x: $0.x - zero, y: $0.y - zero, xError: $0.xError, yError: $0.yError, weight: $0.weight)
                    }),
            ],
            notes: [.init(what, x: 0.05, y: 0.93), .init(note, x: 0.96, y: 0.07, side: .right)], legend: .none,
            isSquare: true)
    }

    /// `+ 233.7` for values that are counted from −233.7.
    private static func offset(_ zero: Double, step: Double) -> String {
        let decimals = max(0, -Int(floor(log10(step) + 1e-9)))
        return (zero < 0 ? "+ " : "− ") + NumberText.fixed(abs(zero), decimals: decimals)
    }

    /// Cells for drawing, joined such that about `resolution` of them span the range, each of some points of paper; the
    /// fullest are drawn last.
    static func points(_ density: ParityDensity, resolution: Int = 75) -> [Series.Point] {
        guard let range = density.range else { return [] }
        let span = (range.upperBound - range.lowerBound) / density.width
        let factor = Int32(max(1, (span / Double(resolution)).rounded()))
        var joined: [ParityDensity.Cell: Int] = [:]
        for (cell, count) in density.counts {
            let place = ParityDensity.Cell(x: floorDivide(cell.x, factor), y: floorDivide(cell.y, factor))
            joined[place, default: 0] += Int(count)
        }
        let size = Double(factor) * density.width
        return joined.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map {
            Series.Point(
                x: (Double($0.key.x) + 0.5) * size, y: (Double($0.key.y) + 0.5) * size, xError: 0.5 * size,
                yError: 0.5 * size, weight: Double($0.value))
        }
    }

    private static func floorDivide(_ a: Int32, _ b: Int32) -> Int32 {
        let quotient = a / b
        return a % b < 0 ? quotient - 1 : quotient
    }

    /// 1, 2 or 5 times a power of ten such that three to five marks span `length`.
    private static func tickStep(_ length: Double) -> Double {
        let power = pow(10, floor(log10(length / 3)))
        return power * ([5, 2].first { $0 * power <= length / 3 } ?? 1)
    }
}
