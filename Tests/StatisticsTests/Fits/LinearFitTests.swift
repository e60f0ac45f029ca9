import Files
import Statistics
import Structures
import Testing

@Suite struct LinearFitTests {
    /// Worked by hand: three points of σ = 1 at x = −1, 0, 1 have slope (y3 − y1)/2, var(slope) = 1/2, var(intercept) = 1/3.
    @Test func threePointsByHand() throws {
        let fit = try LinearFit(x: [-1, 0, 1], y: [1, 3, 4], errors: [1, 1, 1])
        #expect(abs(fit.slope - 1.5) < 1e-14)
        #expect(abs(fit.intercept - 8.0 / 3) < 1e-14)
        #expect(abs(fit.slopeVariance - 0.5) < 1e-14)
        #expect(abs(fit.interceptVariance - 1.0 / 3) < 1e-14)
        #expect(abs(fit.interceptSlopeCovariance) < 1e-14)
        // Residuals −1/6, 1/3, −1/6.
        #expect(abs(fit.quality!.chiSquared - 1.0 / 6) < 1e-14)
        #expect(fit.quality!.degreesOfFreedom == 1)
        // For one degree of freedom Q(χ²) = erfc(√(χ²/2)); erfc(0.288675) = 0.683091.
        #expect(abs(fit.quality!.pValue! - 0.683091) < 1e-6)
        // Var of the line at x: 1/3 + x²/2.
        #expect(abs(fit.value(at: 2).standardError - (1.0 / 3 + 2).squareRoot()) < 1e-14)
    }

    @Test func theUnweightedErrorIsTheScatter() throws {
        let fit = try LinearFit(x: [-1, 0, 1], y: [1, 3, 4])
        #expect(fit.quality == nil)
        #expect(abs(fit.slopeVariance - 0.5 / 6) < 1e-14)
    }

    @Test func badPointsAreRefused() {
        #expect(throws: InputError.self) { try LinearFit(x: [1], y: [1], errors: [1]) }
        #expect(throws: InputError.self) { try LinearFit(x: [1, 1], y: [1, 2], errors: [1, 1]) }
        #expect(throws: InputError.self) { try LinearFit(x: [1, 2], y: [1, .nan], errors: [1, 1]) }
        #expect(throws: InputError.self) { try LinearFit(x: [1, 2], y: [1, 2], errors: [1, 0]) }
        #expect(throws: InputError.self) { try LinearFit(x: [1, 2], y: [1, 2], errors: [1]) }
        #expect(throws: InputError.self) { try LinearFit(x: [1, 2], y: [1, 2]) }
    }
}
