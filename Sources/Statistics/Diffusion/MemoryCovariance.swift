import Foundation

/// How an MSD curve may still bend: ions remember where they came from, and the curve reaches its line slowly.
///
/// The slope is 6D (1 + e(τ)), its excess e(τ) = a₁ τ_J/τ + a₂ (τ_J/τ)². The powers are those of the long-time tails of
/// hopping in disordered media, (τ_J/τ)^(d/2) with d from 2 to 4 (Haus and Kehr, Phys. Rep. 150, 263 (1987)); our ions
/// lie between them. a₁ and a₂ are unknown, of mean zero and standard deviation `amplitude` each. Their integrals over τ
/// give the covariance of the curve about its line, which a generalised least-squares fit takes beside the noise's: it
/// then trusts long lags where memory is what disturbs, short ones where noise does, and fits no parameter for either.
struct MemoryCovariance {
    /// The standard deviation of the excess at one jump per ion.
    let amplitude: Double
    /// τ_J (frames): where the MSD passes the square of the jump length.
    let jumpLag: Double

    /// Σ_ij of the curve in units of (MSD per frame)², [lags, lags] row-major.
    func matrix(lags: [Int]) -> [Double] {
        // ∫ τ_J/τ and ∫ (τ_J/τ)² up to constants, which the line's intercept takes up.
        let first = lags.map { jumpLag * log(Double($0) / jumpLag) }
        let second = lags.map { -jumpLag * jumpLag / Double($0) }
        return lags.indices.flatMap { i in
            lags.indices.map { j in amplitude * amplitude * (first[i] * first[j] + second[i] * second[j]) }
        }
    }
}
