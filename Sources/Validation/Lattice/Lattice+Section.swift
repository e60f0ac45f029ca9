import Calculations
import Execution
import Reporting
import Statistics
import Structures

extension Lattice {
    func section(of study: Study, outcomes: Outcomes, findings: Findings) throws -> Section {
        let plan = study.profile.lattice
        return Section(
            name: name, title: title,
            introduction: """
                The ordered crystal of 50 atoms, its positions moved at random so that no symmetry is left, then cell and \
                positions relaxed by each model to forces below \(NumberText.significant(plan.force, digits: 2)) eV/Å and stresses \
                below \(NumberText.significant(plan.stress, digits: 2)) GPa; mean ± standard deviation of the models. The cells \
                hold at 0 K; those of experiment at 300 K, some 3 % larger in volume than at 0 K.
                """,
            tables: [try table(study, findings)])
    }

    private func table(_ study: Study, _ findings: Findings) throws -> Table {
        var table = Table(
            name: "table2-lattice", caption: "Cells beside Table II and experiment",
            columns: [
                .init("material"), .init("source"), .init("a", unit: "Å"), .init("c", unit: "Å"),
                .init("V", unit: "Å³"),
                .init("V over experiment", unit: "%"),
            ])
        for material in study.profile.lattice.materials.filter(study.materials.contains) {
            let measured = try MeasuredVolume(material, study.lattice)
            for row in try rows(of: study) where row.material == material {
                let cells = ["a", "c", "volume", "volume-excess"].map { quantity in
                    findings["\(row.id)/\(quantity)"].map { Table.Cell.finding($0) } ?? .empty
                }
                table.append([.text(material.formula), .text("models, \(row.level.name)")] + cells)
            }
            let functionals = Set(study.ensembles.filter { $0.materials.contains(material) }.map(\.level.functional))
            for row in study.lattice.rows where row.material == material {
                guard row.functional.map(functionals.contains) ?? true else { continue }
                table.append([
                    .text(material.formula),
                    .text(row.functional.map { "Table II, \($0.rawValue)" } ?? "experiment, \(row.source ?? "")"),
                    .number(0.5 * (row.a + row.b), digits: 5), .number(row.c, digits: 5),
                    .number(row.volume, digits: 4),
                    .number(100 * (row.volume / measured.mean.value - 1), digits: 2),
                ])
            }
        }
        return table
    }
}
