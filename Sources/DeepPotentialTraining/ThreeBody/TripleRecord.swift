import DeepPotential

/// What the three-body kernels need of one pair of neighbours j, k of an atom.
///
/// H(e) = e·G(e) is a cubic Hermite interpolation between two knots of the table of their types. Pairs of different
/// neighbours of one type stand for both orders.
struct TripleRecord {
    /// The weights of (H_k, H'_k, H_{k+1}, H'_{k+1}) in the pair's part of T, and in its derivative by u.
    var value: SIMD4<Float>
    var slope: SIMD4<Float>
    /// du/de.
    var knotScale: Float
    /// u̇, the coordinate's change along the direction of the tangent pass.
    var tangent: Float = 0
    /// Where the four table rows begin, in vectors.
    var offset: Int32
    /// The two neighbours, counted within the atom's near ones.
    var first: Int32
    var second: Int32
}

/// The sweeps over the pairs of neighbours of one atom. T is [width], in vectors.
enum TripleKernels {
    /// T.
    static func contract(
        _ triples: UnsafePointer<TripleRecord>, count: Int, table: UnsafePointer<Vector>, width: Int,
        into result: UnsafeMutablePointer<Vector>
    ) {
        for m in 0..<width {
            var sum = Vector.zero
            for n in 0..<count {
                let triple = triples + n
                sum += HermitePlace.blend(triple.pointee.value, table + Int(triple.pointee.offset) + m, width)
            }
            result[m] = sum
        }
    }

    /// Ṫ.
    static func contractTangent(
        _ triples: UnsafePointer<TripleRecord>, count: Int, table: UnsafePointer<Vector>, width: Int,
        into result: UnsafeMutablePointer<Vector>
    ) {
        for m in 0..<width {
            var sum = Vector.zero
            for n in 0..<count {
                let triple = triples + n
                let slope = HermitePlace.blend(triple.pointee.slope, table + Int(triple.pointee.offset) + m, width)
                sum.addProduct(slope, Vector(repeating: triple.pointee.tangent))
            }
            result[m] = sum
        }
    }

    /// Adds dE/dv of the neighbours to `slopes`, three columns of `stride`, from g = dE/dT.
    static func backward(
        _ triples: UnsafePointer<TripleRecord>, count: Int, pairs: UnsafePointer<PairRecord>,
        gradient: UnsafePointer<Vector>, table: UnsafePointer<Vector>, width: Int,
        into slopes: UnsafeMutablePointer<Float>, stride: Int
    ) {
        for n in 0..<count {
            let triple = triples + n
            let rows = table + Int(triple.pointee.offset)
            var sum = Vector.zero
            for m in 0..<width {
                sum.addProduct(HermitePlace.blend(triple.pointee.slope, rows + m, width), gradient[m])
            }
            let slope = sum.total() * triple.pointee.knotScale
            let (j, k) = (Int(triple.pointee.first), Int(triple.pointee.second))
            let (a, b) = (pairs[j].row * slope, pairs[k].row * slope)
            for c in 0..<3 {
                slopes[c * stride + j] += b[c + 1]
                slopes[c * stride + k] += a[c + 1]
            }
        }
    }

    /// Sets u̇ from the neighbours' v̇.
    static func setTangents(
        _ triples: UnsafeMutablePointer<TripleRecord>, count: Int, pairs: UnsafePointer<PairRecord>
    ) {
        for n in 0..<count {
            let (j, k) = (Int(triples[n].first), Int(triples[n].second))
            let change = pairs[j].rowTangent * pairs[k].row + pairs[j].row * pairs[k].rowTangent
            triples[n].tangent = change.sum() * triples[n].knotScale
        }
    }

    /// Adds to the tables' adjoints what the adjoints p of T and g of Ṫ send through H and H'.
    static func reverse(
        _ triples: UnsafePointer<TripleRecord>, count: Int, adjoint: UnsafePointer<Vector>,
        gradient: UnsafePointer<Vector>, width: Int, into result: UnsafeMutablePointer<Vector>
    ) {
        for m in 0..<width {
            let (p, g) = (adjoint[m], gradient[m])
            for n in 0..<count {
                let triple = triples + n
                let (value, slope) = (triple.pointee.value, triple.pointee.slope * triple.pointee.tangent)
                let rows = result + Int(triple.pointee.offset) + m
                rows[0] += p * value.x + g * slope.x
                rows[width] += p * value.y + g * slope.y
                rows[2 * width] += p * value.z + g * slope.z
                rows[3 * width] += p * value.w + g * slope.w
            }
        }
    }
}
