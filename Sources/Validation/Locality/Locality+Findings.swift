import Execution
import Reporting
import Statistics
import Structures

extension Locality {
    func measurements(of study: Study, _ outcomes: Outcomes) throws -> [LocalityMeasurement] {
        try sources(of: study).map { try LocalityMeasurement($0, outcomes, study.labelling) }
    }

    /// DFT alone, or the models of one level together.
    struct Group {
        var measurements: [LocalityMeasurement]

        var source: Source { measurements[0].source }
        var id: String { source.id }
        var name: String { source.isModel ? "models, \(source.level.name)" : source.level.name }
        var elements: [Species] { measurements[0].elements }
        var obstacle: String? { measurements.compactMap(\.obstacle).first }
        var constants: [ForceConstants] { measurements.compactMap(\.constants) }

        /// DFT's with its error; the mean and standard deviation of models.
        func mean(_ value: (ForceConstants) -> Estimate?) -> Estimate? {
            let values = constants.compactMap(value)
            guard obstacle == nil, let first = values.first else { return nil }
            return values.count == 1 ? first : .spread(values.map(\.value))
        }

        func finding(_ path: String, _ estimate: Estimate?, unit: String) -> Finding {
            Finding(
                "\(id)/\(path)", estimate.map { .value($0) } ?? .obstacle(obstacle ?? "no site of this element"),
                unit: unit, keys: measurements.flatMap(\.keys), origin: Origin(of: measurements.map(\.origin)),
                distrust: measurements.compactMap(\.distrust).first)
        }
    }

    static func groups(_ measurements: [LocalityMeasurement]) -> [Group] {
        measurements.map(\.source.id).distinct.map { id in
            Group(measurements: measurements.filter { $0.source.id == id })
        }
    }

    /// `6A`, `5.5A`.
    static func label(_ radius: Double) -> String { NumberText.exact(radius) + "A" }

    static let unit = "meV/Å per Å"

    func findings(of study: Study, from outcomes: Outcomes) throws -> [Finding] {
        Self.groups(try measurements(of: study, outcomes)).flatMap { group -> [Finding] in
            // Where there is nothing, the reason need not be said for every radius.
            let radii = group.obstacle == nil ? Self.radii : [Self.mainRadius]
            var findings = group.elements.flatMap { element in
                radii.map { radius in
                    group.finding(
                        "\(element)/\(Self.label(radius))", group.mean { $0.slope(element, beyond: radius) },
                        unit: Self.unit)
                }
            }
            guard group.obstacle == nil else { return findings }
            findings += group.elements.map { element in
                group.finding("\(element)/sum-rule", group.mean { $0.sumRule(element).map { Estimate($0) } }, unit: "")
            }
            if let check = group.measurements[0].check {
                findings.append(
                    group.finding(
                        "\(check.element)/\(Self.label(Self.mainRadius))/direct", check.direct, unit: Self.unit))
            }
            return findings
        }
    }
}
