import Files
import Foundation
import Structures

/// One line of the thermo log.
public struct ThermoRecord: Equatable, Sendable {
    public var step: Int
    /// ps.
    public var time: Double
    /// K.
    public var temperature: Double
    /// eV.
    public var potentialEnergy: Double
    /// eV.
    public var kineticEnergy: Double
    /// Potential, kinetic and reservoir energy (eV): constant but for the error of the integrator.
    public var conservedEnergy: Double
    /// GPa, compression positive, symmetric.
    public var pressureTensor: Matrix3
    public var cell: Cell

    /// GPa, compression positive.
    public var pressure: Double { pressureTensor.trace / 3 }

    public init(state: MDState, integrator: any Integrator) {
        step = state.step
        time = Double(state.step) * integrator.timestep
        temperature = state.temperature
        potentialEnergy = state.evaluation.energy
        kineticEnergy = state.kineticEnergy
        conservedEnergy = integrator.conservedEnergy(state)
        pressureTensor = PhysicalConstants.pressureToGPa * state.pressureTensor
        cell = state.structure.cell
    }
}

extension ThermoRecord {
    /// The columns of `thermo.csv`; cell vectors by rows, so that a record reads back exactly.
    static let columns = [
        "step", "time_ps", "temperature_K", "potential_eV", "kinetic_eV", "conserved_eV", "pressure_GPa", "pxx_GPa",
        "pyy_GPa", "pzz_GPa", "pyz_GPa", "pxz_GPa", "pxy_GPa", "volume_A3", "ax_A", "ay_A", "az_A", "bx_A", "by_A",
        "bz_A", "cx_A", "cy_A", "cz_A",
    ]

    var csv: String {
        let p = pressureTensor
        let values =
            [
                time, temperature, potentialEnergy, kineticEnergy, conservedEnergy, pressure, p[0].x, p[1].y, p[2].z,
                p[1].z, p[0].z, p[0].y, cell.volume,
            ] + cell.vectors.rowMajor
        return "\(step)," + values.map { "\($0)" }.joined(separator: ",") + "\n"
    }

    /// - Throws: `InputError` when the line is not one of `csv`.
    init(csv line: some StringProtocol, file: String, place: String) throws {
        let words = line.split(separator: ",", omittingEmptySubsequences: false)
        let values = words.dropFirst().compactMap { Double($0) }
        guard words.count == Self.columns.count, let step = Int(words[0]), values.count == words.count - 1 else {
            throw InputError(
                file: file, place: place, problem: "this is not a line of a thermo log",
                mend: "expected \(Self.columns.count) numbers: \(Self.columns.joined(separator: ","))")
        }
        self.step = step
        time = values[0]
        temperature = values[1]
        potentialEnergy = values[2]
        kineticEnergy = values[3]
        conservedEnergy = values[4]
        pressureTensor = Matrix3(
            SIMD3(values[6], values[11], values[10]), SIMD3(values[11], values[7], values[9]),
            SIMD3(values[10], values[9], values[8]))
        cell = try Cell(Matrix3(rowMajor: values[13..<22]))
    }

    /// The heads of the table's columns, with units.
    static let tableHead =
        "        Step   Time/ps       T/K        E_pot/eV        E_kin/eV    Conserved/eV     P/GPa"
        + "       a/Å       b/Å       c/Å      V/Å³\n"

    /// A line of the table for the eye.
    var tableLine: String {
        func field(_ value: Double, _ width: Int, _ digits: Int) -> String {
            String(format: "%\(width).\(digits)f", value)
        }
        let lengths = cell.lengths
        return String(format: "%12d", step) + field(time, 10, 3) + field(temperature, 10, 2)
            + field(potentialEnergy, 16, 6) + field(kineticEnergy, 16, 6) + field(conservedEnergy, 16, 6)
            + field(pressure, 10, 4) + field(lengths.x, 10, 4) + field(lengths.y, 10, 4) + field(lengths.z, 10, 4)
            + field(cell.volume, 10, 2) + "\n"
    }
}
