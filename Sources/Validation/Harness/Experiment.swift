import Execution
import Files
import Reporting

/// One experiment: which calculations it needs, what numbers it finds in their outcomes, and the page that shows them.
///
/// A new one is a folder (`X.swift`, `X+Findings.swift`, `X+Section.swift`) and a line in `Experiments.all`. All three
/// steps are pure: what was computed, and where, is the scheduler's business.
public protocol Experiment: Sendable {
    /// Its command, its folder in the report, and how plans name it: `convergence`.
    var name: String { get }
    /// `Convergence in time (Fig. 7a)`.
    var title: String { get }
    /// The families of findings that it makes (`Finding`).
    var families: [FindingFamily] { get }

    /// What must be computed.
    ///
    /// - Throws: `InputError` for a study that is impossible.
    func needs(of study: Study) throws -> [any Calculation]

    /// What it uses where the outcome is there already, and what is computed only where a study asks for labels
    /// (`Study.labelling`): hours of CP2K.
    ///
    /// - Throws: as `needs`.
    func wishes(of study: Study) throws -> [any Calculation]

    /// The numbers.
    ///
    /// - Throws: `InputError` when a fit cannot be made of what is there.
    func findings(of study: Study, from outcomes: Outcomes) throws -> [Finding]

    /// The page.
    ///
    /// - Throws: as `findings`.
    func section(of study: Study, outcomes: Outcomes, findings: Findings) throws -> Section
}

extension Experiment {
    public func wishes(of study: Study) throws -> [any Calculation] { [] }
}

/// All experiments, in the order of the report.
public enum Experiments {
    public static let all: [any Experiment] = [
        Locality(), Iterations(), Accuracy(), Speed(), Convergence(), Size(), FunctionalComparison(), Lattice(),
        Elasticity(), Arrangements(), Expansion(), Disorder(), RadialDistributions(), Arrhenius(), Transport(),
        TimeStep(), ModelError(),
        StatedErrors(),
    ]

    /// - Throws: `InputError` when there is no experiment of this name.
    public static func named(_ name: String) throws -> any Experiment {
        guard let experiment = all.first(where: { $0.name == name }) else {
            throw InputError(
                problem: "there is no experiment '\(name)'",
                mend: "choose from \(all.map(\.name).joined(separator: ", "))")
        }
        return experiment
    }
}
