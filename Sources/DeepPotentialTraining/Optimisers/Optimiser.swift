import DeepPotential

/// The optimiser of a run, as a value that can be saved.
enum Optimiser: Codable, Sendable {
    case adam(Adam)
    case muon(Muon)

    init(_ input: OptimizerInput, layout: ParameterLayout) {
        let adam = Adam(
            count: layout.count, beta1: input.beta1, beta2: input.beta2,
            weightDecay: input.kind == .adamW ? input.weightDecay : 0)
        switch input.kind {
        case .adam, .adamW: self = .adam(adam)
        case .muon:
            self = .muon(Muon(layout, momentum: input.momentum, weightDecay: input.weightDecay, adam: adam))
        }
    }

    mutating func update(_ parameters: inout [Float], gradient: [Float], learningRate: Double, pool: WorkerPool) {
        // Taking the value out keeps its arrays unshared, so that they are changed in place.
        switch self {
        case .adam(var adam):
            self = .none
            adam.update(&parameters, gradient: gradient, learningRate: learningRate, pool: pool)
            self = .adam(adam)
        case .muon(var muon):
            self = .none
            muon.update(&parameters, gradient: gradient, learningRate: learningRate, pool: pool)
            self = .muon(muon)
        case .none: preconditionFailure("an optimiser within its own update")
        }
    }

    case none
}
