import DeepPotential
import Files
import Foundation
import Parallel
import Statistics
import Structures
import Testing

@testable import MolecularDynamics

/// Trajectories of other writers, after public bug reports of this field: Li in a cube of 8 Å that they cross, 60 frames of
/// 0.5 ps (extended XYZ) and 12 (H5MD).
///
/// The right values of MSD(0.5 ps) were computed by hand in NumPy from the same random walk before it was wrapped.
@Suite struct TrajectoryCasesTests {
    /// MSD(0.5 ps) of Li in extended XYZ and in H5MD (Å²), to the digits given there.
    private static let inXYZ = 0.955
    private static let inH5MD = 0.9455
    private static let tolerance = 6e-4

    private static func path(_ name: String) -> String {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<2 { folder.deleteLastPathComponent() }
        return folder.appendingPathComponent("Fixtures/\(name)").path
    }

    private func msd(
        _ name: String, change: (inout TrajectoryAnalysis) throws -> Void = { _ in }
    ) throws -> (value: Double, remarks: [String]) {
        var analysis = TrajectoryAnalysis(path: name.hasPrefix("/") ? name : Self.path(name))
        try change(&analysis)
        let result = try analysis.run(progress: .none)
        let row = try #require(result.curve.times.firstIndex { abs($0 - 0.5) < 1e-6 })
        return (result.curve.total[row], result.remarks)
    }

    private func error(_ name: String, change: (inout TrajectoryAnalysis) throws -> Void = { _ in }) -> InputError? {
        do {
            _ = try msd(name, change: change)
            return nil
        } catch { return error as? InputError }
    }

    @Test func bareTimesArePicosecondsWithARemark() throws {
        let (value, remarks) = try msd("20-good.extxyz")
        #expect(abs(value - Self.inXYZ) < Self.tolerance, "\(value)")
        #expect(remarks.count == 1 && remarks[0].contains("--time-unit"))
        // A thousandth of the time.
        let short = try TrajectoryAnalysis.run(Self.path("20-good.extxyz"), unit: .femtoseconds)
        #expect(abs(short.curve.frameInterval - 5e-4) < 1e-12 && short.remarks.isEmpty)
    }

    /// MDSuite #60, dpdata #377.
    @Test func shuffledAtomsAreSortedByTheirIds() throws {
        #expect(abs(try msd("21b-unsorted-with-id.extxyz").value - Self.inXYZ) < Self.tolerance)
        let text = try InputFile.text(at: Self.path("21b-unsorted-with-id.extxyz"))
            .replacing("id:I:1", with: "tag:I:1")
        try withTemporaryFolder { folder in
            try AtomicFile.write(text, to: "\(folder)/a.extxyz")
            let refusal = error("\(folder)/a.extxyz")
            #expect(refusal?.place?.hasPrefix("frame") == true, "without ids the order must stay: \(refusal!)")
        }
    }

    /// MDAnalysis #3179; cp2k #721.
    @Test func withoutACellNothingIsInvented() throws {
        #expect(
            error("22-no-lattice.xyz") { $0.frameInterval = 0.5 }?.problem.contains("does not tell the cell") == true)
        #expect(error("23-cp2k-pos-1.xyz")?.mend?.contains("--cell") == true)
        let cube = try Cell(a: 8, b: 8, c: 8)
        #expect(
            abs(try msd("22-no-lattice.xyz") { ($0.frameInterval, $0.cell) = (0.5, cube) }.value - Self.inXYZ) < 1e-3)
        // CP2K's times are femtoseconds, and say so.
        let (value, remarks) = try msd("23-cp2k-pos-1.xyz") { $0.cell = cube }
        #expect(abs(value - Self.inXYZ) < Self.tolerance && remarks.isEmpty, "\(value) \(remarks)")
    }

    /// votca/csg #535, MDAnalysis #2787, VMD-h5mdplugin #4.
    @Test(arguments: ["30-good.h5", "31-nm-units.h5", "33-group-all.h5", "35-edges-vector.h5", "38-no-id.h5"])
    func validH5MDOfOthers(_ name: String) throws {
        let (value, _) = try msd(name)
        #expect(abs(value - Self.inH5MD) < Self.tolerance, "\(value)")
    }

    @Test func theIonIsNamedInErrors() {
        #expect(error("20-good.extxyz") { $0.mobile = Species(symbol: "K")! }?.problem == "there is no K among Li, S")
    }

    @Test(arguments: [0.0, .nan, -1, .infinity]) func intervalsAreChecked(_ interval: Double) {
        #expect(error("20-good.extxyz") { $0.frameInterval = interval }?.place == "--frame-interval")
    }

    @Test(arguments: [0.0, .nan, -.infinity]) func chargesAreChecked(_ charge: Double) {
        #expect(error("20-good.extxyz") { $0.charge = charge }?.place == "--charge")
    }

    @Test(arguments: [-5.0, .nan, .infinity, 1e30]) func equilibrationIsChecked(_ time: Double) {
        #expect(error("20-good.extxyz") { $0.equilibration = time } != nil)
    }

    @Test func temperatureMustBeTheRuns() throws {
        let structure = Structure(
            cell: try Cell(a: 20, b: 20, c: 20), species: Array(repeating: .lithium, count: 300),
            positions: (0..<300).map { SIMD3(Double($0 % 7), Double($0 % 11), Double($0 % 13)) })
        var state = MDState(structure: structure)
        var random = RandomStream(seed: 5, name: "test")
        state.drawVelocities(temperature: 600, from: &random)
        var thermometer = Thermometer()
        thermometer.add(state.structureWithVelocities)
        #expect(abs(thermometer.mean! - 600) < 1e-9)
        #expect(throws: Never.self) { try thermometer.check(620, "x") }
        #expect(throws: InputError.self) { try thermometer.check(300, "x") }
        #expect(throws: InputError.self) { try thermometer.check(.nan, "x") }
    }

    @Test func unitsOfH5MD() {
        #expect(UnitExpression("nm ps-1").map { ($0.factor, $0.length, $0.time) } ?? (0, 0, 0) == (10, 1, -1))
        #expect(UnitExpression("Angstrom fs-1")?.factor == 1000)
        #expect(UnitExpression("fs")?.factor == 1e-3 && UnitExpression("kcal") == nil)
    }
}

extension TrajectoryAnalysis {
    fileprivate static func run(_ path: String, unit: TimeUnit) throws -> Result {
        var analysis = TrajectoryAnalysis(path: path)
        analysis.timeUnit = unit
        return try analysis.run(progress: .none)
    }
}
