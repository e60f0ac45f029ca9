import Statistics
import Structures

/// Motions whose diffusion coefficient is known exactly, one frame a ps.
enum SyntheticMotion {
    /// Free Brownian motion with D in Å² per frame.
    static func brownian(
        atoms: Int, frames: Int, diffusion: Double, frameInterval: Double = 1, _ stream: inout RandomStream
    ) -> DisplacementSamples {
        var running = OnTheFlyMSD(frameInterval: frameInterval, atomCount: atoms)
        var positions = [SIMD3<Double>](repeating: .zero, count: atoms)
        let step = (2 * diffusion).squareRoot()
        for _ in 0..<frames {
            running.add(positions)
            for atom in 0..<atoms { positions[atom] += stream.gaussianVector(standardDeviation: step) }
        }
        return running.samples(cell: .identity)
    }

    /// Jumps of `length` (Å) between the sites of a cubic lattice, `rate` a ps per ion, and rattling about the site.
    ///
    /// A jump takes back the one before with probability `backJump` and is else in a random direction, so that
    /// ⟨cos θ⟩ = −backJump and D = rate · length²/6 · (1 − backJump)/(1 + backJump) (Bardeen and Herring 1952).
    struct Hopping {
        var rate: Double
        var length = 3.0
        var backJump = 0.0
        /// Standard deviation of each coordinate about its site (Å), an Ornstein-Uhlenbeck process.
        var rattling = 0.3
        /// Its correlation from one frame to the next.
        var memory = 0.5

        var diffusion: Double { rate * length * length / 6 * (1 - backJump) / (1 + backJump) }

        /// - Parameter group: ions that make the same jumps at the same time (the rattling is each ion's own).
        func samples(atoms: Int, frames: Int, group: Int = 1, _ stream: inout RandomStream) -> DisplacementSamples {
            var running = OnTheFlyMSD(frameInterval: 1, atomCount: atoms)
            var sites = [SIMD3<Double>](repeating: .zero, count: atoms)
            var last = (0..<atoms).map { _ in direction(&stream) }
            var rattle = (0..<atoms).map { _ in stream.gaussianVector(standardDeviation: rattling) }
            let noise = rattling * (1 - memory * memory).squareRoot()
            for _ in 0..<frames {
                running.add(zip(sites, rattle).map { $0 + $1 })
                for leader in stride(from: 0, to: atoms, by: group) {
                    // At most one jump a frame, with a probability equal to the rate.
                    guard stream.uniform() < rate else { continue }
                    last[leader] = stream.uniform() < backJump ? -last[leader] : direction(&stream)
                    for atom in leader..<leader + group { sites[atom] += length * last[leader] }
                }
                for atom in 0..<atoms {
                    rattle[atom] = memory * rattle[atom] + stream.gaussianVector(standardDeviation: noise)
                }
            }
            return running.samples(cell: .identity)
        }

        private func direction(_ stream: inout RandomStream) -> SIMD3<Double> {
            var direction = SIMD3<Double>.zero
            let draw = stream.integer(below: 6)
            direction[draw / 2] = draw % 2 == 0 ? 1 : -1
            return direction
        }
    }

    /// Jumps in groups on top of slow wandering about the site, whose MSD approaches its line as slowly as that of
    /// Li10GeP2S12 at 666 K: the slope exceeds 6D by 5 % at 0.4 jumps per ion, and from 2 to 64 ps the excess falls as
    /// 1/τ. The wandering is bounded, so D is that of the jumps.
    struct Lingering {
        /// A ps, per ion; jumps of 3 Å.
        var rate = 0.03
        /// Ions that make the same jumps at the same time.
        var group = 4
        /// Variance of each coordinate's wandering in each octave of time (Å²).
        var variance = 0.02
        private let octaves = 6

        var diffusion: Double { rate * 9 / 6 }

        func samples(atoms: Int, frames: Int, _ stream: inout RandomStream) -> DisplacementSamples {
            var running = OnTheFlyMSD(frameInterval: 1, atomCount: atoms)
            let deviation = variance.squareRoot()
            var sites = [SIMD3<Double>](repeating: .zero, count: atoms)
            var wandering = (0..<octaves * atoms).map { _ in stream.gaussianVector(standardDeviation: deviation) }
            for frame in 0..<frames {
                running.add(
                    (0..<atoms).map { atom in
                        (0..<octaves).reduce(sites[atom]) { $0 + wandering[$1 * atoms + atom] }
                    })
                for leader in stride(from: 0, to: atoms, by: group) where stream.uniform() < rate {
                    let draw = stream.integer(below: 6)
                    for atom in leader..<leader + group { sites[atom][draw / 2] += draw % 2 == 0 ? 3 : -3 }
                }
                // Octave k forgets half of itself every 2ᵏ frames.
                for octave in 0..<octaves where frame % (1 << octave) == 0 {
                    for index in octave * atoms..<(octave + 1) * atoms {
                        wandering[index] =
                            0.5 * wandering[index]
                            + stream.gaussianVector(standardDeviation: 0.75.squareRoot() * deviation)
                    }
                }
            }
            return running.samples(cell: .identity)
        }
    }

    /// Particles on a ring of sites that cannot pass each other: the MSD grows as τ^½ (Harris 1965), never diffusive
    /// before the ring as a whole turns (times far beyond these runs). Jump length 3 Å, half of the sites filled, one try a ps per particle.
    static func singleFile(atoms: Int, frames: Int, _ stream: inout RandomStream) -> DisplacementSamples {
        var running = OnTheFlyMSD(frameInterval: 1, atomCount: atoms)
        let sites = 2 * atoms
        var isFilled = (0..<sites).map { $0 % 2 == 0 }
        var positions = (0..<atoms).map { 2 * $0 }
        for _ in 0..<frames {
            running.add(positions.map { SIMD3(3 * Double($0), 0, 0) })
            for _ in 0..<atoms {
                let atom = stream.integer(below: atoms)
                let target = positions[atom] + (stream.integer(below: 2) == 0 ? 1 : -1)
                let (from, to) = ((positions[atom] % sites + sites) % sites, (target % sites + sites) % sites)
                if !isFilled[to] {
                    isFilled[from] = false
                    isFilled[to] = true
                    positions[atom] = target
                }
            }
        }
        return running.samples(cell: .identity)
    }
}
