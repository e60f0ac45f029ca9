import Testing

@testable import Structures

struct LithiumSitesTests {
    private func nearest(_ position: SIMD3<Double>, _ cell: Cell) -> (site: LithiumSites.Site, distance: Double) {
        LithiumSites.inUnitCell.map { ($0, CIF.distance($0.position, position, cell)) }.min { $0.1 < $1.1 }!
    }

    @Test func multiplicitiesAreThoseOfTheWyckoffLetters() {
        for kind in LithiumSites.Kind.allCases {
            #expect(LithiumSites.inUnitCell.count { $0.kind == kind } == kind.multiplicity)
        }
    }

    /// The ordered prototype's ions are near sites of the disordered crystal, each near one of its own.
    @Test func orderedIonsAreAtSites() throws {
        let cell = try LGPSPrototype.ordered(cell: CellLengths(a: 8.69, b: 8.69, c: 12.6))
        let ions = zip(cell.species, cell.fractionalPositions).filter { $0.0 == .lithium }.map(\.1)
        let found = ions.map { nearest($0, cell.cell) }
        #expect(ions.count == 20)
        #expect(found.allSatisfy { $0.distance < 1.3 })
        #expect(Set(found.map { "\($0.site.position)" }).count == 20)
        // Wyckoff 2a and 2b, in the columns of P and M, are Li2 and half of its sites' ions each.
        #expect(found.count { $0.site.kind == .li2 } == 4)
    }

    /// No site lies in a tetrahedron's centre, and each has its sulphur around it.
    @Test func sitesLieBetweenSulphur() throws {
        let cell = try LGPSPrototype.ordered(cell: CellLengths(a: 8.69, b: 8.69, c: 12.6))
        for site in LithiumSites.inUnitCell {
            let distances = zip(cell.species, cell.fractionalPositions).filter { $0.0 != .lithium }.map {
                ($0.0, CIF.distance(site.position, $0.1, cell.cell))
            }
            #expect(distances.allSatisfy { $0.1 > ($0.0 == .sulfur ? 1.9 : 2.3) }, "\(site)")
            #expect(distances.count { $0.0 == .sulfur && $0.1 < 3.3 } >= 4, "\(site)")
        }
    }
}
