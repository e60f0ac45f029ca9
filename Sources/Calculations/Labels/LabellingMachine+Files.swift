import Execution
import Files
import Foundation
import Labelling

extension LabellingMachine {
    /// In a store, beside the calculations whose keys do not hold it.
    private static func file(_ store: Store) -> String { "\(store.path)/labelling.json" }

    /// Keeps it for workers that compute labels of this store in other processes.
    ///
    /// - Throws: `InputError` when it cannot be written.
    public func save(in store: Store) throws { try JSONText.write(Record(self), to: Self.file(store)) }

    /// What the last driver has saved; nil when none did.
    ///
    /// - Throws: `InputError` when the file is damaged.
    public static func saved(in store: Store) throws -> LabellingMachine? {
        guard FileManager.default.fileExists(atPath: file(store)) else { return nil }
        return try JSONText.read(Record.self, from: file(store)).machine
    }

    /// As it is written. Paths are whole, since workers start in other folders.
    private struct Record: Codable {
        struct CP2K: Codable {
            var executable: String
            var mpiLauncher: String?
            var dataFolder: String
        }

        struct VASP: Codable {
            var exchange: String
            var command: String?
            var potcarFolder: String?
            var timeoutSeconds: Double
        }

        var ranks: Int
        var threads: Int
        var timeoutSeconds: Double
        var niceLevel: Int
        var cp2k: CP2K?
        var vasp: VASP?

        init(_ machine: LabellingMachine) {
            func whole(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
            ranks = machine.cp2k.ranks
            threads = machine.cp2k.threads
            timeoutSeconds = machine.cp2k.timeout / .seconds(1)
            niceLevel = machine.cp2k.niceLevel
            cp2k = machine.cp2kInstallation.map { installation in
                CP2K(
                    executable: installation.executable, mpiLauncher: installation.mpiLauncher,
                    dataFolder: whole(installation.dataFolder))
            }
            vasp = machine.vasp.map { execution in
                VASP(
                    exchange: whole(execution.exchange), command: execution.command,
                    potcarFolder: execution.potcarFolder.map(whole), timeoutSeconds: execution.timeout / .seconds(1))
            }
        }

        var machine: LabellingMachine {
            LabellingMachine(
                cp2k: .init(
                    ranks: ranks, threads: threads, timeout: .seconds(timeoutSeconds), niceLevel: niceLevel),
                cp2kInstallation: cp2k.map {
                    .init(executable: $0.executable, mpiLauncher: $0.mpiLauncher, dataFolder: $0.dataFolder)
                },
                vasp: vasp.map {
                    .init(
                        exchange: $0.exchange, command: $0.command, potcarFolder: $0.potcarFolder,
                        timeout: .seconds($0.timeoutSeconds))
                })
        }
    }
}
