import DeepPotential
import Structures

extension DPModel {
    /// A small model with random parameters of the size that training starts from.
    static func random(
        seed: UInt64, typeMap: [String] = ["Li", "Ge", "P", "S"], cutoff: Double = 4.5, smoothStart: Double = 1.0,
        sel: [Int]? = nil, neuron: [Int] = [3, 6, 12], axisNeuron: Int = 3, typeOneSide: Bool = true,
        resnetDt: Bool = false, fitting: [Int] = [8, 8, 10], precision: Precision = .float64,
        threeBody threeBodyNeuron: [Int]? = nil, threeBodySel: [Int]? = nil
    ) -> DPModel {
        var generator = SplitMix64(seed: seed)
        func uniform(_ range: ClosedRange<Double>) -> Double {
            let value = Double.random(in: range, using: &generator)
            return precision == .float32 ? Double(Float(value)) : value
        }
        func layer(_ inputs: Int, _ outputs: Int, dt: Bool, last: Bool = false) -> DenseLayer {
            let scale = 2 / Double(inputs + outputs).squareRoot()
            let hasStep = dt && !last && (outputs == inputs || outputs == 2 * inputs)
            return DenseLayer(
                inputs: inputs, outputs: outputs, weights: (0..<inputs * outputs).map { _ in uniform(-scale...scale) },
                bias: (0..<outputs).map { _ in uniform(-1...1) },
                timestep: hasStep ? (0..<outputs).map { _ in uniform(0.3...0.9) } : nil,
                isActivated: !last, resnet: !last)
        }
        func net(_ widths: [Int], dt: Bool, linearEnd: Bool) -> DenseNetwork {
            DenseNetwork(
                layers: (1..<widths.count).map {
                    layer(widths[$0 - 1], widths[$0], dt: dt, last: linearEnd && $0 == widths.count - 1)
                })
        }
        let types = typeMap.count
        let dimension = neuron.last! * axisNeuron + (threeBodyNeuron?.last ?? 0)
        var model = DPModel(
            typeMap: typeMap,
            descriptor: SmoothDescriptor(
                cutoff: cutoff, smoothStart: smoothStart, sel: sel ?? Array(repeating: 14, count: types),
                neuron: neuron, axisNeuron: axisNeuron, typeOneSide: typeOneSide, resnetDt: resnetDt,
                precision: precision, averages: typeMap.map { _ in SIMD4(uniform(0.02...0.05), 0, 0, 0) },
                deviations: typeMap.map { _ in
                    let angular = uniform(0.05...0.07)
                    return SIMD4(uniform(0.08...0.12), angular, angular, angular)
                },
                embeddings: (0..<(typeOneSide ? types : types * types)).map { _ in
                    net([1] + neuron, dt: resnetDt, linearEnd: false)
                }),
            fitting: EnergyFitting(
                neuron: fitting, resnetDt: true, precision: precision,
                nets: typeMap.map { _ in net([dimension] + fitting + [1], dt: true, linearEnd: true) },
                biases: typeMap.map { _ in uniform(-5...0) }),
            outBias: typeMap.map { _ in uniform(-1...1) })
        model.threeBody = threeBodyNeuron.map { neuron in
            ThreeBodyDescriptor(
                cutoff: cutoff - 0.5, smoothStart: smoothStart + 0.5,
                sel: threeBodySel ?? typeMap.indices.map { 5 + $0 }, neuron: neuron,
                resnetDt: resnetDt, precision: precision, averages: typeMap.map { _ in .zero },
                deviations: typeMap.map { _ in
                    let angular = uniform(0.15...0.25)
                    return SIMD4(0.1, angular, angular, angular)
                },
                embeddings: (0..<ThreeBodyDescriptor.pairCount(types: types)).map { _ in
                    net([1] + neuron, dt: resnetDt, linearEnd: false)
                })
        }
        return model
    }
}

/// The kinds of model that every reader, writer and evaluator must treat.
enum ModelVariant: String, CaseIterable, Sendable {
    case oneSided, twoSidedWithTimestep, float32, oddWidths, hybrid, wideHybrid

    var model: DPModel {
        switch self {
        case .oneSided: .random(seed: 1)
        case .twoSidedWithTimestep: .random(seed: 2, typeOneSide: false, resnetDt: true)
        case .float32: .random(seed: 3, precision: .float32)
        case .oddWidths: .random(seed: 4, neuron: [5, 7], axisNeuron: 4, fitting: [6])
        case .hybrid: .random(seed: 5, typeOneSide: false, threeBody: [3, 6])
        case .wideHybrid:
            .random(
                seed: 6, neuron: [5, 7], axisNeuron: 4, resnetDt: true, precision: .float32, threeBody: [5, 10, 19])
        }
    }
}
