/// Greedy k-centre: again and again the point that is farthest from all that are there already (Gonzalez, Theor. Comput.
/// Sci. 38, 293 (1985)).
struct KCentre {
    /// [points][dimensions].
    private let points: [[Float]]
    /// Squared distance of each point to the nearest centre; infinite before there is one.
    private(set) var distances: [Float]

    init(_ points: [[Float]]) {
        self.points = points
        distances = Array(repeating: .infinity, count: points.count)
    }

    /// Takes a centre, which may be a point of others.
    mutating func add(centre: [Float]) {
        for index in points.indices {
            let distance = Self.distance(points[index], centre)
            if distance < distances[index] { distances[index] = distance }
        }
    }

    /// The farthest of some points; the first of equals.
    func farthest(of candidates: some Sequence<Int>) -> Int? {
        var best: Int?
        for index in candidates where best == nil || distances[index] > distances[best!] { best = index }
        return best
    }

    private static func distance(_ a: [Float], _ b: [Float]) -> Float {
        a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                var sum = SIMD8<Float>.zero
                let whole = a.count / 8 * 8
                var k = 0
                while k < whole {
                    var difference = SIMD8<Float>.zero
                    for lane in 0..<8 { difference[lane] = a[k + lane] - b[k + lane] }
                    sum += difference * difference
                    k += 8
                }
                var rest: Float = 0
                while k < a.count {
                    rest += (a[k] - b[k]) * (a[k] - b[k])
                    k += 1
                }
                return sum.sum() + rest
            }
        }
    }
}
