import DeepPotential

/// The descriptor's sweeps over the neighbours of one atom, and the products that make D of T.
///
/// T = Σ_j G_j ⊗ ρ_j is kept as [4, M1] (component, column), in vectors; D as [M2, M1]. `width` is M1 in vectors. The
/// padded slots of `sel` count as one more pair per type in `contract` and `reverse`, and do not move in the others.
/// Rows of D follow one another without padding: vectors run over the end of one into the next, which is written later.
enum DescriptorKernels {
    /// T from the neighbours' rows and the tables.
    static func contract(
        _ pairs: UnsafePointer<PairRecord>, count: Int, table: UnsafePointer<Vector>, width: Int,
        into result: UnsafeMutablePointer<Vector>
    ) {
        for m in 0..<width {
            var (t0, t1, t2, t3) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
            for n in 0..<count {
                let pair = pairs + n
                let g = HermitePlace.blend(pair.pointee.value, table + Int(pair.pointee.offset) + m, width)
                let row = pair.pointee.row
                t0.addProduct(g, Vector(repeating: row.x))
                t1.addProduct(g, Vector(repeating: row.y))
                t2.addProduct(g, Vector(repeating: row.z))
                t3.addProduct(g, Vector(repeating: row.w))
            }
            result[m] = t0
            result[width + m] = t1
            result[2 * width + m] = t2
            result[3 * width + m] = t3
        }
    }

    /// Ṫ = Σ_j G_j ⊗ ρ̇_j + G'_j ⊗ u̇_j ρ_j.
    static func contractTangent(
        _ pairs: UnsafePointer<PairRecord>, count: Int, table: UnsafePointer<Vector>, width: Int,
        into result: UnsafeMutablePointer<Vector>
    ) {
        for m in 0..<width {
            var (t0, t1, t2, t3) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
            for n in 0..<count {
                let pair = pairs + n
                let rows = table + Int(pair.pointee.offset) + m
                let g = HermitePlace.blend(pair.pointee.value, rows, width)
                let slope = HermitePlace.blend(pair.pointee.slope, rows, width)
                let (a, b) = (pair.pointee.rowTangent, pair.pointee.slopeTangent)
                t0.addProduct(g, Vector(repeating: a.x))
                t0.addProduct(slope, Vector(repeating: b.x))
                t1.addProduct(g, Vector(repeating: a.y))
                t1.addProduct(slope, Vector(repeating: b.y))
                t2.addProduct(g, Vector(repeating: a.z))
                t2.addProduct(slope, Vector(repeating: b.z))
                t3.addProduct(g, Vector(repeating: a.w))
                t3.addProduct(slope, Vector(repeating: b.w))
            }
            result[m] = t0
            result[width + m] = t1
            result[2 * width + m] = t2
            result[3 * width + m] = t3
        }
    }

    /// γ = dE/dρ and dE/du of every neighbour, from g = dE/dT; `result` has five columns of `stride`.
    static func backward(
        _ pairs: UnsafePointer<PairRecord>, count: Int, gradient: UnsafePointer<Vector>,
        table: UnsafePointer<Vector>, width: Int, into result: UnsafeMutablePointer<Float>, stride: Int
    ) {
        for n in 0..<count {
            let pair = pairs + n
            let rows = table + Int(pair.pointee.offset)
            let (value, slope, row) = (pair.pointee.value, pair.pointee.slope, pair.pointee.row)
            var (d0, d1, d2, d3, du) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero, Vector.zero)
            for m in 0..<width {
                let g = HermitePlace.blend(value, rows + m, width)
                let dg = HermitePlace.blend(slope, rows + m, width)
                let (g0, g1) = (gradient[m], gradient[width + m])
                let (g2, g3) = (gradient[2 * width + m], gradient[3 * width + m])
                d0.addProduct(g, g0)
                d1.addProduct(g, g1)
                d2.addProduct(g, g2)
                d3.addProduct(g, g3)
                var along = g0 * row.x
                along.addProduct(g1, Vector(repeating: row.y))
                along.addProduct(g2, Vector(repeating: row.z))
                along.addProduct(g3, Vector(repeating: row.w))
                du.addProduct(dg, along)
            }
            result[n] = d0.total()
            result[stride + n] = d1.total()
            result[2 * stride + n] = d2.total()
            result[3 * stride + n] = d3.total()
            result[4 * stride + n] = du.total()
        }
    }

    /// Adds to the tables' adjoints what the adjoints p of T and g of Ṫ send through G and G'.
    static func reverse(
        _ pairs: UnsafePointer<PairRecord>, count: Int, adjoint: UnsafePointer<Vector>,
        gradient: UnsafePointer<Vector>, width: Int, into result: UnsafeMutablePointer<Vector>
    ) {
        for m in 0..<width {
            let (p0, p1, p2, p3) = (
                adjoint[m], adjoint[width + m], adjoint[2 * width + m], adjoint[3 * width + m]
            )
            let (g0, g1, g2, g3) = (
                gradient[m], gradient[width + m], gradient[2 * width + m], gradient[3 * width + m]
            )
            for n in 0..<count {
                let pair = pairs + n
                let (row, dot, along) = (
                    pair.pointee.row, pair.pointee.rowTangent, pair.pointee.slopeTangent
                )
                var p = p0 * row.x
                p.addProduct(p1, Vector(repeating: row.y))
                p.addProduct(p2, Vector(repeating: row.z))
                p.addProduct(p3, Vector(repeating: row.w))
                p.addProduct(g0, Vector(repeating: dot.x))
                p.addProduct(g1, Vector(repeating: dot.y))
                p.addProduct(g2, Vector(repeating: dot.z))
                p.addProduct(g3, Vector(repeating: dot.w))
                var q = g0 * along.x
                q.addProduct(g1, Vector(repeating: along.y))
                q.addProduct(g2, Vector(repeating: along.z))
                q.addProduct(g3, Vector(repeating: along.w))
                let (value, slope) = (pair.pointee.value, pair.pointee.slope)
                let rows = result + Int(pair.pointee.offset) + m
                rows[0] += p * value.x + q * slope.x
                rows[width] += p * value.y + q * slope.y
                rows[2 * width] += p * value.z + q * slope.z
                rows[3 * width] += p * value.w + q * slope.w
            }
        }
    }

    /// D = Σ_c T_c[:M2] ⊗ T_c, and, given `tangent`, Ḋ = Σ_c Ṫ_c[:M2] ⊗ T_c + T_c[:M2] ⊗ Ṫ_c.
    static func square(
        _ t: UnsafePointer<Vector>, tangent: UnsafePointer<Vector>?, axis: Int, width: Int, columns: Int,
        into result: UnsafeMutablePointer<Float>
    ) {
        // D is padded to whole vectors as a whole.
        Vector.zero.store(result + Vector.padded(axis * columns) - 16)
        let floats = UnsafeRawPointer(t).assumingMemoryBound(to: Float.self)
        let dots = tangent.map { UnsafeRawPointer($0).assumingMemoryBound(to: Float.self) }
        for a in 0..<axis {
            for m in 0..<width {
                var sum = Vector.zero
                for c in 0..<4 {
                    let scale = Vector(repeating: floats[c * width * 16 + a])
                    if let tangent, let dots {
                        sum.addProduct(tangent[c * width + m], scale)
                        sum.addProduct(t[c * width + m], Vector(repeating: dots[c * width * 16 + a]))
                    } else {
                        sum.addProduct(t[c * width + m], scale)
                    }
                }
                sum.store(result + (a * columns + 16 * m))
            }
        }
    }

    /// Adds to `result` the derivative with respect to T of Σ y·(T ⊗ T), y [M2, M1] in rows as `square` writes them.
    static func squareTransposed(
        _ y: UnsafePointer<Float>, _ t: UnsafePointer<Vector>, axis: Int, width: Int, columns: Int,
        into result: UnsafeMutablePointer<Vector>
    ) {
        // Lanes of the next row are no part of this one's last vector.
        let own = Vector.lanes(below: columns - 16 * (width - 1))
        let floats = UnsafeRawPointer(t).assumingMemoryBound(to: Float.self)
        let sums = UnsafeMutableRawPointer(result).assumingMemoryBound(to: Float.self)
        for m in 0..<width {
            var (s0, s1, s2, s3) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
            for a in 0..<axis {
                let row = Vector.load(y + (a * columns + 16 * m))
                s0.addProduct(row, Vector(repeating: floats[a]))
                s1.addProduct(row, Vector(repeating: floats[16 * width + a]))
                s2.addProduct(row, Vector(repeating: floats[32 * width + a]))
                s3.addProduct(row, Vector(repeating: floats[48 * width + a]))
            }
            if m == width - 1 {
                (s0, s1) = (s0.replacing(with: 0, where: .!own), s1.replacing(with: 0, where: .!own))
                (s2, s3) = (s2.replacing(with: 0, where: .!own), s3.replacing(with: 0, where: .!own))
            }
            result[m] += s0
            result[width + m] += s1
            result[2 * width + m] += s2
            result[3 * width + m] += s3
        }
        for a in 0..<axis {
            var (s0, s1, s2, s3) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
            for m in 0..<width {
                let row = Vector.load(y + (a * columns + 16 * m))
                s0.addProduct(row, t[m])
                s1.addProduct(row, t[width + m])
                s2.addProduct(row, t[2 * width + m])
                s3.addProduct(row, t[3 * width + m])
            }
            sums[a] += s0.total()
            sums[16 * width + a] += s1.total()
            sums[32 * width + a] += s2.total()
            sums[48 * width + a] += s3.total()
        }
    }
}
