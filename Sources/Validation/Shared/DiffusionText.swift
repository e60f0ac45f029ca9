import Reporting
import Statistics
import Structures

/// Diffusion results in words.
enum DiffusionText {
    /// Why there is no coefficient.
    static func reason(_ reason: NotDiffusiveReason) -> String { "not diffusive yet: \(reason)" }

    /// How the runs were made, for introductions: one line for all runs that differ in temperature and length only.
    static func protocols(_ plans: [DynamicsPlan]) -> String {
        var lines: [(head: String, runs: [String], tail: String)] = []
        for plan in plans {
            let cell =
                switch plan.cell {
                case .fixed: "in the cell measured at 300 K"
                case .expanded: "in the measured cell, grown by \(growth(plan.expansion ?? .measured)) from 300 K"
                case .npt: "at zero pressure"
                }
            let count = plan.arrangements ?? 1
            let arrangement =
                plan.arrangement == .ordered
                ? "ordered"
                : "M and P at random over the 4d sites (\(count == 1 ? "one arrangement" : "\(count) arrangements"))"
            let annealing = plan.annealing.map {
                "\(number($0.picoseconds)) ps at \(number($0.temperature)) K, then "
            }
            let head =
                "- \(plan.materials.map(\.formula).joined(separator: ", ")), \(plan.supercell.atoms) atoms "
                + "(\(plan.supercell.text)), \(arrangement), \(cell): "
            let run =
                "\(number(plan.picoseconds)) ps at \(plan.temperatures.map(number).joined(separator: ", ")) K"
            let tail =
                "; before each \(annealing ?? "")\(number(plan.equilibration)) ps of equilibration; "
                + "steps of \(number(1000 * (plan.timestep ?? 0.002))) fs"
            if let place = lines.firstIndex(where: { $0.head == head && $0.tail == tail }) {
                lines[place].runs.append(run)
            } else {
                lines.append((head, [run], tail))
            }
        }
        return "Runs (Nosé-Hoover chain of 100 steps):\n\n"
            + lines.map { $0.head + $0.runs.joined(separator: ", ") + $0.tail }.joined(separator: "\n")
    }

    private static func growth(_ expansion: ThermalExpansion) -> String {
        func text(_ coefficient: Double) -> String { NumberText.significant(coefficient, digits: 2) }
        return expansion.a == expansion.c
            ? "\(text(expansion.a)) per K" : "\(text(expansion.a)) per K along a and b, \(text(expansion.c)) along c"
    }

    private static func number(_ value: Double) -> String { NumberText.significant(value, digits: 4).trimmedZeros }
}

extension String {
    /// `500` for `500.0`.
    fileprivate var trimmedZeros: String {
        guard contains("."), !contains("×") else { return self }
        var text = self
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }
}
