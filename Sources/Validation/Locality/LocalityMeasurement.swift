import Calculations
import Execution
import Reporting
import Statistics
import Structures

/// The force constants of one source as they were found, with what speaks against them.
struct LocalityMeasurement {
    /// ‖Σ_j Φ_ij‖ over ‖Φ_ii‖, and what differs between Φ_ij and Φ_jiᵀ over these, beyond which the force constants are not
    /// trusted; CP2K's grid breaks the first by 0.0004 (one P, 400 Ry).
    static let largestViolation = 0.02

    let source: Locality.Source
    /// nil where anything is missing.
    let constants: ForceConstants?
    /// nil where it was not asked for, or is missing.
    let check: Check?
    /// Why there are none.
    let obstacle: String?
    let keys: [String]
    let origin: Origin

    /// The same number by random displacements and by linear response.
    struct Check {
        var element: Species
        /// meV/Å per Å.
        var direct: Estimate
        var linear: Double
        /// How often it was tried.
        var draws: Int

        /// In standard errors.
        var deviation: Double { (direct.value - linear) / direct.standardError }
    }

    /// - Throws: `InputError` for a damaged outcome.
    init(_ source: Locality.Source, _ outcomes: Outcomes, _ labelling: LabellingPolicy) throws {
        self.source = source
        let parts = source.parts.map { Found(outcomes, $0) }
        let check = source.check.map { Found(outcomes, $0) }
        keys = parts.map(\.key) + [check?.key].compactMap { $0 }
        origin = Origin(of: parts.compactMap(\.origin))
        obstacle = parts.compactMap { $0.obstacle(labelling) }.first
        let contents = parts.compactMap { part in part.content.map { (part.calculation, $0) } }
        guard obstacle == nil, contents.count == parts.count else {
            constants = nil
            self.check = nil
            return
        }
        let constants = try ForceConstants(contents, of: source.crystal.structure())
        self.constants = constants
        self.check = check.flatMap { found in found.content.flatMap { Self.check(found.calculation, $0, constants) } }
    }

    /// Normal displacements make forces of covariance u² Σ_j Φ_ij Φ_ijᵀ = u² M, so that the mean of |ΔF|² over n draws has the
    /// variance 2u⁴ tr M²/n.
    private static func check(
        _ calculation: PerturbedForces, _ content: PerturbedForces.Content, _ constants: ForceConstants
    ) -> Check? {
        guard let site = constants.sites.first(where: { $0.atom == calculation.site }) else { return nil }
        let draws = Double(content.changes.count) / 3
        let square = content.changes.reduce(0) { $0 + $1 * $1 } / draws
        let outside = site.blocks.indices.filter { site.images[$0].distance > calculation.radius }
        let covariance = outside.reduce(Matrix3.zero) { $0 + site.blocks[$1] * site.blocks[$1].transpose }
        guard covariance.trace > 0 else { return nil }
        let relative = 0.5 * (2 * covariance.squaredNorm / draws).squareRoot() / covariance.trace
        let slope = 1000 * square.squareRoot() / calculation.amplitude
        return Check(
            element: constants.structure.species[site.atom], direct: Estimate(slope, error: slope * relative),
            linear: 1000 * covariance.trace.squareRoot(), draws: Int(draws))
    }

    var elements: [Species] {
        [.lithium, source.material.species, .phosphorus, .sulfur]
    }

    /// Why nothing may be decided by it.
    var distrust: String? {
        guard let constants else { return nil }
        let sum = elements.compactMap(constants.sumRule).max() ?? 0
        if sum > Self.largestViolation {
            return "the force constants of an atom sum to \(Self.percent(sum)) of its own, and not to zero"
        }
        if let asymmetry = constants.asymmetry, asymmetry > Self.largestViolation {
            return "Φ_ij and Φ_ji differ by \(Self.percent(asymmetry))"
        }
        if let check, abs(check.deviation) > 3 {
            return "random displacements give \(check.direct.text()) meV/Å per Å, linear response "
                + NumberText.significant(check.linear, digits: 3)
        }
        return nil
    }

    private static func percent(_ share: Double) -> String { "\(NumberText.significant(100 * share, digits: 2)) %" }
}
