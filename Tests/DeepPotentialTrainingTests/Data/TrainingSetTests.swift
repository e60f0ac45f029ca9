import DeepPotential
import Files
import Parallel
import Structures
import Testing

@testable import DeepPotentialTraining

@Suite struct TrainingSetTests {
    private static func failure(_ systems: [LabelledSystem]) throws -> String {
        "\(try #require(throws: InputError.self) { try Fixture.set(systems) })"
    }

    @Test func labelsThatAreNotFiniteAreNamed() throws {
        var system = Fixture.system(name: "broken")
        system.forces[3 * 10 + 4] = .nan
        let message = try Self.failure([Fixture.system(), system])
        #expect(message.contains("broken") && message.contains("force.npy, frame 1"))
        system = Fixture.system(name: "broken")
        system.energies[2] = .infinity
        #expect(try Self.failure([system]).contains("energy.npy, frame 2"))
        system = Fixture.system(name: "broken")
        system.virials![9] = .nan
        #expect(try Self.failure([system]).contains("virial.npy, frame 1"))
    }

    @Test func emptySystemsAndMissingElementsAreNamed() throws {
        #expect(try Self.failure([]).contains("no frames"))
        #expect(try Self.failure([Fixture.system(frames: 0, name: "hollow")]).contains("hollow"))
        var system = Fixture.system(name: "foreign")
        system.typeMap = ["S", "Li", "Ge"]
        let message = try Self.failure([system])
        #expect(message.contains("foreign") && message.contains("Ge"))
    }

    @Test func singularCellsAreNamed() throws {
        var system = Fixture.system(name: "flat")
        for k in 0..<3 { system.boxes[9 + k] = 0 }
        let message = try Self.failure([system])
        #expect(message.contains("flat") && message.contains("frame 1"))
    }

    /// Every pair of the brute-force sum over images, types sorted, nearest first.
    @Test func pairsAreThoseOfTheNeighbourList() throws {
        let system = Fixture.system(frames: 1)
        let set = try Fixture.set([system])
        let geometry = set.frames[0].geometry
        let structure = try system.structure(frame: 0)
        for atom in 0..<structure.count {
            var expected: [[Double]] = [[], [], []]
            for other in 0..<structure.count {
                for a in -3...3 {
                    for b in -3...3 {
                        for c in -3...3 where other != atom || a != 0 || b != 0 || c != 0 {
                            let shift = SIMD3(Double(a), Double(b), Double(c)) * structure.cell.vectors
                            let r = (structure.positions[other] + shift - structure.positions[atom]).norm
                            if r < 4 { expected[set.frames[0].types[other]].append(r) }
                        }
                    }
                }
            }
            for type in 0..<3 {
                let found = geometry.pairRange(atom: atom, neighbour: type, typeCount: 3).map {
                    Double(geometry.separation(atom: atom, pair: $0).norm)
                }
                #expect(found.count == expected[type].count)
                #expect(zip(found, expected[type].sorted()).allSatisfy { abs($0 - $1) < 1e-5 })
            }
        }
    }

    /// DeePMD-kit's formulae with every padded slot written out.
    @Test func statisticsCountPaddedSlots() throws {
        let system = Fixture.system(frames: 2)
        let set = try Fixture.set([system])
        let sel = [20, 20, 20]
        // rcut 4 Å, rcut_smth 1.5 Å.
        let descriptor = Fixture.model(oneSided: true).descriptor
        let statistics = EnvironmentStatistics(set, cutoff: descriptor, sel: sel, pool: WorkerPool(threads: 2))
        var (radial, angular): ([Double], [Double]) = ([], [])
        for frame in set.frames {
            for (atom, type) in frame.types.enumerated() where type == 1 {
                var rows: [SIMD4<Double>] = []
                for neighbour in 0..<3 {
                    for pair in frame.geometry.pairRange(atom: atom, neighbour: neighbour, typeCount: 3) {
                        let x = SIMD3<Double>(frame.geometry.separation(atom: atom, pair: pair))
                        let r = x.norm
                        let u = min(max((r - 1.5) / 2.5, 0), 1)
                        let w = u * u * u * (-6 * u * u + 15 * u - 10) + 1
                        rows.append(SIMD4(w / r, w * x.x / (r * r), w * x.y / (r * r), w * x.z / (r * r)))
                    }
                }
                rows += Array(repeating: .zero, count: 60 - rows.count)
                radial += rows.map(\.x)
                angular += rows.flatMap { [$0.y, $0.z, $0.w] }
            }
        }
        func deviation(_ x: [Double]) -> Double {
            let mean = x.reduce(0, +) / Double(x.count)
            return (x.reduce(0) { $0 + $1 * $1 } / Double(x.count) - mean * mean).squareRoot()
        }
        #expect(abs(statistics.averages[1].x - radial.reduce(0, +) / Double(radial.count)) < 1e-6)
        #expect(statistics.averages[1].y == 0)
        #expect(abs(statistics.deviations[1].x - deviation(radial)) < 1e-6)
        #expect(abs(statistics.deviations[1].z - deviation(angular)) < 1e-6)
    }

    @Test func energyBiasIsTheMinimumNormSolution() {
        // One stoichiometry: the energy is shared out in proportion to the counts.
        let single = EnergyBias.leastSquares(counts: [[10, 2], [10, 2]], energies: [-52, -52])
        #expect(abs(single[0] + 5) < 1e-9 && abs(single[1] + 1) < 1e-9)
        let full = EnergyBias.leastSquares(counts: [[1, 1, 0], [1, 3, 0], [4, 1, 0]], energies: [-3, -7, -6])
        #expect(abs(full[0] + 1) < 1e-9 && abs(full[1] + 2) < 1e-9 && full[2] == 0)
    }
}
