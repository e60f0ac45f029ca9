import Statistics
import Testing

@Suite struct MSDCovarianceTests {
    /// For independent Gaussian steps cov(d_k², d_l²) = 2 (shared steps)², so the covariance of two MSD values is the
    /// mean of that over all pairs of windows; here pair by pair.
    @Test func overlappingWindowsMatchTheDoubleSum() {
        let (lags, steps, atoms) = ([1, 2, 3, 5, 8, 13, 20], 40, 7)
        let sigma = MSDCovariance.overlappingWindows.matrix(lags: lags, steps: steps, atoms: atoms)
        for (i, m) in lags.enumerated() {
            for (j, n) in lags.enumerated() {
                var sum = 0
                for k in 0...steps - m {
                    for l in 0...steps - n {
                        let shared = max(0, min(k + m, l + n) - max(k, l))
                        sum += shared * shared
                    }
                }
                // Three axes of variance one third of a unit MSD each.
                let expected = 3 * 2.0 / 9 * Double(sum) / Double((steps - m + 1) * (steps - n + 1) * atoms)
                #expect(abs(sigma[i * lags.count + j] / expected - 1) < 1e-12)
            }
        }
    }

    /// Qian, Sheetz and Elson 1991, eq. for n ≤ K: relative variance in two dimensions (4n²K + 2K + n − n³)/(6nK²).
    @Test func theDiagonalIsThatOfQian() {
        let (steps, n) = (1000.0, 37.0)
        let sigma = MSDCovariance.overlappingWindows.matrix(lags: [37], steps: 1000, atoms: 1, dimensions: 2)
        let k = steps - n + 1
        let expected = (4 * n * n * k + 2 * k + n - n * n * n) / (6 * n * k * k)
        #expect(abs(sigma[0] / (n * n) / expected - 1) < 1e-12)
    }

    /// Σ_ij = σ_i² n_i/n_j for i ≤ j, with n = N T/τ and σ² = (2/3) τ²/n.
    @Test func independentObservationsAreKinisis() {
        let (lags, steps, atoms) = ([2, 5, 9], 100, 4)
        let sigma = MSDCovariance.independentObservations.matrix(lags: lags, steps: steps, atoms: atoms)
        let n = lags.map { Double(atoms * steps) / Double($0) }
        for i in 0..<3 {
            for j in i..<3 {
                let variance = 2.0 / 3 * Double(lags[i] * lags[i]) / n[i]
                #expect(abs(sigma[3 * i + j] / (variance * n[i] / n[j]) - 1) < 1e-12)
                #expect(sigma[3 * i + j] == sigma[3 * j + i])
            }
        }
    }
}
