public struct DisplacementStatistics: Codable, Equatable, Sendable {
}
