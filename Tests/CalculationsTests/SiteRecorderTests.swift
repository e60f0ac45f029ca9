import Foundation
import MolecularDynamics
import Testing

@testable import Calculations
@testable import Structures

/// Jumps of ions that are put where the test wants them.
struct SiteRecorderTests {
    private let crystal = Crystal(
        material: .germanium, cell: CellLengths(a: 8.7, b: 8.7, c: 12.6), supercell: .init(2, 1, 1))

    /// The crystal with its ions at sites, some cells further along a, everything moved by `drift` (Å).
    private func state(_ sites: [Int], cells: [Double], drift: SIMD3<Double>, step: Int) throws -> MDSample {
        var structure = try crystal.structure()
        let lithium = structure.species.indices.filter { structure.species[$0] == .lithium }
        for (ion, atom) in lithium.enumerated() {
            let site = LithiumSites.inUnitCell[sites[ion % sites.count]].position
            let cell = SIMD3(cells[ion % cells.count], 0, 0)
            structure.positions[atom] = structure.cell.cartesian((site + cell) / SIMD3(2, 1, 1))
        }
        structure.positions = structure.positions.map { $0 + drift }
        return try Sample.of(structure, step: step)
    }

    @Test func jumpsAreCountedByKindAndDirection() throws {
        let (first, second) = try Self.channelNeighbours()
        let recorder = SiteRecorder(
            interval: 1, firstStep: 0, timestep: 0.5, ideal: try crystal.structure(), supercell: crystal.supercell)
        let start = try state([first], cells: [0], drift: .zero, step: 0)
        recorder.begin(start.state)
        recorder.observe(start)
        // There, back again (while everything drifts), and to the same site of the next cell along a.
        recorder.observe(try state([second], cells: [0], drift: SIMD3(0.3, 0, 0.2), step: 1))
        recorder.observe(try state([first], cells: [0], drift: SIMD3(0, 3, 0), step: 2))
        recorder.observe(try state([first], cells: [1], drift: .zero, step: 3))
        let statistics = try #require(recorder.statistics)
        #expect(statistics.ions == 40 && statistics.sites == [32, 8, 16, 8])
        // Four samples of half a picosecond; each ion jumped once from Li3 to Li1, once back, once from Li3 to Li3.
        for (from, to) in [(LithiumSites.Kind.li3, LithiumSites.Kind.li1), (.li1, .li3), (.li3, .li3)] {
            #expect(abs(try statistics.jumpRate(from, to).value - 0.5) < 1e-6)
        }
        #expect(abs(try statistics.jumpRate().value - 1.5) < 1e-6)
        #expect(abs(try statistics.returnRate().value - 0.5) < 1e-6)
        #expect(abs(try statistics.occupation(.li3).value - 0.75 * 40 / 16) < 1e-6)
        #expect(abs(try statistics.occupation(.li1).value - 0.25 * 40 / 32) < 1e-6)
        // The long one lies in the plane: 8.7² Å² in four samples of 0.5 ps, over 4, in 1e-8 m²/s; the others are mostly along c.
        let long: Double = 8.7 * 8.7 / 2 / 4 * 1e-8
        let diffusion = try statistics.uncorrelatedDiffusion()
        #expect(diffusion.inPlane.value > long && diffusion.inPlane.value < 1.1 * long)
        #expect(diffusion.alongC.value > 0)
    }

    /// An ion between two sites belongs to the one that it was at.
    @Test func aSwingOverTheBorderIsNoJump() throws {
        let (from, to) = try Self.channelNeighbours()
        let recorder = SiteRecorder(
            interval: 1, firstStep: 0, timestep: 0.5, ideal: try crystal.structure(), supercell: crystal.supercell)
        let start = try state([from], cells: [0], drift: .zero, step: 0)
        recorder.begin(start.state)
        recorder.observe(start)
        let all = LithiumSites.inUnitCell
        let step = all[to].position - all[from].position
        let way = start.state.structure.cell.cartesian((step - step.rounded(.toNearestOrEven)) / SIMD3(2, 1, 1))
        func observe(_ part: Double, step: Int) throws {
            var moved = start.state.structure
            for atom in moved.species.indices where moved.species[atom] == .lithium {
                moved.positions[atom] += part * way
            }
            recorder.observe(try Sample.of(moved, step: step))
        }
        // Nearer to the other site, but 0.98 Å away from it.
        try observe(0.6, step: 1)
        let swing = try #require(recorder.statistics)
        #expect(try swing.jumpRate().value == 0)
        #expect(abs(try swing.occupation(.li1).value - 0.5 * 40 / 32) < 1e-6, "it is at the nearest nevertheless")
        try observe(0.8, step: 2)
        try observe(0.8, step: 3)
        #expect(try #require(recorder.statistics).jumpRate(.li3, .li1).value > 0)
    }

    /// An Li3 and an Li1 of one channel along c, 2.4 Å apart.
    private static func channelNeighbours() throws -> (Int, Int) {
        let all = LithiumSites.inUnitCell
        let cell = try Cell(a: 8.7, b: 8.7, c: 12.6)
        let from = try #require(all.firstIndex { $0.kind == .li3 })
        let to = try #require(
            all.firstIndex { $0.kind == .li1 && CIF.distance($0.position, all[from].position, cell) < 2.5 })
        return (from, to)
    }
}

/// A sample made of a structure alone.
enum Sample {
    static func of(_ structure: Structure, step: Int) throws -> MDSample {
        var state = MDState(structure: structure)
        state.step = step
        return MDSample(state: state, thermo: ThermoRecord(state: state, integrator: VelocityVerlet(timestep: 0.5)))
    }
}
