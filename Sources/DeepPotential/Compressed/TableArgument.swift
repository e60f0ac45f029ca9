/// The tables' argument u = s/(s + σ), in which their intervals are equally long.
///
/// Trained nets change fastest towards s = 0, at the cutoff, where (s − davg)/dstd magnifies what is left of a neighbour.
/// Intervals of equal u are shortest there, which takes eight to sixteen times fewer of them than intervals of equal s:
/// the tables then fit the processor's caches.
enum TableArgument {
    /// σ (1/Å): between 0.1 and 0.2 the number of intervals is least.
    static let bend = 0.15

    static func value(at s: Double) -> Double { s / (s + bend) }

    /// s as a function of u, with its slope and curvature.
    static func inverse(at u: Double) -> Jet {
        let rest = 1 / (1 - u)
        return Jet(value: bend * u * rest, slope: bend * rest * rest, curvature: 2 * bend * rest * rest * rest)
    }
}
