import Files
import Foundation
import Statistics

/// Fits and averages of stored points: laws, errors, random numbers.
struct FittedLaws: RegressionCheck {
    let name = "fits"
    let about =
        "Fits of the points in inputs/fits.json (Arrhenius, power law, thermal expansion), and block averages and "
        + "autocorrelation of a series that is drawn from a named random stream."
    let reasons = [
        "arithmetic":
            "Closed formulas in Double: GSL's versions and processors' rounding change the last digits, up to 1e-12 of a value "
            + "through ill-conditioned sums; a billionth leaves room and shows any change of a formula."
    ]

    /// `inputs/fits.json`.
    private struct Points: Decodable {
        struct Law: Decodable {
            var x: [Double]
            var y: [Double]
            var errors: [Double]
        }

        /// Where the points come from.
        var source: String
        /// K, m²/s.
        var arrhenius: Law
        /// Atoms, ms.
        var powerLaw: Law
        /// K, Å.
        var expansion: Law
    }

    func measure(_ bench: RegressionBench) throws -> [Baseline] {
        let points = try JSONText.read(Points.self, from: bench.input("fits.json"))
        return try arrhenius(points.arrhenius) + powerLaw(points.powerLaw) + expansion(points.expansion) + series()
    }

    private func arrhenius(_ law: Points.Law) throws -> [Baseline] {
        let fit = try ArrheniusFit(temperatures: law.x, diffusion: law.y, errors: law.errors)
        let wide = fit.enlargedToScatter
        let room = NernstEinstein.conductivity(
            diffusion: fit.diffusion(at: 300), ions: 20, volume: 956.8, temperature: 300)
        return found("arrhenius/activation", fit.activationEnergy, "eV")
            + found("arrhenius/ln-prefactor", fit.logarithmOfPrefactor)
            + found("arrhenius/300K", fit.diffusion(at: 300), "m²/s") + found("arrhenius/conductivity", room, "mS/cm")
            + found("arrhenius/activation-enlarged", wide.activationEnergy, "eV")
            + [one("arrhenius/chi-squared", fit.quality.chiSquared), one("arrhenius/covariance", fit.covariance, "eV")]
    }

    private func powerLaw(_ law: Points.Law) throws -> [Baseline] {
        let weighted = try PowerLawFit(x: law.x, y: law.y, errors: law.errors)
        let plain = try PowerLawFit(x: law.x, y: law.y)
        return found("power-law/exponent", weighted.exponent) + found("power-law/900", weighted.value(at: 900), "ms")
            + found("power-law/exponent-unweighted", plain.exponent)
    }

    private func expansion(_ law: Points.Law) throws -> [Baseline] {
        let fit = try ThermalExpansionFit(temperatures: law.x, lengths: law.y, errors: law.errors)
        return found("expansion/coefficient", fit.coefficient, "1/K")
            + found("expansion/length", fit.referenceLength, "Å") + [
                one("expansion/p-value", fit.quality.pValue ?? .nan)
            ]
    }

    /// x_k = 0.9 x_{k−1} + noise.
    private func series() throws -> [Baseline] {
        var random = RandomStream(seed: 2021, name: "regression/series")
        var series: [Double] = []
        for _ in 0..<4096 { series.append(0.9 * (series.last ?? 0) + random.gaussian()) }
        let blocks = try BlockAverage(series)
        let correlation = try AutocorrelationTime(series)
        return found("series/mean", blocks.estimate)
            + found(
                "series/correlation-time", Estimate(correlation.time, error: correlation.standardError))
            + [
                one("series/block-length", Double(blocks.chosen.blockLength)),
                one("series/next-random", random.uniform()),
            ]
    }

    private func found(_ id: String, _ estimate: Estimate, _ unit: String = "") -> [Baseline] {
        Baseline.estimate("\(name)/\(id)", estimate, unit: unit, relative: 1e-9, "arithmetic")
    }

    private func one(_ id: String, _ value: Double, _ unit: String = "") -> Baseline {
        .number("\(name)/\(id)", value, unit: unit, relative: 1e-9, "arithmetic")
    }
}
