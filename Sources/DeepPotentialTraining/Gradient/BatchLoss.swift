/// The loss of one batch, frame by frame.
struct BatchLoss {
    let residuals: [FrameResidual]

    init(_ frames: [TrainingFrame], _ predictions: [GradientEngine.Prediction], _ prefactors: Prefactors) {
        let atoms = Double(frames.reduce(0) { $0 + $1.atomCount })
        residuals = zip(frames, predictions).map { frame, prediction in
            FrameResidual(frame, prediction, weight: Double(frame.atomCount) / atoms, prefactors)
        }
    }

    var loss: Double { residuals.reduce(0) { $0 + $1.loss } }
    var errors: ErrorSums { residuals.reduce(into: ErrorSums()) { $0 += $1.errors } }
    var frameLosses: [Double] { residuals.map(\.loss) }
}
