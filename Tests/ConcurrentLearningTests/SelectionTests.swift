import Foundation
import Statistics
import Structures
import Testing

@testable import Calculations
@testable import ConcurrentLearning

@Suite struct SelectionTests {
    private static let trust = TrustLevels(forces: .init(low: 0.1, high: 0.3))

    /// A trajectory of one system with these deviations, a frame every ten steps.
    private static func explored(
        _ forces: [Double?], virials: [Double] = [], task: Int = 0, steps: Int? = nil, temperature: Double = 300
    ) throws -> ExploredTask {
        let exploration = Exploration(
            try LGPSTestCell.ordered(), models: ["a", "b"], ensemble: .nvt, temperature: temperature, timestep: 0.002,
            steps: steps ?? 10 * (forces.count - 1), interval: 10, keeping: .all, failedInARow: 10, failureLevel: 0.3,
            seed: 1)
        var record = ExplorationRecord()
        for (frame, force) in forces.enumerated() {
            guard let force else { break }
            record.add(
                step: 10 * frame, force: force, virial: frame < virials.count ? virials[frame] : 0,
                exploration.structure)
        }
        return ExploredTask(
            task: ExplorationTask(system: 0, number: task, configuration: 0, exploration: exploration),
            record: forces.first == .some(nil) ? nil : record)
    }

    private static func frames(_ places: [FramePlace]) -> [Int] { places.map(\.frame) }

    /// The lower end belongs to the window, the upper does not.
    @Test func standardLevels() throws {
        let levels = FrameLevels(
            [try Self.explored([0.05, 0.125, 0.2, 0.3125, 5])], trust: Self.trust, from: 0, adaptive: nil)
        #expect(Self.frames(levels.accurate) == [0] && Self.frames(levels.candidate) == [1, 2])
        #expect(Self.frames(levels.failed) == [3, 4] && levels.accurateShare == 0.2)
    }

    /// A hopeless virial does not save a frame from being labelled when its forces are in the window: DP-GEN's "or".
    @Test func virialWindow() throws {
        let trust = TrustLevels(forces: .init(low: 0.1, high: 0.3), virial: .init(low: 0.01, high: 0.02))
        let tasks = [
            try Self.explored([0.05, 0.05, 0.05, 0.2, 0.5], virials: [0, 0.015625, 0.5, 0.5, 0.015625])
        ]
        let levels = FrameLevels(tasks, trust: trust, from: 0, adaptive: nil)
        #expect(Self.frames(levels.accurate) == [0] && Self.frames(levels.candidate) == [1, 3, 4])
        #expect(Self.frames(levels.failed) == [2])
    }

    /// What a trajectory did not reach counts as failed, and so does all of one that failed at once.
    @Test func framesThatWereNotReachedHaveFailed() throws {
        let tasks = [
            try Self.explored([0.05, 0.05, 0.5], task: 0, steps: 90), try Self.explored([nil], task: 1, steps: 90),
        ]
        let levels = FrameLevels(tasks, trust: Self.trust, from: 0, adaptive: nil)
        #expect(levels.total == 20 && levels.accurate.count == 2 && levels.failedCount == 18)
        // Frames before step 15 do not count: 8 of 10.
        let later = FrameLevels(tasks, trust: Self.trust, from: 15, adaptive: nil)
        #expect(later.total == 16 && later.accurate.isEmpty && later.failedCount == 16)
    }

    /// Failed first and strictly; then the largest of the others, at least so many or so many percent.
    @Test func adaptiveLevels() throws {
        let tasks = [try Self.explored([0.0, 0.0625, 0.125, 0.25, 0.28125, 0.5])]
        let two = ExplorationProtocol.AdaptiveLevels(forceCount: 2, virialCount: 0, forcePercent: 0, virialPercent: 0)
        let levels = FrameLevels(tasks, trust: Self.trust, from: 0, adaptive: two)
        #expect(Self.frames(levels.candidate) == [3, 4] && Self.frames(levels.failed) == [5])
        #expect(levels.adaptedLow == 0.25)
        let most = ExplorationProtocol.AdaptiveLevels(forceCount: 1, virialCount: 0, forcePercent: 60, virialPercent: 0)
        #expect(Self.frames(FrameLevels(tasks, trust: Self.trust, from: 0, adaptive: most).candidate) == [2, 3, 4])
    }

    /// Points on a line: the ends first, then always the middle of the widest gap.
    @Test func farthestPointsFirst() {
        let points = (0..<9).map { [Float($0)] }
        var centres = KCentre(points)
        centres.add(centre: [0])
        var order: [Int] = []
        for _ in 0..<4 {
            guard let next = centres.farthest(of: points.indices) else { break }
            order.append(next)
            centres.add(centre: points[next])
        }
        #expect(order == [8, 4, 2, 6])
    }

    /// Fingerprints see neither rotation nor permutation nor lattice translations, and tell structures apart.
    @Test func fingerprintsAreInvariant() throws {
        let structure = try LGPSTestCell.ordered()
        let elements = LGPSTestCell.elements
        let plain = try Fingerprint(structure, elements: elements, atom: 7)
        let (sine, cosine) = (sin(0.7), cos(0.7))
        let turn = Matrix3(SIMD3(cosine, sine, 0), SIMD3(-sine, cosine, 0), SIMD3(0, 0, 1))
        var turned = structure
        turned.cell = try Cell(structure.cell.vectors * turn)
        turned.positions = structure.positions.map { $0 * turn + SIMD3(1, 2, 3) }
        turned.positions[3] += turned.cell.vectors[1]
        let other = try Fingerprint(turned, elements: elements, atom: 7)
        var moved = structure
        moved.positions[7] += SIMD3(0.1, 0, 0)
        let third = try Fingerprint(moved, elements: elements, atom: 7)
        func distance(_ a: Fingerprint, _ b: Fingerprint) -> Float {
            zip(a.values, b.values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        }
        let size = plain.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        // Float32 sums of some fifty neighbours.
        #expect(distance(plain, other) < 1e-4 * size)
        #expect(distance(plain, third) > 1e-3 * size)
    }

    /// Candidates at two temperatures, 90 and 10 of them, twice as many labels as strata.
    private static func candidates() throws -> [StratifiedSelection.Candidate] {
        let structure = try LGPSTestCell.ordered()
        let elements = LGPSTestCell.elements
        var random = RandomStream(seed: 4, name: "made candidates")
        return try (0..<100).map { index in
            var moved = structure
            for atom in 0..<20 { moved.positions[atom] += random.gaussianVector(standardDeviation: 0.1) }
            let isRare = index >= 90
            return StratifiedSelection.Candidate(
                place: FramePlace(system: 0, task: isRare ? 1 : 0, frame: index, step: 10 * index),
                temperature: isRare ? 1200 : 300, force: random.uniform(in: 0.1..<0.3), time: 0.02 * Double(index),
                fingerprint: try Fingerprint(moved, elements: elements, atom: 0))
        }
    }

    /// In proportion to the square root of their candidates: √90 to √10 is 3 to 1, where chance gives 9 to 1.
    @Test func rareConditionsAreNotDrowned() throws {
        let selection = StratifiedSelection(try Self.candidates(), levels: 0.1...0.3, spacing: 0)
        var stream = RandomStream(seed: 1, name: "test")
        let chosen = selection.choose(20, labelled: [], &stream)
        #expect(chosen.count == 20 && Set(chosen).count == 20)
        let rare = chosen.count { $0.task == 1 }
        #expect((4...7).contains(rare), "\(rare) of 20 are of the rare kind")
    }

    @Test func framesOfATrajectoryAreApart() throws {
        let candidates = try Self.candidates()
        let selection = StratifiedSelection(candidates, levels: 0.1...0.3, spacing: 0.2)
        var stream = RandomStream(seed: 1, name: "test")
        // 2 ps of frames in two trajectories, one each 0.2 ps: eleven at most.
        let chosen = selection.choose(100, labelled: [], &stream)
        #expect(chosen.count <= 11 && chosen.count >= 6)
        for a in chosen {
            for b in chosen where a < b && a.task == b.task { #expect(abs(a.step - b.step) >= 100) }
        }
    }

    /// What is labelled already is not bought again while anything else is there.
    @Test func labelledFramesComeLast() throws {
        let candidates = Array(try Self.candidates().prefix(10))
        let selection = StratifiedSelection(candidates, levels: 0.1...0.3, spacing: 0)
        var stream = RandomStream(seed: 1, name: "test")
        let chosen = selection.choose(5, labelled: candidates.prefix(5).map(\.fingerprint), &stream)
        let bins = { (c: StratifiedSelection.Candidate) in min(2, Int((c.force - 0.1) / (0.2 / 3))) }
        for (index, candidate) in candidates.prefix(5).enumerated() where chosen.contains(candidate.place) {
            // Only where its stratum has nothing that is new.
            let others = candidates[5...].filter { bins($0) == bins(candidate) && !chosen.contains($0.place) }
            #expect(others.isEmpty, "candidate \(index) is labelled already")
        }
    }

    @Test func choiceDependsOnTheSeedAlone() throws {
        let candidates = try Self.candidates()
        func choose(_ candidates: [StratifiedSelection.Candidate], seed: UInt64) -> [FramePlace] {
            var stream = RandomStream(seed: seed, name: "test")
            return StratifiedSelection(candidates, levels: 0.1...0.3, spacing: 0.05).choose(12, labelled: [], &stream)
        }
        #expect(choose(candidates, seed: 1) == choose(candidates, seed: 1))
        #expect(choose(candidates, seed: 1) != choose(candidates, seed: 2))
    }

    @Test func badBoxes() throws {
        let input = try ProtocolTests.small([
            ("\"fp_task_min\": 5", "\"fp_task_min\": 5, \"fp_skip_bad_box\": \"length_ratio:2;tilt_ratio:0.5\"")
        ])
        let box = try #require(input.selection.badBox)
        func refuses(_ a: SIMD3<Double>, _ b: SIMD3<Double>, _ c: SIMD3<Double>) throws -> Bool {
            box.refuses(try Cell(Matrix3(a, b, c)))
        }
        #expect(try !refuses(SIMD3(8, 0, 0), SIMD3(0, 8, 0), SIMD3(0, 0, 12)))
        #expect(try refuses(SIMD3(8, 0, 0), SIMD3(0, 8, 0), SIMD3(0, 0, 17)))
        #expect(try refuses(SIMD3(8, 0, 0), SIMD3(5, 8, 0), SIMD3(0, 0, 12)))
    }
}

extension ExplorationRecord {
    /// A frame of which only the deviation matters.
    mutating func add(step: Int, force: Double, virial: Double, _ structure: Structure) {
        kept.values.append(Int32(frameCount))
        positions.values += structure.positions.flatMap { [$0.x, $0.y, $0.z] }
        cells.values += structure.cell.vectors.rowMajor
        steps.values.append(Int32(step))
        deviations.values += [Float(virial), 0, 0, Float(force), 0, 0]
        worstAtoms.values.append(0)
    }
}
