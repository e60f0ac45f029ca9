import DeepPotential
import Parallel

/// The optimiser of a run, as a value that can be saved.
enum Optimiser: Codable, Sendable {
    case adam(Adam)
    case muon(Muon)
    /// Takes measurements instead of the loss's gradient: see `KalmanStep`.
    case kalman(KalmanFilter)

    init(_ input: OptimizerInput, layout: ParameterLayout) {
        let adam = Adam(
            count: layout.count, beta1: input.beta1, beta2: input.beta2,
            weightDecay: input.kind == .adamW ? input.weightDecay : 0)
        switch input.kind {
        case .adam, .adamW: self = .adam(adam)
        case .muon:
            self = .muon(Muon(layout, momentum: input.momentum, weightDecay: input.weightDecay, adam: adam))
        case .kalman: self = .kalman(KalmanFilter(layout, blockSize: input.kalman.blockSize))
        }
    }

    /// - Returns: whether the gradient is finite; if not, the parameters may be spoilt.
    mutating func update(_ parameters: inout [Float], gradient: GradientParts, learningRate: Double) -> Bool {
        let isFinite: Bool
        // Taking the value out keeps its arrays unshared, so that they are changed in place.
        switch self {
        case .adam(var adam):
            self = .none
            isFinite = adam.update(&parameters, gradient: gradient, learningRate: learningRate)
            self = .adam(adam)
        case .muon(var muon):
            self = .none
            var whole = [Float](repeating: 0, count: parameters.count)
            isFinite = gradient.copy(into: &whole)
            muon.update(&parameters, gradient: whole, learningRate: learningRate, pool: gradient.pool)
            self = .muon(muon)
        case .kalman: preconditionFailure("the Kalman filter takes measurements, not a gradient")
        case .none: preconditionFailure("an optimiser within its own update")
        }
        return isFinite
    }

    /// One measurement of the Kalman filter.
    mutating func update(
        _ parameters: inout [Float], measured error: Double, derivative: [Float], pool: WorkerPool
    ) {
        guard case .kalman(var filter) = self else { preconditionFailure("only the Kalman filter takes measurements") }
        self = .none
        filter.update(&parameters, error: error, derivative: derivative, pool: pool)
        self = .kalman(filter)
    }

    case none
}
