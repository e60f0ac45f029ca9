import Files
import Statistics
import Structures
import Testing

@Suite struct GeneralisedLeastSquaresTests {
    /// With a diagonal Σ the answer is the weighted fit's, which GSL computes by another route.
    @Test func diagonalCovarianceIsTheWeightedFit() throws {
        let (x, y) = ([1.0, 2, 4, 7, 8], [2.1, 2.9, 5.2, 8.4, 8.8])
        let errors = [0.1, 0.2, 0.1, 0.4, 0.3]
        let line = try LinearFit(x: x, y: y, errors: errors)
        var sigma = [Double](repeating: 0, count: 25)
        for i in 0..<5 { sigma[6 * i] = errors[i] * errors[i] }
        let solver = try GeneralisedLeastSquares(design: x.flatMap { [1, $0] }, parameterCount: 2, covariance: sigma)
        let fit = solver.fit(y)
        #expect(abs(fit.parameters[0] - line.intercept) < 1e-12)
        #expect(abs(fit.parameters[1] - line.slope) < 1e-12)
        #expect(abs(solver.covariance[0] - line.interceptVariance) < 1e-12)
        #expect(abs(solver.covariance[1] - line.interceptSlopeCovariance) < 1e-12)
        #expect(abs(solver.covariance[3] - line.slopeVariance) < 1e-12)
        #expect(abs(fit.quality.chiSquared - line.quality!.chiSquared) < 1e-10)
    }

    /// The mean of two correlated values: weights (σ₂² − c, σ₁² − c)/(σ₁² + σ₂² − 2c).
    @Test func correlatedPairByHand() throws {
        let solver = try GeneralisedLeastSquares(design: [1, 1], parameterCount: 1, covariance: [4, 1, 1, 2])
        #expect(abs(solver.weights[0] - 0.25) < 1e-14)
        #expect(abs(solver.weights[1] - 0.75) < 1e-14)
        #expect(abs(solver.standardError(parameter: 0) - 1.75.squareRoot()) < 1e-14)
        // (y1 − y2)² / (σ₁² + σ₂² − 2c) is the χ² of the pair.
        #expect(abs(solver.fit([3, 1]).quality.chiSquared - 1) < 1e-13)
    }

    /// GSL's default would abort the process here.
    @Test func aMatrixThatIsNotPositiveDefiniteThrows() {
        let error = #expect(throws: GSLError.self) {
            try GeneralisedLeastSquares(design: [1, 1], parameterCount: 1, covariance: [1, 2, 2, 1])
        }
        #expect(error?.function == "gsl_linalg_cholesky_decomp1")
        #expect(error?.message == "input domain error")
    }

    @Test func tooFewObservationsAreRefused() {
        #expect(throws: InputError.self) {
            try GeneralisedLeastSquares(design: [1, 1], parameterCount: 2, covariance: [1])
        }
    }
}
