import Reporting
import Statistics

/// Diffusion results in words.
enum DiffusionText {
    /// Why there is no coefficient.
    static func reason(_ reason: NotDiffusiveReason) -> String {
        switch reason {
        case .tooFewFrames: "not diffusive yet: too short"
        case .tooFewJumps(let jumps):
            "not diffusive yet: \(NumberText.significant(jumps, digits: 2)) jumps per ion in the fitted time"
        case .curved(let exponent): "not diffusive yet: MSD grows as t^\(exponent.text())"
        case .undecided(let exponent): "not diffusive yet: exponent only known as \(exponent.text())"
        }
    }

    /// How the runs were made, for introductions.
    static func protocolText(_ context: PartContext) -> String {
        let plan = context.profile.diffusion
        let arrangement = plan.isDisordered ? "M and P at random over the 4d sites" : "ordered"
        let expansion =
            plan.thermalExpansion == 0
            ? "at every temperature"
            : "at 300 K, expanded linearly by \(NumberText.significant(plan.thermalExpansion, digits: 2)) per K"
        return """
            \(context.material.formula), \(plan.supercell.atoms) atoms (\(plan.supercell.text)), \(arrangement); NVT with \
            a Nosé-Hoover chain (\(NumberText.significant(plan.thermostatTime, digits: 1)) ps), steps of \
            \(NumberText.significant(1000 * plan.timestep, digits: 1)) fs, the experimental cell \(expansion); \
            \(NumberText.significant(plan.equilibration, digits: 2)) ps of equilibration discarded
            """
    }

    /// What a reader must know when the machine was too slow.
    static func scaleRemark(_ campaign: DiffusionCampaign.Plan) -> [String] {
        guard campaign.scale < 1 else { return [] }
        return [
            "This machine is too slow for the profile's lengths (\(NumberText.significant(campaign.millisecondsPerStep, digits: 3)) "
                + "ms per step): all were cut to \(NumberText.significant(100 * campaign.scale, digits: 2)) %, so another "
                + "machine may give other numbers within the errors."
        ]
    }

    /// For the manifest.
    static func details(_ campaign: DiffusionCampaign.Plan, _ results: [ReplicaResult]) -> [String: String] {
        var details = ["ms/step side by side": NumberText.significant(campaign.millisecondsPerStep, digits: 3)]
        for result in results {
            details["production at \(result.replica.name)"] =
                "\(NumberText.significant(result.final.picoseconds, digits: 4)) ps"
        }
        return details
    }
}
