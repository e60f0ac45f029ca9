/// Where a number was computed.
public enum Origin: String, Codable, CaseIterable, Sendable {
    /// By the run that reports it.
    case here
    /// By a long run whose outcome the package carries.
    case shipped
    /// From outcomes of both kinds.
    case mixed

    /// That of a number made from others; `here` where there is nothing that it was made from.
    public init(of origins: some Sequence<Origin>) {
        let kinds = Set(origins)
        self = kinds.count > 1 ? .mixed : kinds.first ?? .here
    }

    /// Stands behind the number in tables.
    var mark: String {
        switch self {
        case .here: "ʰ"
        case .shipped: "ˢ"
        case .mixed: "ᵐ"
        }
    }

    /// What the mark means.
    var meaning: String {
        switch self {
        case .here: "computed here"
        case .shipped: "from shipped outcomes"
        case .mixed: "from outcomes computed here and shipped ones"
        }
    }
}
