import Foundation

/// What a trajectory says about diffusion: a coefficient, or that it does not tell one yet.
public enum DiffusionResult: Equatable, Sendable, Codable {
    case diffusive(DiffusionEstimate)
    case notDiffusiveYet(NotDiffusiveReason)

    /// The coefficient, if there is one.
    public var estimate: DiffusionEstimate? {
        if case .diffusive(let estimate) = self { estimate } else { nil }
    }

    /// Why there is none, if there is none.
    public var reason: NotDiffusiveReason? {
        if case .notDiffusiveYet(let reason) = self { reason } else { nil }
    }
}

/// Why a trajectory yields no diffusion coefficient.
public enum NotDiffusiveReason: Equatable, Sendable, Codable {
    /// Fewer lags than a straight line and its curvature need.
    case tooFewFrames
    /// The ions have not, on average, moved by a jump length within the longest lag of the fit.
    case tooFewJumps(perIon: Double)
    /// The exponent of the MSD differs from one by more than its error, at the longest lags for which that can be told.
    case curved(exponent: Estimate)
    /// The exponent agrees with one only because its error is so large that it would agree with anything.
    case undecided(exponent: Estimate)
}

extension NotDiffusiveReason: CustomStringConvertible {
    /// For tables and messages.
    public var description: String {
        switch self {
        case .tooFewFrames:
            "too few frames"
        case .tooFewJumps(let perIon):
            String(format: "only %.2g jumps per ion", max(0, perIon))
        case .curved(let exponent):
            String(format: "MSD grows as t^(%.2f ± %.2f)", exponent.value, exponent.standardError)
        case .undecided(let exponent):
            String(format: "too short to tell: MSD grows as t^(%.2f ± %.2f)", exponent.value, exponent.standardError)
        }
    }
}
