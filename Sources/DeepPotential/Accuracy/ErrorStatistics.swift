/// MAE and RMSE of a stream of differences; several streams combine exactly.
public struct ErrorStatistics: Codable, Equatable, Sendable {
    /// How many differences were added.
    public private(set) var count = 0
    private var absolute = 0.0
    private var squared = 0.0
    /// The difference of the largest magnitude.
    public private(set) var largest = 0.0

    public init() {}

    /// Adds predicted − reference.
    public mutating func add(_ difference: Double) {
        count += 1
        absolute += abs(difference)
        squared += difference * difference
        if abs(difference) > abs(largest) { largest = difference }
    }

    /// Adds the three components of a vector.
    public mutating func add(_ difference: SIMD3<Double>) {
        add(difference.x)
        add(difference.y)
        add(difference.z)
    }

    /// Adds everything that `other` has gathered.
    public mutating func merge(_ other: ErrorStatistics) {
        count += other.count
        absolute += other.absolute
        squared += other.squared
        if abs(other.largest) > abs(largest) { largest = other.largest }
    }

    /// The mean of the absolute differences; NaN when there are none.
    public var mae: Double { absolute / Double(count) }
    /// The root of the mean of the squared differences; NaN when there are none.
    public var rmse: Double { (squared / Double(count)).squareRoot() }
}
