import Files
import Statistics
import Structures
import Testing

@Suite struct PowerLawFitTests {
    @Test func anExactLawIsFound() throws {
        let x = [1.0, 2, 5, 10]
        let fit = try PowerLawFit(x: x, y: x.map { 3 * $0 * $0.squareRoot() }, errors: [0.1, 0.1, 0.1, 0.1])
        #expect(abs(fit.exponent.value - 1.5) < 1e-12)
        #expect(abs(fit.prefactor.value - 3) < 1e-12)
        #expect(abs(fit.value(at: 4).value - 24) < 1e-11)
    }

    @Test func nonPositivePointsAreRefused() {
        #expect(throws: InputError.self) { try PowerLawFit(x: [1, 2, 3], y: [1, 0, 2]) }
        #expect(throws: InputError.self) { try PowerLawFit(x: [-1, 2, 3], y: [1, 1, 2]) }
    }
}
