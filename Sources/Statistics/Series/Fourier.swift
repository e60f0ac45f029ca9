@preconcurrency import CGSL

/// Correlation sums by GSL's radix-2 transforms, padded with zeros so that nothing wraps round.
enum Fourier {
    /// The smallest power of two that holds a series of `count` and as many zeros.
    static func paddedLength(_ count: Int) -> Int {
        var length = 1
        while length < 2 * count { length *= 2 }
        return length
    }

    /// Adds |X_k|² of a padded series to `power` ([length/2 + 1]) and leaves the transform in `padded`.
    static func addPower(of padded: inout [Double], to power: inout [Double]) throws {
        let length = padded.count
        try padded.withUnsafeMutableBufferPointer { values in
            try GSL.call("gsl_fft_real_radix2_transform") {
                gsl_fft_real_radix2_transform(values.baseAddress, 1, length)
            }
        }
        power[0] += padded[0] * padded[0]
        power[length / 2] += padded[length / 2] * padded[length / 2]
        for k in 1..<length / 2 {
            power[k] += padded[k] * padded[k] + padded[length - k] * padded[length - k]
        }
    }

    /// Σ_k x_k x_{k+m} for m = 0 ..< count, from the power spectrum that `addPower` gathered.
    static func correlation(power: [Double], count: Int) throws -> [Double] {
        let length = 2 * (power.count - 1)
        var spectrum = [Double](repeating: 0, count: length)
        spectrum.replaceSubrange(0..<power.count, with: power)
        try spectrum.withUnsafeMutableBufferPointer { values in
            try GSL.call("gsl_fft_halfcomplex_radix2_inverse") {
                gsl_fft_halfcomplex_radix2_inverse(values.baseAddress, 1, length)
            }
        }
        return Array(spectrum.prefix(count))
    }
}
