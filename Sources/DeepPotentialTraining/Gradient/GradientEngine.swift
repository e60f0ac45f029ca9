import DeepPotential
import Parallel
import Structures

/// The loss of a batch and its gradient with respect to every parameter of the networks.
///
/// One forward and backward pass gives energies, forces and virials; the residuals become a direction (displacements of
/// all atoms and a strain), and the gradient is the reverse sweep of a E + Ė, where Ė is the energy's derivative along
/// that direction: no second-order tape is kept. All sums over blocks are made in the order of the blocks, so that the
/// result does not depend on the number of threads.
final class GradientEngine {
    let layout: ParameterLayout
    private let settings: EnvironmentSettings
    private let tables: NetworkTables
    private let threeBodySettings: ThreeBodySettings?
    private let threeBodyTables: NetworkTables?
    private let pool: WorkerPool
    /// By type (eV): out_bias + bias_atom_e.
    private let biases: [Double]
    private var blocks: [AtomBlock] = []
    /// Of the last evaluation.
    private var batch = Batch([], typeCount: 0)
    private let plan: GradientPlan
    /// What of the gradient is made at once, and one part of the rest for each thread.
    private var stored: Buffer<Float>
    private let scratch: Buffer<Float>

    /// - Parameters:
    ///   - sets: the data, whose shortest distances tell how far the tables must reach.
    ///   - intervals: of each table.
    init(_ model: DPModel, layout: ParameterLayout, sets: [TrainingSet], intervals: Int, pool: WorkerPool) {
        self.layout = layout
        let types = model.typeMap.count
        let settings = EnvironmentSettings(
            model.descriptor, reach: TableReach.reach(model.descriptor, types: types, sets), intervals: intervals)
        let threeBody = model.threeBody.map {
            ThreeBodySettings($0, reach: TableReach.reach($0, types: types, sets), intervals: intervals)
        }
        self.settings = settings
        tables = NetworkTables(
            (0..<settings.tableCount).map { layout.embeddings[settings.network(ofTable: $0)] }, grid: settings.grid,
            content: .output)
        threeBodySettings = threeBody
        threeBodyTables = threeBody.map {
            NetworkTables(layout.threeBodies, grid: $0.grid, content: .inputTimesOutput)
        }
        self.pool = pool
        plan = GradientPlan(layout)
        stored = Buffer<Float>(count: layout.count)
        scratch = Buffer<Float>(count: pool.threads * Vector.padded(plan.longestPart))
        biases = model.typeMap.indices.map { model.bias(ofType: $0) }
    }

    /// What one frame is predicted to be.
    struct Prediction {
        /// eV.
        var energy = 0.0
        /// [atoms, 3] (eV/Å).
        var forces: [Float] = []
        /// [9] (eV).
        var virial: [Double] = []
    }

    /// Makes the embedding tables of `parameters`, which every evaluation needs first.
    func tabulate(_ parameters: [Float]) {
        parameters.withUnsafeBufferPointer { pointer in
            nonisolated(unsafe) let parameters = pointer.baseAddress!
            pool.parallel(tables.count + (threeBodyTables?.count ?? 0)) { table, _ in
                if table < tables.count {
                    tables.tabulate(table, parameters)
                } else {
                    threeBodyTables?.tabulate(table - tables.count, parameters)
                }
            }
        }
    }

    /// Energies, forces and virials of `frames`, after `tabulate`.
    func predict(_ frames: [TrainingFrame], _ parameters: [Float]) -> [Prediction] {
        evaluate(Batch(frames, typeCount: settings.typeCount), parameters)
    }

    private func evaluate(_ batch: Batch, _ parameters: [Float]) -> [Prediction] {
        self.batch = batch
        while blocks.count < batch.blocks.count {
            var threeBody: ThreeBodyBlock?
            if let threeBodySettings, let threeBodyTables {
                threeBody = ThreeBodyBlock(threeBodySettings, tables: threeBodyTables)
            }
            blocks.append(AtomBlock(layout, settings: settings, tables: tables, threeBody: threeBody))
        }
        parameters.withUnsafeBufferPointer { pointer in
            nonisolated(unsafe) let parameters = pointer.baseAddress!
            pool.parallel(batch.blocks.count) { block, _ in
                blocks[block].evaluate(batch, block: block, parameters)
            }
        }
        return batch.frames.enumerated().map { index, frame in
            var prediction = Prediction(
                forces: Array(repeating: 0, count: 3 * frame.atomCount), virial: Array(repeating: 0, count: 9))
            prediction.energy = frame.types.reduce(0) { $0 + biases[$1] }
            for block in blocks.prefix(batch.blocks.count) {
                prediction.energy += block.energies[index]
                for k in 0..<9 { prediction.virial[k] += block.virials[9 * index + k] }
                let forces = block.forces.base + 3 * batch.starts[index]
                prediction.forces.withUnsafeMutableBufferPointer { sum in
                    DenseKernels.add(forces, sum.count, to: sum.baseAddress!)
                }
            }
            return prediction
        }
    }

    /// The squared errors of `frames` and the sum of their losses, after `tabulate`.
    func errors(
        _ frames: [TrainingFrame], _ parameters: [Float], _ prefactors: Prefactors
    ) -> (errors: ErrorSums, loss: Double) {
        var sums = ErrorSums()
        var loss = 0.0
        for (frame, prediction) in zip(frames, predict(frames, parameters)) {
            let residual = FrameResidual(frame, prediction, weight: 1, prefactors)
            sums += residual.errors
            loss += residual.loss
        }
        return (sums, loss)
    }

    /// The loss of `frames` and its gradient dL/dθ, which is valid until the next evaluation. Makes the tables itself.
    func gradient(
        _ frames: [TrainingFrame], _ parameters: [Float], _ prefactors: Prefactors
    ) -> (loss: BatchLoss, gradient: GradientParts) {
        tabulate(parameters)
        let loss = BatchLoss(frames, evaluate(Batch(frames, typeCount: settings.typeCount), parameters), prefactors)
        let residuals = loss.residuals
        reverse(
            parameters, seeds: residuals.map(\.energySeed), directions: residuals.flatMap(\.directions),
            strains: residuals.flatMap(\.strain))
        return (loss, gradientParts)
    }

    /// What `measure` makes of the predictions for `frames`; `derivative` is overwritten with its dh/dθ. Makes the tables
    /// itself.
    func measure(
        _ frames: [TrainingFrame], _ parameters: [Float], into derivative: inout [Float],
        _ measure: ([Prediction]) -> KalmanMeasurement
    ) -> KalmanMeasurement {
        tabulate(parameters)
        let measurement = measure(evaluate(Batch(frames, typeCount: settings.typeCount), parameters))
        reverse(
            parameters, seeds: measurement.seeds, directions: measurement.directions,
            strains: Array(repeating: 0, count: 9 * frames.count))
        gradientParts.copy(into: &derivative)
        return measurement
    }

    /// dS/dθ of S = Σ_f a_f E_f + Ė along (v, V), after `evaluate`; in `values`.
    private func reverse(_ parameters: [Float], seeds: [Float], directions: [Float], strains: [Float]) {
        parameters.withUnsafeBufferPointer { parameters in
            nonisolated(unsafe) let (parameters, gradient) = (parameters.baseAddress!, stored.base)
            pool.parallel(batch.blocks.count) { block, _ in
                let type = batch.blocks[block].type
                let fitting = layout.fittings[type].range.lowerBound
                blocks[block].reverse(
                    batch, parameters, seeds: seeds, directions: directions, strains: strains,
                    into: batch.blocks(ofType: type).first == block ? gradient + fitting : nil)
            }
            let (embeddings, fittings) = (layout.embeddings.count, layout.fittings.count)
            pool.parallel(embeddings + fittings + layout.threeBodies.count) { task, _ in
                if task < embeddings {
                    reduceEmbedding(task, batch, parameters, gradient)
                } else if task < embeddings + fittings {
                    reduceFitting(task - embeddings, batch, gradient)
                } else {
                    reduceThreeBody(task - embeddings - fittings, batch, parameters, gradient)
                }
            }
        }
    }

    private var gradientParts: GradientParts {
        GradientParts(ranges: plan.parts.map(\.range), pool: pool, values: values)
    }

    /// The gradient's values in one part.
    private func values(_ index: Int, worker: Int) -> UnsafePointer<Float> {
        let part = plan.parts[index]
        guard let weights = part.weights else { return UnsafePointer(stored.base + part.range.lowerBound) }
        let target = scratch.base + worker * (scratch.count / pool.threads)
        let own = batch.blocks(ofType: weights.type)
        if own.isEmpty { target.update(repeating: 0, count: part.range.count) }
        for block in own {
            blocks[block].weightGradient(
                layer: weights.layer, inputs: weights.inputs, into: target, adding: block != own.first)
        }
        return UnsafePointer(target)
    }

    /// Biases and time steps.
    private func reduceFitting(_ type: Int, _ batch: Batch, _ gradient: UnsafeMutablePointer<Float>) {
        let plan = layout.fittings[type]
        let own = batch.blocks(ofType: type)
        for range in plan.layers.map(\.biasRange) {
            let target = gradient + range.lowerBound
            // The first has written its part there itself.
            if own.isEmpty { target.update(repeating: 0, count: range.count) }
            for index in own.dropFirst() {
                DenseKernels.add(
                    blocks[index].fittingGradient.base + (range.lowerBound - plan.range.lowerBound), range.count,
                    to: target)
            }
        }
    }

    private func reduceEmbedding(
        _ network: Int, _ batch: Batch, _ parameters: UnsafePointer<Float>, _ gradient: UnsafeMutablePointer<Float>
    ) {
        let target = gradient + layout.embeddings[network].range.lowerBound
        let table = (0..<settings.tableCount).first { settings.network(ofTable: $0) == network }!
        let size = tables.tableStride * 16
        let sum = Buffer<Float>(count: size)
        for (index, block) in batch.blocks.enumerated() {
            let first = settings.firstTable(centre: block.type)
            guard (first..<first + settings.typeCount).contains(table) else { continue }
            DenseKernels.add(blocks[index].tableAdjoint.base + (table - first) * size, size, to: sum.base)
        }
        tables.reverse(table, adjoint: sum.base, parameters, into: target)
    }

    private func reduceThreeBody(
        _ table: Int, _ batch: Batch, _ parameters: UnsafePointer<Float>, _ gradient: UnsafeMutablePointer<Float>
    ) {
        guard let threeBodyTables else { return }
        let target = gradient + layout.threeBodies[table].range.lowerBound
        let size = threeBodyTables.tableStride * 16
        let sum = Buffer<Float>(count: size)
        for block in blocks.prefix(batch.blocks.count) {
            guard let threeBody = block.threeBody else { continue }
            DenseKernels.add(threeBody.tableAdjoint.base + table * size, size, to: sum.base)
        }
        threeBodyTables.reverse(table, adjoint: sum.base, parameters, into: target)
    }
}
