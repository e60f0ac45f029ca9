import Foundation
import Structures

/// D(T) = D0 · exp(−Ea / k_B T), fitted as ln D against 1/T with weights (D/σ_D)².
public struct ArrheniusFit: Equatable, Sendable, Codable {
    /// ln D against (1/T − 1/T̄); taking the mean of 1/T out keeps the covariance well conditioned.
    private let line: LinearFit
    /// The mean of 1/T (1/K).
    private let centre: Double
    /// k_B (eV/K).
    private let boltzmann: Double
    /// The factor by which every error was enlarged; one for a plain fit.
    private let inflation: Double
    /// χ² of ln D in units of σ_D/D, before any enlarging.
    public let quality: FitQuality

    /// - Parameters:
    ///   - temperatures: K.
    ///   - diffusion: D at each temperature (m²/s; any unit will do, D0 and `diffusion(at:)` share it).
    ///   - errors: σ_D, in the unit of D.
    /// - Throws: `InputError` for fewer than two temperatures, values not greater than zero, or one temperature only.
    public init(
        temperatures: [Double], diffusion: [Double], errors: [Double],
        constants: PhysicalConstants = .codata2018
    ) throws {
        let columns = [("the temperature", temperatures), ("D", diffusion), ("the error", errors)]
        try FitInput.check("Arrhenius fit", columns, minimum: 2)
        for (name, values) in columns { try FitInput.checkPositive("Arrhenius fit", name, values) }
        let mean = temperatures.map { 1 / $0 }.reduce(0, +) / Double(temperatures.count)
        line = try LinearFit(
            x: temperatures.map { 1 / $0 - mean }, y: diffusion.map { log($0) },
            errors: zip(errors, diffusion).map { $0 / $1 })
        centre = mean
        boltzmann = constants.boltzmann
        inflation = 1
        quality = line.quality!
    }

    private init(_ fit: ArrheniusFit, inflation: Double) {
        line = fit.line
        centre = fit.centre
        boltzmann = fit.boltzmann
        quality = fit.quality
        self.inflation = inflation
    }

    /// The same fit with every error enlarged by √(χ²/ν) where χ² exceeds ν: for points that scatter more than their
    /// errors allow, whether the errors are too small or the law is not quite Arrhenius. Report `quality` beside it.
    public var enlargedToScatter: ArrheniusFit { ArrheniusFit(self, inflation: quality.birgeRatio) }

    /// Ea (eV).
    public var activationEnergy: Estimate {
        Estimate(
            value: -line.slope * boltzmann,
            standardError: inflation * boltzmann * line.slopeVariance.squareRoot())
    }

    /// ln D0, D0 in the unit of D.
    public var logarithmOfPrefactor: Estimate { logarithm(inverseTemperature: 0) }

    /// D0 in the unit of D; its distribution is log-normal, so prefer `logarithmOfPrefactor` where the error is large.
    public var prefactor: Estimate { exponential(logarithmOfPrefactor) }

    /// cov(ln D0, Ea) (eV).
    public var covariance: Double {
        let slope = line.interceptSlopeCovariance - centre * line.slopeVariance
        return -boltzmann * slope * inflation * inflation
    }

    /// D at `temperature` (K) in the unit of the points, with the error that the fit's covariance gives.
    public func diffusion(at temperature: Double) -> Estimate {
        exponential(logarithm(inverseTemperature: 1 / temperature))
    }

    /// ln D at 1/T; extrapolated errors are symmetric here and not in D.
    private func logarithm(inverseTemperature: Double) -> Estimate {
        let value = line.value(at: inverseTemperature - centre)
        return Estimate(value: value.value, standardError: inflation * value.standardError)
    }

    private func exponential(_ logarithm: Estimate) -> Estimate {
        let value = exp(logarithm.value)
        return Estimate(value: value, standardError: value * logarithm.standardError)
    }
}
