import DeepPotential
import Files
import Structures
import Testing

@Suite struct ReferenceEvaluatorTests {
    /// Five-point differences with a step of 1e-4 Å: the rounding of energies of about 50 eV gives 1e-10.
    static let differenceTolerance = 2e-9
    /// Exact symmetries, up to the order of sums of terms of about 1 to 100.
    static let symmetryTolerance = 1e-12

    @Test("Forces are minus the gradient of the energy", arguments: ModelVariant.allCases)
    func forces(variant: ModelVariant) throws {
        let evaluator = ReferenceEvaluator(variant.model)
        #expect(try PotentialChecks.forces(evaluator, TestStructures.triclinic()) < Self.differenceTolerance)
        #expect(try PotentialChecks.forces(evaluator, TestStructures.cluster()) < Self.differenceTolerance)
    }

    @Test("The virial is minus the derivative by strain", arguments: ModelVariant.allCases)
    func virial(variant: ModelVariant) throws {
        let evaluator = ReferenceEvaluator(variant.model)
        #expect(try PotentialChecks.virial(evaluator, TestStructures.triclinic()) < Self.differenceTolerance)
        #expect(try PotentialChecks.virial(evaluator, TestStructures.cluster()) < Self.differenceTolerance)
    }

    @Test("Atomic energies sum to the energy and forces to nothing", arguments: ModelVariant.allCases)
    func sums(variant: ModelVariant) throws {
        let result = try ReferenceEvaluator(variant.model).evaluate(TestStructures.triclinic())
        #expect(abs(result.atomicEnergies.reduce(0, +) - result.energy) < Self.symmetryTolerance)
        #expect(result.forces.reduce(.zero, +).norm < Self.symmetryTolerance)
    }

    @Test("Rigid translations and lattice translations of single atoms change nothing")
    func translation() throws {
        let evaluator = ReferenceEvaluator(ModelVariant.twoSidedWithTimestep.model)
        let structure = try TestStructures.triclinic()
        let before = try evaluator.evaluate(structure)
        var moved = structure
        for atom in 0..<structure.count {
            let lattice = SIMD3(Double(atom % 3 - 1), Double(atom % 2), Double(atom % 5 - 2))
            moved.positions[atom] += SIMD3(0.37, -1.21, 5.03) + structure.cell.cartesian(lattice)
        }
        let after = try evaluator.evaluate(moved)
        #expect(abs(after.energy - before.energy) < Self.symmetryTolerance)
        #expect(after.forces.deviation(from: before.forces) < Self.symmetryTolerance)
        #expect(after.virial.deviation(from: before.virial) < Self.symmetryTolerance)
    }

    @Test("Forces and virial turn with the structure")
    func rotation() throws {
        let evaluator = ReferenceEvaluator(ModelVariant.oneSided.model)
        let structure = try TestStructures.triclinic()
        let before = try evaluator.evaluate(structure)
        // A rotation by 2π/5 about (1, 2, 2)/3 (Rodrigues' formula), acting on rows from the right.
        let axis = SIMD3(1.0, 2, 2) / 3
        let cross = Matrix3(SIMD3(0, axis.z, -axis.y), SIMD3(-axis.z, 0, axis.x), SIMD3(axis.y, -axis.x, 0))
        let (sine, cosine) = (0.9510565162951535, 0.30901699437494745)
        let rotation = cosine * Matrix3.identity + sine * cross + (1 - cosine) * Matrix3.outer(axis, axis)
        let after = try evaluator.evaluate(structure.transformed(by: rotation))
        #expect(abs(after.energy - before.energy) < Self.symmetryTolerance)
        #expect(after.forces.deviation(from: before.forces.map { $0 * rotation }) < Self.symmetryTolerance)
        #expect(
            after.virial.deviation(from: rotation.transpose * before.virial * rotation) < Self.symmetryTolerance)
    }

    @Test("The order of the atoms does not matter")
    func permutation() throws {
        let evaluator = ReferenceEvaluator(ModelVariant.twoSidedWithTimestep.model)
        let structure = try TestStructures.triclinic()
        var generator = SplitMix64(seed: 4)
        let order = (0..<structure.count).shuffled(using: &generator)
        let before = try evaluator.evaluate(structure)
        let after = try evaluator.evaluate(structure.permuted(order))
        #expect(abs(after.energy - before.energy) < Self.symmetryTolerance)
        #expect(after.forces.deviation(from: order.map { before.forces[$0] }) < Self.symmetryTolerance)
    }

    @Test("A doubled cell has twice the energy and virial and the same forces")
    func supercell() throws {
        let evaluator = ReferenceEvaluator(ModelVariant.oneSided.model)
        let structure = try TestStructures.triclinic()
        let (a, b, c) = structure.cell.vectors.rows
        let doubled = Structure(
            cell: try Cell(Matrix3(a, 2 * b, c)), species: structure.species + structure.species,
            positions: structure.positions + structure.positions.map { $0 + b })
        let one = try evaluator.evaluate(structure)
        let two = try evaluator.evaluate(doubled)
        #expect(abs(two.energy - 2 * one.energy) < Self.symmetryTolerance * 10)
        #expect(two.forces.deviation(from: one.forces + one.forces) < Self.symmetryTolerance)
        #expect(two.virial.deviation(from: 2 * one.virial) < Self.symmetryTolerance * 10)
    }

    @Test("An atom alone has the energy of its padded slots, and no force")
    func lone() throws {
        let evaluator = ReferenceEvaluator(ModelVariant.oneSided.model)
        let far = try evaluator.evaluate(TestStructures.dimer(distance: 9))
        #expect(far.forces == [.zero, .zero])
        #expect(far.virial == .zero)
        let beyond = try evaluator.evaluate(TestStructures.dimer(distance: 4.5))
        #expect(beyond.atomicEnergies == far.atomicEnergies)
    }

    @Test("The force vanishes quadratically at the cutoff, and the energy cubically")
    func cutoff() throws {
        let evaluator = ReferenceEvaluator(ModelVariant.oneSided.model)
        let rc = evaluator.model.descriptor.cutoff
        let lone = try evaluator.evaluate(TestStructures.dimer(distance: rc + 1))
        func inside(_ depth: Double) throws -> (energy: Double, force: Double) {
            let result = try evaluator.evaluate(TestStructures.dimer(distance: rc - depth))
            return (result.energy - lone.energy, result.forces[1].norm)
        }
        let (shallow, deep) = (try inside(5e-3), try inside(1e-2))
        #expect(abs(deep.force / shallow.force - 4) < 0.05)
        #expect(abs(deep.energy / shallow.energy - 8) < 0.1)
    }

    @Test("Element that the model lacks is refused by name")
    func unknownElement() throws {
        let evaluator = ReferenceEvaluator(.random(seed: 1, typeMap: ["Li", "S"]))
        let error = #expect(throws: InputError.self) { try evaluator.evaluate(TestStructures.triclinic()) }
        #expect(error?.problem.contains("Li, S but not") == true)
    }

    @Test("Atoms on top of each other and positions that are not finite are refused")
    func badPositions() throws {
        let evaluator = ReferenceEvaluator(.random(seed: 1))
        let error = #expect(throws: InputError.self) {
            try evaluator.evaluate(TestStructures.dimer(distance: 1e-3))
        }
        #expect(error?.place == "atoms 1 and 2")
        var structure = try TestStructures.triclinic()
        structure.positions[3].y = .nan
        #expect(throws: InputError.self) { try evaluator.evaluate(structure) }
    }
}
