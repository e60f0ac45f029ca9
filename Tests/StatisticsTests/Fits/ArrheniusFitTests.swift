import Files
import Foundation
import Statistics
import Structures
import Testing

@Suite struct ArrheniusFitTests {
    private let boltzmann = PhysicalConstants.codata2018.boltzmann
    private let temperatures = [400.0, 500, 650, 800, 1000]

    private func law(_ temperature: Double) -> Double { 2e-8 * exp(-0.22 / (boltzmann * temperature)) }

    @Test func anExactLawIsFound() throws {
        let d = temperatures.map(law)
        let fit = try ArrheniusFit(temperatures: temperatures, diffusion: d, errors: d.map { 0.1 * $0 })
        #expect(abs(fit.activationEnergy.value - 0.22) < 1e-12)
        #expect(abs(fit.prefactor.value / 2e-8 - 1) < 1e-11)
        #expect(abs(fit.diffusion(at: 300).value / law(300) - 1) < 1e-11)
        #expect(fit.quality.chiSquared < 1e-15)
        #expect(fit.enlargedToScatter == fit)
    }

    /// ln D(T) = ln D0 − Ea/kT: the error of D at T from (σ_D0, σ_Ea, covariance) is the error that the fit gives.
    @Test func theCovarianceIsConsistent() throws {
        let d = temperatures.map(law)
        let fit = try ArrheniusFit(
            temperatures: temperatures, diffusion: d, errors: zip(d, [0.3, 0.1, 0.2, 0.05, 0.1]).map(*))
        let beta = 1 / (boltzmann * 300)
        let (lnD0, energy) = (fit.logarithmOfPrefactor.standardError, fit.activationEnergy.standardError)
        let variance = lnD0 * lnD0 - 2 * beta * fit.covariance + beta * beta * energy * energy
        #expect(abs(fit.diffusion(at: 300).relativeError / variance.squareRoot() - 1) < 1e-9)
    }

    /// 400 synthetic experiments: |Ea − true| < σ in 68.3 % of them, ±4 binomial standard deviations (9.3 %), and the
    /// mean pull is zero within 4/√400; likewise for the extrapolation to 300 K.
    @Test func coverageOfEnergyAndExtrapolation() throws {
        var stream = RandomStream(seed: 11, name: "arrhenius")
        let relative = [0.3, 0.15, 0.1, 0.05, 0.05]
        var (pullsOfEnergy, pullsAtRoom): ([Double], [Double]) = ([], [])
        for _ in 0..<400 {
            let d = zip(temperatures, relative).map { law($0) * exp(stream.gaussian(standardDeviation: $1)) }
            let fit = try ArrheniusFit(temperatures: temperatures, diffusion: d, errors: zip(d, relative).map(*))
            pullsOfEnergy.append((fit.activationEnergy.value - 0.22) / fit.activationEnergy.standardError)
            let room = fit.diffusion(at: 300)
            pullsAtRoom.append(log(room.value / law(300)) / room.relativeError)
        }
        for pulls in [pullsOfEnergy, pullsAtRoom] {
            let coverage = Double(pulls.count { abs($0) < 1 }) / 400
            #expect(abs(coverage - 0.683) < 4 * (0.683 * 0.317 / 400).squareRoot())
            #expect(abs(pulls.reduce(0, +) / 400) < 4 / 20)
        }
    }

    @Test func scatterBeyondTheErrorsIsReportedAndEnlargesThem() throws {
        let d = zip(temperatures, [1.5, 0.7, 1.4, 0.7, 1.3]).map { law($0) * $1 }
        let fit = try ArrheniusFit(temperatures: temperatures, diffusion: d, errors: d.map { 0.05 * $0 })
        #expect(fit.quality.reducedChiSquared! > 10)
        #expect(fit.quality.pValue! < 1e-6)
        let ratio = fit.enlargedToScatter.activationEnergy.standardError / fit.activationEnergy.standardError
        #expect(abs(ratio - fit.quality.reducedChiSquared!.squareRoot()) < 1e-9)
    }

    @Test func badPointsAreRefused() {
        #expect(throws: InputError.self) {
            try ArrheniusFit(temperatures: [300], diffusion: [1e-12], errors: [1e-13])
        }
        #expect(throws: InputError.self) {
            try ArrheniusFit(temperatures: [300, 400], diffusion: [1e-12, -1e-12], errors: [1e-13, 1e-13])
        }
        #expect(throws: InputError.self) {
            try ArrheniusFit(temperatures: [300, 300], diffusion: [1e-12, 2e-12], errors: [1e-13, 1e-13])
        }
    }

    /// 1e-12 m²/s in the Kamaya cell of Li10GeP2S12 (20 Li in 8.69407² × 12.5994 Å³) at 300 K, from
    /// the SI constants: n e²D/kT.
    @Test func conductivityOfTheExperimentalCell() {
        let volume = 8.69407 * 8.69407 * 12.5994
        let sigma = NernstEinstein.conductivity(
            diffusion: Estimate(value: 1e-12, standardError: 1e-13), ions: 20, volume: volume, temperature: 300)
        let byHand = 20 / (volume * 1e-30) * pow(1.602176634e-19, 2) * 1e-12 / (1.380649e-23 * 300) * 10
        #expect(abs(sigma.value / byHand - 1) < 1e-8)
        #expect(abs(sigma.value - 1.30) < 0.005)
        #expect(abs(sigma.standardError - 0.1 * sigma.value) < 1e-12)
    }
}
