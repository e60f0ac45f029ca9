import Files
import Foundation
import Structures
import Testing

@testable import Labelling

/// Whether CP2K can run here; the tests that need it are skipped otherwise.
let cp2k = try? CP2KInstallation.find()
let cp2kMissing: Comment = "CP2K is not installed (apt-get install cp2k)"

/// Two silicon atoms in a distorted, rotated diamond cell: no element of the stress vanishes.
func twoSiliconAtoms() throws -> Structure {
    let half = 2.75
    let strain = Matrix3(SIMD3(1.01, 0.02, -0.01), SIMD3(0.02, 0.98, 0.015), SIMD3(-0.01, 0.015, 1.02))
    let cell = try Cell(Matrix3(SIMD3(0, half, half), SIMD3(half, 0, half), SIMD3(half, half, 0)) * strain)
    return Structure(
        cell: cell, species: [.silicon, .silicon],
        positions: [SIMD3(0.03, -0.02, 0.05), cell.cartesian(SIMD3(0.26, 0.24, 0.27))])
}

/// Small and tightly converged, so that finite differences are smooth.
let tinySettings = CP2KSettings(
    basis: [:], fallbackBasis: "DZVP-MOLOPT-SR-GTH", cutoff: 100, relativeCutoff: 30, screening: 1e-8,
    selfConsistency: 1e-6, kPoints: .point(SIMD3(0.25, 0.25, 0.25)))

/// The labels of each functional by its name, the later ones starting from the converged state of those before.
func labelTiny(
    _ structure: Structure, _ functionals: [Functional] = [.pbe], settings: CP2KSettings = tinySettings
) async throws -> [String: Label] {
    let labeller = try CP2KLabeller(
        settings: settings, execution: .init(timeout: .seconds(900)), installation: #require(cp2k))
    return try await withTemporaryFolder { folder in
        var labels: [String: Label] = [:]
        var state: String?
        for functional in functionals {
            let path = "\(folder)/\(functional.rawValue)"
            try Folder.make(path)
            labels[functional.rawValue] = try await labeller.label(
                structure, functional, in: path, startingFrom: state, keepsState: functional != functionals.last)
            state = CP2KLabeller.stateFiles(of: functional)
                .first { FileManager.default.fileExists(atPath: "\(path)/\($0)") }
                .map { "../\(functional.rawValue)/\($0)" }
            #expect((state == nil) == (functional == functionals.last))
        }
        return labels
    }
}

func withTemporaryFolder<R>(_ body: (String) async throws -> R) async throws -> R {
    let folder = FileManager.default.temporaryDirectory.path + "/labelling-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
}

/// eV/Å: the grid breaks translational symmetry by this much at the cutoff of these tests.
let gridNoise = 0.02
/// eV: as above, and strained cells have other grids.
let strainNoise = 0.1

@Suite(.enabled(if: cp2k != nil, cp2kMissing), .serialized)
struct CP2KPhysicsTests {
    private func energy(_ structure: Structure) async throws -> Double {
        try await labelTiny(structure)["PBE"]!.energy
    }

    @Test func forcesAndVirialAreDerivativesOfTheEnergy() async throws {
        let structure = try twoSiliconAtoms()
        let label = try await labelTiny(structure)["PBE"]!
        let virial = try #require(label.virial)

        // Along a general direction, so that one difference tests all three components.
        let direction = SIMD3(0.6, -0.48, 0.64)
        let forward = try await energy(displaced(structure, by: 0.03 * direction))
        let backward = try await energy(displaced(structure, by: -0.03 * direction))
        let force = -(forward - backward) / 0.06
        #expect(abs(force) > 0.1)
        #expect(abs(label.forces[1].dot(direction) - force) < gridNoise)

        // A general symmetric strain ε: dE/dh of the cell 1 + hε is −Σ ε_ab Ξ_ab.
        let strain = Matrix3(SIMD3(1, 0.5, -0.3), SIMD3(0.5, -0.4, 0.2), SIMD3(-0.3, 0.2, 0.3))
        let larger = try await energy(strained(structure, by: 0.01 * strain))
        let smaller = try await energy(strained(structure, by: -0.01 * strain))
        let slope = (larger - smaller) / 0.02
        let expected = -(0..<3).reduce(0.0) { $0 + strain[$1].dot(virial[$1]) }
        #expect(abs(slope) > 0.5)
        #expect(abs(slope - expected) < strainNoise)
    }

    private func displaced(_ structure: Structure, by step: SIMD3<Double>) -> Structure {
        var moved = structure
        moved.positions[1] += step
        return moved
    }

    private func strained(_ structure: Structure, by strain: Matrix3) throws -> Structure {
        var moved = structure
        moved.cell = try Cell(structure.cell.vectors * (Matrix3.identity + strain))
        moved.positions = structure.fractionalPositions.map(moved.cell.cartesian)
        return moved
    }

    @Test func theSecondFunctionalStartsFromTheFirst() async throws {
        let structure = try twoSiliconAtoms()
        let both = try await labelTiny(structure, [.pbe, .pbesol])
        let alone = try await labelTiny(structure, [.pbesol])["PBEsol"]!
        let shared = both["PBEsol"]!
        #expect(abs(shared.energy - alone.energy) < 1e-5)
        #expect(abs(both["PBE"]!.energy - alone.energy) > 0.1)
        #expect(shared.selfConsistencySteps! < alone.selfConsistencySteps!)
    }

    /// LiH in a cube at Γ, and bulk silicon for SCAN, which does not converge in so much vacuum on a coarse grid: the
    /// force on the second atom is the derivative of the energy.
    @Test(arguments: [Functional.lda, .pbeVdW, .scan]) func otherFunctionals(functional: Functional) async throws {
        var settings = tinySettings
        var structure = try twoSiliconAtoms()
        if functional == .scan {
            settings.cutoff = 200
        } else {
            settings.kPoints = .gamma
            settings.cutoff = 300
            structure = Structure(
                cell: try Cell(a: 5.5, b: 5.5, c: 5.5), species: [.lithium, try #require(Species(symbol: "H"))],
                positions: [SIMD3(0, 0, 0), SIMD3(1.5, 0.1, 0.2)])
        }
        func label(_ shift: Double) async throws -> Label {
            let moved = displaced(structure, by: SIMD3(shift, 0, 0))
            return try await labelTiny(moved, [functional], settings: settings)[functional.rawValue]!
        }
        let h = 0.04
        let (middle, plus, minus) = try await (label(0), label(h), label(-h))
        let slope = (plus.energy - minus.energy) / (2 * h)
        #expect(abs(slope) > 0.2)
        #expect(abs(middle.forces[1].x + slope) < gridNoise)
    }
}
