import Calculations
import DeepPotential
import Execution
import Reporting
import Statistics
import Structures

extension Accuracy {
    func section(of study: Study, outcomes: Outcomes, findings: Findings) throws -> Section {
        let rows = rows(of: study)
        let totals = rows.map { Total(outcomes, $0.whole) }
        var figures: [Figure] = []
        for (row, total) in zip(rows, totals) {
            if let content = total.content { figures.append(parityFigure(row, content)) }
        }
        return Section(
            name: name, title: title,
            introduction: """
                Differences between models and labels as `dp test` counts them: energies per atom by frame, forces and virials by \
                component; mean ± standard deviation of the models of an ensemble. `CP2K-…` are our own labels, committed with this \
                program; `VASP-…` are the paper's, whose Table V counts all frames, trained on or not.
                """,
            tables: [try summary(study, rows, totals, findings), bySystem(rows, outcomes)],
            figures: figures, remarks: remarks(study, rows, totals))
    }

    private func remarks(_ study: Study, _ rows: [Row], _ totals: [Total]) -> [String] {
        var remarks: [String] = []
        if !study.labelled.contains(where: { $0.source == .given }) {
            remarks.append("The paper's own frames were not given: to test on them, \(LabelledSet.howToGet).")
        }
        func say(_ text: String, of some: [Row]) {
            if !some.isEmpty { remarks.append("\(some.map(\.caption).joined(separator: "; ")): \(text).") }
        }
        for stride in Set(rows.compactMap { $0.whole.first?.stride }).sorted() where stride > 1 {
            say(
                "only every \(stride)th frame of each system was tested",
                of: rows.filter { $0.whole.first?.stride == stride })
        }
        let ours = rows.filter { $0.set.source == .ours }
        say(
            "which of these frames the given models were trained on is not known here",
            of: ours.filter(\.heldOut.isEmpty))
        say(
            "five of every six frames were trained on; \"held out\" counts the others only",
            of: ours.filter { !$0.heldOut.isEmpty })
        for (row, total) in zip(rows, totals) {
            for (_, overflow) in (total.content?.overflow ?? [:]).sorted(by: { $0.key < $1.key }) {
                remarks.append(
                    "\(row.caption): more neighbours than the model has slots for, in the worst frame: \(overflow).")
            }
        }
        return remarks
    }

    private func summary(_ study: Study, _ rows: [Row], _ totals: [Total], _ findings: Findings) throws -> Table {
        let paper = try study.reference.values()
        var table = Table(
            name: "table5-accuracy", caption: "Root mean square errors, beside Table V of the paper",
            columns: [
                .init("material"), .init("labels"), .init("quantity"), .init("unit"), .init("frames"),
                .init("all frames"),
                .init("held out"), .init("paper, all frames"),
            ])
        for (row, total) in zip(rows, totals) {
            for (quantity, unit, _) in Self.quantities {
                guard let whole = findings["\(row.id)/\(quantity)"] else { continue }
                let reference =
                    paper["paper/\(row.id)/\(quantity)"].map { Table.Cell.measured($0.estimate) } ?? .empty
                table.append([
                    .text(row.set.material.formula), .text(row.set.level.name), .text(quantity), .text(unit),
                    total.content.map { .integer($0.reports[0].frames) } ?? .empty, .finding(whole),
                    findings["\(row.id)/heldout/\(quantity)"].map { .finding($0) } ?? .empty, reference,
                ])
            }
        }
        return table
    }

    private func bySystem(_ rows: [Row], _ outcomes: Outcomes) -> Table {
        var table = Table(
            name: "accuracy-by-system", caption: "Root mean square errors by system (first model)",
            columns: [
                .init("material"), .init("labels"), .init("system"), .init("frames"), .init("atoms"),
                .init("energy", unit: "meV/atom"),
                .init("force", unit: "meV/Å"), .init("virial", unit: "meV/atom"),
            ])
        for row in rows {
            for calculation in row.whole {
                guard let content = Found(outcomes, calculation).content else { continue }
                let report = content.reports[0]
                table.append([
                    .text(row.set.material.formula), .text(row.set.level.name), .text(calculation.system),
                    .integer(report.frames), .integer(content.atoms),
                    .number(1000 * report.energyPerAtom.rmse, digits: 3),
                    .number(1000 * report.forces.rmse, digits: 3),
                    report.virialPerAtom.count > 0 ? .number(1000 * report.virialPerAtom.rmse, digits: 3) : .empty,
                ])
            }
        }
        return table
    }

    private func parityFigure(_ row: Row, _ content: FrameErrors.Content) -> Figure {
        let report = content.reports[0]
        func meV(_ statistics: ErrorStatistics) -> String {
            "RMSE \(NumberText.significant(1000 * statistics.rmse, digits: 3))"
        }
        var panels = [
            ParityPanel.make(
                content.parity.energy, what: "energy", quantity: "energy (eV/atom)",
                note: meV(report.energyPerAtom) + " meV/atom")
        ]
        for element in ["Li", row.set.material.rawValue, "P", "S"] {
            guard let density = content.parity.forces[element], let species = Species(symbol: element),
                let errors = report.forcesByElement[species]
            else { continue }
            panels.append(
                ParityPanel.make(
                    density, what: "forces on \(element)", quantity: "force (eV/Å)", note: meV(errors) + " meV/Å"))
        }
        if report.virialPerAtom.count > 0 {
            panels.append(
                ParityPanel.make(
                    content.parity.virial, what: "virial", quantity: "virial (eV/atom)",
                    note: meV(report.virialPerAtom) + " meV/atom"))
        }
        for index in panels.indices { panels[index].tag = "(\(Character(UnicodeScalar(97 + UInt8(index)))))" }
        return Figure(
            name: "fig05-parity-\(row.set.material.rawValue)-\(row.set.level.name)",
            caption: """
                \(row.caption): first model against DFT on all frames; darker cells hold more values (logarithmic), the line \
                is equality.
                """,
            panels: panels, columns: 3, panelSize: .init(width: 300, height: 300))
    }
}
