import DeepPotential

/// Between the rows of the environment matrix and the atoms: forces from dE/dρ, and the rows' tangents along
/// displacements of the atoms and a strain.
enum PairKernels {
    /// Adds the forces of one centre's pairs to `forces` [batch atoms, 3] and −Σ f_a r_b to `virial` [9].
    ///
    /// - Parameters:
    ///   - gamma: dE/dρ_0...3 and dE/du, five columns of `stride`; overwritten.
    ///   - scale: 1/(dstd·Nsel) of the centre.
    ///   - knotScales: du/d(w/r) of each pair.
    static func addForces(
        _ pairs: UnsafePointer<PairRecord>, count: Int, columns: PairColumns, at start: Int,
        gamma: UnsafeMutablePointer<Float>, stride: Int, scale: SIMD4<Float>, knotScales: UnsafePointer<Float>,
        centre: Int, forces: UnsafeMutablePointer<Float>, virial: UnsafeMutablePointer<Double>
    ) {
        var sums: (Vector, Vector, Vector) = (.zero, .zero, .zero)
        var (xx, xy, xz) = (Vector.zero, Vector.zero, Vector.zero)
        var (yx, yy, yz) = (Vector.zero, Vector.zero, Vector.zero)
        var (zx, zy, zz) = (Vector.zero, Vector.zero, Vector.zero)
        for n in Swift.stride(from: count, to: Vector.padded(count), by: 1) {
            for c in 0..<5 { gamma[c * stride + n] = 0 }
        }
        for n in Swift.stride(from: 0, to: count, by: 16) {
            let x = Vector.load(columns.x + start + n)
            let y = Vector.load(columns.y + start + n)
            let z = Vector.load(columns.z + start + n)
            let radial =
                Vector.load(gamma + n) * scale.x
                + Vector.load(gamma + 4 * stride + n) * Vector.load(knotScales + n)
            let gx = Vector.load(gamma + stride + n) * scale.y
            let gy = Vector.load(gamma + 2 * stride + n) * scale.z
            let gz = Vector.load(gamma + 3 * stride + n) * scale.w
            let along =
                radial * Vector.load(columns.first + start + n)
                + (gx * x + gy * y + gz * z) * Vector.load(columns.second + start + n)
            let third = Vector.load(columns.third + start + n)
            let (fx, fy, fz) = (along * x + third * gx, along * y + third * gy, along * z + third * gz)
            sums.0 += fx
            sums.1 += fy
            sums.2 += fz
            xx += fx * x
            xy += fx * y
            xz += fx * z
            yx += fy * x
            yy += fy * y
            yz += fy * z
            zx += fz * x
            zy += fz * y
            zz += fz * z
            fx.store(gamma + n)
            fy.store(gamma + stride + n)
            fz.store(gamma + 2 * stride + n)
        }
        // f = dE/dr_ij pulls i along +f and j along −f.
        for n in 0..<count {
            let j = 3 * Int(pairs[n].atom)
            forces[j] -= gamma[n]
            forces[j + 1] -= gamma[stride + n]
            forces[j + 2] -= gamma[2 * stride + n]
        }
        forces[3 * centre] += sums.0.total()
        forces[3 * centre + 1] += sums.1.total()
        forces[3 * centre + 2] += sums.2.total()
        virial[0] -= Double(xx.total())
        virial[1] -= Double(xy.total())
        virial[2] -= Double(xz.total())
        virial[3] -= Double(yx.total())
        virial[4] -= Double(yy.total())
        virial[5] -= Double(yz.total())
        virial[6] -= Double(zx.total())
        virial[7] -= Double(zy.total())
        virial[8] -= Double(zz.total())
    }

    /// Sets ρ̇ and u̇ρ of one centre's pairs for δr_ij = v_j − v_i − V·r_ij.
    ///
    /// - Parameters:
    ///   - directions: v, [batch atoms, 3].
    ///   - strain: V, [9] row-major.
    static func setTangents(
        _ pairs: UnsafeMutablePointer<PairRecord>, count: Int, columns: PairColumns, at start: Int,
        scale: SIMD4<Float>, knotScales: UnsafePointer<Float>, centre: Int, directions: UnsafePointer<Float>,
        strain: UnsafePointer<Float>
    ) {
        let (vx, vy, vz) = (directions[3 * centre], directions[3 * centre + 1], directions[3 * centre + 2])
        for n in 0..<count {
            let (x, y, z) = (columns.x[start + n], columns.y[start + n], columns.z[start + n])
            let j = 3 * Int(pairs[n].atom)
            let dx = directions[j] - vx - (strain[0] * x + strain[1] * y + strain[2] * z)
            let dy = directions[j + 1] - vy - (strain[3] * x + strain[4] * y + strain[5] * z)
            let dz = directions[j + 2] - vz - (strain[6] * x + strain[7] * y + strain[8] * z)
            let along = x * dx + y * dy + z * dz
            let radial = columns.first[start + n] * along
            let third = columns.third[start + n]
            let second = columns.second[start + n] * along
            pairs[n].rowTangent =
                SIMD4(radial, third * dx + second * x, third * dy + second * y, third * dz + second * z) * scale
            pairs[n].slopeTangent = pairs[n].row * (radial * knotScales[n])
        }
    }
}
