import Execution
import Files
import Foundation
import Parallel
import Structures

@testable import Calculations

/// A store of its own for one test, with the package's models in its library.
final class Bench: Sendable {
    let folder: String
    let store: Store
    /// SHA-256 of two models of Li10GeP2S12.
    let models: [String]

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "calculations-\(UUID().uuidString)").path()
        let store = try Store(folder + "/store")
        models = try ["000", "001"].map { try store.inputs.add(file: Self.models + "/model-\($0).dp") }
        self.store = store
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// The package's small nets: their tables are made in a moment.
    static let models: String = {
        var package = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { package.deleteLastPathComponent() }
        return package.appendingPathComponent("reference-data/models/LiGePS-PBE").path
    }()

    /// 50 atoms.
    static func crystal(_ arrangement: Crystal.Arrangement = .ordered) -> Crystal {
        Crystal(
            material: .germanium, cell: CellLengths(a: 8.7, b: 8.7, c: 12.6), supercell: .init(1, 1, 1),
            arrangement: arrangement)
    }

    func run<C: Calculation>(_ calculation: C, stop: StopFlag = StopFlag()) throws -> C.Content {
        try calculation.run(
            in: store.workFolder(calculation.folderKey), control: RunControl(stop: stop, inputs: store.inputs))
    }
}
