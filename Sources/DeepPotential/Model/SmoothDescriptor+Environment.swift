import Structures

extension SmoothDescriptor {
    /// The smooth weight w(r) and its derivative (1/Å): 1 below rcut_smth, 0 beyond rcut, C² in between
    /// (deepmd/dpmodel/utils/env_mat.py, `compute_smooth_weight`).
    @inlinable public func weight(_ r: Double) -> (value: Double, slope: Double) {
        if r <= smoothStart { return (1, 0) }
        if r >= cutoff { return (0, 0) }
        let width = cutoff - smoothStart
        let u = (r - smoothStart) / width
        let value = u * u * u * (-6 * u * u + 15 * u - 10) + 1
        let slope = -30 * u * u * (1 - u) * (1 - u) / width
        return (value, slope)
    }

    /// The row of a padded slot after normalisation by the centre's type, −davg/dstd: it is not zero, and DeePMD-kit
    /// sends it through the embedding net like any other.
    public func paddedRow(centre: Int) -> SIMD4<Double> { -averages[centre] / deviations[centre] }
}

/// One row of the environment matrix, w(r)·(1/r, x/r², y/r², z/r²) before normalisation, with what its gradient needs.
public struct EnvironmentRow: Sendable {
    /// r_j − r_i (Å).
    public let displacement: SIMD3<Double>
    /// |displacement| (Å).
    public let distance: Double
    /// The row before normalisation.
    public let row: SIMD4<Double>
    /// d(w/r)/dr.
    let radialSlope: Double
    /// w/r², by which the displacement is multiplied.
    let angularScale: Double
    /// d(w/r²)/dr.
    let angularSlope: Double

    public init(_ displacement: SIMD3<Double>, descriptor: SmoothDescriptor) {
        let r = displacement.norm
        let (w, slope) = descriptor.weight(r)
        self.displacement = displacement
        distance = r
        radialSlope = slope / r - w / (r * r)
        angularScale = w / (r * r)
        angularSlope = slope / (r * r) - 2 * w / (r * r * r)
        let angular = angularScale * displacement
        row = SIMD4(w / r, angular.x, angular.y, angular.z)
    }

    /// The gradient by the displacement of a function whose gradient by the row is `g`.
    public func gradient(_ g: SIMD4<Double>) -> SIMD3<Double> {
        let angular = SIMD3(g.y, g.z, g.w)
        let alongRadius = g.x * radialSlope + angularSlope * angular.dot(displacement)
        return (alongRadius / distance) * displacement + angularScale * angular
    }
}
