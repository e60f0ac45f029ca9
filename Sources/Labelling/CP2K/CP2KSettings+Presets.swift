extension CP2KSettings {
    /// The cheapest settings within 25 meV/Å (rms) of a converged calculation; the study is in Benchmarks/labelling.
    ///
    /// S needs an f function in its basis more than anything else; Li needs the cutoff; the coarser grids and the screening may be
    /// loose.
    public static let economical = CP2KSettings(
        basis: [
            "Li": "DZVP-MOLOPT-PBE-GTH-q3", "Si": "TZV2P-MOLOPT-PBE-GTH-q4", "P": "TZV2P-MOLOPT-PBE-GTH-q5",
            "S": "TZV2P-MOLOPT-PBE-GTH-q6", "Ge": "TZV2P-MOLOPT-PBE-GTH-q4", "Sn": "TZV2P-MOLOPT-PBE-GTH-q4",
        ],
        fallbackBasis: "DZVP-MOLOPT-SR-GTH", cutoff: 400, relativeCutoff: 30, screening: 1e-7, selfConsistency: 1e-4,
        kPoints: .point(SIMD3(0.25, 0.25, 0.25)))
}
