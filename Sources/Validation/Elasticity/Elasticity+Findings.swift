import Calculations
import Execution
import Reporting
import Statistics

extension Elasticity {
    /// Of a tetragonal crystal, whose a and b are alike: the means of what is equal by symmetry.
    static let constants: [(name: String, places: [(Int, Int)])] = [
        ("C11", [(1, 1), (2, 2)]), ("C33", [(3, 3)]), ("C12", [(1, 2)]), ("C13", [(1, 3), (2, 3)]),
        ("C44", [(4, 4), (5, 5)]), ("C66", [(6, 6)]),
    ]

    /// Stresses that come from an energy make a symmetric matrix; one that is this far from it is not trusted.
    static let largestAsymmetry = 0.1

    static func tensor(_ found: Found<StrainedStresses>) -> ElasticTensor? {
        found.content.map { ElasticTensor($0.stiffness(strain: found.calculation.strain)) }
    }

    func findings(of study: Study, from outcomes: Outcomes) throws -> [Finding] {
        try rows(of: study).flatMap { row -> [Finding] in
            let found = row.calculations.map { Found(outcomes, $0) }
            let tensors = found.compactMap(Self.tensor)
            let (keys, origin) = (found.map(\.key), Origin(of: found.compactMap(\.origin)))
            let moduli: [(String, [Double?])] = [
                ("bulk", tensors.map(\.bulkModulus)), ("shear", tensors.map(\.shearModulus)),
            ]
            let constants = Self.constants.map { name, places in
                (
                    name,
                    tensors.map { tensor in
                        Optional(places.reduce(0) { $0 + tensor[$1.0, $1.1] } / Double(places.count))
                    }
                )
            }
            return (moduli + constants).map { name, values in
                let result: Finding.Result =
                    if let reason = found.compactMap({ $0.obstacle(study.labelling) }).first {
                        .obstacle(reason)
                    } else if values.contains(where: { $0 == nil }) {
                        .obstacle("not stable under every strain")
                    } else { .value(.spread(values.compactMap(\.self))) }
                return Finding(
                    "\(row.id)/\(name)", result, unit: "GPa", keys: keys, origin: origin,
                    distrust: Self.distrust(found, tensors))
            }
        }
    }

    private static func distrust(_ found: [Found<StrainedStresses>], _ tensors: [ElasticTensor]) -> String? {
        let restless = found.count { $0.content?.isConverged == false }
        if restless > 0 { return "in \(restless) of \(found.count) the ions did not come to rest" }
        let skew = tensors.map(\.asymmetry).max() ?? 0
        return skew > largestAsymmetry
            ? "C_IJ and C_JI differ by \(NumberText.significant(100 * skew, digits: 2)) %" : nil
    }
}
