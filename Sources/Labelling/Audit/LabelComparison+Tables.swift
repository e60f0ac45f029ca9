import Files
import Foundation

extension LabelComparison {
    /// Both tables as Markdown.
    public var markdown: String {
        var table = MarkdownTable([
            .init("element"), .init("components", .right), .init("slope ours/theirs", .right),
            .init("rms force, meV/Å", .right), .init("rms difference", .right), .init("after scaling", .right),
        ])
        for row in forces {
            let numbers = [row.magnitude, row.difference, row.residual]
            let texts = zip(["%.0f", "%.1f", "%.1f"], numbers).map { String(format: $0, 1000 * $1) }
            table.append(
                [row.element, "\(row.count)", String(format: "%.4f ± %.4f", row.slope, row.slopeError)] + texts)
        }
        var lines = [table.text]
        if let stress {
            lines.append(
                String(
                    format:
                        "\nMean normal stress, ours − theirs, over %ld frames: %+.3f GPa (spread between frames %.3f); "
                        + "the components differ by %.3f GPa (rms) beyond that.", stress.frames, stress.offset,
                    stress.spread, stress.residual))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The forces' table, comma-separated.
    public var csv: String {
        let rows = forces.map {
            String(
                format: "%@,%ld,%.6f,%.6f,%.6f,%.6f,%.6f", $0.element, $0.count, $0.slope, $0.slopeError, $0.magnitude,
                $0.difference, $0.residual)
        }
        let head = "element,components,slope,slope_error,rms_theirs_eV_A,rms_difference_eV_A,rms_after_scaling_eV_A"
        return ([head] + rows).joined(separator: "\n") + "\n"
    }
}
