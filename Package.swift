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
    // Exact versions: the same commit is the same program next year.
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
    ],
    // Each depends only on those above it.
    targets: [
        .systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"]), .brew(["gsl"])]),
        .systemLibrary(
            name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
        .systemLibrary(name: "CHDF5", pkgConfig: "hdf5", providers: [.apt(["libhdf5-dev"]), .brew(["hdf5"])]),

        .target(name: "Files", dependencies: ["CHDF5"], swiftSettings: numerical),
        .target(name: "Parallel", dependencies: ["Files"], swiftSettings: numerical),
        .target(name: "Structures", dependencies: ["Files"], swiftSettings: numerical),
        .target(name: "Statistics", dependencies: ["CGSL", "Structures"], swiftSettings: numerical),
        .target(
            name: "DeepPotential",
            dependencies: [
                "Parallel", "Structures", "COpenBLAS", "CHDF5", .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: numerical),
        .target(
            name: "DeepPotentialTraining", dependencies: ["DeepPotential", "Statistics"], swiftSettings: numerical),
        .target(
            name: "MolecularDynamics", dependencies: ["DeepPotential", "Statistics"], swiftSettings: numerical),
        .target(
            name: "Labelling",
            dependencies: ["DeepPotential", .product(name: "Subprocess", package: "swift-subprocess")]),
        .target(
            name: "Execution", dependencies: ["Parallel", .product(name: "GRDB", package: "GRDB.swift")]),
        .target(
            name: "Calculations",
            dependencies: ["Execution", "MolecularDynamics", "DeepPotentialTraining", "Labelling"]),
        .target(
            name: "ConcurrentLearning", dependencies: ["Calculations", .product(name: "Yams", package: "Yams")],
            swiftSettings: numerical),
        .target(
            name: "Reporting",
            dependencies: [
                "Parallel", "Statistics", .product(name: "Subprocess", package: "swift-subprocess"),
            ]),
        .target(name: "Validation", dependencies: ["ConcurrentLearning", "Reporting"]),
        .executableTarget(
            name: "lgps-bench",
            dependencies: [
                "Validation", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        // A measurement, not a part of the program (Benchmarks/slurm-scale/run.sh).
        .executableTarget(
            name: "slurm-scale",
            dependencies: ["Execution", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            path: "Benchmarks/slurm-scale/Sources"),

        .testTarget(name: "FilesTests", dependencies: ["Files"], swiftSettings: numerical),
        .testTarget(name: "ParallelTests", dependencies: ["Parallel"], swiftSettings: numerical),
        .testTarget(
            name: "StructuresTests", dependencies: ["Structures"], exclude: ["Fixtures"], swiftSettings: numerical),
        .testTarget(name: "StatisticsTests", dependencies: ["Statistics"], swiftSettings: numerical),
        .testTarget(name: "DeepPotentialTests", dependencies: ["DeepPotential"], swiftSettings: numerical),
        .testTarget(
            name: "DeepPotentialTrainingTests", dependencies: ["DeepPotentialTraining"], swiftSettings: numerical),
        .testTarget(
            name: "MolecularDynamicsTests", dependencies: ["MolecularDynamics"], exclude: ["Fixtures"],
            swiftSettings: numerical),
        .testTarget(name: "LabellingTests", dependencies: ["Labelling"], exclude: ["Fixtures"]),
        .testTarget(name: "ExecutionTests", dependencies: ["Execution"]),
        .testTarget(name: "CalculationsTests", dependencies: ["Calculations"], swiftSettings: numerical),
        .testTarget(
            name: "ConcurrentLearningTests", dependencies: ["ConcurrentLearning"], swiftSettings: numerical),
        .testTarget(
            name: "ReportingTests",
            dependencies: ["Reporting", .product(name: "Subprocess", package: "swift-subprocess")]),
        .testTarget(name: "ValidationTests", dependencies: ["Validation"]),
        .testTarget(
            name: "lgps-benchTests",
            dependencies: [
                "lgps-bench", "Labelling", "MolecularDynamics", "Structures",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            exclude: ["Fixtures"]),
    ],
    swiftLanguageModes: [.v6]
)
