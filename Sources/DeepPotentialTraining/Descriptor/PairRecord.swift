/// What the descriptor kernels need of one neighbour, side by side in memory.
///
/// The embedding net's output at this neighbour is a cubic Hermite interpolation between two knots of its table.
struct PairRecord {
    /// The weights of (G_k, G'_k, G_{k+1}, G'_{k+1}) in G.
    var value = SIMD4<Float>.zero
    /// The weights of the same four in dG/du, u the table's coordinate in knots.
    var slope = SIMD4<Float>.zero
    /// ρ = R̃/Nsel, the normalised row of the environment matrix over Σ sel.
    var row = SIMD4<Float>.zero
    /// ρ̇, the row's change along the direction of the tangent pass.
    var rowTangent = SIMD4<Float>.zero
    /// u̇·ρ.
    var slopeTangent = SIMD4<Float>.zero
    /// Where the four table rows begin, in vectors.
    var offset: Int32 = 0
    /// The neighbour, as an atom of the batch.
    var atom: Int32 = 0

    /// Sets the Hermite weights for the table's coordinate `u` and returns the knot below it.
    @inline(__always)
    mutating func place(_ u: Float, last: Int32) -> Int32 {
        let place = HermitePlace(u, last: last)
        (value, slope) = (place.value, place.slope)
        return place.knot
    }
}

/// The geometry of the pairs of a unit of work as columns, for kernels that run over pairs: x, y, z of r_ij (Å), and what
/// turns derivatives with respect to the raw row (w/r, w x/r², …) into derivatives with respect to r_ij:
///
///     ∂(w/r)/∂r = first·r,   ∂(w x_k/r²)/∂x_l = second·x_k x_l + third·δ_kl
struct PairColumns {
    static let count = 6
    let x, y, z, first, second, third: UnsafeMutablePointer<Float>

    init(_ base: UnsafeMutablePointer<Float>, capacity: Int) {
        x = base
        y = base + capacity
        z = base + 2 * capacity
        first = base + 3 * capacity
        second = base + 4 * capacity
        third = base + 5 * capacity
    }
}
