import Testing

@testable import Statistics

struct ElasticTensorTests {
    /// λ + 2µ, λ and µ in their places.
    private static func isotropic(bulk: Double, shear: Double) -> [Double] {
        let lambda = bulk - 2 * shear / 3
        return (0..<36).map { element in
            let (row, column) = (element / 6, element % 6)
            if row == column { return row < 3 ? lambda + 2 * shear : shear }
            return row < 3 && column < 3 ? lambda : 0
        }
    }

    @Test func isotropicCrystalsKeepTheirModuli() throws {
        let tensor = ElasticTensor(Self.isotropic(bulk: 25, shear: 8))
        #expect(abs(try #require(tensor.bulkModulus) - 25) < 1e-10)
        #expect(abs(try #require(tensor.shearModulus) - 8) < 1e-10)
        #expect(tensor.asymmetry == 0 && abs(tensor[1, 1] - (25 + 32.0 / 3)) < 1e-12 && tensor[4, 4] == 8)
    }

    /// Copper: 168.4, 121.4, 75.4 GPa give 137.1 and, by Hill, 47.3 GPa.
    @Test func cubicCrystalsHaveHillsAverages() throws {
        var c = Self.isotropic(bulk: 0, shear: 0)
        for row in 0..<3 {
            for column in 0..<3 { c[6 * row + column] = row == column ? 168.4 : 121.4 }
            c[7 * (row + 3)] = 75.4
        }
        let tensor = ElasticTensor(c)
        #expect(abs(try #require(tensor.bulkModulus) - 137.07) < 0.01)
        let (soft, stiff): (Double, Double) = (168.4 - 121.4, 75.4)
        let voigt: Double = (soft + 3 * stiff) / 5
        let reuss: Double = 5 * soft * stiff / (4 * stiff + 3 * soft)
        #expect(abs(try #require(tensor.shearModulus) - 0.5 * (voigt + reuss)) < 1e-9)
    }

    @Test func lawsThatFailAreSeen() {
        var soft = Self.isotropic(bulk: 25, shear: 8)
        soft[35] = -1
        #expect(ElasticTensor(soft).compliance == nil && ElasticTensor(soft).bulkModulus == nil)
        var skew = Self.isotropic(bulk: 25, shear: 8)
        skew[1] += 5
        #expect(ElasticTensor(skew).asymmetry > 0.05)
    }
}
