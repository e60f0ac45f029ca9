import Files
import Reporting
import Structures
import Testing

@testable import Validation

@Suite struct ProfileTests {
    @Test func profilesAreFoundByName() throws {
        for profile in Profile.all { #expect(try Profile.named(profile.name) == profile) }
        let error = #expect(throws: InputError.self) { try Profile.named("fast") }
        #expect(error?.mend == "choose one of smoke, quick, standard, paper")
    }

    @Test func materialsAreFoundByName() throws {
        #expect(try Material(name: "Sn").formula == "Li₁₀SnP₂S₁₂")
        #expect(throws: InputError.self) { try Material(name: "Pb") }
    }

    /// Table III: 2 fs, relaxation in 100 steps, 900 atoms; ten nanoseconds at 300 K.
    @Test func paperProfileIsTheTablesOwn() {
        let plan = Profile.paper.diffusion
        #expect(plan.timestep == 0.002 && plan.thermostatTime == 100 * plan.timestep)
        #expect(plan.supercell.atoms == 900)
        #expect(plan.temperatures.first { $0.kelvin == 300 }?.picoseconds == 10_000)
    }

    @Test func crystalsHaveTheSizeAndCellOfTheProfile() throws {
        let structure = try Crystal.at(
            temperature: 1000, .germanium, supercell: .init(2, 2, 2), expansion: 3.4e-5, seed: 1, arrangement: 0)
        #expect(structure.count == 400)
        #expect(abs(structure.cell.lengths.x - 2 * 8.6941 * (1 + 3.4e-5 * 700)) < 1e-9)
        let other = try Crystal.at(
            temperature: 1000, .germanium, supercell: .init(2, 2, 2), expansion: 3.4e-5, seed: 1, arrangement: 1)
        #expect(structure.species != other.species)
    }
}
