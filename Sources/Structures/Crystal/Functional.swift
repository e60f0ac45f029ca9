import Files

/// The exchange-correlation functionals of the paper's Table II.
public enum Functional: String, CaseIterable, Codable, Sendable {
    case pbe = "PBE"
    case pbesol = "PBEsol"
    case lda = "LDA"
    case scan = "SCAN"
    case pbe0 = "PBE0"
    /// optB88-vdW, the paper's "PBE+vdw".
    case pbeVdW = "PBE+vdW"

    /// - Throws: `InputError` listing the functionals when `name` is none of them (case is ignored).
    public init(name: some StringProtocol) throws {
        let wanted = name.lowercased()
        guard let found = Self.allCases.first(where: { $0.rawValue.lowercased() == wanted }) else {
            let known = Self.allCases.map(\.rawValue).joined(separator: ", ")
            throw InputError(problem: "'\(name)' is no functional that is known here", mend: "choose from \(known)")
        }
        self = found
    }
}
