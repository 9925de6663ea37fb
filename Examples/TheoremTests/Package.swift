// swift-tools-version: 6.2
import PackageDescription

// A package that keeps its theorems true: `swift test` verifies them with Flowbound.
let package = Package(
    name: "TheoremTests",
    dependencies: [.package(name: "flowbound", path: "../..")],
    targets: [
        .testTarget(
            name: "TheoremTests", dependencies: [.product(name: "Flowbound", package: "flowbound")],
            resources: [.copy("decay.thm")])
    ]
)
