import Structures

/// T of one atom in Double, and the way back from dE/dT; see `ThreeBodyDescriptor`.
struct ThreeBodyTerm {
    /// [M], M the descriptor's width.
    let values: [Double]
    private let descriptor: ThreeBodyDescriptor
    private let scale: Double
    private let rows: [EnvironmentRow]
    private let vectors: [SIMD3<Double>]
    private let terms: [Term]

    /// One product v_j·v_k.
    private struct Term {
        let first: Int
        let second: Int
        let product: Double
        let net: Int
        let normalisation: Double
        let trace: DenseNetwork.Trace
    }

    /// - Parameters:
    ///   - displacements: r_j − r_i (Å) of neighbours within the three-body cutoff or beyond, where they add nothing.
    ///   - types: their types.
    init(_ descriptor: ThreeBodyDescriptor, centre: Int, displacements: [SIMD3<Double>], types: [Int]) {
        let scale = 1 / descriptor.deviations[centre].y
        let rows = displacements.map { EnvironmentRow($0, descriptor: descriptor) }
        let vectors = rows.map { scale * SIMD3($0.row.y, $0.row.z, $0.row.w) }
        let near = rows.indices.filter { rows[$0].distance < descriptor.cutoff }
        var terms: [Term] = []
        var values = [Double](repeating: 0, count: descriptor.width)
        for j in near {
            for k in near where types[j] <= types[k] {
                let net = ThreeBodyDescriptor.pairIndex(types[j], types[k])
                let product = vectors[j].dot(vectors[k])
                let term = Term(
                    first: j, second: k, product: product, net: net,
                    normalisation: descriptor.normalisation(types[j], types[k]),
                    trace: descriptor.embeddings[net].forward([product]))
                for m in values.indices { values[m] += term.normalisation * product * term.trace.output[m] }
                terms.append(term)
            }
        }
        self.descriptor = descriptor
        self.scale = scale
        self.rows = rows
        self.vectors = vectors
        self.terms = terms
        self.values = values
    }

    /// The gradient by each displacement of a function whose gradient by T is `gradient`.
    func backward(_ gradient: [Double]) -> [SIMD3<Double>] {
        var slopes = [SIMD3<Double>](repeating: .zero, count: rows.count)
        for term in terms {
            let output = term.trace.output
            let throughNet = descriptor.embeddings[term.net].backward(
                gradient.map { $0 * term.product }, trace: term.trace)[0]
            let direct = zip(gradient, output).reduce(0) { $0 + $1.0 * $1.1 }
            let slope = term.normalisation * (direct + throughNet)
            slopes[term.first] += slope * vectors[term.second]
            slopes[term.second] += slope * vectors[term.first]
        }
        return zip(rows, slopes).map { row, slope in
            row.gradient(SIMD4(0, scale * slope.x, scale * slope.y, scale * slope.z))
        }
    }
}
