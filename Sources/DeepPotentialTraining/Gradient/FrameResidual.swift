/// One frame's loss and what the gradient pass needs of it.
///
/// With w the frame's weight (its share of the batch's atoms; 1/frames for frames of one size, as in DeePMD-kit),
///
///     L = w (p_e ΔE²/N + p_f Σ ΔF²/3N + p_v Σ ΔΞ²/9N)
///
/// The direction is chosen such that the energy's derivative along it is Σ F·∂L/∂F + Ξ:∂L/∂Ξ.
struct FrameResidual {
    let loss: Double
    let errors: ErrorSums
    /// ∂L/∂E.
    let energySeed: Float
    /// −∂L/∂F, [atoms, 3].
    let directions: [Float]
    /// ∂L/∂Ξ, [9].
    let strain: [Float]

    init(
        _ frame: TrainingFrame, _ prediction: GradientEngine.Prediction, weight: Double, _ prefactors: Prefactors
    ) {
        let atoms = Double(frame.atomCount)
        var errors = ErrorSums()
        let energyError = prediction.energy - frame.energy
        errors.energy = (energyError / atoms) * (energyError / atoms)
        errors.frames = 1
        var loss = prefactors.energy * energyError * energyError / atoms
        energySeed = Float(weight * prefactors.energy * 2 * energyError / atoms)

        let forceScale = Float(-weight * prefactors.force * 2 / (3 * atoms))
        var squares = 0.0
        directions = (0..<3 * frame.atomCount).map { k in
            let difference = prediction.forces[k] - frame.forces[k]
            squares += Double(difference * difference)
            return forceScale * difference
        }
        errors.force = squares
        errors.components = 3 * frame.atomCount
        loss += prefactors.force * squares / (3 * atoms)

        if let virial = frame.virial {
            let differences = (0..<9).map { prediction.virial[$0] - Double(virial[$0]) }
            let squares = differences.reduce(0) { $0 + $1 * $1 }
            errors.virial = squares / (atoms * atoms)
            errors.virialComponents = 9
            loss += prefactors.virial * squares / (9 * atoms)
            strain = differences.map { Float(weight * prefactors.virial * 2 * $0 / (9 * atoms)) }
        } else {
            strain = Array(repeating: 0, count: 9)
        }
        self.loss = weight * loss
        self.errors = errors
    }
}
