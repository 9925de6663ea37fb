import Testing

/// Global state that would leak into other tasks of the thread pool.
private let globalState = [
    "fesetround", "fesetenv", "feholdexcept", "_MM_SET_", "_mm_setcsr", "__builtin_ia32_ldmxcsr", "mpfr_set_default_prec",
    "mpfr_set_default_rounding_mode", "mpfr_set_emin", "mpfr_set_emax", "mp_set_memory_functions", "FENV_ACCESS", "-ffast-math",
]

@Test func noSourceChangesGlobalNumericState() throws {
    let paths = files(below: "Sources", endings: ["swift", "c", "h"]) + ["Package.swift"]
    #expect(paths.count > 1)
    for path in paths {
        let text = try contents(of: path)
        for word in globalState { #expect(!text.contains(word), "\(path) uses \(word)") }
    }
}

@Test func noFileIsLongerThan500Lines() throws {
    for path in files(below: "Sources", endings: ["swift", "c", "h"]) + files(below: "Tests", endings: ["swift"]) {
        let lines = try contents(of: path).split(separator: "\n", omittingEmptySubsequences: false).count - 1
        #expect(lines <= 500, "\(path) has \(lines) lines")
    }
}

@Test func noCommittedFileHasUnfinishedWork() throws {
    // Put together here, so that this file does not find itself.
    let marks = ["TO" + "DO", "FIX" + "ME"]
    for path in files(below: "Sources", endings: ["swift", "c", "h"]) {
        let text = try contents(of: path)
        for mark in marks { #expect(!text.contains(mark), "\(path) has a \(mark)") }
    }
}

/// `flowbound doctor` tells which instructions the kernels use: it has to ask for the same ones.
@Test func theDoctorAsksForTheFeaturesOfTheKernels() throws {
    func features(_ folder: String) throws -> Set<String> {
        let texts = try files(below: folder, endings: ["c", "h"]).map(contents)
        return Set(texts.flatMap { $0.matches(of: /__builtin_cpu_supports\("(\w+)"\)/).map { String($0.output.1) } })
    }
    let used = try features("Sources/CKernels")
    #expect(used.contains("avx2"))
    #expect(try features("Sources/CMachine") == used)
}
