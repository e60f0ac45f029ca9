/// Squared displacements averaged over atoms and over segments of the run: all that `OnTheFlyMSD` knows.
public struct DisplacementSamples: Equatable, Sendable {
    /// The windows of one lag that end in one segment of the run.
    public struct Segment: Equatable, Sendable {
        public let windows: Int
        /// Sum over the windows of the mean over atoms of Δr_α² (Å²), along x, y and z.
        public let sum: SIMD3<Double>
        /// Sum over the windows of (Σ Δr_α)²/N (Å²): equal to `sum`, on average, for ions that move independently.
        public let collective: SIMD3<Double>
    }

    /// The mean over atoms and origins.
    public let curve: MeanSquaredDisplacement
    /// [lags, atoms]: each atom's mean over origins (Å²), along x, y and z.
    public let perAtom: [SIMD3<Double>]
    /// [lags][segments]: segments in the order of time.
    public let segments: [[Segment]]
    /// Frames in a segment; the last one may hold fewer.
    public let segmentLength: Int

    /// One atom's MSD (Å²) at the lag of index `lag`.
    public func msd(lag: Int, atom: Int) -> SIMD3<Double> { perAtom[lag * curve.atomCount + atom] }
}
