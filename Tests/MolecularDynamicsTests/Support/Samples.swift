import DeepPotential
import Foundation
import Structures

@testable import MolecularDynamics

/// Small systems that the tests share.
enum Samples {
    /// Face-centred cubic argon of n³ cells, atoms displaced at random by up to `displacement` (Å), with random
    /// velocities of zero total momentum at exactly `temperature` (K).
    static func argon(
        cells n: Int = 3, latticeConstant a: Double = 5.32, temperature: Double = 40, displacement: Double = 0.1,
        seed: UInt64 = 1
    ) throws -> Structure {
        var random = SplitMix64(seed: seed)
        let basis = [SIMD3(0.0, 0, 0), SIMD3(0, 0.5, 0.5), SIMD3(0.5, 0, 0.5), SIMD3(0.5, 0.5, 0)]
        var positions: [SIMD3<Double>] = []
        for x in 0..<n {
            for y in 0..<n {
                for z in 0..<n {
                    for site in basis {
                        let shift = SIMD3(random.uniform(), random.uniform(), random.uniform())
                        positions.append(a * (SIMD3(Double(x), Double(y), Double(z)) + site) + displacement * shift)
                    }
                }
            }
        }
        let edge = Double(n) * a
        let argon = Species(symbol: "Ar")!
        var structure = Structure(
            cell: try Cell(a: edge, b: edge, c: edge),
            species: Array(repeating: argon, count: positions.count), positions: positions)
        structure.velocities = velocities(
            masses: Array(repeating: argon.mass, count: positions.count), temperature: temperature, random: &random)
        return structure
    }

    static func velocities(masses: [Double], temperature: Double, random: inout SplitMix64) -> [SIMD3<Double>] {
        var v = masses.map { SIMD3(random.gaussian(), random.gaussian(), random.gaussian()) / $0.squareRoot() }
        let total = masses.reduce(0, +)
        let drift = zip(masses, v).reduce(into: SIMD3<Double>.zero) { $0 += $1.0 * $1.1 } / total
        v = v.map { $0 - drift }
        let constants = PhysicalConstants.codata2018
        let twice = zip(masses, v).reduce(0) { $0 + $1.0 * $1.1.dot($1.1) } * constants.massVelocitySquaredToEnergy
        let wanted = Double(3 * masses.count - 3) * constants.boltzmann * temperature
        return v.map { (wanted / twice).squareRoot() * $0 }
    }
}

extension SplitMix64 {
    /// In [−1, 1).
    mutating func uniform() -> Double { Double.random(in: -1..<1, using: &self) }

    /// Box-Muller.
    mutating func gaussian() -> Double {
        (-2 * log(1 - Double.random(in: 0..<1, using: &self))).squareRoot()
            * cos(2 * .pi * Double.random(in: 0..<1, using: &self))
    }
}
