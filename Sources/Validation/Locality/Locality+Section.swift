import Execution
import Reporting
import Statistics
import Structures

extension Locality {
    /// What the paper finds (meV/Å), for displacements that it does not state.
    private static let paperRange = [5.0, 10]

    func section(of study: Study, outcomes: Outcomes, findings: Findings) throws -> Section {
        let groups = Self.groups(try measurements(of: study, outcomes))
        guard let plan = study.profile.locality, !groups.isEmpty else {
            return Section(name: name, title: title, introduction: "This profile has none of the materials.")
        }
        return Section(
            name: name, title: title,
            introduction: """
                Force constants Φ of \(plan.sites) sites of each element in the ordered crystal of \(plan.supercell.atoms) atoms, \
                from forces at ±\(NumberText.exact(plan.displacement)) Å, say how much the force on an atom changes when all atoms \
                beyond R move by chance: by s(R) times the root mean square displacement of a component, s(R)² = Σ ‖Φ_ij‖² over \
                r_ij > R. The paper finds 5 to 10 meV/Å beyond 6 Å and does not say for which displacements; the table says for \
                which that is so.
                """,
            tables: [
                summary(groups, findings), curves(groups, findings), checks(groups, findings),
                ForceConstantShells.table(groups),
            ],
            figures: LocalityFigure.all(groups), remarks: remarks(study, groups))
    }

    private func summary(_ groups: [Group], _ findings: Findings) -> Table {
        var table = Table(
            name: "fig03-locality", caption: "What acts on an atom from beyond \(NumberText.exact(Self.mainRadius)) Å",
            columns: [
                .init("crystal"), .init("forces by"), .init("element"), .init("s", unit: Self.unit),
                .init("of one component", unit: Self.unit), .init("without atoms seen twice", unit: Self.unit),
                .init("displacement for \(NumberText.exact(Self.paperRange[0])) meV/Å", unit: "Å"),
                .init("displacement for \(NumberText.exact(Self.paperRange[1])) meV/Å", unit: "Å"),
            ])
        for group in groups {
            for element in group.elements {
                guard let finding = findings["\(group.id)/\(element)/\(Self.label(Self.mainRadius))"] else { continue }
                let slope = finding.estimate
                let without = group.mean { $0.slope(element, beyond: Self.mainRadius, withDoublySeen: false) }
                table.append(
                    [
                        .text(group.source.material.formula), .text(group.name), .text("\(element)"), .finding(finding),
                        slope.map { .measured($0.scaled(by: 1 / 3.0.squareRoot())) } ?? .empty,
                        without.map { .measured($0) } ?? .empty,
                    ]
                        + Self.paperRange.map { change in
                            slope.map { $0.value > 0 ? .number(change / $0.value, digits: 2) : .empty } ?? .empty
                        })
            }
        }
        return table
    }

    private func curves(_ groups: [Group], _ findings: Findings) -> Table {
        var table = Table(
            name: "fig03-radii", caption: "s against the radius, in \(Self.unit)",
            columns: [.init("crystal"), .init("forces by"), .init("element")]
                + Self.radii.map { .init("beyond \(NumberText.exact($0)) Å", unit: Self.unit) })
        for group in groups {
            for element in group.elements {
                table.append(
                    [.text(group.source.material.formula), .text(group.name), .text("\(element)")]
                        + Self.radii.map { radius in
                            findings["\(group.id)/\(element)/\(Self.label(radius))"].map { .finding($0) } ?? .empty
                        })
            }
        }
        return table
    }

    private func checks(_ groups: [Group], _ findings: Findings) -> Table {
        var table = Table(
            name: "fig03-checks", caption: "What must hold: Σ_j Φ_ij = 0, Φ_ij = Φ_jiᵀ, and linear response itself",
            columns: [
                .init("crystal"), .init("forces by"), .init("largest ‖Σ Φ_ij‖/‖Φ_ii‖"), .init("‖Φ_ij − Φ_jiᵀ‖/‖Φ_ij‖"),
                .init("s of one Li by linear response", unit: Self.unit),
                .init("by random displacements", unit: Self.unit), .init("draws"),
            ])
        for group in groups where group.obstacle == nil {
            let constants = group.constants
            let check = group.measurements[0].check
            let sum = constants.flatMap { own in group.elements.compactMap(own.sumRule) }.max()
            table.append([
                .text(group.source.material.formula), .text(group.name), sum.map { .number($0, digits: 2) } ?? .empty,
                constants.compactMap(\.asymmetry).max().map { .number($0, digits: 2) } ?? .empty,
                check.map { .number($0.linear, digits: 3) } ?? .empty,
                check.map { .measured($0.direct, origin: group.measurements[0].origin) } ?? .empty,
                check.map { .integer($0.draws) } ?? .empty,
            ])
        }
        return table
    }

    private func remarks(_ study: Study, _ groups: [Group]) -> [String] {
        var remarks = [
            "s is that of the force as a vector; motion in which neighbours go together (sound) changes forces by less than "
                + "independent displacements do.",
            "Atoms whose two nearest images differ by less than \(NumberText.exact(ForceConstants.tie)) Å in distance are seen "
                + "twice: their Φ is a sum over both, and what is beyond half an edge of the cell is a bound.",
            "A Deep Potential's forces depend on atoms within twice its cutoff, and on no other.",
        ]
        for group in groups {
            if let obstacle = group.obstacle {
                remarks.append("\(group.name), \(group.source.material.formula): \(obstacle).")
            }
        }
        return remarks
    }
}
