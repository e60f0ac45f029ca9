/// Squared displacements averaged in two ways, so that the error of any combination of them can be told.
public struct DisplacementSamples: Equatable, Sendable {
    /// The windows of one lag that end in one segment of the run.
    public struct Segment: Equatable, Sendable {
        public let windows: Int
        /// Sum over the windows of the mean over atoms (Å²), along x, y and z.
        public let sum: SIMD3<Double>
    }

    /// The mean over atoms and origins.
    public let curve: MeanSquaredDisplacement
    /// [lags, atoms]: each atom's mean over origins (Å²), along x, y and z.
    public let perAtom: [SIMD3<Double>]
    /// [lags][segments]: segments of equal length in the order of time (the last one may be shorter).
    public let segments: [[Segment]]

    /// One atom's MSD (Å²) at the lag of index `lag`.
    public func msd(lag: Int, atom: Int) -> SIMD3<Double> { perAtom[lag * curve.atomCount + atom] }
}
