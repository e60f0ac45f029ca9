import DeepPotential
import Files
import Foundation
import Parallel
import Structures

/// Trains one model: batches, gradients, optimiser, validation, checkpoints.
///
/// A run is a function of its input, data and seed alone: not of the number of threads, nor of interruptions.
public final class Trainer {
    private let input: TrainingInput
    private let training: TrainingSet
    private let validation: TrainingSet?
    private let template: DPModel
    private let layout: ParameterLayout
    private let engine: GradientEngine
    private let pool: WorkerPool
    private let folder: String
    private let seed: UInt64
    private var state: TrainingState
    private var curve: LearningCurve
    /// The Kalman filter's, else empty.
    private var derivative: [Float]

    /// Frames that one evaluation of the validation set takes at a time.
    private static let validationBatch = 8
    /// At display steps, validation frames evenly spread, at most this many.
    private static let displayedFrames = 16

    /// - Parameters:
    ///   - folder: where lcurve.out, the checkpoint and the model go; it must exist.
    ///   - restart: goes on from the folder's checkpoint.
    /// - Throws: `InputError` for an input that does not fit the data, or a checkpoint of another run.
    public init(
        _ input: TrainingInput, training: TrainingSet, validation: TrainingSet?, seed: UInt64, folder: String,
        restart: Bool, pool: WorkerPool
    ) throws {
        self.input = input
        self.training = training
        self.validation = validation
        self.pool = pool
        self.folder = folder
        self.seed = seed
        template = try ModelBuilder.build(input, training, seed: seed, pool: pool)
        layout = ParameterLayout(template)
        engine = GradientEngine(
            template, layout: layout, sets: [training, validation].compactMap { $0 },
            intervals: input.extras.tableIntervals, pool: pool)
        derivative = Array(repeating: 0, count: input.optimizer.kind == .kalman ? layout.count : 0)
        let parameters = layout.vector(of: template)
        let fingerprint = Self.fingerprint(input, training, template, layout, seed: seed)
        let checkpoint = "\(folder)/\(input.training.saveName)"
        if restart {
            state = try TrainingState(contentsOf: checkpoint, fingerprint: fingerprint)
        } else {
            state = TrainingState(
                parameters: parameters, optimiser: Optimiser(input.optimizer, layout: layout),
                average: input.training.averageDecay.map { ParameterAverage(parameters, decay: $0) },
                sampler: FrameSampler(
                    seed: seed, queues: FrameSampler.queues(training, input.training)),
                fingerprint: fingerprint)
        }
        curve = LearningCurve(
            path: "\(folder)/\(input.training.displayFile)", hasValidation: validation != nil,
            hasVirial: training.frames.contains { $0.virial != nil }, restartStep: restart ? state.step : nil)
    }

    /// Steps done, those of the checkpoint included.
    public var step: Int { state.step }

    /// Where the model is written.
    public var modelPath: String { "\(folder)/model.dp" }
    private var checkpointPath: String { "\(folder)/\(input.training.saveName)" }

    /// Trains to the input's last step, or until `shouldStop` says so; in both cases a checkpoint is left behind.
    ///
    /// - Throws: `TrainingDiverged`, or `InputError` when a file cannot be written.
    public func run(
        shouldStop: () -> Bool = { false }, report: (TrainingProgress) -> Void = { _ in }
    ) throws -> TrainingOutcome {
        let clock = ContinuousClock()
        let steps = input.training.steps
        let start = clock.now
        let (firstStep, before) = (state.step, state.seconds)
        while state.step < steps, !shouldStop() {
            try advance()
            state.seconds = before + Double((clock.now - start) / .seconds(1))
            let step = state.step
            let isLast = step == steps
            var full: ErrorSums?
            if isLast || step % (input.extras.validationFrequency ?? input.training.saveFrequency) == 0 {
                full = try validateAll()
            }
            if isLast || step % input.training.displayFrequency == 0 {
                let pace = (state.seconds - before) / Double(step - firstStep)
                report(try display(full: full, secondsPerStep: pace))
            }
            if isLast || step % input.training.saveFrequency == 0 { try save() }
        }
        try save()
        return TrainingOutcome(
            step: state.step, isComplete: state.step == steps, modelPath: modelPath,
            bestStep: state.best?.step ?? state.step, validation: validation == nil ? nil : state.best?.errors,
            seconds: state.seconds)
    }

    /// One step.
    private func advance() throws {
        let run = input.training
        let indices = state.sampler.next(training, run)
        let batch = indices.map { training.frames[$0] }
        let ratio = input.learningRate.rate(state.step) / input.learningRate.start
        let prefactors = input.loss.prefactors(ratio: ratio)
        let step = state.step + 1
        let result: BatchLoss
        var gradient: GradientParts?
        if input.optimizer.kind == .kalman {
            let before = KalmanStep(engine: engine, pool: pool, seed: seed).run(
                batch, input.optimizer.kalman.measurements.prefactors(ratio: ratio), state: &state,
                derivative: &derivative)
            result = BatchLoss(batch, before, prefactors)
        } else {
            (result, gradient) = engine.gradient(batch, state.parameters.values, prefactors)
        }
        let limit = (state.typicalLoss ?? .infinity) * Self.divergence
        guard result.loss.isFinite, result.loss < limit else { throw diverged(step, batch, result.frameLosses) }
        state.typicalLoss = 0.99 * (state.typicalLoss ?? result.loss) + 0.01 * result.loss
        let isFinite =
            gradient.map {
                state.update(gradient: $0, learningRate: input.learningRate.rate(state.step))
            } ?? derivative.allSatisfy(\.isFinite)
        guard isFinite else { throw diverged(step, batch, result.frameLosses) }
        state.sums += result.errors
        state.loss += result.loss * Double(batch.count)
    }

    /// A loss this many times the typical one is not noise.
    private static let divergence = 1e4

    /// Ends the run: what a step has done to the state is not written any more.
    private func diverged(_ step: Int, _ batch: [TrainingFrame], _ losses: [Double]) -> TrainingDiverged {
        let worst = losses.indices.max { a, b in
            let (x, y) = (losses[a], losses[b])
            return x.isFinite && y.isFinite ? x < y : x.isFinite && !y.isFinite
        }!
        let frame = batch[worst]
        let saved = FileManager.default.fileExists(atPath: modelPath) ? modelPath : nil
        return TrainingDiverged(
            step: step, system: training.systems[frame.system].name, frame: frame.index,
            loss: losses[worst], modelPath: saved)
    }

    private func evaluate(_ frames: [TrainingFrame], _ parameters: [Float]) -> LearningCurve.Row {
        engine.tabulate(parameters)
        let prefactors = input.loss.limit
        var row = LearningCurve.Row(errors: ErrorSums(), loss: 0)
        for first in stride(from: 0, to: frames.count, by: Self.validationBatch) {
            let part = Array(frames[first..<min(frames.count, first + Self.validationBatch)])
            let result = engine.errors(part, parameters, prefactors)
            row.errors += result.errors
            row.loss += result.loss
        }
        row.loss /= Double(frames.count)
        return row
    }

    /// Keeps the parameters when they are the best so far on all validation frames.
    private func validateAll() throws -> ErrorSums? {
        guard let validation else { return nil }
        let parameters = state.product
        let row = evaluate(validation.frames, parameters)
        if row.loss < state.best?.loss ?? .infinity {
            state.best = TrainingState.Best(
                step: state.step, loss: row.loss, errors: row.errors, parameters: PackedArray(parameters))
        }
        return row.errors
    }

    private func display(full: ErrorSums?, secondsPerStep: Double) throws -> TrainingProgress {
        let rate = input.learningRate.rate(state.step - 1)
        let row = LearningCurve.Row(errors: state.sums, loss: state.loss / Double(state.sums.frames))
        let validated = validation.map { validation in
            let spacing = max(1, validation.frameCount / Self.displayedFrames)
            return evaluate(
                stride(from: 0, to: validation.frameCount, by: spacing).map { validation.frames[$0] }, state.product)
        }
        try curve.add(step: state.step, training: row, validation: validated, learningRate: rate)
        defer {
            state.sums = ErrorSums()
            state.loss = 0
        }
        return TrainingProgress(
            step: state.step, steps: input.training.steps, learningRate: rate, training: state.sums,
            trainingLoss: row.loss, validation: validated?.errors, fullValidation: full, secondsPerStep: secondsPerStep,
            secondsLeft: secondsPerStep * Double(input.training.steps - state.step))
    }

    private func save() throws {
        try layout.model(template, from: state.best?.parameters.values ?? state.product).write(to: modelPath)
        try state.write(to: checkpointPath)
    }

    /// What a checkpoint must agree in: the model's shape and statistics, the data, the seed.
    private static func fingerprint(
        _ input: TrainingInput, _ training: TrainingSet, _ template: DPModel, _ layout: ParameterLayout,
        seed: UInt64
    ) -> String {
        var text = "\(input.model) \(input.optimizer) \(input.training.batchSize) \(seed) \(template.fitting.biases)"
        text += "\(layout.count)"
        text += "\(template.descriptor.averages) \(template.descriptor.deviations)"
        if let threeBody = template.threeBody { text += "\(threeBody.deviations)" }
        for system in training.systems { text += " \(system.range.count)x\(system.atomCount)" }
        for frame in training.frames { text += " \(frame.energy)" }
        return SHA256.hexadecimal(of: text)
    }
}
