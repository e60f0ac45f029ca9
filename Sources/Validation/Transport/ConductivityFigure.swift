import Reporting
import Structures

/// Conductivities against 1/T, beside those that were measured at room temperature.
enum ConductivityFigure {
    /// K: what tables of measurements call room temperature.
    static let roomTemperature = 298.0

    /// Other phases are in the table and not in the figure.
    private static let otherPhases = ["β-Li3PS4"]

    /// nil where nothing of the material is conducting yet.
    ///
    /// - Throws: `InputError` when the table of measurements is damaged.
    static func figure(_ study: Study, _ material: Material, _ points: [DiffusionPoint]) throws -> Figure? {
        let own = points.filter { $0.material == material && $0.conductivity != nil }
        guard !own.isEmpty else { return nil }
        let colours: [Colour] = [.blue, .orange, .green, .purple, .skyBlue]
        let lines = own.map(\.series).distinct.enumerated().map { place, series in
            Series(
                series, style: .linePoints, colour: colours[place % colours.count],
                points: own.filter { $0.series == series }.compactMap { point in
                    point.conductivity.map { point.overInverseTemperature($0) }
                })
        }
        let measured = try study.reference.measuredConductivity()
        let room = InverseTemperature.position(roomTemperature)
        func series(_ title: String, _ marker: Series.Marker, where isOwn: (String) -> Bool) -> Series {
            Series(
                title, style: .points, colour: isOwn(material.name) ? .vermilion : .grey, marker: marker,
                points: measured.rows.filter { isOwn($0.composition) }.map { .init(x: room, y: $0.conductivity) })
        }
        return Figure(
            name: "conductivity-\(material.rawValue)",
            caption: """
                Conductivity of \(material.formula) from the collective displacement of its ions; at 298 K what was measured on it and \
                on its kin (\(measured.citation)).
                """,
            panels: [
                Panel(
                    x: .init("1000/T (K⁻¹)"), y: .init("Conductivity (mS/cm)", scale: .logarithmic),
                    series: lines
                        + [
                            series("measured, \(material.formula)", .square) { $0 == material.name },
                            series("measured, others of its kind", .openSquare) {
                                $0 != material.name && !otherPhases.contains($0)
                            },
                        ].filter { !$0.points.isEmpty }, legend: .topRight,
                    top: InverseTemperature.ticks(own.map(\.temperature) + [roomTemperature]), topLabel: "T (K)")
            ])
    }

    /// The measurements.
    ///
    /// - Throws: `InputError` when the table is damaged.
    static func table(_ study: Study) throws -> Table {
        let measured = try study.reference.measuredConductivity()
        var table = Table(
            name: "measured-conductivity", caption: "Measured at room temperature (\(measured.citation))",
            columns: [
                .init("composition"), .init("work"), .init("conductivity", unit: "mS/cm"),
                .init("activation energy", unit: "eV"),
            ])
        for row in measured.rows {
            table.append([
                .text(row.composition), .text(row.work), .number(row.conductivity, digits: 3),
                row.activationEnergy.map { .number($0, digits: 3) } ?? .empty,
            ])
        }
        return table
    }
}
