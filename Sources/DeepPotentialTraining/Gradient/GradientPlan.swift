import DeepPotential
import Parallel

/// How the flat gradient is divided into parts for the optimiser, in their order.
struct GradientPlan {
    struct Part {
        let range: Range<Int>
        /// The weights of some inputs of a fitting net's layer, made when they are asked for; nil for what is made at once.
        var weights: (type: Int, layer: Int, inputs: Range<Int>)?
    }

    let parts: [Part]

    init(_ layout: ParameterLayout) {
        var parts: [Part] = []
        for plan in layout.embeddings {
            parts += WorkerPool.pieces(of: plan.range).map { Part(range: $0) }
        }
        for (type, plan) in layout.fittings.enumerated() {
            for (layer, place) in plan.layers.enumerated() {
                parts += Self.weights(type: type, layer: layer, place)
                parts.append(Part(range: place.biasRange))
            }
        }
        for plan in layout.threeBodies {
            parts += WorkerPool.pieces(of: plan.range).map { Part(range: $0) }
        }
        self.parts = parts
    }

    var longestPart: Int { parts.map(\.range.count).max() ?? 0 }

    private static func weights(type: Int, layer: Int, _ place: LayerPlan) -> [Part] {
        let rows = max(1, WorkerPool.pieceLength / place.outputs)
        return stride(from: 0, to: place.inputs, by: rows).map { first in
            let inputs = first..<min(first + rows, place.inputs)
            let start = place.weights + first * place.outputs
            return Part(range: start..<start + inputs.count * place.outputs, weights: (type, layer, inputs))
        }
    }
}
