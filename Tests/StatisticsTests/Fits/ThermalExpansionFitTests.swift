import Files
import Statistics
import Structures
import Testing

@Suite struct ThermalExpansionFitTests {
    @Test func anExactLineIsFound() throws {
        let temperatures = [300.0, 400, 500, 600]
        let lengths = temperatures.map { 8.7 * (1 + 3.4e-5 * ($0 - 300)) }
        let fit = try ThermalExpansionFit(
            temperatures: temperatures, lengths: lengths, errors: [1e-3, 1e-3, 1e-3, 1e-3])
        #expect(abs(fit.coefficient.value - 3.4e-5) < 1e-15)
        #expect(abs(fit.referenceLength.value - 8.7) < 1e-12)
        // σ of the slope of four equidistant points is 1e-3/√(Σ(T − T̄)²) = 1e-3/√50000; the reference length moves
        // against the slope by the 150 K between T̄ and 300 K, which adds the factor 1 + 150 α.
        let slopeError = 1e-3 / 50_000.0.squareRoot()
        #expect(abs(fit.coefficient.standardError / (slopeError / 8.7 * (1 + 150 * 3.4e-5)) - 1) < 1e-5)
        #expect(abs(fit.length(at: 700).value - 8.7 * (1 + 3.4e-5 * 400)) < 1e-12)
    }

    @Test func badPointsAreRefused() {
        #expect(throws: InputError.self) {
            try ThermalExpansionFit(temperatures: [300], lengths: [8.7], errors: [0.1])
        }
        #expect(throws: InputError.self) {
            try ThermalExpansionFit(temperatures: [300, 400], lengths: [8.7, 0], errors: [0.1, 0.1])
        }
    }
}
