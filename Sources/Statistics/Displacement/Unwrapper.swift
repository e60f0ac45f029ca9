import Files
import Structures

/// Follows mobile ions across the periodic boundaries of a cell that may change from frame to frame.
///
/// The path of each atom is continued in fractional coordinates, always by the nearest image, so that neither the
/// wrapping of the input nor a barostat's dilation of the box looks like motion. The framework's centre of mass is
/// taken out of every position. Cartesian displacements come at the end, with `meanCell`. An atom must move by less
/// than half a cell vector between successive frames, unless positions are continuous; `PathContinuation` makes such
/// positions of those that files hold.
public struct Unwrapper: Equatable, Sendable, Codable {
    /// Indices of the atoms that are followed.
    public let mobile: [Int]
    /// Indices of the atoms whose centre of mass stays at rest; empty when every atom is mobile, and then no drift is
    /// removed.
    public let framework: [Int]
    /// Frames seen.
    public private(set) var frameCount = 0
    private let frameworkShares: [Double]
    private var unwrapped: PackedArray<SIMD3<Double>>
    private var cellSum: PackedArray<Double>

    /// - Parameters:
    ///   - species: of every atom, in the order of the frames.
    ///   - mobile: indices of the mobile atoms; nil for every lithium.
    /// - Throws: `InputError` when there is no mobile atom or an index is outside the structure.
    public init(species: [Species], mobile: [Int]? = nil) throws {
        let mobile = mobile ?? species.indices.filter { species[$0] == .lithium }
        guard !mobile.isEmpty else {
            throw InputError(
                problem: "there is no atom to follow", mend: "name an element of the structure")
        }
        if let index = mobile.first(where: { !species.indices.contains($0) }) {
            throw InputError(problem: "mobile atom \(index) is not among the \(species.count) atoms")
        }
        self.mobile = mobile
        let isMobile = Set(mobile)
        framework = species.indices.filter { !isMobile.contains($0) }
        let mass = framework.reduce(0) { $0 + species[$1].mass }
        frameworkShares = framework.map { species[$0].mass / mass }
        unwrapped = PackedArray([SIMD3<Double>](repeating: .zero, count: species.count))
        cellSum = PackedArray([Double](repeating: 0, count: 9))
    }

    /// Takes the next frame and gives the mobile atoms' continued fractional coordinates, relative to the framework's
    /// centre of mass.
    ///
    /// - Parameters:
    ///   - positions: Cartesian (Å) of all atoms, wrapped or not.
    ///   - isContinuous: whether they are known to continue across the cell's faces: steps of half a cell and more are then
    ///     taken as they are.
    /// - Throws: `InputError` when the number of atoms changes or a position is not finite.
    public mutating func advance(
        cell: Cell, positions: [SIMD3<Double>], isContinuous: Bool = false
    ) throws -> [SIMD3<Double>] {
        guard positions.count == unwrapped.values.count else {
            throw InputError(
                place: "frame \(frameCount + 1)",
                problem: "\(positions.count) atoms after \(unwrapped.values.count) in the frames before")
        }
        for (atom, position) in positions.enumerated() {
            let fractional = cell.fractional(position)
            guard fractional.x.isFinite, fractional.y.isFinite, fractional.z.isFinite else {
                throw InputError(
                    place: "frame \(frameCount + 1), atom \(atom + 1)", problem: "the position is \(position.words)",
                    mend: "the trajectory is damaged or the dynamics blew up")
            }
            if frameCount == 0 || isContinuous {
                unwrapped.values[atom] = fractional
            } else {
                let step = fractional - unwrapped.values[atom]
                unwrapped.values[atom] += step - step.rounded(.toNearestOrAwayFromZero)
            }
        }
        frameCount += 1
        for (index, value) in cell.vectors.rowMajor.enumerated() { cellSum.values[index] += value }
        var centre = SIMD3<Double>.zero
        for (share, atom) in zip(frameworkShares, framework) { centre += share * unwrapped.values[atom] }
        return mobile.map { unwrapped.values[$0] - centre }
    }

    /// The mean of the cells seen so far (Å), rows a, b, c: what turns fractional displacements into Cartesian ones.
    public var meanCell: Matrix3 {
        precondition(frameCount > 0, "a mean of at least one frame")
        return (1 / Double(frameCount)) * Matrix3(rowMajor: cellSum.values)
    }
}
