import Execution
import Foundation
import Reporting
import Statistics

extension Disorder {
    func points(of study: Study, _ outcomes: Outcomes) throws -> [DiffusionPoint] {
        try DiffusionPoint.group(study.diffusionRuns(for: name), outcomes)
    }

    /// The ordered and the disordered crystal of one material, model, cell and temperature.
    struct Pair {
        var ordered: DiffusionPoint
        var disordered: DiffusionPoint

        /// `Ge/VASP-PBE/expanded/500K`.
        var label: String {
            let run = ordered.runs[0].planned
            return
                "\(run.material.rawValue)/\(run.level.name)/\(run.cell.rawValue)/\(PlannedRun.kelvins(run.temperature))"
        }

        /// exp of the difference of mean ln D; nil where one of them is not diffusive.
        var ratio: Estimate? {
            disordered.diffusion.flatMap { here in ordered.diffusion.map { here.ratio(over: $0) } }
        }
    }

    static func pairs(_ points: [DiffusionPoint]) -> [Pair] {
        points.filter { $0.runs[0].planned.arrangement == .ordered }.compactMap { ordered in
            let own = ordered.runs[0].planned
            let partner = points.first {
                let other = $0.runs[0].planned
                return other.arrangement == .disordered && other.material == own.material && other.level == own.level
                    && other.cell == own.cell && other.temperature == own.temperature
            }
            return partner.map { Pair(ordered: ordered, disordered: $0) }
        }
    }

    /// The standard deviation of ln D between arrangements that runs of infinite length would show: the scatter less what the
    /// runs' own errors explain (analysis of variance, one way). nil with fewer than two diffusive arrangements.
    static func spread(_ point: DiffusionPoint) -> Estimate? {
        guard point.obstacle == nil, point.runs.count >= 2 else { return nil }
        return spread(point.runs.compactMap { $0.result?.estimate?.diffusion })
    }

    static func spread(_ estimates: [Estimate]) -> Estimate? {
        let count = Double(estimates.count)
        guard count >= 2 else { return nil }
        let logs = estimates.map { log($0.value) }
        let mean = logs.reduce(0, +) / count
        let scatter = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        let own = estimates.reduce(0) { $0 + $1.relativeError * $1.relativeError } / count
        // The scatter's square follows χ² with n − 1 degrees of freedom.
        let errorOfSquare = scatter * (2 / (count - 1)).squareRoot()
        let square = max(0, scatter - own)
        // From the square to its root; where nothing is left, the root of the square's own error is the bound.
        let error = square > errorOfSquare ? errorOfSquare / (2 * square.squareRoot()) : errorOfSquare.squareRoot()
        return Estimate(square.squareRoot(), error: error)
    }

    func findings(of study: Study, from outcomes: Outcomes) throws -> [Finding] {
        let points = try points(of: study, outcomes)
        let ordered = points.filter { $0.runs[0].planned.arrangement == .ordered }
        var findings = points.flatMap(\.findings)
        // Those of disordered crystals are found in the experiment of Fig. 13.
        findings += try DiffusionLine.lines(ordered).flatMap(\.findings)
        for pair in Self.pairs(points) {
            let both = [pair.ordered, pair.disordered]
            findings.append(
                Finding(
                    "disorder/\(pair.label)/ratio",
                    pair.ratio.map { .value($0) } ?? .obstacle(both.compactMap(\.obstacle).first ?? "no run"), unit: "",
                    keys: both.flatMap(\.keys), origin: Origin(of: both.map(\.origin)),
                    distrust: both.compactMap(\.distrust).first))
            if let spread = Self.spread(pair.disordered) {
                findings.append(pair.disordered.finding("disorder/\(pair.label)/spread", spread, unit: ""))
            }
        }
        return findings
    }
}
