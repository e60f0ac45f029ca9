import Files
import Foundation

extension Store {
    /// What `export` has copied.
    public struct Export: Codable, Sendable {
        /// Keys of outcomes that were not there.
        public var outcomes: [String] = []
        /// Keys of calculations whose state was taken.
        public var states: [String] = []
    }

    /// Copies what is finished here to a folder of outcomes, and the states of runs that are to go on elsewhere.
    ///
    /// - Parameters:
    ///   - kinds: that the program knows; outcomes of others are damaged, and refused.
    ///   - isWanted: which outcomes are worth keeping.
    ///   - keepsState: which calculations' states are, finished or not.
    /// - Throws: `InputError` for a damaged outcome or calculation, or when a file cannot be written.
    public func export(
        to outcomes: OutcomeStore, states: StateStore, kinds: CalculationKinds,
        isWanted: (any Calculation) -> Bool, keepsState: (any Calculation) -> Bool
    ) throws -> Export {
        var export = Export()
        try Folder.make(outcomes.path)
        for key in try self.outcomes.keys() where !outcomes.contains(key) {
            let (calculation, _) = try self.outcomes.check(key, kinds: kinds)
            guard isWanted(calculation) else { continue }
            try AtomicFile.write(try InputFile.data(at: self.outcomes.file(key)), to: outcomes.file(key))
            export.outcomes.append(key)
        }
        for folderKey in (try? InputFile.names(in: "\(path)/work")) ?? [] {
            let folder = try workFolder(folderKey)
            let names = (try? InputFile.names(in: folder.file(CalculationFolder.name))) ?? []
            for key in names.compactMap(OutcomeStore.key) {
                let calculation = try kinds.read(CalculationFolder.file(key, in: folder))
                guard keepsState(calculation), try states.take(calculation, from: folder) else { continue }
                export.states.append(key)
            }
        }
        return export
    }
}
