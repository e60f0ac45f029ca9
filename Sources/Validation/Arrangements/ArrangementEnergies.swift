import Statistics

/// Energies of the same cells by two sources, each less its own mean: what counts is which is lower, and by how much.
struct ArrangementEnergies {
    /// meV per atom.
    let first: [Double]
    let second: [Double]

    /// - Parameters:
    ///   - first: eV per atom, of cell after cell.
    ///   - second: of the same cells.
    init(_ first: [Double], _ second: [Double]) {
        precondition(first.count == second.count && first.count > 1, "the same cells, two at least")
        self.first = Self.relative(first)
        self.second = Self.relative(second)
    }

    /// Less their mean, in meV per atom.
    static func relative(_ energies: [Double]) -> [Double] {
        let mean = energies.reduce(0, +) / Double(energies.count)
        return energies.map { 1000 * ($0 - mean) }
    }

    /// Standard deviation of relative energies (meV per atom), with the error of a sample's from a normal distribution.
    static func spread(_ relative: [Double]) -> Estimate {
        let freedom = Double(relative.count - 1)
        let deviation = (relative.reduce(0) { $0 + $1 * $1 } / freedom).squareRoot()
        return Estimate(deviation, error: deviation / (2 * freedom).squareRoot())
    }

    /// The same of the differences between the two sources: the error of an energy difference is √2 times it.
    var difference: Estimate { Self.spread(zip(first, second).map { $0 - $1 }) }

    /// Kendall's τ: pairs in the same order less those in the other, over all; its error is that of cells without any order.
    var rankCorrelation: Estimate {
        let count = first.count
        var sum = 0.0
        for i in 0..<count {
            for j in 0..<i {
                let product = (first[i] - first[j]) * (second[i] - second[j])
                sum += product > 0 ? 1 : product < 0 ? -1 : 0
            }
        }
        let n = Double(count)
        let variance = 2 * (2 * n + 5) / (9 * n * (n - 1))
        return Estimate(2 * sum / (n * (n - 1)), error: variance.squareRoot())
    }
}
