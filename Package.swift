// swift-tools-version: 6.2
import PackageDescription

// The layers point one way; Tests/PackageTests reads this file and fails on an edge that is not in docs/architecture.md.
let package = Package(
    name: "flowbound",
    products: [
        .executable(name: "flowbound", targets: ["flowbound"]),
        .library(name: "Flowbound", targets: ["FlowboundKit"]),
        .library(name: "FlowboundArithmetic", targets: ["Arithmetic", "Exact"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
    ],
    targets: [
        .systemLibrary(name: "CGMP", pkgConfig: "gmp", providers: [.apt(["libgmp-dev"]), .brew(["gmp"])]),
        .systemLibrary(name: "CMPFR", pkgConfig: "mpfr", providers: [.apt(["libmpfr-dev"]), .brew(["mpfr"])]),
        .target(name: "CKernels", dependencies: ["CGMP", "CMPFR"]),
        .target(name: "CMachine", dependencies: ["CGMP", "CMPFR"]),

        .target(name: "Exact", dependencies: [.product(name: "BigInt", package: "BigInt")]),
        .target(name: "Syntax", dependencies: ["Exact"]),
        .target(name: "Symbolic", dependencies: ["Exact"]),
        .target(name: "Bounds", dependencies: ["Syntax", "Symbolic", "Exact"]),
        .target(name: "Arithmetic", dependencies: ["Exact", "CKernels", "CGMP", "CMPFR"]),
        .target(name: "GradientFlow", dependencies: ["Arithmetic", "Symbolic", "Exact"]),
        .target(name: "Checker", dependencies: ["GradientFlow", "Bounds", "Arithmetic", "Symbolic", "Syntax", "Exact"]),
        .target(name: "Properties", dependencies: ["Checker", "Bounds", "Syntax", "Exact"]),
        .target(name: "Reports", dependencies: ["Properties", "Checker", "Bounds", "Syntax", "Exact"]),
        // Not `Flowbound`: some file systems do not keep it apart from the module of the command.
        .target(name: "FlowboundKit", dependencies: ["Properties", "Reports", "Checker", "Bounds", "Syntax", "Exact"]),
        .executableTarget(
            name: "flowbound",
            dependencies: [
                "Properties", "Checker", "Reports", "GradientFlow", "Bounds", "Syntax", "Exact", "CMachine",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        // Every module whose types a test holds is named, or it would not be built again when that module changes.
        .testTarget(name: "ExactTests", dependencies: ["Exact"]),
        .testTarget(name: "SyntaxTests", dependencies: ["Syntax", "Exact"]),
        .testTarget(name: "SymbolicTests", dependencies: ["Symbolic", "Exact"]),
        .testTarget(name: "BoundsTests", dependencies: ["Bounds", "Symbolic", "Syntax", "Exact"], exclude: ["Broken"]),
        .testTarget(name: "ArithmeticTests", dependencies: ["Arithmetic", "Exact", "CKernels", "CMPFR"]),
        .testTarget(name: "GradientFlowTests", dependencies: ["GradientFlow", "Arithmetic", "Symbolic", "Exact"]),
        .testTarget(
            name: "CheckerTests",
            dependencies: ["Checker", "Reports", "GradientFlow", "Bounds", "Symbolic", "Syntax", "Exact"]),
        .testTarget(name: "PropertiesTests", dependencies: ["Properties", "Reports", "Checker", "Bounds", "Syntax", "Exact"]),
        .testTarget(name: "ReportsTests", dependencies: ["Reports", "Properties", "Checker", "Bounds", "Syntax", "Exact"]),
        .testTarget(name: "PackageTests"),
        .testTarget(name: "CommandTests", dependencies: ["flowbound"]),
    ]
)
