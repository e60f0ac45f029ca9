import Foundation
import Reporting

/// How often (reference, prediction) pairs fall into the cells of a grid: a parity plot whose memory does not grow with
/// the data.
struct ParityDensity: Codable, Equatable {
    private struct Bin: Hashable, Codable {
        var x: Int32
        var y: Int32
    }

    /// Width of a cell, in the unit of the values.
    let width: Double
    private var counts: [Bin: Int] = [:]

    init(width: Double) { self.width = width }

    mutating func add(reference: Double, prediction: Double) {
        let bin = Bin(x: Int32(floor(reference / width)), y: Int32(floor(prediction / width)))
        counts[bin, default: 0] += 1
    }

    mutating func add(_ other: ParityDensity) {
        precondition(width == other.width, "densities of one grid")
        counts.merge(other.counts, uniquingKeysWith: +)
    }

    var total: Int { counts.values.reduce(0, +) }

    /// The least and greatest value of either kind, by whole cells.
    var range: ClosedRange<Double>? {
        guard let low = counts.keys.map({ min($0.x, $0.y) }).min(),
            let high = counts.keys.map({ max($0.x, $0.y) }).max()
        else { return nil }
        return Double(low) * width...Double(high + 1) * width
    }

    /// Cells for drawing, joined such that about `resolution` of them span the range; the fullest are drawn last.
    func points(resolution: Int = 110) -> [Series.Point] {
        guard let range else { return [] }
        let factor = Int32(max(1, ((range.upperBound - range.lowerBound) / width / Double(resolution)).rounded()))
        var joined: [Bin: Int] = [:]
        for (bin, count) in counts {
            let cell = Bin(x: Self.floorDivide(bin.x, factor), y: Self.floorDivide(bin.y, factor))
            joined[cell, default: 0] += count
        }
        let size = Double(factor) * width
        return joined.sorted { ($0.value, $0.key.x, $0.key.y) < ($1.value, $1.key.x, $1.key.y) }.map {
            Series.Point(
                x: (Double($0.key.x) + 0.5) * size, y: (Double($0.key.y) + 0.5) * size, xError: 0.5 * size,
                yError: 0.5 * size, weight: Double($0.value))
        }
    }

    private static func floorDivide(_ a: Int32, _ b: Int32) -> Int32 {
        let quotient = a / b
        return a % b < 0 ? quotient - 1 : quotient
    }
}
