import Calculations
import Execution
import Structures

/// Fig. 6: time per step of molecular dynamics against the number of atoms.
struct Speed: Experiment {
    let name = "speed"
    let title = "Speed (Fig. 6)"
    let families: [FindingFamily] = [.speed]

    /// Steps of 2 fs in a nanosecond.
    static let nanosecond = 500_000.0

    func needs(of study: Study) throws -> [any Calculation] { try timings(of: study) }

    /// Every size with every number of threads that the machine has cores for; none when no model knows the material.
    func timings(of study: Study) throws -> [StepTimes] {
        guard let material = study.materials.first, let ensemble = study.ensemble(for: material) else { return [] }
        let (plan, cell) = (study.profile.speed, try study.measuredCell(material))
        return plan.threads.filter { $0 <= study.cores }.flatMap { threads in
            plan.supercells.map {
                StepTimes(
                    crystal: Crystal(material: material, cell: cell, supercell: $0), model: ensemble.models[0],
                    threads: threads, repeats: plan.repeats, secondsPerTiming: plan.secondsPerTiming, seed: study.seed)
            }
        }
    }
}
