import Reporting
import Structures

/// Fig. 3 of one material: s(R), and the size of force constants against the distance.
enum LocalityFigure {
    /// DFT with the models of its own level; where there is no DFT, these alone.
    static func all(_ groups: [Locality.Group]) -> [Figure] {
        groups.map(\.source.material).distinct.compactMap { material in
            let own = groups.filter { $0.source.material == material && !$0.constants.isEmpty }
            let dft = own.first { !$0.source.isModel }
            let level = groups.first { $0.source.material == material && !$0.source.isModel }?.source.level
            let model = own.first { $0.source.isModel && $0.source.level == level } ?? own.first { $0.source.isModel }
            guard let any = dft ?? model else { return nil }
            return Figure(
                name: "fig03-locality-\(material.rawValue)",
                caption: """
                    Ordered \(material.formula), \(any.source.crystal.supercell.atoms) atoms. Left: change of the force on an atom of \
                    each element per root mean square displacement of the atoms beyond R (the paper's Fig. 3, for a displacement of \
                    1 Å). Right: size of the force constants with single atoms; open: atoms seen twice. \
                    \(dft == nil ? "DFT's are not there." : "Lines: \(dft!.name); dashed, and small: \(model?.name ?? "no model").")
                    """,
                panels: [slopes(dft, model), sizes(dft ?? model)], columns: 2,
                panelSize: .init(width: 400, height: 330))
        }
    }

    private static let radii = Array(stride(from: 3.0, through: 10, by: 0.25))

    private static func slopes(_ dft: Locality.Group?, _ model: Locality.Group?) -> Panel {
        func lines(_ group: Locality.Group, style: Series.Style, isNamed: Bool) -> [Series] {
            group.elements.map { element in
                Series(
                    isNamed ? "\(element)" : "", style: style, colour: .element(element.symbol),
                    points: radii.compactMap { radius in
                        group.mean { $0.slope(element, beyond: radius) }.flatMap { slope in
                            slope.value > 0 ? .init(x: radius, y: slope.value) : nil
                        }
                    })
            }
        }
        return Panel(
            tag: "(a)", x: .init("R (Å)"), y: .init("Change of force (meV/Å per Å)", scale: .logarithmic),
            series: (dft.map { lines($0, style: .line, isNamed: true) } ?? [])
                + (model.map { lines($0, style: .dashedLine, isNamed: dft == nil) } ?? []), legend: .topRight)
    }

    private static func sizes(_ group: Locality.Group?) -> Panel {
        let constants = group?.constants.first
        let series = (group?.elements ?? []).flatMap { element in
            [false, true].map { isDoublySeen in
                Series(
                    isDoublySeen ? "" : "\(element)", style: .points, colour: .element(element.symbol),
                    marker: isDoublySeen ? .openCircle : .circle,
                    points: (constants?.sites(of: element) ?? []).flatMap { site in
                        site.blocks.indices.filter {
                            $0 != site.atom && site.isDoublySeen($0) == isDoublySeen && site.blocks[$0].squaredNorm > 0
                        }.map {
                            .init(x: site.images[$0].distance, y: site.blocks[$0].squaredNorm.squareRoot())
                        }
                    })
            }
        }
        return Panel(
            tag: "(b)", x: .init("r (Å)"), y: .init("‖Φ‖ (eV/Å²)", scale: .logarithmic, range: 1e-4...100),
            series: series,
            legend: .topRight)
    }
}
