import Foundation
import Testing

@testable import DeepPotential

@Suite struct LanesTests {
    @Test func totalsAreThoseOfEveryVector() {
        let lanes = Lanes.scalarCount
        let values = (0..<lanes * lanes).map { Float(($0 / lanes + 1) * ($0 % lanes * $0 % lanes + 1)) }
        let totals = values.withUnsafeBufferPointer { Lanes.totals($0.baseAddress!) }
        for k in 0..<lanes {
            let vector = Array(values[k * lanes..<(k + 1) * lanes])
            // Integers below 2²⁴: exact.
            #expect(totals[k] == vector.reduce(0, +))
            #expect(Lanes(vector).total() == vector.reduce(0, +))
        }
    }

    @Test func hyperbolicTangentIsAccurate() {
        for start in stride(from: -12.0, to: 12.0, by: 0.13) {
            let x = Lanes((0..<Lanes.scalarCount).map { Float(start + 0.02 * Double($0)) })
            let y = x.hyperbolicTangent
            for lane in 0..<Lanes.scalarCount { #expect(abs(Double(y[lane]) - tanh(Double(x[lane]))) < 3e-7) }
        }
        #expect(Lanes(repeating: .nan).hyperbolicTangent[0].isNaN)
        #expect(abs(Lanes(repeating: .infinity).hyperbolicTangent[0] - 1) < 4e-7)
    }
}
