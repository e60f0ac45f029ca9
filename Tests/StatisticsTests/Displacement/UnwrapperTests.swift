import Files
import Foundation
import Statistics
import Structures
import Testing

@Suite struct UnwrapperTests {
    private let species = [Species.lithium, .lithium, .germanium, .sulfur]

    /// A cell whose size and shape change with time as a barostat's would.
    private func cell(frame: Int) throws -> Cell {
        let x = 1 + 0.05 * sin(0.3 * Double(frame))
        return try Cell(
            Matrix3(SIMD3(8 * x, 0, 0), SIMD3(0.5 * x, 9, 0), SIMD3(-0.3, 0.7 * x, 12 / x)))
    }

    /// Atoms that keep their fractional coordinates in a breathing, sheared cell do not move.
    @Test func dilationIsNotMotion() throws {
        let fractional = [SIMD3(0.05, 0.95, 0.5), SIMD3(0.5, 0.01, 0.99), SIMD3(0.2, 0.2, 0.2), SIMD3(0.7, 0.9, 0.1)]
        var unwrapper = try Unwrapper(species: species)
        var first: [SIMD3<Double>]?
        for frame in 0..<50 {
            let cell = try cell(frame: frame)
            let now = try unwrapper.advance(cell: cell, positions: fractional.map(cell.cartesian))
            if let first { for (a, b) in zip(now, first) { #expect((a - b).norm < 1e-13) } } else { first = now }
        }
    }

    /// A steady walk through many boundaries comes out the same from wrapped and unwrapped input.
    @Test func wrappingIsUndone() throws {
        let velocity = [SIMD3(0.13, -0.31, 0.22), SIMD3(-0.4, 0.05, 0.1), .zero, .zero]
        var (wrapped, plain) = (try Unwrapper(species: species), try Unwrapper(species: species))
        for frame in 0..<60 {
            let cell = try cell(frame: frame)
            let positions = velocity.map { cell.cartesian(Double(frame) * $0 + SIMD3(0.4, 0.4, 0.4)) }
            let a = try wrapped.advance(cell: cell, positions: positions.map(cell.wrap))
            let b = try plain.advance(cell: cell, positions: positions)
            for (index, (x, y)) in zip(a, b).enumerated() {
                #expect((x - y).norm < 1e-11)
                #expect((x - Double(frame) * velocity[index]).norm < 1e-11)
            }
        }
    }

    /// The whole crystal drifts; only what lithium does beyond the framework's centre of mass is left.
    @Test func frameworkDriftIsRemoved() throws {
        let cell = try Cell(a: 8, b: 9, c: 12)
        var unwrapper = try Unwrapper(species: species)
        var last: [SIMD3<Double>] = []
        for frame in 0..<40 {
            let drift = Double(frame) * SIMD3(0.2, -0.1, 0.3)
            // Germanium and sulfur swing against each other about their centre of mass.
            let swing = 0.3 * sin(Double(frame)) * SIMD3<Double>(1, 0, 0)
            let positions = [
                drift, drift + Double(frame) * SIMD3(0, 0, 0.8), drift + swing / Species.germanium.mass,
                drift - swing / Species.sulfur.mass,
            ]
            last = try unwrapper.advance(cell: cell, positions: positions.map(cell.wrap))
        }
        #expect(last[0].norm < 1e-12)
        #expect((cell.cartesian(last[1]) - SIMD3(0, 0, 39 * 0.8)).norm < 1e-10)
    }

    /// No framework: nothing to hold still, and no crash (pymatgen-analysis-diffusion issue 342).
    @Test func withoutFrameworkNothingIsRemoved() throws {
        let cell = try Cell(a: 8, b: 9, c: 12)
        var unwrapper = try Unwrapper(species: [.lithium, .lithium])
        _ = try unwrapper.advance(cell: cell, positions: [.zero, .zero])
        let moved = try unwrapper.advance(cell: cell, positions: [SIMD3(1, 0, 0), .zero])
        #expect(unwrapper.framework.isEmpty)
        #expect(moved == [SIMD3(0.125, 0, 0), .zero])
    }

    @Test func theMeanCellIsTheMean() throws {
        var unwrapper = try Unwrapper(species: species)
        for length in [8.0, 10] {
            let cell = try Cell(a: length, b: 9, c: 12)
            _ = try unwrapper.advance(cell: cell, positions: [.zero, .zero, .zero, .zero])
        }
        #expect(unwrapper.meanCell == Matrix3(SIMD3(9, 0, 0), SIMD3(0, 9, 0), SIMD3(0, 0, 12)))
    }

    @Test func badFramesAreRefused() throws {
        let cell = try Cell(a: 8, b: 9, c: 12)
        #expect(throws: InputError.self) { try Unwrapper(species: [.germanium]) }
        #expect(throws: InputError.self) { try Unwrapper(species: [.lithium], mobile: [1]) }
        var unwrapper = try Unwrapper(species: species)
        #expect(throws: InputError.self) { try unwrapper.advance(cell: cell, positions: [.zero]) }
        let error = #expect(throws: InputError.self) {
            try unwrapper.advance(cell: cell, positions: [.zero, SIMD3(.nan, 0, 0), .zero, .zero])
        }
        #expect(error?.place == "frame 1, atom 2")
    }
}
