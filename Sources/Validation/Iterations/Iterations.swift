import Calculations
import ConcurrentLearning
import Execution
import Structures

/// Fig. 4 and Table IV: how concurrent learning comes to its end.
///
/// It draws on records of whole runs (`lgps-bench dpgen`), and computes nothing.
struct Iterations: Experiment {
    let name = "iterations"
    let title = "Concurrent learning (Fig. 4, Table IV)"
    let families: [FindingFamily] = [.iterations]

    func needs(of study: Study) throws -> [any Calculation] { [] }

    func runs(of study: Study) -> [LearningRun] { study.learning.filter { study.materials.contains($0.material) } }
}
