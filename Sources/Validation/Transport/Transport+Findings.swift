import Calculations
import Execution
import Foundation
import Reporting
import Statistics
import Structures

extension Transport {
    func points(of study: Study, _ outcomes: Outcomes) throws -> [DiffusionPoint] {
        try DiffusionPoint.group(study.diffusionRuns(for: name), outcomes)
    }

    func findings(of study: Study, from outcomes: Outcomes) throws -> [Finding] {
        try points(of: study, outcomes).flatMap { point in
            [
                point.finding("haven/\(point.label)", point.havenRatio, unit: ""),
                point.finding("conductivity/\(point.label)", point.conductivity, unit: "mS/cm"),
            ] + (try point.siteFindings)
        }
    }
}

extension DiffusionPoint {
    /// The slope of the collective displacement (m²/s), the mean over the runs.
    private var collective: Estimate? {
        obstacle == nil ? .mean(of: runs.compactMap { $0.result?.estimate?.collective }) : nil
    }

    /// D/D_collective; nil where the collective slope is not above twice its error, and tells nothing.
    var havenRatio: Estimate? {
        guard let diffusion, let collective, collective.value > 2 * collective.standardError else { return nil }
        return diffusion.ratio(over: collective)
    }

    /// From the collective displacement, so without a Haven ratio to be assumed (mS/cm).
    var conductivity: Estimate? {
        collective.map { collective in
            let crystal = runs[0].planned.calculation.crystal
            // Twenty Li in each unit cell.
            return NernstEinstein.conductivity(
                diffusion: collective, ions: 20, volume: crystal.cell.volume, temperature: temperature)
        }
    }

    private var sites: [SiteStatistics] { runs.compactMap { $0.found.content?.sites } }

    /// Occupations of Li1 to Li4; nil for runs of earlier versions, which did not record them.
    ///
    /// - Throws: `InputError` for a record that is damaged.
    func occupation(_ kind: LithiumSites.Kind) throws -> Estimate? {
        sites.isEmpty ? nil : .mean(of: try sites.map { try $0.occupation(kind) })
    }

    /// Jumps per ion and ps, and the share of them that lead back where the ion came from.
    ///
    /// - Throws: `InputError` for a record that is damaged.
    var jumpRates: (all: Estimate, returning: Estimate)? {
        get throws {
            guard !sites.isEmpty else { return nil }
            let all = Estimate.mean(of: try sites.map { try $0.jumpRate() })
            guard all.value > 0 else { return nil }
            return (all, Estimate.mean(of: try sites.map { try $0.returnRate() }).ratio(over: all))
        }
    }

    /// D over what jumps that know nothing of each other would give, in the plane of a and b and along c.
    ///
    /// - Throws: `InputError` for a record that is damaged.
    var jumpCorrelations: (plane: Estimate, c: Estimate)? {
        get throws {
            guard let plane, let axes, !sites.isEmpty else { return nil }
            let free = try sites.map { try $0.uncorrelatedDiffusion() }
            let (a, c) = (Estimate.mean(of: free.map(\.inPlane)), Estimate.mean(of: free.map(\.alongC)))
            guard a.value > 0, c.value > 0 else { return nil }
            return (plane.ratio(over: a), axes[2].ratio(over: c))
        }
    }

    fileprivate var siteFindings: [Finding] {
        get throws {
            var findings = try LithiumSites.Kind.allCases.compactMap { kind in
                try occupation(kind).map { finding("sites/\(label)/\(kind.name)", $0, unit: "") }
            }
            if let rates = try jumpRates {
                findings.append(finding("jumps/\(label)/rate", rates.all, unit: "1/ps"))
                findings.append(finding("jumps/\(label)/returning", rates.returning, unit: ""))
            }
            if let correlations = try jumpCorrelations {
                findings.append(finding("jumps/\(label)/correlation-ab", correlations.plane, unit: ""))
                findings.append(finding("jumps/\(label)/correlation-c", correlations.c, unit: ""))
            }
            return findings
        }
    }
}
