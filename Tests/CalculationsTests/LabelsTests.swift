import Calculations
import DeepPotential
import Execution
import Files
import Foundation
import Labelling
import Structures
import Testing

struct LabelsTests {
    @Test func theKeyNamesContentNotMachine() throws {
        let structure = try FakeCP2K.structure(2.1)
        let labels = Labels(structure, by: FakeCP2K.code())
        var other = labels
        other.machine.cp2k.ranks = 4
        other.machine.cp2k.threads = 2
        #expect(other.key == labels.key)
        #expect(other.cores.count == 8)
        #expect(Labels(structure, by: FakeCP2K.code(cutoff: 101)).key != labels.key)
        #expect(Labels(structure, by: FakeCP2K.code([.pbesol])).key != labels.key)
        var moved = structure
        moved.positions[1].x = 2.1.nextUp
        #expect(Labels(moved, by: FakeCP2K.code()).key != labels.key)
        moved = structure
        moved.velocities = [.zero, .zero]
        #expect(Labels(moved, by: FakeCP2K.code()).key == labels.key)

        // The basis of an element that is not there does not matter.
        var settings = FakeCP2K.settings
        settings.basis["Sn"] = "TZV2P-MOLOPT-PBE-GTH-q4"
        #expect(Labels(structure, by: .cp2k(functionals: [.pbe], settings: settings)).key == labels.key)
        #expect(labels.title == "Li1Si1 \(FrameHash.hexadecimal(of: structure).prefix(8)), CP2K PBE")
    }

    @Test func readsBackExactly() throws {
        var structure = try FakeCP2K.structure(1.0 / 3)
        structure.cell = try Cell(Matrix3(SIMD3(6.1, 0.1, 0), SIMD3(-0.3, 5.7, 1e-17), SIMD3(0, 0, 6)))
        for code in [
            FakeCP2K.code([.pbe, .pbesol]), .vasp(functional: .scan, settings: VASPSettings()), .model("ab"),
            .cp2k(functionals: [.pbe], settings: .economical),
        ] {
            let labels = Labels(structure, by: code)
            let read = try JSONText.decode(Labels.self, from: JSONText.data(labels), file: nil)
            #expect(read.structure == labels.structure && read.code == labels.code && read.key == labels.key)
        }
    }

    @Test func damagedStructuresAreRefused() throws {
        let labels = Labels(try FakeCP2K.structure(2), by: .model("ab"))
        let text = String(decoding: try JSONText.canonical(labels), as: UTF8.self)
        for (old, new) in [("[6,0,0,0,6,", "[6,0,0,6,0,"), ("[0,0,0,2,0,0]", "[0,0,0,2,0]"), ("\"Si\"", "\"Xx\"")] {
            let bad = text.replacingOccurrences(of: old, with: new)
            #expect(bad != text)
            #expect(throws: InputError.self) { try JSONText.decode(Labels.self, from: Data(bad.utf8), file: "f") }
        }
    }

    @Test func framesWaitForVASPElsewhere() async throws {
        try await FakeCP2K.with { fake in
            let structure = Structure(
                cell: try Cell(Matrix3(SIMD3(5, 0, 0), SIMD3(-1, 4, 0), SIMD3(0, 0, 10))),
                species: [.lithium, .sulfur],
                positions: [SIMD3(0, 0, 0), SIMD3(2.4, 0, 0)])
            let frame = QueuedFrame(
                dataset: "LiS", source: "here", index: 0, structure: structure, typeMap: ["Li", "S"])
            let machine = LabellingMachine(vasp: .init(exchange: "\(fake.output)/vasp"))
            func run() async throws -> LabelProgress {
                try await LabelBatch(
                    codes: [.pbe, .pbesol].map { .vasp(functional: $0, settings: VASPSettings()) }, output: fake.output,
                    workplace: Workplace(try Store(fake.store), program: "test"), machine: machine, stop: .init()
                ).run([frame])
            }
            let first = try await run()
            #expect(first.waiting == 2 && first.failed == 0 && first.labelled == 0 && first.remaining == 0)
            let place = "\(fake.output)/vasp/PBE/\(FrameHash.hexadecimal(of: structure))"
            #expect(try POSCAR(contentsOf: "\(place)/POSCAR").structure.species == structure.species)

            let outcar = try InputFile.data(at: "\(FakeCP2K.fixtures)/OUTCAR")
            try AtomicFile.write(outcar, to: "\(place)/OUTCAR")
            let second = try await run()
            #expect(second.waiting == 1 && second.labelled == 1)
            #expect(try fake.system("PBE", "LiS").energies == [-8.5])
            #expect(try await run().found == 1)
        }
    }
}
