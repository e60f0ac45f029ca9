import Execution
import Files
import Foundation
import Labelling
import Structures

/// The labels of one frame at one or several levels of theory that go on from one another.
///
/// Each level is stored in the work folder when it is done, and not computed again by another attempt. Input, output and
/// reason of a level that fails stay there in LEVEL/; the calculation fails with it when the others have been tried.
public struct Labels: Calculation {
    public static let kind = "labels/1"
    public static let stage = ResourceStage.labelling

    public struct Content: Codable, Equatable, Sendable {
        /// By level of theory.
        public var labels: [String: Label]
    }

    public let structure: Structure
    public let code: LabelCode
    /// Is not coded, and so not in the key.
    public var machine = LabellingMachine.current

    private enum CodingKeys: String, CodingKey { case structure, code }

    /// - Parameter structure: whose velocities do not matter, and are dropped.
    public init(_ structure: Structure, by code: LabelCode, machine: LabellingMachine = .current) {
        var structure = structure
        structure.velocities = nil
        self.structure = structure
        self.code = code.trimmed(to: Set(structure.species))
        self.machine = machine
    }

    /// "Li20Ge2P4S24 3f9a01c2, CP2K PBE, PBEsol": the number begins the frame's hash.
    public var title: String {
        let formula = structure.speciesInOrder.map { species in
            "\(species)\(structure.species.count { $0 == species })"
        }
        let levels = code.levels == [code.name] ? "" : " \(code.levels.joined(separator: ", "))"
        return "\(formula.joined()) \(FrameHash.hexadecimal(of: structure).prefix(8)), \(code.name)\(levels)"
    }

    public var cost: Double { code.cost(of: structure) }
    public var cores: CoreDemand { .shared(machine.cores(for: code)) }

    public func run(in folder: WorkFolder, control: RunControl) throws -> Content {
        let runner = LabelRunner(code: code, machine: machine, work: folder, control: control)
        let levels = code.levels
        var labels = Self.finished(code, of: structure, in: folder)
        var failures: [String: LabelFailure] = [:]
        for (place, level) in levels.enumerated() where labels[level] == nil {
            try control.checkStop()
            control.report(Double(place) / Double(levels.count))
            do {
                let label = try runner.label(
                    structure, level: level, in: Self.folder(of: level),
                    from: try state(before: place, whichHave: labels), keepsState: place + 1 < levels.count)
                try JSONText.write(label, to: Self.file(of: level, in: folder))
                labels[level] = label
            } catch let failure as LabelFailure {
                failures[level] = failure
                folder.log("\(level): \(failure.reason.rawValue)")
            }
        }
        removeStates(in: folder)
        guard failures.isEmpty else { throw LabelsFailure(levels: failures) }
        return Content(labels: labels)
    }

    /// The levels that are done, also of a calculation that has failed or goes on, with their labels.
    public static func finished(
        _ code: LabelCode, of structure: Structure, in folder: WorkFolder
    ) -> [String: Label] {
        var labels: [String: Label] = [:]
        for level in code.levels {
            // A file that cannot be read is no label: it is made again.
            labels[level] = try? JSONText.read(Label.self, from: file(of: level, in: folder)).checked(for: structure)
        }
        return labels
    }

    /// Of the last functional before that which has converged.
    private func state(before place: Int, whichHave labels: [String: Label]) throws -> LabelRunner.State? {
        guard case .cp2k(let functionals, _) = code,
            let last = functionals[..<place].last(where: { labels[$0.rawValue] != nil })
        else { return nil }
        return LabelRunner.State(functional: last, folder: Self.folder(of: last.rawValue))
    }

    /// They are large and tell nothing.
    private func removeStates(in folder: WorkFolder) {
        guard case .cp2k(let functionals, _) = code else { return }
        for functional in functionals {
            for file in CP2KLabeller.stateFiles(of: functional) {
                unlink(folder.file("\(Self.folder(of: functional.rawValue))/\(file)"))
            }
        }
    }

    private static func folder(of level: String) -> String { level }
    private static func file(of level: String, in folder: WorkFolder) -> String { folder.file("\(level).json") }
}

/// Why a frame lacks labels, by level.
public struct LabelsFailure: Error, Equatable, Sendable, CustomStringConvertible {
    public var levels: [String: LabelFailure]

    public var description: String {
        levels.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "\n")
    }
}
