import Structures

/// One labelled frame, ready for training.
struct TrainingFrame: Sendable {
    let geometry: FrameGeometry
    /// The model's type of each atom.
    let types: [Int]
    /// eV.
    let energy: Double
    /// [atoms, 3] (eV/Å).
    let forces: [Float]
    /// Ξ_ab = Σ F_a r_b, [9] (eV), when the data carry it.
    let virial: [Float]?
    /// Which system and frame it is, for messages.
    let system: Int
    let index: Int

    var atomCount: Int { types.count }
}
