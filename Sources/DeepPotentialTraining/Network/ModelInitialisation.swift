import DeepPotential
import Statistics

extension DenseNetwork {
    /// A network with DeePMD-kit's initial parameters: w ~ N(0, 1/√(in + out)), b ~ N(0, 1), idt ~ N(0.1, 0.001).
    ///
    /// - Parameter hasTimestep: whether layers with a skip connection carry idt.
    /// - Parameter linearOutput: adds a linear layer to one output, with zero bias.
    static func random(
        inputs: Int, neuron: [Int], hasTimestep: Bool, linearOutput: Bool, _ stream: inout RandomStream
    ) -> DenseNetwork {
        var layers: [DenseLayer] = []
        var inputs = inputs
        func weights(_ outputs: Int) -> [Double] {
            let deviation = 1 / Double(inputs + outputs).squareRoot()
            return (0..<inputs * outputs).map { _ in stream.gaussian(standardDeviation: deviation) }
        }
        for (index, outputs) in neuron.enumerated() {
            // The descriptor itself is never passed on by a fitting net.
            let resnet = index > 0 || !linearOutput
            var layer = DenseLayer(
                inputs: inputs, outputs: outputs, weights: weights(outputs),
                bias: (0..<outputs).map { _ in stream.gaussian() }, isActivated: true, resnet: resnet)
            if hasTimestep, layer.skip != .none {
                layer.timestep = (0..<outputs).map { _ in stream.gaussian(mean: 0.1, standardDeviation: 0.001) }
            }
            layers.append(layer)
            inputs = outputs
        }
        if linearOutput {
            layers.append(
                DenseLayer(
                    inputs: inputs, outputs: 1, weights: weights(1), bias: [0], isActivated: false, resnet: false))
        }
        return DenseNetwork(layers: layers)
    }

    /// Spreads the first layer's steps over the range of its input.
    ///
    /// With DeePMD-kit's initial parameters every tanh of the first layer rises over most of the input's range, so that the
    /// net cannot tell one distance from the next until its weights have grown, which takes tens of thousands of steps.
    /// Here neuron k of n rises in the k-th part of the range and is as steep as the parts are narrow: half the steps lead
    /// to the same error (Benchmarks/training, `hybrid.py`).
    /// - Parameters:
    ///   - input: the net's input at a part, 0 to 1, of the way along the range; monotonic.
    ///   - stream: random numbers, 0 to 1.
    mutating func spreadFirstLayer(over input: (Double) -> Double, stream: () -> Double) {
        let count = layers[0].outputs
        guard layers[0].inputs == 1, count > 1 else { return }
        let centres = (0..<count).map { input((Double($0) + stream()) / Double(count)) }
        for (k, centre) in centres.enumerated() {
            let previous = k > 0 ? centres[k - 1] : 2 * centres[0] - centres[1]
            let next = k + 1 < count ? centres[k + 1] : 2 * centre - centres[k - 1]
            // Where distances hardly change the input, near the cutoff, parts are too narrow to be told apart.
            let slope = min(2 / abs(next - previous), Self.steepest)
            let sign: Double = layers[0].weights[k] < 0 ? -1 : 1
            layers[0].weights[k] = sign * slope
            layers[0].bias[k] = -sign * slope * centre
        }
    }

    /// The largest initial weight of a spread first layer.
    private static let steepest = 8.0
}
