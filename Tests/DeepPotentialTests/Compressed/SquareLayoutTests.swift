import Testing

@testable import DeepPotential

@Suite struct SquareLayoutTests {
    @Test(arguments: [(32, 16), (19, 7), (5, 5), (8, 1)])
    func everyProductHasItsPlace(width: Int, axis: Int) {
        let layout = SquareLayout(width: width, axis: axis)
        var owners: [Int: Set<[Int]>] = [:]
        for i in 0..<width {
            for j in 0..<axis { owners[layout.place(i, j), default: []].insert([min(i, j), max(i, j)]) }
        }
        // No place is left out, and none holds two different products.
        #expect(owners.keys.sorted() == Array(0..<layout.count))
        #expect(owners.values.allSatisfy { $0.count == 1 })
        #expect(layout.count == width * axis - axis * (axis - 1) / 2)
    }
}
