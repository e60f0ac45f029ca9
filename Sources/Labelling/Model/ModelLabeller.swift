import DeepPotential
import Files
import Structures

/// Labels with a potential that exists already: a quick teacher for tests and for trying out protocols.
public struct ModelLabeller: Labeller {
    public let levels: [String]
    private let code: String
    private let makePotential: @Sendable () throws -> any Potential

    /// - Parameters:
    ///   - name: names the level of theory and, with `identity`, the teacher in the manifest.
    ///   - identity: what identifies the teacher exactly, such as the hash of its file.
    ///   - makePotential: makes a potential for one label; potentials are not shared between tasks.
    public init(name: String, identity: String, makePotential: @escaping @Sendable () throws -> any Potential) {
        levels = [name]
        code = "model \(identity)"
        self.makePotential = makePotential
    }

    public func settings(of level: String) -> [String: String] { ["teacher": code] }

    public func label(
        _ structure: Structure, levels: [String], folder: String
    ) async throws -> [String: Result<Label, LabelFailure>] {
        let start = ContinuousClock.now
        let potential = try makePotential()
        let result: Result<Label, LabelFailure>
        do {
            let evaluation = try potential.evaluate(structure)
            let elapsed = start.duration(to: .now) / Duration.seconds(1)
            result = .success(
                Label(
                    energy: evaluation.energy, forces: evaluation.forces,
                    virial: structure.isPeriodic ? evaluation.virial : nil, wallTime: elapsed, code: code))
        } catch let error as InputError {
            result = .failure(LabelFailure(.badStructure, error.description))
        }
        return Dictionary(uniqueKeysWithValues: levels.map { ($0, result) })
    }
}
