import Statistics
import Structures
import Testing

@testable import Reporting

/// Ranges and marks of axes.
@Suite struct AxisTests {
    static func axis(
        _ extents: [ClosedRange<Double>], _ scale: Panel.Axis.Scale = .linear, length: Double = 300,
        width: Double = 40
    ) -> DrawnAxis {
        DrawnAxis(.init("x", scale: scale), extents: extents, length: length) { _ in width }
    }

    @Test func marksAreRoundAndTellApart() {
        #expect(Self.axis([0...10]).marks.map(\.label) == ["0", "2", "4", "6", "8", "10"])
        #expect(Self.axis([-0.31...0.28]).marks.map(\.label) == ["−0.3", "−0.2", "−0.1", "0", "0.1", "0.2", "0.3"])
        #expect(Self.axis([2e-9...9e-9]).marks.map(\.label) == ["2×10⁻⁹", "4×10⁻⁹", "6×10⁻⁹", "8×10⁻⁹"])
        #expect(Self.axis([1e-11...5e-9], .logarithmic).marks.map(\.label) == ["10⁻¹¹", "10⁻¹⁰", "10⁻⁹"])
        #expect(Self.axis([5...200], .logarithmic).marks.map(\.label) == ["5", "10", "20", "50", "100", "200"])
        #expect(Self.axis([0.24...1.05], .logarithmic).marks.map(\.label).contains("0.3"))
        // Too short for powers of ten: marked as a linear axis.
        #expect(Self.axis([5.02...5.11], .logarithmic).marks.count >= 2)
        // Few marks where labels are long.
        #expect(Self.axis([0...10], width: 120).marks.map(\.label) == ["0", "5", "10"])
        #expect(Self.axis([5...5]).range.contains(5) && Self.axis([]).range == 0...1)
        #expect(Self.axis([0...0]).range == -0.5...0.5)
    }

    @Test func rangesHoldAllDataWithTheirErrorsAndLittleMore() {
        var random = RandomStream(seed: 4, name: "axes")
        for scale in [Panel.Axis.Scale.linear, .logarithmic] {
            for _ in 0..<300 {
                let extents = (0..<5).map { _ in
                    let value = scale == .linear ? 1e3 * (random.uniform() - 0.5) : pow10(12 * random.uniform() - 9)
                    return value...(value + abs(value) * random.uniform())
                }
                let axis = Self.axis(extents, scale)
                let fractions = extents.flatMap { [axis.fraction($0.lowerBound), axis.fraction($0.upperBound)] }
                #expect(fractions.allSatisfy { 0 < $0 && $0 < 1 })
                // The margin on each side is 6 % of the data's width.
                #expect(fractions.max()! - fractions.min()! > 0.87)
                #expect(axis.marks.count >= 2 && axis.marks.allSatisfy { axis.range.contains($0.position) })
                #expect(Set(axis.marks.map(\.label)).count == axis.marks.count, "\(axis)")
                #expect(
                    DrawnAxis.fit(axis.marks, in: axis.range, scale, length: 300) { _ in 40 } || axis.marks.count == 2)
            }
        }
    }

    @Test func logarithmicAxesCutBarsThatReachZero() {
        let panel = Panel(
            x: .init("x"), y: .init("y", scale: .logarithmic),
            series: [
                Series(
                    "a", style: .points, colour: .blue,
                    points: [.init(x: 1, y: 2, yError: 3), .init(x: 2, y: 4, yError: 1), .init(x: 3, y: -1)])
            ])
        #expect(panel.extents(\.y) == [0.2...5, 3...5])
        let script = GnuplotScript(Figure(name: "f", caption: "", panels: [panel])).script
        #expect(script.contains("($2-$4 > 0.16"), "\(script)")
    }

    @Test func whatTheOtherAxisCutsOffCountsForNothing() {
        let points = [Series.Point(x: 1, y: 2), .init(x: 2, y: 3), .init(x: 9, y: 40)]
        var panel = Panel(
            x: .init("x", range: 0...3), y: .init("y"),
            series: [Series("a", style: .line, colour: .blue, points: points)])
        #expect(panel.extents(\.y) == [2...2, 3...3])
        panel.x.range = nil
        #expect(panel.extents(\.y).count == 3)
    }

    private func pow10(_ exponent: Double) -> Double {
        var value = 1.0
        for _ in 0..<Int(abs(exponent)) { value *= exponent < 0 ? 0.1 : 10 }
        return value
    }
}
