import Calculations
import Execution
import Structures
import Testing

@testable import Validation

extension Walks {
    private static let levels = [
        LevelOfTheory(code: "CP2K", functional: .pbe), LevelOfTheory(code: "CP2K", functional: .pbesol),
    ]

    /// Runs of Li10SiP2S12.
    static func plan(
        _ experiments: [String], _ arrangement: DynamicsPlan.Arrangement, _ cell: DynamicsPlan.CellChoice,
        temperatures: [Double], supercell: Crystal.Supercell = .init(2, 2, 2), levels: [String]? = nil
    ) -> DynamicsPlan {
        DynamicsPlan(
            experiments: experiments, materials: [.silicon], levels: levels, arrangement: arrangement, cell: cell,
            supercell: supercell, temperatures: temperatures, picoseconds: 102.3, equilibration: 1)
    }

    /// A study of Li10SiP2S12 with two models for each of two levels.
    static func study(_ plans: [DynamicsPlan]) -> Study {
        var study = study([500])
        study.materials = [.silicon]
        study.ensembles = levels.map {
            Ensemble(level: $0, materials: [.silicon], models: ["\($0.name) 0", "\($0.name) 1"], paths: ["0", "1"])
        }
        study.profile.dynamics = plans
        return study
    }

    /// Everything that an experiment needs as walks, changed as `change` says.
    static func outcomes(
        _ study: Study, _ experiment: any Experiment, _ change: (Dynamics, inout DynamicsRecord) -> Void = { _, _ in }
    ) throws -> Outcomes {
        var outcomes = Outcomes()
        for case let run as Dynamics in try experiment.needs(of: study) {
            var record = record(run)
            change(run, &record)
            outcomes.insert(outcome(run, record), from: .here)
        }
        return outcomes
    }

    /// The findings of an experiment, whose ids are of its families, and whose page can be drawn.
    static func findings(_ study: Study, _ experiment: any Experiment, _ outcomes: Outcomes) throws -> Findings {
        let findings = try Findings(experiment.findings(of: study, from: outcomes))
        for finding in findings.all {
            let family = try FindingFamily.family(of: FindingPattern(finding.id))
            #expect(experiment.families.contains(family), "\(finding.id)")
        }
        let section = try experiment.section(of: study, outcomes: outcomes, findings: findings)
        #expect(!section.tables.isEmpty && section.tables.allSatisfy { !$0.rows.isEmpty })
        return findings
    }
}
