import Statistics

extension DiffusionPoint {
    /// A number that comes from these runs, or why there is none.
    func finding(_ id: String, _ estimate: Estimate?, unit: String) -> Finding {
        Finding(
            id, estimate.map { .value($0) } ?? .obstacle(obstacle ?? "no run"), unit: unit, keys: keys, origin: origin,
            distrust: distrust)
    }

    /// D, in the plane of a and b, and along c.
    var findings: [Finding] {
        [("diffusion", diffusion), ("diffusion-ab", plane), ("diffusion-c", axes?[2])].map { family, estimate in
            finding("\(family)/\(label)", estimate, unit: "m²/s")
        }
    }
}

extension DiffusionLine {
    /// Activation energy, extrapolation to 300 K, and how far the coldest point lies off the line of the hot ones.
    var findings: [Finding] {
        func finding(_ id: String, _ estimate: Estimate, _ unit: String) -> Finding {
            Finding(id, estimate, unit: unit, keys: keys, origin: origin, distrust: distrust)
        }
        var findings: [Finding] = []
        if let fit { findings.append(finding("activation/\(series)", fit.activationEnergy, "eV")) }
        guard let hotFit else { return findings }
        findings.append(
            finding("extrapolated/\(series)/300K", hotFit.diffusion(at: Self.roomTemperature), "m²/s"))
        if let coldest = points.last, coldest.temperature < Self.lowestOfExtrapolation, let here = coldest.diffusion {
            findings.append(
                finding(
                    "curvature/\(series)", here.logarithm(over: hotFit.diffusion(at: coldest.temperature)), ""))
        }
        return findings
    }
}
