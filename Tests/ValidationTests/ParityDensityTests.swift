import Testing

@testable import Validation

@Suite struct ParityDensityTests {
    @Test func countsAndRange() throws {
        var density = ParityDensity(width: 0.5)
        density.add(reference: -0.2, prediction: 0.1)
        density.add(reference: -0.4, prediction: 0.4)
        density.add(reference: 1.2, prediction: 0.9)
        #expect(density.total == 3)
        #expect(density.range == -0.5...1.5)
        let points = density.points()
        #expect(points.map(\.weight) == [1, 2])
        #expect(points[1].x == -0.25 && points[1].y == 0.25 && points[1].xError == 0.25)
    }

    @Test func joiningCellsKeepsTheCount() {
        var density = ParityDensity(width: 0.01)
        for i in -500..<500 { density.add(reference: Double(i) * 0.01 + 0.005, prediction: -Double(i) * 0.01) }
        let coarse = density.points(resolution: 20)
        #expect(coarse.compactMap(\.weight).reduce(0, +) == 1000)
        #expect(coarse.count < 80)
    }

    @Test func emptyHasNoPoints() {
        #expect(ParityDensity(width: 1).points().isEmpty)
        #expect(ParityDensity(width: 1).range == nil)
    }
}
