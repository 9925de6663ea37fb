import Testing

@Test func thePackageIsRead() throws {
    let declared = try Manifest.declared()
    let allowed = try Manifest.allowed()
    // If the reader of either page breaks, the tests below would have nothing to check.
    #expect(declared["Bounds"] == ["Syntax", "Symbolic", "Exact"])
    #expect(declared["Exact"] == ["BigInt"])
    #expect(declared["flowbound"]?.contains("ArgumentParser") == true)
    #expect(Set(declared.keys) == Set(allowed.keys))
}

@Test func everyEdgeIsInTheTable() throws {
    let allowed = try Manifest.allowed()
    for (target, dependencies) in try Manifest.declared() {
        let new = dependencies.subtracting(allowed[target] ?? [])
        #expect(new.isEmpty, "\(target) -> \(new.sorted()): not in the table of docs/architecture.md")
    }
}

@Test func theTableHasNoCycle() throws {
    let allowed = try Manifest.allowed()
    var left = allowed
    while let free = left.first(where: { $0.value.allSatisfy { left[$0] == nil } })?.key { left[free] = nil }
    #expect(left.isEmpty, "\(left)")
}

@Test func everyImportIsDeclared() throws {
    let declared = try Manifest.declared()
    let modules = Set(declared.keys).union(declared.values.joined())
    let importLine = /^\s*(?:@\w+\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(?<module>\w+)/
    var count = 0
    for (target, dependencies) in declared {
        for file in files(below: "Sources/\(target)", endings: ["swift"]) {
            for line in try contents(of: file).split(separator: "\n") {
                guard let module = line.firstMatch(of: importLine).map({ String($0.output.module) }), modules.contains(module) else { continue }
                count += 1
                #expect(dependencies.contains(module), "\(file) imports \(module), which Package.swift does not declare for \(target)")
            }
        }
    }
    #expect(count > 0)
}
