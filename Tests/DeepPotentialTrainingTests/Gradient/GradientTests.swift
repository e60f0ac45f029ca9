import DeepPotential
import Structures
import Testing

@testable import DeepPotentialTraining

/// The training passes against the reference evaluator, which knows nothing of tables, blocks or tangents.
@Suite struct GradientTests {
    /// Float32 sums of some hundred terms of order one.
    static let relativeTolerance = 2e-5
    /// The same for derivatives (eV/Å), whose terms are of order 0.1 and cancel.
    static let forceTolerance = 1e-5

    /// The kinds of model.
    enum Kind: String, CaseIterable, Sendable {
        case oneSided, twoSided, hybrid

        var model: DPModel { Fixture.model(oneSided: self == .oneSided, threeBody: self == .hybrid) }
    }

    @Test(arguments: Kind.allCases)
    func predictionsAgreeWithTheReference(_ kind: Kind) throws {
        let model = kind.model
        let system = Fixture.system()
        let set = try Fixture.set([system])
        let engine = Fixture.engine(model, set, intervals: 512)
        let parameters = engine.layout.vector(of: model)
        engine.tabulate(parameters)
        let reference = ReferenceEvaluator(model)
        for (frame, prediction) in engine.predict(set.frames, parameters).enumerated() {
            let expected = try reference.evaluate(try system.structure(frame: frame))
            #expect(abs(prediction.energy - expected.energy) < Self.relativeTolerance * abs(expected.energy))
            // Forces worth comparing.
            #expect(expected.forces.map(\.norm).max()! > 1000 * Self.forceTolerance)
            for (atom, force) in expected.forces.enumerated() {
                for axis in 0..<3 {
                    #expect(abs(Double(prediction.forces[3 * atom + axis]) - force[axis]) < Self.forceTolerance)
                }
            }
            for (got, wanted) in zip(prediction.virial, expected.virial.rowMajor) {
                #expect(abs(got - wanted) < 10 * Self.forceTolerance)
            }
        }
    }

    struct Case: Sendable, CustomStringConvertible {
        let kind: Kind
        let prefactors: Prefactors
        var description: String { "\(kind), \(prefactors)" }
    }

    static let cases = Kind.allCases.flatMap { kind in
        [
            Prefactors(energy: 1, force: 0, virial: 0), Prefactors(energy: 0, force: 1, virial: 0),
            Prefactors(energy: 0, force: 0, virial: 1), Prefactors(energy: 0.3, force: 20, virial: 0.1),
        ].map { Case(kind: kind, prefactors: $0) }
    }

    /// Two frames of different sizes, one without virial; W, b and idt of every layer of the embedding and fitting nets.
    @Test(arguments: cases)
    func gradientIsTheFiniteDifferenceOfTheReferenceLoss(_ test: Case) throws {
        let model = test.kind.model
        let systems = [
            Fixture.system(atoms: 10, frames: 1), Fixture.system(atoms: 14, frames: 1, seed: 4, virial: false),
        ]
        let set = try Fixture.set(systems)
        let engine = Fixture.engine(model, set, intervals: 512)
        var gradient = [Float](repeating: .nan, count: engine.layout.count)
        let (result, parts) = engine.gradient(set.frames, engine.layout.vector(of: model), test.prefactors)
        #expect(parts.copy(into: &gradient))
        let reference = try Self.referenceLoss(model, systems, test.prefactors)
        #expect(abs(result.loss - reference) < 1e-4 * reference)

        // Of the typical element: what Float32 leaves of sums with much cancellation.
        let rms = (gradient.reduce(0) { $0 + Double($1) * Double($1) } / Double(gradient.count)).squareRoot()
        for (index, value, site) in Self.sites(model, engine.layout) {
            // Small enough for a truncation error below Float32's, large enough for Double's rounding.
            let step = 1e-4
            let up = try Self.referenceLoss(Self.changed(model, site, to: value + step), systems, test.prefactors)
            let down = try Self.referenceLoss(Self.changed(model, site, to: value - step), systems, test.prefactors)
            let slope = (up - down) / (2 * step)
            #expect(
                abs(slope - Double(gradient[index])) < 2e-3 * (rms + abs(slope)),
                "\(site) \(slope) \(gradient[index]) \(rms)")
        }
    }

    @Test(arguments: Kind.allCases)
    func gradientDoesNotDependOnThreads(_ kind: Kind) throws {
        let model = kind.model
        let set = try Fixture.set([Fixture.system(atoms: 40, frames: 12)])
        let gradients = [1, 2, 3].map { threads in
            let engine = Fixture.engine(model, set, intervals: 64, threads: threads)
            var gradient = [Float](repeating: 0, count: engine.layout.count)
            engine.gradient(
                set.frames, engine.layout.vector(of: model), Prefactors(energy: 1, force: 1, virial: 1)
            ).gradient.copy(into: &gradient)
            return gradient
        }
        #expect(gradients[0] == gradients[1])
        #expect(gradients[0] == gradients[2])
        #expect(gradients[0].contains { $0 != 0 })
    }

    /// Blocks and parts of weights that small nets and batches have only one of.
    @Test(arguments: Kind.allCases)
    func gradientOfABatchIsTheMeanOfItsFrames(_ kind: Kind) throws {
        // Without idt, which would hide what flows into padding.
        let model = Fixture.model(
            oneSided: kind == .oneSided, threeBody: kind == .hybrid, fitting: [700, 9], timesteps: false)
        let set = try Fixture.set([Fixture.system(atoms: 40, frames: 12)])
        let engine = Fixture.engine(model, set, intervals: 64, threads: 2)
        let parameters = engine.layout.vector(of: model)
        func gradient(_ frames: [TrainingFrame]) -> [Float] {
            var gradient = [Float](repeating: .nan, count: engine.layout.count)
            engine.gradient(frames, parameters, Prefactors(energy: 1, force: 1, virial: 1)).gradient.copy(
                into: &gradient)
            return gradient
        }
        #expect(Batch(set.frames, typeCount: 3).blocks.count > 3)
        let whole = gradient(set.frames)
        let singles = set.frames.map { gradient([$0]) }
        let rms = (whole.reduce(0) { $0 + $1 * $1 } / Float(whole.count)).squareRoot()
        for index in whole.indices {
            let mean = singles.reduce(0) { $0 + $1[index] } / Float(singles.count)
            // Sums of some hundred Float32 terms that cancel.
            #expect(abs(whole[index] - mean) < 1e-3 * (rms + abs(mean)))
        }
        // What only fills up rows and columns must stay zero in training.
        var isPadding = [Bool](repeating: true, count: whole.count)
        engine.layout.forEachParameter(of: model) { index, _, _ in isPadding[index] = false }
        #expect(isPadding.contains(true))
        #expect(whole.indices.allSatisfy { !isPadding[$0] || whole[$0] == 0 })
    }

    @Test func partsFollowOneAnotherThroughTheGradient() {
        let layout = ParameterLayout(Fixture.model(oneSided: false, threeBody: true, fitting: [700, 9]))
        let parts = GradientPlan(layout).parts
        #expect(parts.first?.range.lowerBound == 0 && parts.last?.range.upperBound == layout.count)
        #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.range.upperBound == $1.range.lowerBound })
        #expect(parts.filter { $0.weights?.type == 1 && $0.weights?.layer == 0 }.count > 1)
    }

    @Test(arguments: Kind.allCases)
    func tablesConvergeWithTheFourthPowerOfTheSpacing(_ kind: Kind) throws {
        let model = kind.model
        let system = Fixture.system(frames: 8)
        let set = try Fixture.set([system])
        let reference = ReferenceEvaluator(model)
        let exact = try (0..<8).map { try reference.evaluate(try system.structure(frame: $0)).energy }
        /// The energies' error (eV), root mean square over frames, since the error of one may pass through zero.
        func error(_ intervals: Int) -> Double {
            let engine = Fixture.engine(model, set, intervals: intervals)
            let parameters = engine.layout.vector(of: model)
            engine.tabulate(parameters)
            let squares = zip(engine.predict(set.frames, parameters), exact).map { ($0.energy - $1) * ($0.energy - $1) }
            return (squares.reduce(0, +) / 8).squareRoot()
        }
        // A ratio of 16 in the limit; coarse tables are not yet there, and finer ones have only rounding left. Products of
        // neighbours span a wider range than their distances.
        let intervals = kind == .hybrid ? 8 : 2
        #expect(error(2 * intervals) < error(intervals) / 6)
        #expect(error(128) < 1e-5 * abs(exact[0]))
    }

    @Test func vectorAndModelAreEachOthersInverse() {
        for kind in Kind.allCases {
            let model = kind.model
            let layout = ParameterLayout(model)
            let vector = layout.vector(of: model)
            let back = layout.model(model, from: vector)
            #expect(layout.vector(of: back) == vector)
            #expect(back.typeMap == model.typeMap && back.fitting.biases == model.fitting.biases)
            let difference = zip(back.fitting.nets[1].layers[0].weights, model.fitting.nets[1].layers[0].weights)
                .map { abs($0 - $1) }.max()!
            #expect(difference < 1e-7)
        }
    }

    // MARK: The oracle

    /// Three parameters of each kind in each layer of two nets.
    private static func sites(
        _ model: DPModel, _ layout: ParameterLayout
    ) -> [(Int, Double, ParameterLayout.Site)] {
        var result: [(Int, Double, ParameterLayout.Site)] = []
        var seen: [String: Int] = [:]
        layout.forEachParameter(of: model) { index, value, site in
            guard site.network == 1 || site.network == 2 else { return }
            let key = "\(site.part) \(site.network) \(site.layer) \(site.kind)"
            seen[key, default: 0] += 1
            if [1, 4, 6].contains(seen[key]!) { result.append((index, value, site)) }
        }
        return result
    }

    private static func changed(_ model: DPModel, _ site: ParameterLayout.Site, to value: Double) -> DPModel {
        var model = model
        let network: WritableKeyPath<DPModel, DenseNetwork> =
            switch site.part {
            case .embedding: \.descriptor.embeddings[site.network]
            case .fitting: \.fitting.nets[site.network]
            case .threeBody: \.threeBody!.embeddings[site.network]
            }
        switch site.kind {
        case .weight: model[keyPath: network].layers[site.layer].weights[site.element] = value
        case .bias: model[keyPath: network].layers[site.layer].bias[site.element] = value
        case .timestep: model[keyPath: network].layers[site.layer].timestep![site.element] = value
        }
        return model
    }

    /// The loss of first frames as `FrameResidual` defines it, from reference energies, forces and virials.
    private static func referenceLoss(
        _ model: DPModel, _ systems: [LabelledSystem], _ p: Prefactors
    ) throws -> Double {
        let evaluator = ReferenceEvaluator(model)
        let total = Double(systems.reduce(0) { $0 + $1.atomCount })
        return try systems.reduce(0) { sum, system in
            let result = try evaluator.evaluate(try system.structure(frame: 0))
            let atoms = Double(system.atomCount)
            let energy = result.energy - system.energies[0]
            let force = zip(result.forces, system.forces(frame: 0)).reduce(0) { $0 + ($1.0 - $1.1).dot($1.0 - $1.1) }
            let virial =
                system.virial(frame: 0).map { label in
                    zip(result.virial.rowMajor, label.rowMajor).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
                } ?? 0
            let loss =
                p.energy * energy * energy / atoms + p.force * force / (3 * atoms) + p.virial * virial / (9 * atoms)
            return sum + atoms / total * loss
        }
    }
}
