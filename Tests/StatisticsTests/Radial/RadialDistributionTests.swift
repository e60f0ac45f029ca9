import Files
import Foundation
import Statistics
import Structures
import Testing

@Suite struct RadialDistributionTests {
    private static let triclinic = try! Cell(a: 7, b: 8, c: 9, alpha: 75, beta: 98, gamma: 110)

    private static func gas(_ cell: Cell, _ species: [Species], _ stream: inout RandomStream) -> Structure {
        let positions = species.map { _ in
            cell.cartesian(SIMD3(stream.uniform(), stream.uniform(), stream.uniform()))
        }
        return Structure(cell: cell, species: species, positions: positions)
    }

    /// g = 1 at every distance, also beyond half the cell, where images are counted; the few pairs per shell scatter by
    /// what the block errors say (five of them for the worst of 40 bins, 1 % for the mean).
    @Test func idealGasInATriclinicCell() throws {
        let species = [Species](repeating: .lithium, count: 12) + [Species](repeating: .sulfur, count: 8)
        var stream = RandomStream(seed: 61, name: "gas")
        var rdf = try RadialDistribution(species: species, maximumRadius: 6, binCount: 20)
        for _ in 0..<2000 { try rdf.add(Self.gas(Self.triclinic, species, &stream)) }
        for (first, second) in [(Species.lithium, Species.lithium), (.lithium, .sulfur)] {
            let pair = try #require(rdf.pair(first, second))
            for (radius, g) in zip(pair.radii, pair.g) where radius > 1 {
                #expect(abs(g.value - 1) < 5 * g.standardError)
                #expect(g.standardError < 0.1)
            }
            let far = pair.g.suffix(10).reduce(0) { $0 + $1.value } / 10
            #expect(abs(far - 1) < 0.01)
        }
    }

    /// Rock salt, 8 atoms: six unlike neighbours at a/2, twelve like ones at a/√2, eight unlike at a√3/2, all from a
    /// cell too small for any of them without images.
    @Test func shellsOfRockSalt() throws {
        let a = 5.64
        let sites: [SIMD3<Double>] = [SIMD3(0, 0, 0), SIMD3(0.5, 0.5, 0), SIMD3(0.5, 0, 0.5), SIMD3(0, 0.5, 0.5)]
        let cell = try Cell(a: a, b: a, c: a)
        let positions = (sites + sites.map { $0 + SIMD3(0.5, 0, 0) }).map(cell.cartesian)
        let species = [Species](repeating: .lithium, count: 4) + [Species](repeating: .sulfur, count: 4)
        var rdf = try RadialDistribution(species: species, maximumRadius: 8, binCount: 800)
        try rdf.add(Structure(cell: cell, species: species, positions: positions))
        let unlike = try #require(rdf.pair(.sulfur, .lithium))
        let like = try #require(rdf.pair(.lithium, .lithium))
        #expect(unlike.coordinationNumber(within: a / 2 - 0.02) == 0)
        #expect(abs(unlike.coordinationNumber(within: a / 2 + 0.02) - 6) < 1e-12)
        #expect(abs(unlike.coordinationNumber(within: a * 0.75.squareRoot() + 0.02) - 14) < 1e-12)
        #expect(abs(like.coordinationNumber(within: a / 2.0.squareRoot() + 0.02) - 12) < 1e-12)
        // Six at a: the images of the atom itself.
        #expect(abs(like.coordinationNumber(within: a + 0.02) - 18) < 1e-12)
        #expect(unlike.g[0].standardError.isNaN)
    }

    /// The same counts from a plain loop over many images, in a skewed cell smaller than the radius.
    @Test func imagesAreComplete() throws {
        var stream = RandomStream(seed: 62, name: "images")
        // Lengths that put no lattice vector onto the edge of a bin.
        let cell = try Cell(a: 4.13, b: 5.37, c: 6.21, alpha: 60, beta: 80, gamma: 115)
        let species: [Species] = [.lithium, .lithium, .germanium]
        let structure = Self.gas(cell, species, &stream)
        var rdf = try RadialDistribution(species: species, maximumRadius: 9, binCount: 9)
        try rdf.add(structure)
        for (first, second) in [(Species.lithium, Species.lithium), (.lithium, .germanium), (.germanium, .lithium)] {
            var expected = [Double](repeating: 0, count: 9)
            for (i, a) in structure.positions.enumerated() where species[i] == first {
                for (j, b) in structure.positions.enumerated() where species[j] == second {
                    for x in -6...6 {
                        for y in -6...6 {
                            for z in -6...6 where i != j || x != 0 || y != 0 || z != 0 {
                                let shift = cell.cartesian(SIMD3(Double(x), Double(y), Double(z)))
                                let r = (b + shift - a).norm
                                if r < 9 { expected[Int(r)] += 1 / Double(species.count { $0 == first }) }
                            }
                        }
                    }
                }
            }
            let found = try #require(rdf.pair(first, second)).coordination
            var sum = 0.0
            for bin in 0..<9 {
                sum += expected[bin]
                #expect(abs(found[bin] - sum) < 1e-9)
            }
        }
    }

    @Test func badInputIsRefused() throws {
        #expect(throws: InputError.self) {
            try RadialDistribution(species: [], maximumRadius: 5, binCount: 10)
        }
        #expect(throws: InputError.self) {
            try RadialDistribution(species: [.lithium], maximumRadius: 0, binCount: 10)
        }
        var rdf = try RadialDistribution(species: [.lithium], maximumRadius: 5, binCount: 10)
        #expect(rdf.pair(.lithium, .lithium) == nil)
        let cell = try Cell(a: 9, b: 9, c: 9)
        #expect(throws: InputError.self) {
            try rdf.add(Structure(cell: cell, species: [.lithium, .lithium], positions: [.zero, .zero]))
        }
        #expect(throws: InputError.self) {
            try rdf.add(Structure(cell: cell, species: [.lithium], positions: [SIMD3(.nan, 0, 0)]))
        }
        #expect(throws: InputError.self) {
            try rdf.add(Structure(cell: cell, species: [.lithium], positions: [.zero], isPeriodic: false))
        }
        try rdf.add(Structure(cell: cell, species: [.lithium], positions: [.zero]))
        #expect(rdf.pair(.lithium, .sulfur) == nil)
    }
}
