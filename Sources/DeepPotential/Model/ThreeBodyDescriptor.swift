/// The se_e3 descriptor (three-body embedding): its settings, statistics and embedding nets.
///
/// For a centre with neighbours j, k whose normalised angular rows are v_j = w(r_j) r_j/(r_j² dstd),
///
///     T_m = Σ_{a ≤ b} 1/(sel_a sel_b) Σ_{j of type a, k of type b} e_jk G^{ab}_m(e_jk),   e_jk = v_j·v_k
///
/// (deepmd/dpmodel/descriptor/se_t.py). Where a = b the sum runs over both orders and over j = k. It sees the angles
/// between bonds, which se_e2_a has only to first order in their cosine; beside se_e2_a in a `hybrid` descriptor T follows
/// D. Empty slots of `sel` have v = 0 and add nothing.
public struct ThreeBodyDescriptor: Equatable, Sendable, SmoothCutoff {
    /// rcut (Å), at most that of the two-body descriptor.
    public var cutoff: Double
    /// rcut_smth (Å).
    public var smoothStart: Double
    /// sel: slots per neighbour type; only the normalisation depends on them.
    public var sel: [Int]
    /// Widths of the embedding nets; the last is the length of T.
    public var neuron: [Int]
    public var resnetDt: Bool
    public var precision: Precision
    /// davg by centre type; the angular means are zero, and the radial one is not used.
    public var averages: [SIMD4<Double>]
    /// dstd by centre type: (radial, angular, angular, angular); the radial one is not used.
    public var deviations: [SIMD4<Double>]
    /// One net for each unordered pair of neighbour types, at `pairIndex`.
    public var embeddings: [DenseNetwork]

    public init(
        cutoff: Double, smoothStart: Double, sel: [Int], neuron: [Int], resnetDt: Bool, precision: Precision,
        averages: [SIMD4<Double>], deviations: [SIMD4<Double>], embeddings: [DenseNetwork]
    ) {
        self.cutoff = cutoff
        self.smoothStart = smoothStart
        self.sel = sel
        self.neuron = neuron
        self.resnetDt = resnetDt
        self.precision = precision
        self.averages = averages
        self.deviations = deviations
        self.embeddings = embeddings
    }

    /// The length of T.
    public var width: Int { neuron[neuron.count - 1] }

    /// Unordered pairs of types.
    public static func pairCount(types: Int) -> Int { types * (types + 1) / 2 }

    /// The place of the net for neighbour types `first` ≤ `second`.
    public static func pairIndex(_ first: Int, _ second: Int) -> Int { second * (second + 1) / 2 + first }

    /// 1/(sel_a sel_b).
    public func normalisation(_ first: Int, _ second: Int) -> Double { 1 / Double(sel[first] * sel[second]) }
}
