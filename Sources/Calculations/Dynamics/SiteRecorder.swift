import Files
import MolecularDynamics
import Statistics
import Structures

/// Follows the lithium ions over the sites of the ideal crystal (`LithiumSites`), the framework's drift taken out.
final class SiteRecorder: Observer {
    let name = "sites"
    let interval: Int
    private let firstStep: Int
    private let timestep: Double
    private let cells: SIMD3<Double>
    private let idealPositions: [SIMD3<Double>]
    private let lithium: [Int]
    private let framework: [(atom: Int, share: Double)]
    private var sums = SegmentedSums(width: SiteStatistics.Column.count)
    /// The site that each ion belongs to, and the one it came from.
    private var current: [Place] = []
    private var previous: [Place] = []

    /// A site of the supercell.
    private struct Place: Equatable {
        /// Index in `LithiumSites.inUnitCell`.
        var site: Int
        /// Of the unit cell, wrapped into the supercell.
        var cell: SIMD3<Double>
    }

    /// - Parameter ideal: the crystal with all atoms in their places; unit cells in the order of `Structure.supercell`.
    init(interval: Int, firstStep: Int, timestep: Double, ideal: Structure, supercell: Crystal.Supercell) {
        self.interval = interval
        self.firstStep = firstStep
        self.timestep = timestep
        cells = SIMD3(Double(supercell.a), Double(supercell.b), Double(supercell.c))
        idealPositions = ideal.fractionalPositions
        lithium = ideal.species.indices.filter { ideal.species[$0] == .lithium }
        let others = ideal.species.indices.filter { ideal.species[$0] != .lithium }
        let mass = others.reduce(0) { $0 + ideal.species[$1].mass }
        framework = others.map { ($0, ideal.species[$0].mass / mass) }
    }

    func begin(_ state: MDState) {
        sums = SegmentedSums(width: SiteStatistics.Column.count)
        (current, previous) = ([], [])
    }

    func observe(_ sample: MDSample) {
        guard sample.state.step >= firstStep else { return }
        let structure = sample.state.structure
        let drift = drift(of: structure)
        var row = [Double](repeating: 0, count: SiteStatistics.Column.count)
        let isFirst = current.isEmpty
        for (ion, atom) in lithium.enumerated() {
            let position = structure.cell.fractional(structure.positions[atom]) - drift
            let (place, distance) = nearest(position, structure.cell)
            row[SiteStatistics.Column.ions(kind(place))] += 1
            if isFirst {
                current.append(place)
                previous.append(place)
            } else if place != current[ion], distance < SiteStatistics.coreRadius {
                note(jumpOf: ion, to: place, structure.cell, in: &row)
            }
        }
        sums.add(row)
    }

    /// How far the framework's centre of mass has gone (fractional).
    private func drift(of structure: Structure) -> SIMD3<Double> {
        framework.reduce(.zero) { sum, atom in
            let step = structure.cell.fractional(structure.positions[atom.atom]) - idealPositions[atom.atom]
            return sum + atom.share * (step - step.rounded(.toNearestOrAwayFromZero))
        }
    }

    private func kind(_ place: Place) -> LithiumSites.Kind { LithiumSites.inUnitCell[place.site].kind }

    /// The site nearest to a place in the supercell (fractional), and its distance (Å).
    private func nearest(_ position: SIMD3<Double>, _ cell: Cell) -> (Place, Double) {
        let inCells = position * cells
        var best = (Place(site: 0, cell: .zero), Double.infinity)
        for (index, site) in LithiumSites.inUnitCell.enumerated() {
            let away = inCells - site.position
            let image = away.rounded(.toNearestOrAwayFromZero)
            let distance = cell.cartesian((away - image) / cells).norm
            if distance < best.1 {
                let wrapped = image - cells * (image / cells).rounded(.down)
                best = (Place(site: index, cell: wrapped), distance)
            }
        }
        return best
    }

    private func note(jumpOf ion: Int, to place: Place, _ cell: Cell, in row: inout [Double]) {
        let (from, sites) = (current[ion], LithiumSites.inUnitCell)
        row[SiteStatistics.Column.jumps(kind(from), kind(place))] += 1
        if place == previous[ion] { row[SiteStatistics.Column.returns] += 1 }
        let step = (sites[place.site].position + place.cell - sites[from.site].position - from.cell) / cells
        let jump = cell.cartesian(step - step.rounded(.toNearestOrAwayFromZero))
        row[SiteStatistics.Column.squareInPlane] += jump.x * jump.x + jump.y * jump.y
        row[SiteStatistics.Column.squareAlongC] += jump.z * jump.z
        (previous[ion], current[ion]) = (from, place)
    }

    /// nil before the second block is whole.
    var statistics: SiteStatistics? {
        let columns = (0..<SiteStatistics.Column.count).map { sums.series($0) }
        guard let count = columns.first?.count, count >= 2 else { return nil }
        let perCell = Int(cells.x * cells.y * cells.z)
        return SiteStatistics(
            sites: LithiumSites.Kind.allCases.map { perCell * $0.multiplicity }, ions: lithium.count,
            interval: Double(interval) * timestep,
            blocks: PackedArray((0..<count).flatMap { block in columns.map { Float($0[block]) } }))
    }

    func save(into encoder: inout CheckpointEncoder) throws {
        try encoder.encode(sums)
        for places in [current, previous] {
            try encoder.encode(places.map(\.site))
            encoder.encode(places.map(\.cell))
        }
    }

    func resume(_ state: MDState, from decoder: inout CheckpointDecoder) throws {
        sums = try decoder.decode(SegmentedSums.self, "sums over sites")
        func places() throws -> [Place] {
            let sites = try decoder.decode([Int].self, "sites of the ions")
            let cells = try decoder.decodeVectors(count: sites.count)
            return zip(sites, cells).map { Place(site: $0, cell: $1) }
        }
        current = try places()
        previous = try places()
    }
}
