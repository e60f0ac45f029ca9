import Calculations
import Execution
import Foundation
import Reporting
import Statistics

extension Arrhenius {
    /// The points of one crystal and model with the Arrhenius law through them.
    struct Line {
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

        init(_ points: [DiffusionPoint]) throws {
            self.points = points.sorted { $0.temperature > $1.temperature }
            fit = try Self.fit(points)
            hotFit = try Self.fit(points.filter { $0.temperature >= lowestOfExtrapolation })
        }

        private static func fit(_ points: [DiffusionPoint]) throws -> ArrheniusFit? {
            let diffusive = points.compactMap { point in point.diffusion.map { (point.temperature, $0) } }
            guard diffusive.count >= 2 else { return nil }
            return try ArrheniusFit(
                temperatures: diffusive.map(\.0), diffusion: diffusive.map(\.1.value),
                errors: diffusive.map(\.1.standardError)
            ).enlargedToScatter
        }
    }

    /// One line for each crystal and model, in the order of the plans.
    func lines(of study: Study, _ outcomes: Outcomes) throws -> [Line] {
        let points = try DiffusionPoint.group(study.runs(for: name), outcomes)
        var order: [String] = []
        for point in points where !order.contains(point.series) { order.append(point.series) }
        return try order.map { series in try Line(points.filter { $0.series == series }) }
    }

    func findings(of study: Study, from outcomes: Outcomes) throws -> [Finding] {
        try lines(of: study, outcomes).flatMap { line in line.points.flatMap(Self.findings) + Self.findings(line) }
    }

    private static func findings(_ point: DiffusionPoint) -> [Finding] {
        let values = [("diffusion", point.diffusion), ("diffusion-ab", point.plane), ("diffusion-c", point.axes?[2])]
        return values.map { family, estimate in
            Finding(
                "\(family)/\(point.label)",
                estimate.map { .value($0) } ?? .obstacle(point.obstacle ?? "no run"), unit: "m²/s", keys: point.keys,
                origin: point.origin, distrust: point.distrust)
        }
    }

    private static func findings(_ line: Line) -> [Finding] {
        func finding(_ id: String, _ estimate: Estimate, _ unit: String) -> Finding {
            Finding(id, estimate, unit: unit, keys: line.keys, origin: line.origin, distrust: line.distrust)
        }
        var findings: [Finding] = []
        if let fit = line.fit {
            findings.append(finding("activation/\(line.series)", fit.activationEnergy, "eV"))
        }
        guard let hotFit = line.hotFit else { return findings }
        findings.append(
            finding("extrapolated/\(line.series)/300K", hotFit.diffusion(at: roomTemperature), "m²/s"))
        if let coldest = line.points.last, coldest.temperature < lowestOfExtrapolation, let here = coldest.diffusion {
            let there = hotFit.diffusion(at: coldest.temperature)
            let (own, law) = (here.relativeError, there.relativeError)
            findings.append(
                finding(
                    "curvature/\(line.series)",
                    Estimate(log(here.value / there.value), error: (own * own + law * law).squareRoot()), ""))
        }
        return findings
    }
}
