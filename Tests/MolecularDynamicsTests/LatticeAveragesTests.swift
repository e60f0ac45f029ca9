import Files
import Foundation
import Statistics
import Structures
import Testing

@testable import MolecularDynamics

@Suite struct LatticeAveragesTests {
    @Test func anglesAndLengthsComeBack() throws {
        let cell = try Cell(a: 8.6, b: 8.9, c: 13, alpha: 92, beta: 88.5, gamma: 90)
        #expect(abs(cell.angle(between: 1, and: 2) - 92) < 1e-12)
        #expect(abs(cell.angle(between: 0, and: 2) - 88.5) < 1e-12)
        #expect(cell.angle(between: 0, and: 1) == 90)
    }

    /// A barostat that couples a and b keeps the crystal tetragonal; the averages lie within the range visited and
    /// their errors shrink the range.
    @Test func averagesOfATetragonalRun() throws {
        var configuration = MDConfiguration(ensemble: .npt, temperature: 40, steps: 4000)
        configuration.timestep = 0.01
        configuration.pressure = 0.05
        configuration.barostat.coupling = .tetragonal
        let recorder = ThermoRecorder(interval: 10)
        let run = try Simulation(
            configuration: configuration, structure: Samples.argon(cells: 2),
            potential: LennardJones(switchStart: 4.2, cutoff: 4.8), observers: [recorder])
        try run.run()
        let averages = try LatticeAverages(recorder.records, firstStep: 500)
        #expect(averages.lengths[0].mean == averages.lengths[1].mean)
        #expect(averages.basal.mean == averages.lengths[0].mean)
        #expect(averages.lengths[2].mean != averages.lengths[0].mean)
        #expect(averages.angles.allSatisfy { $0.mean == 90 && $0.standardError == 0 })
        let visited = recorder.records.filter { $0.step >= 500 }.map(\.cell.volume)
        #expect((visited.min()!...visited.max()!).contains(averages.volume.mean))
        #expect(averages.volume.standardError > 0)
        #expect(averages.volume.standardError < 0.5 * (visited.max()! - visited.min()!))
        #expect(abs(averages.temperature.mean - 40) < 4 * averages.temperature.standardError + 0.5)
        #expect(throws: InputError.self) { try LatticeAverages(recorder.records, firstStep: 4000) }
    }
}
