import Testing

@testable import Structures

struct NearestImageTests {
    @Test func halfAnEdgeIsSeenTwice() throws {
        let structure = Structure(
            cell: try Cell(a: 10, b: 12, c: 14), species: [.lithium, .sulfur, .sulfur, .sulfur],
            positions: [SIMD3(1, 1, 1), SIMD3(6, 1, 1), SIMD3(-1, 1, 1), SIMD3(4, 5, 29.5)])
        let images = structure.nearestImages(from: 0)
        #expect(images[0].distance == 0 && abs(images[0].margin - 10) < 1e-12)
        #expect(abs(images[1].distance - 5) < 1e-12 && images[1].margin < 1e-12)
        #expect(abs(images[2].distance - 2) < 1e-12 && abs(images[2].margin - 6) < 1e-12)
        // (3, 4, 0.5) after two cells along c.
        #expect(abs(images[3].distance - 25.25.squareRoot()) < 1e-12)
    }

    @Test func agreesWithTheNeighbourListInASkewedCell() throws {
        let structure = Structure(
            cell: try Cell(a: 7, b: 8, c: 9, alpha: 80, beta: 75, gamma: 70),
            species: [.lithium, .phosphorus, .sulfur],
            positions: [SIMD3(0.3, 0.1, 0.2), SIMD3(5, 3, 7), SIMD3(2, 6, 4)])
        let list = try NeighbourList(structure, cutoff: 12)
        for (other, image) in structure.nearestImages(from: 0).enumerated() where other != 0 {
            let distances = list.entries(of: 0).filter { Int(list.neighbours[$0]) == other }
                .map { list.displacement($0, from: 0, in: structure).norm }.sorted()
            #expect(abs(image.distance - distances[0]) < 1e-12)
            #expect(abs(image.margin - (distances[1] - distances[0])) < 1e-12)
        }
    }
}
