import Files
import Statistics
import Testing

@testable import Reporting

@Suite struct EstimateTextTests {
    @Test(arguments: [
        (1.6512, 0.0312, "1.65 ± 0.03"), (82.41, 0.914, "82.4 ± 0.9"), (82.41, 1.52, "82.4 ± 1.5"),
        (16.2e-12, 2.1e-12, "(1.6 ± 0.2)×10⁻¹¹"), (0.2149, 0.0151, "0.215 ± 0.015"), (-3.001, 0.9, "−3.0 ± 0.9"),
        (1234.6, 12.3, "1235 ± 12"), (8.0e-12, 3.0e-11, "(1 ± 3)×10⁻¹¹"), (0.00004, 0.5, "0.0 ± 0.5"),
        (5.0, 0.0996, "5.00 ± 0.10"), (123456.0, 2000.0, "123456 ± 2000"),
    ])
    func errorsDecideTheDigits(value: Double, error: Double, text: String) {
        #expect(Estimate(value, error: error).text() == text)
    }

    @Test func withoutErrorDigitsAreGiven() {
        #expect(Estimate(1.65123).text(digits: 3) == "1.65")
        #expect(Estimate(9.9996).text(digits: 4) == "10.00")
        #expect(Estimate(4.1e-12).text(digits: 2) == "4.1×10⁻¹²")
        #expect(Estimate(0).text() == "0")
        #expect(Estimate(.nan).text() == "–")
        #expect(Estimate(2, error: .nan).text(digits: 2) == "2.0")
    }

    @Test func durations() {
        #expect(DurationText.of(seconds: 3.14) == "3.1 s")
        #expect(DurationText.of(seconds: 59.6) == "1 min 00 s")
        #expect(DurationText.of(seconds: 200) == "3 min 20 s")
        #expect(DurationText.of(seconds: 7500) == "2 h 05 min")
    }

    @Test func formulas() {
        #expect(NumberText.fixed(-0.0001, decimals: 2) == "0.00")
    }
}
