import Labelling
import Structures

/// Whether a study computes the labels of CP2K that its experiments wish for and that are not there.
public enum LabellingPolicy: Equatable, Sendable {
    case computed
    /// Why not.
    case left(String)

    static let howToAsk = "it needs hours of CP2K, which --cp2k or the profile standard asks for"

    /// - Parameters:
    ///   - isAskedFor: by an option or a profile.
    ///   - find: looks for the program.
    init(isAskedFor: Bool, find: () throws -> CP2KInstallation = { try CP2KInstallation.find() }) {
        guard isAskedFor else {
            self = .left(Self.howToAsk)
            return
        }
        do {
            _ = try find()
            self = .computed
        } catch {
            self = .left("it needs CP2K: \(error)")
        }
    }

    /// Why nothing is computed; nil where it is.
    var reason: String? { if case .left(let reason) = self { reason } else { nil } }
}
