@preconcurrency import CGSL

/// How well a weighted fit describes its points: χ² of the residuals in units of the given errors.
public struct FitQuality: Equatable, Sendable, Codable {
    public let chiSquared: Double
    /// Points minus parameters.
    public let degreesOfFreedom: Int

    public init(chiSquared: Double, degreesOfFreedom: Int) {
        self.chiSquared = chiSquared
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// χ²/ν; nil when there are no more points than parameters.
    public var reducedChiSquared: Double? {
        degreesOfFreedom > 0 ? chiSquared / Double(degreesOfFreedom) : nil
    }

    /// The chance of a χ² this large or larger if the model and the errors are right (`gsl_cdf_chisq_Q`); nil when
    /// there are no more points than parameters.
    public var pValue: Double? {
        guard degreesOfFreedom > 0 else { return nil }
        GSL.prepare()
        return gsl_cdf_chisq_Q(chiSquared, Double(degreesOfFreedom))
    }

    /// √(χ²/ν) where that exceeds one, else one (Birge 1932): the factor by which errors must grow for the points'
    /// scatter to be explained by them. It never shrinks an error.
    public var birgeRatio: Double { max(1, reducedChiSquared ?? 1).squareRoot() }
}
