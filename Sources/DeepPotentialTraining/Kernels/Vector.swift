import DeepPotential

/// The unit of the kernels of training: sixteen Floats, one AVX-512 register or two AVX2 registers. Unlike `Lanes` it is the
/// same everywhere, as tables and sums over columns are laid out in it.
typealias Vector = SIMD16<Float>

extension Vector {
    /// The first `count` lanes.
    static func lanes(below count: Int) -> SIMDMask<MaskStorage> {
        var mask = SIMDMask<MaskStorage>(repeating: false)
        for lane in 0..<Swift.min(count, 16) { mask[lane] = true }
        return mask
    }
}
