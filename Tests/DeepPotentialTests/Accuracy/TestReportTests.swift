import DeepPotential
import Files
import Foundation
import Structures
import Testing

@Suite struct TestReportTests {
    /// Predicts zero energy and virial and forces of one along x.
    private static var alongX: ConstantPotential { ConstantPotential(energy: 0, force: SIMD3(1, 0, 0)) }

    /// Two atoms, two frames; forces of frame f on atom a are (f, a, 0), energies 2f.
    static func system(virial: Bool, name: String = "sys") -> LabelledSystem {
        LabelledSystem(
            name: name, typeMap: ["Li", "S"], types: [1, 0],
            coordinates: [0, 0, 0, 2, 2, 2, 0, 0, 0, 2, 2, 2],
            boxes: [9, 0, 0, 0, 9, 0, 0, 0, 9, 9, 0, 0, 0, 9, 0, 0, 0, 9], energies: [0, 2],
            forces: [0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0],
            virials: virial ? Array(repeating: 1, count: 9) + Array(repeating: -3, count: 9) : nil)
    }

    @Test("MAE and RMSE by hand")
    func byHand() throws {
        let report = try TestReport(Self.alongX, on: [Self.system(virial: true)])
        #expect(report.frames == 2)
        #expect(report.energy.mae == 1 && report.energy.rmse == 2.0.squareRoot())
        #expect(report.energyPerAtom.mae == 0.5)
        // Differences: frame 0 (1,0,0), (1,-1,0); frame 1 (0,0,0), (0,-1,0).
        #expect(report.forces.count == 12)
        #expect(report.forces.mae == 4.0 / 12 && report.forces.rmse == (4.0 / 12).squareRoot())
        #expect(report.forcesByElement[.sulfur]?.mae == 1.0 / 6)
        #expect(report.forcesByElement[.lithium]?.mae == 3.0 / 6)
        #expect(report.virial.mae == 2 && report.virial.rmse == 5.0.squareRoot() && report.virial.largest == 3)
        #expect(report.virialPerAtom.mae == 1)
    }

    /// `reference-data/golden/dp-test.json`: the weighted averages that `dp test` of DeePMD-kit 3.2.0 prints, with seven
    /// digits, for the two-sided model against the one-sided one's predictions; the cluster's virials removed.
    @Test("The same numbers as dp test")
    func golden() throws {
        let file = GoldenModel.folder.appendingPathComponent("dp-test.json")
        let expected = try JSONDecoder().decode([String: Double].self, from: Data(contentsOf: file))
        var systems = try ["crystal", "cluster"].map {
            try LabelledSystem.load(path: GoldenModel.oneSided.predictions($0))
        }
        systems[1].virials = nil
        let model = try DPModel(contentsOf: GoldenModel.twoSided.path)
        let report = try TestReport(ReferenceEvaluator(model), on: systems)
        let found =
            [
                ("Energy", report.energy), ("Force", report.forces), ("Virial", report.virial),
            ].flatMap { [("\($0) MAE", $1.mae), ("\($0) RMSE", $1.rmse)] }
            + [("Energy", report.energyPerAtom), ("Virial", report.virialPerAtom)].flatMap {
                [("\($0) MAE/Natoms", $1.mae), ("\($0) RMSE/Natoms", $1.rmse)]
            }
        #expect(found.count == expected.count)
        for (name, value) in found {
            let reference = try #require(expected[name])
            #expect(abs(value - reference) < 1e-6 * reference, "\(name)")
        }
    }

    @Test("Frames without virial count for energies and forces only")
    func withoutVirial() throws {
        let report = try TestReport(Self.alongX, on: [Self.system(virial: false), Self.system(virial: true)])
        #expect(report.frames == 4 && report.energy.count == 4 && report.virial.count == 18)
        let none = try TestReport(Self.alongX, on: [Self.system(virial: false)])
        #expect(none.virial.count == 0 && none.virial.mae.isNaN)
    }

    @Test("Reports of parts merge to the report of the whole")
    func merging() throws {
        let systems = [Self.system(virial: false), Self.system(virial: true)]
        var merged = TestReport()
        for system in systems { merged.merge(try TestReport(Self.alongX, on: [system])) }
        #expect(try merged == TestReport(Self.alongX, on: systems))
    }

    @Test("An element that the model lacks is refused with the system and the frame")
    func unknownElement() throws {
        let evaluator = ReferenceEvaluator(.random(seed: 1, typeMap: ["Li", "P"]))
        let error = #expect(throws: InputError.self) {
            try TestReport(evaluator, on: [Self.system(virial: true, name: "data/sys.1")])
        }
        #expect(error?.file == "data/sys.1" && error?.place == "frame 0, atom 1")
        #expect(error?.problem == "the model knows Li, P but not S")
    }

    @Test("Detail files hold labels beside predictions")
    func details() throws {
        let folder = try TemporaryFolder()
        let details = try TestDetails(prefix: folder.file("d"))
        let systems = [Self.system(virial: false, name: "a"), Self.system(virial: true, name: "b")]
        _ = try TestReport(Self.alongX, on: systems) { try details.add($2, reference: $0, frame: $1) }
        #expect(!FileManager.default.fileExists(atPath: folder.file("d.f.out")))
        try details.finish()
        func lines(_ name: String) throws -> [String] {
            try String(contentsOfFile: folder.file("d.\(name).out"), encoding: .utf8).split(separator: "\n").map(
                String.init)
        }
        #expect(
            try lines("e") == [
                "# a: data_e pred_e", "0.000000000000000000e+00 0.000000000000000000e+00",
                "2.000000000000000000e+00 0.000000000000000000e+00", "# b: data_e pred_e",
                "0.000000000000000000e+00 0.000000000000000000e+00",
                "2.000000000000000000e+00 0.000000000000000000e+00",
            ])
        #expect(try lines("e_peratom")[2].hasPrefix("1.0"))
        let forces = try lines("f")
        #expect(forces[0] == "# a: data_fx data_fy data_fz pred_fx pred_fy pred_fz")
        #expect(forces.count == 10)
        #expect(forces[2].split(separator: " ").compactMap { Double($0) } == [0, 1, 0, 1, 0, 0])
        let virials = try lines("v")
        #expect(virials.count == 3 && virials[0].hasPrefix("# b: data_vxx data_vxy data_vxz data_vyx"))
        #expect(virials[2].split(separator: " ").compactMap { Double($0) }.count == 18)
        #expect(try lines("v_peratom")[1].hasPrefix("5.0"))
    }

    @Test("A folder that cannot be written is named")
    func unwritable() {
        let error = #expect(throws: InputError.self) { try TestDetails(prefix: "/nonexistent-folder/d") }
        #expect(error?.file == "/nonexistent-folder/d.e.out")
    }
}
