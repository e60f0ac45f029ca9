import Calculations
import Files
import Foundation
import Structures
import Testing

@testable import Validation

@Suite struct ProfileTests {
    private static let reference = ReferenceDataTests.reference

    @Test func profilesAreFoundByName() throws {
        for name in Profile.names { #expect(try Profile.named(name, reference: Self.reference).name == name) }
        let error = #expect(throws: InputError.self) { try Profile.named("fast", reference: Self.reference) }
        #expect(error?.mend?.hasPrefix("choose one of smoke, quick, standard, paper") == true)
    }

    @Test func materialsAreFoundByName() throws {
        #expect(try Material(name: "Sn").formula == "Li₁₀SnP₂S₁₂")
        #expect(throws: InputError.self) { try Material(name: "Pb") }
        #expect(try Material.list("Ge,Sn") == [.germanium, .tin])
        #expect(throws: InputError.self) { try Material.list("") }
    }

    /// Table III: 2 fs, relaxation in 100 steps (which `Dynamics` has built in), 900 atoms, 30 arrangements; ten nanoseconds
    /// at 300 K.
    @Test func paperProfileIsTheTablesOwn() throws {
        let profile = try Profile.named("paper", reference: Self.reference)
        let plans = profile.dynamics.filter { $0.experiments.contains("experiment") }
        #expect(
            plans.allSatisfy { $0.supercell.atoms == 900 && ($0.timestep ?? 0.002) == 0.002 && $0.arrangements == 30 })
        #expect(plans.first { $0.temperatures == [300] }?.picoseconds == 10_000)
        #expect(Set(plans.flatMap(\.temperatures)) == [300, 400, 500, 666, 800, 1000])
    }

    /// Every experiment that a profile names exists, so that no run is planned for nobody.
    @Test(arguments: Profile.names) func plansAreForExperiments(name: String) throws {
        let names = Set(Experiments.all.map(\.name))
        for plan in try Profile.named(name, reference: Self.reference).dynamics {
            #expect(names.isSuperset(of: plan.experiments))
        }
    }

    @Test func crystalsHaveTheSizeAndCellOfTheProfile() throws {
        let measured = try Self.reference.lattice().row(.germanium, nil).lengths
        let cell = ThermalExpansion.measured.cell(measured, at: 1000)
        func crystal(_ index: Int) throws -> Structure {
            try Crystal(
                material: .germanium, cell: cell, supercell: .init(2, 2, 2),
                arrangement: .disordered(seed: 1, index: index)
            ).structure()
        }
        let structure = try crystal(0)
        #expect(structure.count == 400)
        #expect(abs(structure.cell.lengths.x - 2 * 8.6941 * (1 + 3.4e-5 * 700)) < 1e-9)
        #expect(try structure.species != crystal(1).species)
    }

    @Test(arguments: [
        ("\"supercell\": \"1x1x1\"", "\"supercell\": \"0x1x1\"", "0x1x1"),
        ("[900, 1000]", "[-5]", "-5"), ("\"picoseconds\": 0.4", "\"picoseconds\": 0", "picoseconds"),
        ("\"disordered\"", "\"amorphous\"", "amorphous"), ("\"tiny\"", "3", "name"),
        ("\"sampleInterval\": 0.01", "\"sampleInterval\": 0.0001", "sampleInterval"),
    ])
    func impossiblePlansAreRefused(what: String, by: String, named: String) throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/bad.json"
        try Data(TinyStudy.profile.replacing(what, with: by).utf8).write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: InputError.self) { try Profile.named(path, reference: Self.reference) }
        let text = try #require(error).description
        #expect(text.contains("bad.json") && text.contains(named), "\(text)")
    }
}
