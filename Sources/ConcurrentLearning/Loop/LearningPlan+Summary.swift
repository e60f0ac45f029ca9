import Foundation

extension LearningPlan {
    /// What the protocol asks for, in a few lines.
    public var summary: String {
        let frames = inputs.initialData.reduce(0) { $0 + $1.frames }
        var lines = [
            "\(input.training.models) models of \(input.typeMap.joined(separator: " ")), from \(frames) labelled frames"
                + (inputs.initialModels.isEmpty ? "" : ", beginning with \(inputs.initialModels.count) given models"),
            "labels by \(inputs.code.name), at most \(input.selection.taskMaximum) for each system and iteration; "
                + "selection: \(input.extras.selection.rawValue)",
        ]
        for (number, job) in input.exploration.jobs.enumerated() {
            let tasks =
                job.systems.reduce(0) { $0 + inputs.configurations[$1].count }
                * job.temperatures.count * max(1, job.pressures.count)
            let frames = tasks * (job.steps / job.interval + 1)
            lines.append(
                "job \(number): \(tasks) runs, \(frames) frames, \(job.ensemble.name) "
                    + job.temperatures.map { $0.formatted(.number.grouping(.never)) }.joined(separator: ", ") + " K, "
                    + (Double(job.steps) * job.timestep).formatted(.number.grouping(.never)) + " ps")
        }
        return lines.joined(separator: "\n")
    }
}
