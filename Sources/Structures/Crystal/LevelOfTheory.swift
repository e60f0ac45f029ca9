/// What a model was trained on: a functional as one code computes it. The paper's labels (VASP) and ours (CP2K) are two
/// levels even where the functional is the same.
public struct LevelOfTheory: Codable, Hashable, Comparable, Sendable {
    /// `VASP`, `CP2K`.
    public var code: String
    public var functional: Functional

    public init(code: String, functional: Functional) {
        self.code = code
        self.functional = functional
    }

    /// `CP2K-PBEsol`: in identifiers and options.
    public var name: String { "\(code)-\(functional.rawValue)" }

    public static func < (a: LevelOfTheory, b: LevelOfTheory) -> Bool { a.name < b.name }
}
