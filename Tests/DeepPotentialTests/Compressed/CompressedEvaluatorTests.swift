import Files
import Foundation
import Structures
import Testing

@testable import DeepPotential

/// The compressed evaluator against the reference, which is the oracle.
@Suite struct CompressedEvaluatorTests {
    /// Float32 kernels on models whose forces are of the order of 1 eV/Å: a few hundred roundings of 6e-8.
    static let forceTolerance = 2e-5
    /// eV per atom, likewise.
    static let energyTolerance = 2e-5

    /// A skewed cell smaller than the cutoff, so that images count, with atoms of all types.
    static func sample(seed: UInt64, count: Int = 14) throws -> Structure {
        var generator = SplitMix64(seed: seed)
        let cell = try Cell(a: 6.1, b: 5.2, c: 7.4, alpha: 80, beta: 97, gamma: 105)
        let elements: [Species] = [.lithium, .germanium, .phosphorus, .sulfur]
        var positions: [SIMD3<Double>] = []
        while positions.count < count {
            let s = SIMD3(
                Double.random(in: -1...2, using: &generator), Double.random(in: -1...2, using: &generator),
                Double.random(in: -1...2, using: &generator))
            let candidate = cell.cartesian(s)
            let isFree = positions.allSatisfy { other in
                let d = cell.fractional(candidate - other)
                return cell.cartesian(d - d.rounded(.toNearestOrEven)).norm > 1.5
            }
            if isFree { positions.append(candidate) }
        }
        return Structure(cell: cell, species: (0..<count).map { elements[$0 % 4] }, positions: positions)
    }

    @Test(arguments: ModelVariant.allCases)
    func agreesWithReference(_ variant: ModelVariant) throws {
        let structure = try Self.sample(seed: 7)
        let exact = try ReferenceEvaluator(variant.model).evaluate(structure)
        let fast = try CompressedEvaluator(model: variant.model).evaluate(structure)
        expectAgreement(fast, exact)
    }

    @Test(arguments: [ModelVariant.oneSided, .hybrid])
    func followsMovingAtomsAndChangingCells(_ variant: ModelVariant) throws {
        let model = variant.model
        let (fast, reference) = (CompressedEvaluator(model: model, threads: 2), ReferenceEvaluator(model))
        var structure = try Self.sample(seed: 8)
        var generator = SplitMix64(seed: 9)
        for step in 0..<12 {
            expectAgreement(try fast.evaluate(structure), try reference.evaluate(structure))
            for atom in 0..<structure.count {
                structure.positions[atom].x += Double.random(in: -0.05...0.05, using: &generator)
                structure.positions[atom].z += Double.random(in: -0.05...0.05, using: &generator)
            }
            if step % 3 == 2 {
                let stretched = try structure.cell.scaled(by: SIMD3(1.01, 0.995, 1.0))
                structure.positions = structure.fractionalPositions.map(stretched.cartesian)
                structure.cell = stretched
            }
        }
        #expect(fast.listBuilds < 12, "a skin that never helps is no skin")
    }

    @Test(arguments: [ModelVariant.twoSidedWithTimestep, .hybrid])
    func resultsDoNotDependOnThreadsOrHistory(_ variant: ModelVariant) throws {
        let model = variant.model
        let base = try Self.sample(seed: 10)
        var moved = base
        for atom in 0..<moved.count { moved.positions[atom] += SIMD3(0.1, -0.05, 0.02) * Double(atom % 3) }
        let fresh = try CompressedEvaluator(model: model, threads: 1).evaluate(moved)
        for threads in 1...3 {
            let evaluator = CompressedEvaluator(model: model, threads: threads)
            _ = try evaluator.evaluate(base)
            let later = try evaluator.evaluate(moved)
            #expect(evaluator.listBuilds == 1)
            #expect(later.energy == fresh.energy)
            #expect(later.forces == fresh.forces)
            #expect(later.virial == fresh.virial)
        }
    }

    @Test(arguments: [nil, [1, 2, 30, 30]])
    func neighboursBeyondSelAreCountedAndReported(threeBodySel: [Int]?) throws {
        let model = DPModel.random(
            seed: 5, sel: [3, 2, 40, 2], threeBody: threeBodySel.map { _ in [2, 4] }, threeBodySel: threeBodySel)
        let structure = try Self.sample(seed: 11)
        let (fast, reference) = (CompressedEvaluator(model: model), ReferenceEvaluator(model))
        expectAgreement(try fast.evaluate(structure), try reference.evaluate(structure))
        #expect(!fast.overflow.isEmpty)
        #expect(fast.overflow == reference.overflow)
        #expect(fast.overflow.contains { $0.slots == 1 && $0.cutoff == 4 } == (threeBodySel != nil))
    }

    @Test func atomsTooCloseAreRefusedByName() throws {
        let evaluator = CompressedEvaluator(model: ModelVariant.oneSided.model)
        var structure = try Self.sample(seed: 12)
        structure.positions[5] = structure.positions[3] + SIMD3(0.3, 0, 0)
        #expect {
            try evaluator.evaluate(structure)
        } throws: { error in
            let text = "\(error)"
            // The pair is named from whichever end comes first in the order of types: 4 is S, 6 is Ge.
            return text.contains("4 (S)") && text.contains("6 (Ge)") && text.contains("0.300 Å")
        }
    }

    @Test func unknownElementsAndLostAtomsAreRefused() throws {
        let evaluator = CompressedEvaluator(model: ModelVariant.oneSided.model)
        var structure = try Self.sample(seed: 13)
        structure.species[2] = .tin
        #expect(throws: InputError.self) { try evaluator.evaluate(structure) }
        structure.species[2] = .lithium
        _ = try evaluator.evaluate(structure)
        structure.positions[1].y = .nan
        #expect(throws: InputError.self) { try evaluator.evaluate(structure) }
    }

    /// The interim and the standard model on a frame of 400 atoms.
    @Test(
        .enabled(if: SharedData.hasGolden, "needs ../shared/golden"),
        arguments: ["standard-float64", "interim-float32"])
    func agreesOnLargeModels(_ name: String) throws {
        let model = try DPModel(contentsOf: SharedData.model("\(name)/model.dp"))
        let system = try LabelledSystem.load(
            path: SharedData.model("\(name)/predictions/LiGePS-iter.000013-data.021"))
        let structure = try system.structure(frame: 0)
        let fast = try CompressedEvaluator(model: model, threads: 2).evaluate(structure)
        let energyError = abs(fast.energy - system.energies[0]) / Double(structure.count)
        let forceError = zip(fast.forces, system.forces(frame: 0)).map { ($0 - $1).norm }.max()!
        #expect(energyError < 0.05e-3)
        #expect(forceError < 2e-3)
        for (value, expected) in zip(fast.virial.rowMajor, system.virial(frame: 0)!.rowMajor) {
            #expect(abs(value - expected) < 0.02)
        }
    }

    private func expectAgreement(_ fast: Evaluation, _ exact: Evaluation) {
        let energyError = abs(fast.energy - exact.energy) / Double(exact.forces.count)
        #expect(energyError < Self.energyTolerance)
        for (atom, (value, expected)) in zip(fast.forces, exact.forces).enumerated() {
            #expect((value - expected).norm < Self.forceTolerance, "atom \(atom)")
        }
        for (value, expected) in zip(fast.atomicEnergies, exact.atomicEnergies) {
            #expect(abs(value - expected) < Self.energyTolerance)
        }
        for (value, expected) in zip(fast.virial.rowMajor, exact.virial.rowMajor) {
            #expect(abs(value - expected) < 10 * Self.forceTolerance)
        }
    }
}
