extension CP2KSettings {
    /// The cheapest settings within 25 meV/Å (rms) of a converged calculation; the study is in Benchmarks/labelling.
    public static let economical = CP2KSettings(
        basis: [
            "P": "TZVP-MOLOPT-PBE-GTH-q5", "S": "TZVP-MOLOPT-PBE-GTH-q6", "Li": "DZVP-MOLOPT-PBE-GTH-q3",
            "Si": "DZVP-MOLOPT-PBE-GTH-q4", "Ge": "DZVP-MOLOPT-PBE-GTH-q4", "Sn": "DZVP-MOLOPT-PBE-GTH-q4",
        ],
        fallbackBasis: "DZVP-MOLOPT-SR-GTH", cutoff: 320, relativeCutoff: 40, screening: 1e-9, selfConsistency: 1e-5,
        kPoints: .point(SIMD3(0.25, 0.25, 0.25)))
}
