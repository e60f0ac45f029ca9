import Files

/// Where in a row of the table of atoms each property is, after `Properties`.
struct ExtendedXYZColumns {
    private(set) var species = 0
    private(set) var position = 0
    private(set) var velocity: Int?
    private(set) var force: Int?
    private(set) var id: Int?
    /// Columns that are kept as text, and where.
    private(set) var others: [(name: String, kind: String, start: Int, width: Int)] = []
    private(set) var total = 0

    init(_ properties: String, line: TextLine) throws {
        let parts = properties.split(separator: ":")
        guard parts.count % 3 == 0 else { throw line.error("Properties=\(properties) is not name:type:columns") }
        var (hasSpecies, hasPosition) = (false, false)
        var reference: Int?
        for k in stride(from: 0, to: parts.count, by: 3) {
            guard let width = Count.exactly(parts[k + 2], in: 1...999) else {
                throw line.error("Properties: '\(parts[k + 2])' is not a number of columns")
            }
            switch (parts[k], width) {
            case ("species", 1): (species, hasSpecies) = (total, true)
            case ("pos", 3): (position, hasPosition) = (total, true)
            case ("velo", 3), ("velocities", 3), ("vel", 3): velocity = total
            case ("force", 3), ("forces", 3): force = total
            case ("REF_forces", 3), ("REF_force", 3): reference = total
            default:
                if parts[k] == "id", width == 1 { id = total }
                others.append((String(parts[k]), String(parts[k + 1]), total, width))
            }
            total += width
        }
        guard hasSpecies, hasPosition else {
            throw line.error("Properties=\(properties) lacks species:S:1 or pos:R:3")
        }
        if let reference, force != nil {
            others.append(("REF_forces", "R", reference, 3))
        } else {
            force = force ?? reference
        }
    }
}
