/// What is computed anew though it is shipped.
public enum Freshness: Sendable {
    case nothing
    case everything
    /// Calculations of these keys.
    case keys(Set<String>)

    public func contains(_ key: String) -> Bool {
        switch self {
        case .nothing: false
        case .everything: true
        case .keys(let keys): keys.contains(key)
        }
    }
}
