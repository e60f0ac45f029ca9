import Calculations
import Execution
import Files
import Foundation
import Labelling
import Testing

struct LabellingMachineFileTests {
    private func withStore(_ body: (Store) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.path + "/machine-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(Store(folder))
    }

    @Test func workersReadWhatTheDriverHasSaved() throws {
        try withStore { store in
            #expect(try LabellingMachine.saved(in: store) == nil)
            let whole = LabellingMachine(
                cp2k: .init(ranks: 4, threads: 2, timeout: .seconds(90.5), niceLevel: 3),
                cp2kInstallation: .init(executable: "/opt/cp2k", mpiLauncher: "/opt/mpirun", dataFolder: "/opt/data"),
                vasp: .init(
                    exchange: "/work/vasp", command: "srun vasp_std", potcarFolder: "/opt/potcar", timeout: .seconds(7))
            )
            for machine in [whole, LabellingMachine(cp2k: .init(niceLevel: 0))] {
                try machine.save(in: store)
                #expect(try LabellingMachine.saved(in: store) == machine)
            }
        }
    }

    /// Workers start in other folders.
    @Test func pathsAreWhole() throws {
        try withStore { store in
            try LabellingMachine(vasp: .init(exchange: "out/vasp")).save(in: store)
            let exchange = try LabellingMachine.saved(in: store)?.vasp?.exchange
            #expect(exchange == FileManager.default.currentDirectoryPath + "/out/vasp")
        }
    }

    @Test func damagedFileIsTold() throws {
        try withStore { store in
            try AtomicFile.write(#"{"ranks": "many"}"#, to: "\(store.path)/labelling.json")
            #expect(throws: InputError.self) { try LabellingMachine.saved(in: store) }
        }
    }
}
