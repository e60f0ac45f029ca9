import Calculations
import Structures

/// One trajectory of an iteration: `task.SSS.NNNNNN`.
public struct ExplorationTask: Codable, Sendable {
    /// Index into `sys_configs`.
    public var system: Int
    /// Its number among the tasks of the system.
    public var number: Int
    /// Which of the system's structures it begins with.
    public var configuration: Int
    public var exploration: Exploration
    /// Of the exploration.
    public var key: String

    init(system: Int, number: Int, configuration: Int, exploration: Exploration) {
        self.system = system
        self.number = number
        self.configuration = configuration
        self.exploration = exploration
        key = exploration.key
    }

    /// Frames that it gives when it goes to its end, without those before step `first`.
    func expectedFrames(from first: Int) -> Int {
        let skipped = (first + exploration.interval - 1) / exploration.interval
        return max(0, exploration.steps / exploration.interval + 1 - skipped)
    }
}

/// A task with what came of it; nil when it failed and gave nothing.
struct ExploredTask {
    var task: ExplorationTask
    var record: ExplorationRecord?
}

/// A frame of an iteration: which trajectory, and which frame of it.
public struct FramePlace: Codable, Hashable, Comparable, Sendable {
    public var system: Int
    /// The task's number among those of the system.
    public var task: Int
    /// Among the frames of the trajectory.
    public var frame: Int
    public var step: Int

    public static func < (a: FramePlace, b: FramePlace) -> Bool {
        (a.system, a.task, a.frame) < (b.system, b.task, b.frame)
    }
}
