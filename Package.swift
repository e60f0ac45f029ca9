// swift-tools-version: 6.1
import Foundation
import PackageDescription

/// The instruction set that the numerical targets are compiled for on x86-64: AVX2 and FMA unless
/// `LGPS_MARCH` asks for another (`native`, `x86-64-v4`, ...). arm64 needs no flag.
let architecture = ProcessInfo.processInfo.environment["LGPS_MARCH"] ?? "x86-64-v3"

/// Whether that has registers of sixteen floats, which the kernels' vectors then fill; a wrong answer costs speed only.
let hasWideRegisters =
    architecture == "native"
    ? ((try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? "").contains(" avx512vl")
    : ["x86-64-v4", "znver4", "znver5", "skylake-avx512", "icelake-server", "sapphirerapids"].contains(architecture)

/// Numerical targets are optimised in debug builds too, so that plain `swift test` is quick. Without errno to set, the
/// square roots of a vector are one instruction instead of sixteen with a branch each.
var numericalFlags = ["-O", "-Xcc", "-fno-math-errno"]
#if arch(x86_64)
    numericalFlags += ["-Xcc", "-march=\(architecture)"]
#endif
var numerical: [SwiftSetting] = [.unsafeFlags(numericalFlags)]
if hasWideRegisters { numerical.append(.define("LGPS_WIDE_VECTORS")) }

let package = Package(
    name: "lgps-bench",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "lgps-bench", targets: ["lgps-bench"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        .systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"]), .brew(["gsl"])]),
        .systemLibrary(
            name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
        .systemLibrary(name: "CHDF5", pkgConfig: "hdf5", providers: [.apt(["libhdf5-dev"]), .brew(["hdf5"])]),

        .target(name: "Structures", swiftSettings: numerical),
        .target(name: "Statistics", dependencies: ["CGSL", "Structures"], swiftSettings: numerical),
        .target(
            name: "DeepPotential",
            dependencies: ["Structures", "COpenBLAS", "CHDF5", .product(name: "Yams", package: "Yams")],
            swiftSettings: numerical),
        .target(
            name: "DeepPotentialTraining", dependencies: ["DeepPotential", "Statistics"], swiftSettings: numerical),
        .target(
            name: "MolecularDynamics", dependencies: ["DeepPotential", "Statistics", "CHDF5"],
            swiftSettings: numerical),
        .target(
            name: "Labelling",
            dependencies: ["DeepPotential", .product(name: "Subprocess", package: "swift-subprocess")]),
        .target(
            name: "Reporting", dependencies: ["Structures", .product(name: "Subprocess", package: "swift-subprocess")]),
        .target(
            name: "Validation",
            dependencies: ["MolecularDynamics", "Reporting", "CGSL", "COpenBLAS"]),
        .executableTarget(
            name: "lgps-bench",
            dependencies: [
                "Validation", "DeepPotentialTraining", "Labelling",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        .testTarget(name: "StructuresTests", dependencies: ["Structures"], swiftSettings: numerical),
        .testTarget(name: "StatisticsTests", dependencies: ["Statistics"], swiftSettings: numerical),
        .testTarget(name: "DeepPotentialTests", dependencies: ["DeepPotential"], swiftSettings: numerical),
        .testTarget(
            name: "DeepPotentialTrainingTests", dependencies: ["DeepPotentialTraining"], swiftSettings: numerical),
        .testTarget(
            name: "MolecularDynamicsTests", dependencies: ["MolecularDynamics"], swiftSettings: numerical),
        .testTarget(name: "LabellingTests", dependencies: ["Labelling"], exclude: ["Fixtures"]),
        .testTarget(name: "ReportingTests", dependencies: ["Reporting"]),
        .testTarget(name: "ValidationTests", dependencies: ["Validation"]),
        .testTarget(
            name: "lgps-benchTests",
            dependencies: [
                "lgps-bench", "MolecularDynamics", "Structures",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
