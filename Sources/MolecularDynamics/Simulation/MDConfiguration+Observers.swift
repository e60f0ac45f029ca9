import DeepPotential
import Files
import Structures

extension MDConfiguration {
    /// The observers that write the configured outputs into `folder`.
    ///
    /// - Parameter others: models 1, 2, ... for the model deviation.
    /// - Throws: `InputError` when a deviation is asked for and there is only one model.
    public func observers(folder: String, others: [any Potential] = []) throws -> [any Observer] {
        var observers: [any Observer] = [ThermoLog(folder: folder, interval: output.thermoInterval)]
        if let trajectory = output.trajectory {
            let selection = try trajectory.species.map(AtomSelection.init(symbols:)) ?? .all
            switch trajectory.format {
            case .h5md:
                observers.append(
                    H5MDTrajectory(
                        path: "\(folder)/trajectory.h5", interval: trajectory.interval, selection: selection,
                        isWrapped: trajectory.wrapped, withVelocities: trajectory.velocities))
            case .extxyz:
                observers.append(
                    ExtendedXYZTrajectory(
                        path: "\(folder)/trajectory.extxyz", interval: trajectory.interval, selection: selection,
                        isWrapped: trajectory.wrapped, withVelocities: trajectory.velocities))
            }
        }
        if let displacements = output.displacements {
            observers.append(
                DisplacementRecorder(
                    interval: displacements.interval, timestep: timestep,
                    mobile: try AtomSelection(symbols: displacements.species), firstStep: displacements.firstStep,
                    folder: folder))
        }
        if let radial = output.radialDistribution {
            observers.append(
                RadialDistributionRecorder(
                    interval: radial.interval, maximumRadius: radial.maximumRadius, binCount: radial.bins,
                    firstStep: radial.firstStep, folder: folder))
        }
        // Last, so that a frame that passes the limit is in the trajectory.
        if let deviation = output.modelDeviation {
            guard !others.isEmpty else {
                throw InputError(
                    place: "output.model_deviation", problem: "there is only one model",
                    mend: "give several models, or remove this key")
            }
            observers.append(
                ModelDeviationObserver(
                    path: "\(folder)/model_devi.out", interval: deviation.interval, others: others,
                    forceLimit: deviation.forceLimit))
        }
        return observers
    }
}

extension AtomSelection {
    /// - Throws: `InputError` for a symbol that is no element.
    init(symbols: [String]) throws { self = .species(Set(try symbols.map { try Species(symbol: $0) })) }
}
