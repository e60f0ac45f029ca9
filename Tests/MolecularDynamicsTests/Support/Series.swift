import Foundation

/// A sampled quantity: its mean with an error from twenty blocks, each of which is many correlation times long.
struct Series {
    var values: [Double] = []

    var mean: Double { values.reduce(0, +) / Double(values.count) }
    var variance: Double { values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count) }

    /// Standard error of the mean of f(values) from the scatter of block means.
    func error(_ f: (Double) -> Double = { $0 }) -> Double {
        let blocks = 20
        let length = values.count / blocks
        let means = (0..<blocks).map { b in
            values[b * length..<(b + 1) * length].map(f).reduce(0, +) / Double(length)
        }
        let centre = means.reduce(0, +) / Double(blocks)
        let scatter = means.map { ($0 - centre) * ($0 - centre) }.reduce(0, +) / Double(blocks - 1)
        return (scatter / Double(blocks)).squareRoot()
    }

    /// Standard error of the variance.
    var varianceError: Double {
        let centre = mean
        return error { ($0 - centre) * ($0 - centre) }
    }
}
