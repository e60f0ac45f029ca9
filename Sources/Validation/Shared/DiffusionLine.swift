import Reporting
import Statistics

/// The coefficients of one crystal and model with the Arrhenius law through them.
struct DiffusionLine {
    /// K.
    static let roomTemperature = 300.0
    /// The lowest temperature (K) that extrapolations start from, as those of AIMD do.
    static let lowestOfExtrapolation = 500.0

    /// Hottest first.
    var points: [DiffusionPoint]
    /// Through all diffusive points; nil with fewer than two. Errors are enlarged where they scatter more.
    var fit: ArrheniusFit?
    /// Through those of `lowestOfExtrapolation` and above.
    var hotFit: ArrheniusFit?

    var series: String { points[0].series }
    var keys: [String] { points.flatMap(\.keys) }
    var origin: Origin { Origin(of: points.map(\.origin)) }
    var distrust: String? { points.compactMap(\.distrust).first }

    /// - Throws: `InputError` when a fit cannot be made.
    init(_ points: [DiffusionPoint]) throws {
        self.points = points.sorted { $0.temperature > $1.temperature }
        fit = try Self.fit(points)
        hotFit = try Self.fit(points.filter { $0.temperature >= Self.lowestOfExtrapolation })
    }

    private static func fit(_ points: [DiffusionPoint]) throws -> ArrheniusFit? {
        let diffusive = points.compactMap { point in point.diffusion.map { (point.temperature, $0) } }
        guard diffusive.count >= 2 else { return nil }
        return try ArrheniusFit(
            temperatures: diffusive.map(\.0), diffusion: diffusive.map(\.1.value),
            errors: diffusive.map(\.1.standardError)
        ).enlargedToScatter
    }

    /// One line for each crystal and model, in the order of the points.
    ///
    /// - Throws: `InputError` when a fit cannot be made.
    static func lines(_ points: [DiffusionPoint]) throws -> [DiffusionLine] {
        try points.map(\.series).distinct.map { series in try DiffusionLine(points.filter { $0.series == series }) }
    }
}
