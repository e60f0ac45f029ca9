import DeepPotential
import Files
import Foundation
import Parallel
import Statistics
import Structures

/// Everything that a run needs to go on exactly as if it had not stopped.
struct TrainingState: Codable, Sendable {
    /// Steps done.
    var step = 0
    var parameters: PackedArray<Float>
    var optimiser: Optimiser
    var average: ParameterAverage?
    var sampler: FrameSampler
    /// The lowest validation loss so far, its step and its parameters.
    var best: Best?
    /// Errors of the training batches since the last line of lcurve.out.
    var sums = ErrorSums()
    var loss = 0.0
    /// A slow average of the loss, to tell divergence from noise.
    var typicalLoss: Double?
    /// Seconds of training so far, over all runs.
    var seconds = 0.0
    /// Says which input and data this state belongs to.
    var fingerprint: String

    struct Best: Codable, Sendable {
        var step: Int
        var loss: Double
        var errors: ErrorSums
        var parameters: PackedArray<Float>
    }

    /// One step of the optimiser.
    ///
    /// - Returns: whether the gradient is finite; if not, the state may be spoilt.
    mutating func update(gradient: GradientParts, learningRate: Double) -> Bool {
        let isFinite = optimiser.update(&parameters.values, gradient: gradient, learningRate: learningRate)
        endStep(gradient.pool)
        return isFinite
    }

    /// One measurement of the Kalman filter; several make a step.
    mutating func update(measured error: Double, derivative: [Float], pool: WorkerPool) {
        optimiser.update(&parameters.values, measured: error, derivative: derivative, pool: pool)
    }

    /// Counts a step whose parameters have been moved.
    mutating func endStep(_ pool: WorkerPool) {
        average?.add(parameters.values, pool: pool)
        step += 1
    }

    /// The parameters that are validated and written: the average, when there is one.
    var product: [Float] { average?.parameters ?? parameters.values }

    func write(to path: String) throws {
        let encoder = PropertyListEncoder()
        encoder.outputFormat = .binary
        try AtomicFile.write(try encoder.encode(self), to: path)
    }

    /// - Throws: `InputError` when the file cannot be read or belongs to another run.
    init(contentsOf path: String, fingerprint: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw InputError(
                file: path, problem: "there is no checkpoint to restart from", mend: "start without --restart")
        }
        do {
            self = try PropertyListDecoder().decode(TrainingState.self, from: data)
        } catch {
            throw InputError(
                file: path, problem: "the checkpoint is damaged or of another version", mend: "start afresh")
        }
        guard self.fingerprint == fingerprint else {
            throw InputError(
                file: path, problem: "the checkpoint is of another model, seed or data set",
                mend: "restart with the input that made it, or start afresh in another folder")
        }
    }

    init(
        parameters: [Float], optimiser: Optimiser, average: ParameterAverage?, sampler: FrameSampler,
        fingerprint: String
    ) {
        self.parameters = PackedArray(parameters)
        self.optimiser = optimiser
        self.average = average
        self.sampler = sampler
        self.fingerprint = fingerprint
    }
}
