import Foundation

/// An axis as it is drawn: where it ends and where its marks are, which the data decide unless the figure says so.
struct DrawnAxis: Equatable, Sendable {
    var scale: Panel.Axis.Scale
    var range: ClosedRange<Double>
    /// With a label each, in ascending order.
    var marks: [Panel.Tick]
    /// Without labels.
    var minorMarks: [Double]

    /// - Parameters:
    ///   - axis: what the figure asks for.
    ///   - extents: what must be seen, error bars included.
    ///   - length: points of paper.
    ///   - space: points along the axis that a label needs.
    init(_ axis: Panel.Axis, extents: [ClosedRange<Double>], length: Double, space: (String) -> Double) {
        scale = axis.scale
        range = axis.range ?? Self.fitted(extents, axis.scale)
        if let given = axis.ticks {
            (marks, minorMarks) = (given, [])
        } else if axis.scale == .logarithmic, let found = LogarithmicMarks(range, length: length, space: space) {
            (marks, minorMarks) = (found.marks, found.minorMarks)
        } else {
            let (range, scale) = (range, scale)
            let found = LinearMarks(range, step: axis.tickStep) {
                Self.fit($0, in: range, scale, length: length, space: space)
            }
            (marks, minorMarks) = (found.marks, found.minorMarks)
        }
    }

    /// 0 at the lower end, 1 at the upper one; outside of both for values beyond them.
    func fraction(_ value: Double) -> Double { Self.fraction(value, range, scale) }

    static func fraction(_ value: Double, _ range: ClosedRange<Double>, _ scale: Panel.Axis.Scale) -> Double {
        switch scale {
        case .linear: (value - range.lowerBound) / (range.upperBound - range.lowerBound)
        case .logarithmic: log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
        }
    }

    /// Whether no label meets its neighbour.
    static func fit(
        _ labels: [Panel.Tick], in range: ClosedRange<Double>, _ scale: Panel.Axis.Scale, length: Double,
        space: (String) -> Double
    ) -> Bool {
        zip(labels, labels.dropFirst()).allSatisfy { a, b in
            let distance = length * (fraction(b.position, range, scale) - fraction(a.position, range, scale))
            return distance >= 0.5 * (space(a.label) + space(b.label))
        }
    }

    /// All extents with a margin on both sides.
    private static func fitted(_ extents: [ClosedRange<Double>], _ scale: Panel.Axis.Scale) -> ClosedRange<Double> {
        let isLogarithmic = scale == .logarithmic
        let ends = extents.filter {
            $0.upperBound.isFinite && $0.lowerBound.isFinite && (!isLogarithmic || $0.lowerBound > 0)
        }
        guard var low = ends.map(\.lowerBound).min(), var high = ends.map(\.upperBound).max() else {
            return isLogarithmic ? 1...10 : 0...1
        }
        let margin = 0.06
        if isLogarithmic {
            // A single value stands in the middle of a factor of two.
            let factor = high > low ? pow(high / low, margin) : 2.0.squareRoot()
            (low, high) = (low / factor, high * factor)
        } else {
            let width = high > low ? margin * (high - low) : high == 0 ? 0.5 : 0.1 * abs(high)
            (low, high) = (low - width, high + width)
        }
        return low < high ? low...high : low - 1...high + 1
    }
}

/// Marks at multiples of 1, 2 or 5 times a power of ten.
struct LinearMarks {
    var marks: [Panel.Tick]
    var minorMarks: [Double]

    /// - Parameters:
    ///   - step: the distance of the marks, or nil for the smallest whose labels fit.
    ///   - fits: whether these marks have room.
    init(_ range: ClosedRange<Double>, step: Double?, fits: ([Panel.Tick]) -> Bool) {
        let length = range.upperBound - range.lowerBound
        var power = pow(10, floor(log10(length / 12)))
        var mantissa = 1.0
        while true {
            let here = step ?? mantissa * power
            let marks = Self.multiples(of: here, in: range).map { Panel.Tick(Self.label($0, step: here), at: $0) }
            if step != nil || marks.count <= 2 || fits(marks) {
                self.marks = marks
                minorMarks = Self.multiples(of: here / (step == nil && mantissa == 5 ? 5 : 2), in: range).filter {
                    place in
                    !marks.contains { abs($0.position - place) < 1e-6 * here }
                }
                return
            }
            (mantissa, power) = mantissa == 1 ? (2, power) : mantissa == 2 ? (5, power) : (1, 10 * power)
        }
    }

    private static func multiples(of step: Double, in range: ClosedRange<Double>) -> [Double] {
        let (first, last) = (
            (range.lowerBound / step - 1e-9).rounded(.up), (range.upperBound / step + 1e-9).rounded(.down)
        )
        guard last >= first, last - first < 1000 else { return [] }
        return stride(from: first, through: last, by: 1).map { $0 * step }
    }

    /// With as many digits as tell neighbours apart.
    private static func label(_ value: Double, step: Double) -> String {
        if abs(value) < 1e-9 * step { return "0" }
        let place = Int(floor(log10(step) + 1e-9))
        if NumberText.usesPower(abs(value)) || (place < -4) {
            return NumberText.significant(value, digits: max(1, NumberText.exponent(value) - place + 1))
        }
        return NumberText.fixed(value, decimals: max(0, -place))
    }
}

/// Marks at powers of ten; where the axis is too short for three of them, at 1, 2 and 5 times these, or others.
struct LogarithmicMarks {
    var marks: [Panel.Tick]
    var minorMarks: [Double]

    /// - Returns: nil where the axis spans too little for any of these; it is then marked as a linear one.
    init?(_ range: ClosedRange<Double>, length: Double, space: (String) -> Double) {
        precondition(range.lowerBound > 0, "a logarithmic axis is of positive numbers")
        let exponents = Int(floor(log10(range.lowerBound) - 1e-9))...Int(ceil(log10(range.upperBound) + 1e-9))
        let ends = range.lowerBound * (1 - 1e-9)...range.upperBound * (1 + 1e-9)
        func places(_ mantissas: [Double], every: Int = 1) -> [Double] {
            var places: [Double] = []
            for exponent in exponents where exponent % every == 0 {
                places += mantissas.map { $0 * pow(10, Double(exponent)) }.filter(ends.contains)
            }
            return places
        }
        let all = [1.0, 2, 3, 4, 5, 6, 7, 8, 9]
        let mantissas: [[Double]] = [[1], [1, 2, 5], [1, 3], [1, 2, 3, 5, 7], [1, 1.5, 2, 3, 5, 7], all]
        // From sparse to dense, thirds where fifths do not fit: the first with three marks that do.
        let choices = [10, 5, 3, 2].map { places([1], every: $0) } + mantissas.map { places($0) }
        let fitting = choices.map { places in places.map { Panel.Tick(Self.label($0), at: $0) } }.filter {
            DrawnAxis.fit($0, in: range, .logarithmic, length: length, space: space)
        }
        guard let chosen = fitting.first(where: { $0.count >= 3 }) else { return nil }
        marks = chosen
        let isDense = log10(range.upperBound / range.lowerBound) > 8
        minorMarks = places(isDense ? [1] : all).filter { place in
            !chosen.contains { abs($0.position / place - 1) < 1e-6 }
        }
    }

    private static func label(_ value: Double) -> String {
        let exponent = NumberText.exponent(value)
        let mantissa = (10 * value / pow(10, Double(exponent))).rounded() / 10
        let decimals = mantissa == mantissa.rounded() ? 0 : 1
        if (-2...4).contains(exponent) { return NumberText.fixed(value, decimals: max(0, decimals - exponent)) }
        let factor = mantissa == 1 ? "" : NumberText.fixed(mantissa, decimals: decimals) + "×"
        return "\(factor)10\(NumberText.superscript(exponent))"
    }
}
