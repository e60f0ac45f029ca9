import DeepPotential
import Foundation
import Reporting
import Statistics
import Structures

/// Table V and Fig. 5: errors of the models on the labelled data.
struct AccuracyStudy {
    var context: PartContext

    func run() throws -> Section {
        let folders = try context.settings.data.flatMap(SystemFolders.find)
        guard !folders.isEmpty else { return try skipped() }
        let known = context.models[0].typeMap
        var totals: [FrameTester.Result] = []
        var systems: [(name: String, atoms: Int, report: TestReport)] = []
        var foreign: [String] = []
        for (index, model) in context.models.enumerated() {
            let tester = FrameTester(model: model, threads: context.settings.threads)
            var total = FrameTester.Result()
            context.progress.begin("accuracy")
            for (position, folder) in folders.enumerated() {
                context.progress.update(Double(position) / Double(folders.count), detail: folder.name)
                let system = try LabelledSystem.load(path: folder.path)
                // Folders of several materials may lie side by side; a model is tested on its own.
                guard Set(system.types).allSatisfy({ known.contains(system.typeMap[$0]) }) else {
                    if index == 0 { foreign.append(folder.name) }
                    continue
                }
                let result = try tester.test(
                    system, stride: context.profile.accuracy.frameStride, stop: context.stop)
                total.merge(result)
                if index == 0 { systems.append((folder.name, system.atomCount, result.report)) }
            }
            totals.append(total)
        }
        context.progress.finish("accuracy: \(totals[0].report.frames) frames tested")
        guard totals[0].report.frames > 0 else { return try skipped(foreign: foreign) }
        return try section(totals, systems: systems, foreign: foreign)
    }

    // MARK: - Report

    private var title: String { "Accuracy (Table V, Fig. 5)" }

    private func skipped(foreign: [String] = []) throws -> Section {
        let why =
            foreign.isEmpty
            ? "no labelled data given"
            : "the data given hold elements that the model lacks (it knows \(context.models[0].typeMap.joined(separator: ", ")))"
        return Section(
            name: Part.accuracy.rawValue, title: title,
            introduction: "Skipped: \(why). To run it, \(LabelledData.howToGet).",
            claims: [
                try context.claim("accuracy-energy", .notRun, why), try context.claim("accuracy-force", .notRun, why),
            ])
    }

    private func section(
        _ totals: [FrameTester.Result], systems: [(name: String, atoms: Int, report: TestReport)], foreign: [String]
    ) throws -> Section {
        let reports = totals.map(\.report)
        let stride = context.profile.accuracy.frameStride
        let models = reports.count == 1 ? "one model" : "\(reports.count) models (mean ± standard deviation)"
        var remarks = [
            "As in the paper, frames that a model was trained on are included; the README beside a model says what it "
                + "reaches on frames that it has not seen."
        ]
        if stride > 1 { remarks.append("Only every \(stride)th frame of each system was tested.") }
        for overflow in totals[0].overflow.values.sorted(by: { $0.element < $1.element }) {
            remarks.append("More neighbours than the model has slots for, in the worst frame: \(overflow).")
        }
        if !foreign.isEmpty {
            remarks.append("Left out, for elements that the model lacks: \(foreign.joined(separator: ", ")).")
        }
        return Section(
            name: Part.accuracy.rawValue, title: title,
            introduction: """
                Differences between the model and the labels on \(reports[0].frames) frames, as `dp test` counts them: \
                energies per atom by frame, forces and virials by component; \(models).
                """,
            tables: [try summary(reports), bySystem(systems)], figures: [figure(totals[0])],
            claims: try claims(reports),
            remarks: remarks,
            details: [
                "frames": "\(reports[0].frames)",
                "force RMSE": Self.spread(reports.map { 1000 * $0.forces.rmse }).text() + " meV/Å",
            ])
    }

    /// Elements in the order of the model's types.
    private func ordered(_ elements: some Sequence<Species>) -> [Species] {
        let order = context.models[0].typeMap
        return elements.sorted { order.firstIndex(of: $0.symbol)! < order.firstIndex(of: $1.symbol)! }
    }

    /// Mean over the models and, when there are several, their standard deviation.
    private static func spread(_ values: [Double]) -> Estimate {
        let mean = values.reduce(0, +) / Double(values.count)
        guard values.count > 1 else { return Estimate(mean) }
        let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count - 1)
        return Estimate(mean, error: variance.squareRoot())
    }

    private func paperRow() throws -> ReferenceData.AccuracyRow? {
        try context.reference.accuracy().rows.first {
            $0.material == context.material.rawValue && $0.functional == "PBE"
        }
    }

    private func summary(_ reports: [TestReport]) throws -> Table {
        let paper = try paperRow()
        var table = Table(
            name: "table5-accuracy", caption: "Errors on the whole data, beside Table V of the paper (DP-PBE)",
            columns: [.init("quantity"), .init("unit"), .init("RMSE"), .init("MAE"), .init("RMSE, paper")])
        func row(_ name: String, _ unit: String, _ value: (TestReport) -> ErrorStatistics?, paper: Table.Cell = .empty)
        {
            let statistics = reports.compactMap(value).filter { $0.count > 0 }
            guard !statistics.isEmpty else { return }
            table.append([
                .text(name), .text(unit), .measured(Self.spread(statistics.map { 1000 * $0.rmse })),
                .measured(Self.spread(statistics.map { 1000 * $0.mae })), paper,
            ])
        }
        row(
            "energy", "meV/atom", \.energyPerAtom,
            paper: paper.map { .measured(Estimate($0.energy, error: $0.energyError)) } ?? .empty)
        row(
            "force", "meV/Å", \.forces,
            paper: paper.map { .measured(Estimate($0.force, error: $0.forceError)) } ?? .empty)
        for element in ordered(reports[0].forcesByElement.keys) {
            row("force on \(element)", "meV/Å", { $0.forcesByElement[element] })
        }
        row("virial", "meV/atom", \.virialPerAtom)
        return table
    }

    private func bySystem(_ systems: [(name: String, atoms: Int, report: TestReport)]) -> Table {
        var table = Table(
            name: "accuracy-by-system", caption: "RMSE by system (first model)",
            columns: [
                .init("system"), .init("frames"), .init("atoms"), .init("energy", unit: "meV/atom"),
                .init("force", unit: "meV/Å"), .init("virial", unit: "meV/atom"),
            ])
        for system in systems where system.report.frames > 0 {
            let report = system.report
            table.append([
                .text(system.name), .integer(report.frames), .integer(system.atoms),
                .number(1000 * report.energyPerAtom.rmse, digits: 3), .number(1000 * report.forces.rmse, digits: 3),
                report.virialPerAtom.count > 0 ? .number(1000 * report.virialPerAtom.rmse, digits: 3) : .empty,
            ])
        }
        return table
    }

    private func figure(_ total: FrameTester.Result) -> Figure {
        func meV(_ statistics: ErrorStatistics) -> String {
            "RMSE \(NumberText.significant(1000 * statistics.rmse, digits: 3))"
        }
        var panels = [
            ParityPanel.make(
                total.parity.energy, what: "energy", quantity: "energy (eV/atom)",
                note: meV(total.report.energyPerAtom) + " meV/atom")
        ]
        for element in ordered(total.parity.forces.keys) {
            panels.append(
                ParityPanel.make(
                    total.parity.forces[element]!, what: "forces on \(element)", quantity: "force (eV/Å)",
                    note: meV(total.report.forcesByElement[element]!) + " meV/Å"))
        }
        if total.report.virialPerAtom.count > 0 {
            panels.append(
                ParityPanel.make(
                    total.parity.virial, what: "virial", quantity: "virial (eV/atom)",
                    note: meV(total.report.virialPerAtom) + " meV/atom"))
        }
        for index in panels.indices { panels[index].tag = "(\(Character(UnicodeScalar(97 + UInt8(index)))))" }
        return Figure(
            name: "fig05-parity",
            caption: "DP against DFT; darker cells hold more values (logarithmic), the dashed line is equality.",
            panels: panels, columns: 3, panelSize: .init(width: 300, height: 300))
    }

    private func claims(_ reports: [TestReport]) throws -> [Claim] {
        guard let paper = try paperRow() else { return [] }
        func claim(_ id: String, _ value: Estimate, _ reference: Double, _ error: Double, _ unit: String) throws
            -> Claim
        {
            // Two standard deviations of the paper's four models, and of ours when there are several.
            let limit = reference + 2 * (error * error + (value.standardError) * (value.standardError)).squareRoot()
            let verdict: Claim.Verdict =
                context.profile.accuracy.frameStride > 1
                ? .notDecidable : (value.value <= limit ? .reproduced : .notReproduced)
            return try context.claim(
                id, verdict,
                "\(value.text(digits: 3)) \(unit) on \(reports[0].frames) frames"
                    + (verdict == .notDecidable ? ", a part of the data only" : ""))
        }
        return [
            try claim(
                "accuracy-energy", Self.spread(reports.map { 1000 * $0.energyPerAtom.rmse }), paper.energy,
                paper.energyError, "meV/atom"),
            try claim(
                "accuracy-force", Self.spread(reports.map { 1000 * $0.forces.rmse }), paper.force, paper.forceError,
                "meV/Å"),
        ]
    }
}
