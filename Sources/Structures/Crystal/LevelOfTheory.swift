import Files

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

    /// - Parameters:
    ///   - name: as `name` gives it: `VASP-PBE`.
    ///   - place: where it was given, for the error.
    /// - Throws: `InputError` when it is no code and functional.
    public init(name: String, place: String) throws {
        guard let separator = name.firstIndex(of: "-"), separator != name.startIndex else {
            throw InputError(
                place: place, problem: "'\(name)' is no level of theory",
                mend: "write code and functional, such as VASP-PBE or CP2K-PBEsol")
        }
        code = String(name[..<separator])
        functional = try Functional(name: name[name.index(after: separator)...])
    }

    /// `CP2K-PBEsol`: in identifiers and options.
    public var name: String { "\(code)-\(functional.rawValue)" }

    public static func < (a: LevelOfTheory, b: LevelOfTheory) -> Bool { a.name < b.name }
}
