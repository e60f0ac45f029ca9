import Files
import Structures

/// Makes continuous paths of the positions that trajectory files hold, before `Unwrapper` takes them.
///
/// Three things are mended here. Positions wrapped into the cell are continued by the nearest image, in a reduced basis of
/// the lattice, where the image next in fractional coordinates is the nearest one however skewed the given cell is.
/// Positions that were never wrapped are left as they are: an ion may then go farther than half a cell between frames.
/// Where a cell flips, as LAMMPS's does when a tilt passes half an edge, the lattice is the same and the old vectors are
/// kept.
public struct PathContinuation: Sendable {
    /// How a file holds positions.
    public enum Coordinates: String, CaseIterable, Sendable {
        /// Brought back into the cell when they leave it.
        case wrapped
        /// Continued across its faces.
        case unwrapped
    }

    /// Steps beyond this share of half a cell are taken for what they may be: one image too far.
    static let largestShare = 0.9
    /// Steps beyond this share deserve a remark.
    static let remarkableShare = 0.7
    /// How much a cell vector may change between frames, in units of the vectors, before that is a flip or a fault.
    static let largestCellChange = 0.2

    public let coordinates: Coordinates
    /// The longest step between frames, as a share of half a cell: along any vector of the reduced basis.
    public private(set) var longestStep = 0.0
    /// Frames after which the file's vectors were others of the same lattice.
    public private(set) var flips = 0
    private var frameCount = 0
    /// The file's vectors in units of ours: integers.
    private var basis = Matrix3.identity
    private var cell: Cell?
    /// Fractional in our vectors.
    private var paths: [SIMD3<Double>] = []

    public init(_ coordinates: Coordinates) { self.coordinates = coordinates }

    /// Takes the next frame and gives it in vectors that do not flip, its paths continued.
    ///
    /// - Throws: `InputError` when an atom has moved nearly half a cell, so that its image cannot be told, when the cell
    ///   becomes another one, or the number of atoms changes.
    public mutating func advance(
        cell given: Cell, positions: [SIMD3<Double>]
    ) throws -> (cell: Cell, positions: [SIMD3<Double>]) {
        frameCount += 1
        let cell = try kept(given)
        guard !paths.isEmpty else {
            paths = positions.map(cell.fractional)
            return (cell, positions)
        }
        guard positions.count == paths.count else {
            throw InputError(problem: "\(positions.count) atoms after \(paths.count) in the frames before")
        }
        for (atom, position) in positions.enumerated() {
            let step = cell.fractional(position) - paths[atom]
            guard coordinates == .wrapped else {
                paths[atom] += step
                continue
            }
            let nearest = step - step.rounded(.toNearestOrAwayFromZero)
            let share = 2 * max(abs(nearest.x), abs(nearest.y), abs(nearest.z))
            longestStep = max(longestStep, share)
            guard share < Self.largestShare else {
                throw InputError(
                    place: "atom \(atom + 1)",
                    problem: "since the frame before it has moved \((nearest * cell.vectors).norm) Å, nearly half a "
                        + "cell: which way it went cannot be told",
                    mend: "give more frames, or unwrapped positions with --coordinates unwrapped")
            }
            paths[atom] += nearest
        }
        return (cell, paths.map(cell.cartesian))
    }

    /// The vectors of this frame that go on from those of the frame before.
    private mutating func kept(_ given: Cell) throws -> Cell {
        guard let last = cell else {
            basis = Self.reduction(of: given.vectors)
            let reduced = try Cell(basis * given.vectors)
            cell = reduced
            return reduced
        }
        if let next = try Self.near(last, basis * given.vectors) {
            cell = next
            return next
        }
        // Ours in units of the file's: integers, when the lattice is still the same.
        let change = last.vectors * given.inverse
        let whole = Matrix3(
            change[0].rounded(.toNearestOrAwayFromZero), change[1].rounded(.toNearestOrAwayFromZero),
            change[2].rounded(.toNearestOrAwayFromZero))
        guard abs(abs(whole.determinant) - 1) < 0.5, let next = try Self.near(last, whole * given.vectors) else {
            throw InputError(
                problem: "the cell has become another one since the frame before",
                mend: "analyse parts of one cell each")
        }
        basis = whole
        flips += 1
        cell = next
        return next
    }

    /// A cell of these vectors, when they are those of `last` a little later.
    private static func near(_ last: Cell, _ vectors: Matrix3) throws -> Cell? {
        let change = vectors * last.inverse - .identity
        guard change.rowMajor.allSatisfy({ abs($0) < largestCellChange }) else { return nil }
        return try Cell(vectors)
    }

    /// Integers that make short vectors of long ones: each is freed of what it has of the others, until nothing is left
    /// (Semaev's first step of the reduction of three vectors).
    private static func reduction(of vectors: Matrix3) -> Matrix3 {
        var (short, whole) = (vectors, Matrix3.identity)
        // Each round shortens a vector; real cells need two or three.
        for _ in 0..<100 {
            var isChanged = false
            for i in 0..<3 {
                for j in 0..<3 where j != i {
                    let times = (short[i].dot(short[j]) / short[j].dot(short[j])).rounded(.toNearestOrEven)
                    // At exactly half, both signs are as short.
                    guard times != 0, (short[i] - times * short[j]).norm < short[i].norm * (1 - 1e-9) else { continue }
                    short[i] -= times * short[j]
                    whole[i] -= times * whole[j]
                    isChanged = true
                }
            }
            if !isChanged { break }
        }
        return whole
    }

    /// What the user should know of the way that the paths were made.
    public var remarks: [String] {
        var remarks: [String] = []
        if longestStep > Self.remarkableShare {
            remarks.append(
                "the longest step between frames is \(Int((100 * longestStep).rounded())) % of half a cell: near that, paths "
                    + "cannot be told from their images, and more frames would be safer")
        }
        if flips > 0 { remarks.append("the cell's vectors changed to others of the same lattice \(flips) times") }
        return remarks
    }
}

extension PathContinuation.Coordinates {
    /// Wrapped positions fill one cell and what atoms may stick out of it between two wrappings; beyond this, in units of the
    /// cell's vectors, they were not wrapped.
    static let largestSpan = 1.5

    /// How positions are held, after their lowest and highest fractional coordinates in many frames.
    public init(lowest: SIMD3<Double>, highest: SIMD3<Double>) {
        self = (highest - lowest).max() > Self.largestSpan ? .unwrapped : .wrapped
    }
}
