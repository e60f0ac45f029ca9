import Calculations
import Execution
import Reporting
import Statistics

extension Speed {
    /// The timings with one number of threads, and the power law t = c·N^x through them.
    struct Line {
        var threads: Int
        var points: [Found<StepTimes>]
        /// nil with fewer than three sizes, or where a timing failed.
        var fit: PowerLawFit?

        var name: String { Speed.name(threads: threads) }
        var times: [(atoms: Int, time: Estimate)] { points.compactMap(\.content).map { ($0.atoms, $0.estimate) } }
    }

    static func name(threads: Int) -> String {
        switch threads {
        case 1: "one thread"
        case 2: "two threads"
        default: "\(threads) threads"
        }
    }

    func lines(of study: Study, _ outcomes: Outcomes) throws -> [Line] {
        let timings = try timings(of: study)
        return try Set(timings.map(\.threads)).sorted().map { threads in
            let points = timings.filter { $0.threads == threads }.map { Found(outcomes, $0) }
            let contents = points.compactMap(\.content)
            let isWhole = contents.count == points.count && points.count >= 3
            return Line(
                threads: threads, points: points,
                fit: isWhole
                    ? try PowerLawFit(x: contents.map { Double($0.atoms) }, y: contents.map(\.estimate.value)) : nil)
        }
    }

    func findings(of study: Study, from outcomes: Outcomes) throws -> [Finding] {
        try lines(of: study, outcomes).flatMap { line -> [Finding] in
            let id = "speed/\(line.threads)-threads"
            var findings = line.points.map { point in
                Finding(
                    "\(id)/\(point.calculation.crystal.supercell.atoms)-atoms",
                    point.content.map { .value($0.estimate) } ?? .obstacle(point.failure?.reason ?? "no timing"),
                    unit: "ms/step", keys: [point.key], origin: point.origin ?? .here)
            }
            let (keys, origin) = (line.points.map(\.key), Origin(of: line.points.compactMap(\.origin)))
            if let big = line.points.first(where: { $0.content?.atoms == 900 }), let content = big.content {
                findings.append(
                    Finding(
                        "\(id)/hours-per-ns", content.estimate.scaled(by: Self.nanosecond / 3.6e6), unit: "h",
                        keys: [big.key], origin: big.origin ?? .here))
            }
            if let fit = line.fit {
                findings.append(Finding("\(id)/exponent", fit.exponent, unit: "", keys: keys, origin: origin))
            }
            return findings
        }
    }
}
