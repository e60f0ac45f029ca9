import Structures

extension SmoothDescriptor {
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

    public init(_ displacement: SIMD3<Double>, descriptor: some SmoothCutoff) {
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
