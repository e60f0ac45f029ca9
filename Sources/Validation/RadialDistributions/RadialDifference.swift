import Calculations
import Foundation
import Statistics

/// How far the radial distributions of two crystals lie apart, each from several runs.
///
/// d = ∫|g₁ − g₂| dr / ∫ g₂ dr up to `range`. Taken as it stands, noise alone makes it positive. Here the sign of g₁ − g₂ at
/// each r comes from one half of every run and the difference from the other, and both ways are averaged: without a difference
/// the mean is zero, and a difference that is seen at all counts whole. The error is the jackknife's over runs (Efron and
/// Stein, Ann. Stat. 9, 586 (1981)), of each crystal in turn.
struct RadialDifference {
    /// Å: the paper's Fig. 12 shows what is within.
    static let range = 6.0

    /// d, with its error; the error needs two runs of one crystal at least.
    let distance: Estimate
    /// Bins' middles (Å), the two mean distributions and the standard error of their difference.
    let radii: [Double]
    let first: [Double]
    let second: [Double]
    let errors: [Double]

    /// - Parameters:
    ///   - first: of each run of the one crystal, as all others of the same bins.
    ///   - second: of each run of the other; d is in units of its integral.
    init?(_ first: [RadialAverage], _ second: [RadialAverage]) {
        guard let bins = first.first?.radii.count, let radii = first.first?.radii, !second.isEmpty,
            (first + second).allSatisfy({ $0.radii.count == bins && $0.halves.count == 2 })
        else { return nil }
        let inside = radii.indices.filter { radii[$0] <= Self.range }
        let (a, b) = (first.map(Self.halves), second.map(Self.halves))
        let value = Self.distance(a, b, inside)
        var variance =
            Self.jackknife(a) { Self.distance($0, b, inside) } + Self.jackknife(b) { Self.distance(a, $0, inside) }
        // One run each: the two halves' disagreement is all that is known.
        if variance == 0 {
            let ways = Self.ways(a, b, inside)
            variance = (ways.0 - ways.1) * (ways.0 - ways.1) / 4
        }
        distance = Estimate(value, error: variance.squareRoot())
        self.radii = radii
        let (meanFirst, meanSecond) = (Self.mean(a.flatMap { $0 }), Self.mean(b.flatMap { $0 }))
        self.first = meanFirst
        self.second = meanSecond
        errors = zip(Self.variances(a), Self.variances(b)).map { ($0 + $1).squareRoot() }
    }

    /// The variance of a number that is made of runs, from what it becomes without each of them; 0 for one run.
    private static func jackknife(_ runs: [[[Double]]], _ value: ([[[Double]]]) -> Double) -> Double {
        guard runs.count > 1 else { return 0 }
        let count = Double(runs.count)
        let values = runs.indices.map { out in value(runs.enumerated().filter { $0.offset != out }.map(\.element)) }
        let mean = values.reduce(0, +) / count
        return (count - 1) / count * values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }

    private static func halves(_ average: RadialAverage) -> [[Double]] {
        average.halves.map { $0.values.map(Double.init) }
    }

    private static func mean(_ curves: [[Double]]) -> [Double] {
        curves[0].indices.map { bin in curves.reduce(0) { $0 + $1[bin] } / Double(curves.count) }
    }

    /// Of the mean over all halves, by bin, the halves taken as independent.
    private static func variances(_ runs: [[[Double]]]) -> [Double] {
        let curves = runs.flatMap { $0 }
        let count = Double(curves.count)
        let mean = mean(curves)
        return mean.indices.map { bin in
            curves.reduce(0) { $0 + ($1[bin] - mean[bin]) * ($1[bin] - mean[bin]) } / (count * max(1, count - 1))
        }
    }

    private static func ways(_ a: [[[Double]]], _ b: [[[Double]]], _ inside: [Int]) -> (Double, Double) {
        let differences = [0, 1].map { half in
            let (here, there) = (mean(a.map { $0[half] }), mean(b.map { $0[half] }))
            return inside.map { here[$0] - there[$0] }
        }
        let whole = mean(b.flatMap { $0 })
        let scale = inside.reduce(0) { $0 + whole[$1] }
        func way(_ signs: [Double], _ values: [Double]) -> Double {
            zip(signs, values).reduce(0) { $0 + ($1.0 < 0 ? -$1.1 : $1.1) } / scale
        }
        return (way(differences[0], differences[1]), way(differences[1], differences[0]))
    }

    private static func distance(_ a: [[[Double]]], _ b: [[[Double]]], _ inside: [Int]) -> Double {
        let ways = ways(a, b, inside)
        return (ways.0 + ways.1) / 2
    }
}
