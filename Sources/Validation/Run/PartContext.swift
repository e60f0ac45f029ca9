import DeepPotential
import MolecularDynamics
import Parallel
import Reporting
import Structures

/// What every experiment needs: the settings, the models, the reference data, and ways to speak and to stop.
struct PartContext: Sendable {
    var settings: RunSettings
    var models: [DPModel]
    var modelInputs: [Manifest.Input]
    var dataInputs: [Manifest.Input]
    var reference: ReferenceData
    var progress: ProgressMeter
    var stop: StopFlag

    var profile: Profile { settings.profile }
    var material: Material { settings.material }

    /// The measured unit cell, which holds at 300 K.
    func cell() throws -> CellLengths { try reference.lattice().row(material, nil).lengths }

    func checkStop() throws {
        if stop.isRaised { throw Interrupted() }
    }

    /// A claim of the paper with this run's verdict on it.
    func claim(_ id: String, _ verdict: Claim.Verdict, _ reason: String) throws -> Claim {
        guard let row = try reference.claims().rows.first(where: { $0.id == id }) else {
            preconditionFailure("reference-data/paper/claims.json lacks '\(id)'")
        }
        return Claim(source: row.source, statement: row.statement, verdict: verdict, reason: reason)
    }
}
