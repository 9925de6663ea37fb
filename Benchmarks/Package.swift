// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that Flowbound does not depend on Arb and MPFI: scripts/benchmark builds and runs it.
let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "flowbound", path: "..")],
    targets: [
        .target(
            name: "Peers",
            linkerSettings: ["flint-arb", "flint", "mpfi", "mpfr", "gmp"].map { .linkedLibrary($0) }),
        .executableTarget(
            name: "benchmark",
            dependencies: ["Peers", .product(name: "FlowboundArithmetic", package: "flowbound")]),
    ]
)
