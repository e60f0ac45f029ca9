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
}
