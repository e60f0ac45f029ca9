/// The settings of a VASP calculation; the defaults are the paper's (650 eV, 0.26 Å⁻¹, 1e-6 eV).
public struct VASPSettings: Codable, Hashable, Sendable {
    /// ENCUT (eV).
    public var cutoff: Double
    /// Largest distance of k-points (Å⁻¹, with 2π, as VASP's KSPACING).
    public var kSpacing: Double
    /// Whether the mesh is Monkhorst and Pack's, without Γ where its counts are even (KGAMMA = .FALSE.); nil for one with Γ.
    public var isMonkhorstPack: Bool?
    /// EDIFF (eV).
    public var selfConsistency: Double
    /// NELM.
    public var maximumSteps: Int
    /// Further tags, which go before those of our own; nil for none.
    public var tags: [String: String]?

    public init(
        cutoff: Double = 650, kSpacing: Double = 0.26, selfConsistency: Double = 1e-6, maximumSteps: Int = 100,
        isMonkhorstPack: Bool? = nil, tags: [String: String]? = nil
    ) {
        self.cutoff = cutoff
        self.kSpacing = kSpacing
        self.selfConsistency = selfConsistency
        self.maximumSteps = maximumSteps
        self.isMonkhorstPack = isMonkhorstPack
        self.tags = tags
    }

    /// The settings as they go into a manifest.
    public var summary: [String: String] {
        let mesh = isMonkhorstPack == true ? ["k-mesh": "Monkhorst-Pack"] : [:]
        return [
            "method": "plane waves, PAW", "ENCUT (eV)": "\(cutoff)", "k-spacing (1/Å)": "\(kSpacing)",
            "EDIFF (eV)": "\(selfConsistency)",
        ].merging(mesh) { own, _ in own }.merging(tags ?? [:]) { own, _ in own }
    }
}
