/// Coded as the symbol, also as the key of a dictionary.
extension Species: Codable, CodingKeyRepresentable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let symbol = try container.decode(String.self)
        guard let species = Self(symbol: symbol) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(symbol)' is no element")
        }
        self = species
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(symbol)
    }

    public var codingKey: any CodingKey { SymbolKey(stringValue: symbol) }

    public init?(codingKey: some CodingKey) { self.init(symbol: codingKey.stringValue) }

    private struct SymbolKey: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
