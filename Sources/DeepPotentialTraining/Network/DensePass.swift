import DeepPotential

/// One network over a batch of rows: the forward sweep, the derivative of its outputs' functional with respect to its
/// inputs (backward), the tangent along a direction of its inputs, and the reverse sweep of the pair (value, tangent).
///
/// For a layer y = x·W + b, h = tanh y, x⁺ = h ⊙ idt + skip(x):
///
///     forward   y = xW + b
///     tangent   ẏ = ẋW,                 ḣ = (1 − h²) ẏ
///     backward  g_y = (1 − h²) g_h,     g_x = g_y Wᵀ           (g = dE/d·, also the adjoint of the tangents)
///     reverse   p_y = (1 − h²)(p_h − 2 h ẏ g_h),  p_x = p_y Wᵀ  (p = adjoint of the values)
///     gradient  W̄ = xᵀ p_y + ẋᵀ g_y
///
/// Values and tangents lie one above the other, as do p_y and g_y, so that each gradient is one product.
final class DensePass {
    let plan: NetworkPlan
    private(set) var rows = 0
    /// x_l above ẋ_l, [2·rows, width_l], for l in 0...layers.
    private var values: [UnsafeMutablePointer<Float>] = []
    /// p_{y,l} above g_{y,l}, [2·rows, outputs].
    private var slopes: [UnsafeMutablePointer<Float>] = []
    private var activations: [UnsafeMutablePointer<Float>] = []
    private var tangents: [UnsafeMutablePointer<Float>] = []
    /// g with respect to x_l, [rows, width_l].
    private var gradients: [UnsafeMutablePointer<Float>] = []
    /// p with respect to x_l, [rows, width_l].
    private var adjoints: [UnsafeMutablePointer<Float>] = []
    private var storage = Buffer<Float>()

    init(_ plan: NetworkPlan) { self.plan = plan }

    /// Lays out the buffers for this many rows; their contents are then undefined.
    func resize(rows: Int) {
        guard rows != self.rows else { return }
        self.rows = rows
        let widths = [plan.inputs] + plan.layers.map(\.outputs)
        let outputs = plan.layers.map(\.outputs)
        let sizes =
            widths.map { 2 * rows * $0 } + outputs.map { 2 * rows * $0 } + outputs.map { rows * $0 }
            + outputs.map { rows * $0 } + widths.map { rows * $0 } + widths.map { rows * $0 }
        storage.reserve(sizes.reduce(0) { $0 + Vector.padded($1) + 16 })
        var next = storage.base
        func take(_ sizes: [Int]) -> [UnsafeMutablePointer<Float>] {
            sizes.map { size in
                defer { next += Vector.padded(size) + 16 }
                return next
            }
        }
        values = take(widths.map { 2 * rows * $0 })
        slopes = take(outputs.map { 2 * rows * $0 })
        activations = take(outputs.map { rows * $0 })
        tangents = take(outputs.map { rows * $0 })
        gradients = take(widths.map { rows * $0 })
        adjoints = take(widths.map { rows * $0 })
    }

    /// x_0, [rows, inputs]: to be filled before `forward`.
    var input: UnsafeMutablePointer<Float> { values[0] }
    /// ẋ_0, [rows, inputs]: to be filled before `tangent`.
    var inputTangent: UnsafeMutablePointer<Float> { values[0] + rows * plan.inputs }
    /// The outputs, [rows, outputs], after `forward`.
    var output: UnsafeMutablePointer<Float> { values[plan.layers.count] }
    /// The outputs' tangents, after `tangent`.
    var outputTangent: UnsafeMutablePointer<Float> { values[plan.layers.count] + rows * plan.outputs }
    /// g of the outputs, to be filled before `backward`.
    var outputGradient: UnsafeMutablePointer<Float> { gradients[plan.layers.count] }
    /// g of the inputs, after `backward`.
    var inputGradient: UnsafeMutablePointer<Float> { gradients[0] }
    /// p of the outputs, to be filled before `reverse`.
    var outputAdjoint: UnsafeMutablePointer<Float> { adjoints[plan.layers.count] }
    /// p of the inputs, after `reverse`.
    var inputAdjoint: UnsafeMutablePointer<Float> { adjoints[0] }

    func forward(_ parameters: UnsafePointer<Float>) {
        for (index, layer) in plan.layers.enumerated() {
            let (x, next) = (values[index], values[index + 1])
            let y = layer.isActivated ? activations[index] : next
            DenseKernels.spread(parameters + layer.bias, rows: rows, width: layer.outputs, into: y)
            Gemm.multiply(rows, layer.outputs, layer.inputs, x, parameters + layer.weights, into: y, beta: 1)
            if layer.isActivated {
                DenseKernels.activate(
                    y, timestep: layer.timestep.map { parameters + $0 }, rows: rows, width: layer.outputs, into: next)
            }
            DenseKernels.addSkip(layer, x, rows: rows, into: next)
        }
    }

    func tangent(_ parameters: UnsafePointer<Float>) {
        for (index, layer) in plan.layers.enumerated() {
            let x = values[index] + rows * layer.inputs
            let next = values[index + 1] + rows * layer.outputs
            let y = layer.isActivated ? tangents[index] : next
            Gemm.multiply(rows, layer.outputs, layer.inputs, x, parameters + layer.weights, into: y, beta: 0)
            if layer.isActivated {
                DenseKernels.differentiate(
                    y, activations[index], timestep: layer.timestep.map { parameters + $0 }, rows: rows,
                    width: layer.outputs, into: next)
            }
            DenseKernels.addSkip(layer, x, rows: rows, into: next)
        }
    }

    /// - Parameter toInput: whether g of the inputs is wanted.
    func backward(_ parameters: UnsafePointer<Float>, toInput: Bool) {
        for (index, layer) in plan.layers.enumerated().reversed() {
            let size = rows * layer.outputs
            let gradient = gradients[index + 1]
            let slope = slopes[index] + size
            if layer.isActivated {
                DenseKernels.differentiate(
                    gradient, activations[index], timestep: layer.timestep.map { parameters + $0 }, rows: rows,
                    width: layer.outputs, into: slope)
            } else {
                slope.update(from: gradient, count: size)
            }
            guard index > 0 || toInput else { return }
            Gemm.multiply(
                rows, layer.inputs, layer.outputs, slope, parameters + layer.weights, bTransposed: true,
                into: gradients[index], beta: 0)
            DenseKernels.addSkipTransposed(layer, gradient, rows: rows, into: gradients[index])
        }
    }

    /// Overwrites `result` (the flat gradient, from the network's own first parameter on) and, with `toInput`, leaves p of
    /// the inputs. Needs all of `forward`, `backward` and `tangent` done.
    ///
    /// - Parameter withWeights: without, the weights' part is left to `weightGradient`.
    func reverse(
        _ parameters: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>, toInput: Bool, withWeights: Bool
    ) {
        let start = plan.range.lowerBound
        for (index, layer) in plan.layers.enumerated().reversed() {
            let size = rows * layer.outputs
            let (adjoint, slope) = (adjoints[index + 1], slopes[index])
            if layer.isActivated {
                DenseKernels.reverse(
                    adjoint: adjoint, gradient: gradients[index + 1], activations[index], tangents[index],
                    timestep: layer.timestep.map { parameters + $0 }, rows: rows, width: layer.outputs, into: slope,
                    timestepGradient: layer.timestep.map { result + ($0 - start) })
            } else {
                slope.update(from: adjoint, count: size)
            }
            DenseKernels.columnSums(slope, rows: rows, width: layer.outputs, into: result + (layer.bias - start))
            if withWeights {
                weightGradient(
                    layer: index, inputs: 0..<layer.inputs, into: result + (layer.weights - start), adding: false)
            }
            guard index > 0 || toInput else { return }
            Gemm.multiply(
                rows, layer.inputs, layer.outputs, slope, parameters + layer.weights, bTransposed: true,
                into: adjoints[index], beta: 0)
            DenseKernels.addSkipTransposed(layer, adjoint, rows: rows, into: adjoints[index])
        }
    }

    /// The gradient of the weights of some of a layer's inputs, [inputs, outputs], after `reverse`.
    ///
    /// - Parameter adding: to what `target` holds.
    func weightGradient(
        layer index: Int, inputs: Range<Int>, into target: UnsafeMutablePointer<Float>, adding: Bool
    ) {
        let layer = plan.layers[index]
        Gemm.multiply(
            inputs.count, layer.outputs, 2 * rows, values[index] + inputs.lowerBound, aTransposed: true,
            rowA: layer.inputs, slopes[index], into: target, beta: adding ? 1 : 0)
    }
}
