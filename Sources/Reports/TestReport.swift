import Bounds
import Checker
import Exact
import Properties
import Syntax

/// The report of `flowbound test` on one theorem. `replay` gives the command that repeats a case for a claim.
public func terminalReport(
    of test: TestResult, replay: @escaping (TestCase, String) -> String, style: ReportStyle = .init()
) -> String {
    TestReport(test: test, replay: replay, style: style).text
}

private struct TestReport {
    let test: TestResult
    let replay: (TestCase, String) -> String
    let style: ReportStyle

    /// Failures of one claim that are shown.
    private static let mostExamples = 3
    /// Reasons of rejections that are shown.
    private static let mostReasons = 6

    var text: String {
        var lines = theoremHeading(id: test.id, title: test.title, file: test.file, sources: test.sources, style)
        lines.append("")
        lines += wrapped(effort, lead: "  ", width: style.width)
        for rejection in test.rejections.prefix(Self.mostReasons) {
            lines += wrapped("\(rejection.count) (\(rejection.reason))", lead: "    rejected: ", width: style.width)
        }
        let rest = test.rejections.dropFirst(Self.mostReasons)
        if !rest.isEmpty {
            let count = rest.reduce(0) { $0 + $1.count }
            lines.append("    rejected: \(count) for \(counted(rest.count, "other reason"))")
        }
        for held in test.held {
            lines += wrapped("\(held.parameter) is not varied: \(held.reason)", lead: "    ", width: style.width)
        }
        if !test.leftOut.isEmpty {
            lines += wrapped(
                "left out, as they are about families, or expected to be undecided: \(test.leftOut.joined(separator: ", "))",
                lead: "    ", width: style.width)
        }
        lines += test.ending.explanation(test).flatMap {
            wrapped($0, lead: "  ", width: style.width).map { style.paint($0, .yellow) }
        }
        let width = test.claims.map(\.claim.id.count).max() ?? 0
        if !test.cases.isEmpty {
            lines.append("")
            for claim in test.claims { lines += self.lines(of: claim, width) }
        }
        for testCase in test.cases {
            for alarm in testCase.result.alarms {
                lines += wrapped(
                    "\(alarm) (\(testCase.candidate.instance.summary))", lead: "  ALARM: ", width: style.width
                )
                .map { style.paint($0, .red) }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var effort: String {
        var text = "seed \(test.seed): \(counted(test.decided, "case")) decided"
        let cut = test.cases.count - test.decided
        if cut > 0 { text += ", \(cut) given up for lack of time" }
        return text + ", \(test.rejected) of \(counted(test.draws, "draw")) rejected"
    }

    private func lines(of claim: ClaimTally, _ width: Int) -> [String] {
        let parts: [(Int, ExpectedVerdict)] = [
            (claim.proved, .proved), (claim.refuted, .refuted), (claim.undecided, .undecided),
            (claim.vacuous, .vacuous),
        ]
        var counts = parts.filter { $0.0 > 0 }.map { count, verdict in
            let isMet = claim.expected == verdict && verdict != .proved
            return "\(count) \(verdict.rawValue)\(isMet ? ", as expected" : "")"
        }
        if claim.late > 0 { counts.append("\(claim.late) not decided in time") }
        let mark = claim.failures.isEmpty ? (claim.doubts.isEmpty && !claim.isUntested ? "✓" : "?") : "✗"
        let ink: ReportStyle.Ink = claim.failures.isEmpty ? (mark == "✓" ? .green : .yellow) : .red
        let lead = "  \(mark) \(padded(claim.claim.id, to: width))  "
        var lines = wrapped(
            counts.isEmpty ? "no verdict" : counts.joined(separator: ", "), lead: lead, width: style.width)
        if claim.isUntested { lines[0] += ": nothing was tested" }
        lines[0] = style.paint(lines[0], ink)
        let indent = padded("", to: lead.count)
        if let tightest = claim.tightest, let lower = tightest.margin.value.lower {
            let testCase = test.cases[tightest.position]
            var text =
                "margin >= \(lower.decimal(significantDigits: 6, rounding: .down)) on \(testCase.candidate.instance.summary)"
            if let time = tightest.margin.time { text += " at \(testCase.result.clock.moment(time, .brief))" }
            lines += wrapped(text, lead: indent, width: style.width)
        }
        for constant in claim.constants {
            let worst = test.cases[constant.worst].candidate.instance.summary
            let word = constant.holdsAbove ? "largest" : "smallest"
            lines += wrapped(
                "best \(constant.name) in \(constant.values.text(.brief)), \(word) on \(worst)", lead: indent,
                width: style.width)
        }
        for position in claim.failures.prefix(Self.mostExamples) {
            lines += failure(of: claim, test.cases[position], indent)
        }
        if claim.failures.count > Self.mostExamples {
            lines.append(indent + "and on \(claim.failures.count - Self.mostExamples) more")
        }
        if let first = claim.doubts.first { lines += doubt(of: claim, test.cases[first], indent) }
        return lines
    }

    private func failure(of claim: ClaimTally, _ testCase: TestCase, _ indent: String) -> [String] {
        var lines = wrapped("refuted on \(testCase.candidate.instance.summary)", lead: indent, width: style.width)
            .map { style.paint($0, .red) }
        if case .refuted(let counterexample)? = testCase.verdict(on: claim.claim.id) {
            lines += wrapped(counterexample.sentence, lead: indent + "  ", width: style.width)
        }
        // One line, however long: it is copied.
        lines.append("\(indent)  \(replay(testCase, claim.claim.id))")
        return lines
    }

    private func doubt(of claim: ClaimTally, _ testCase: TestCase, _ indent: String) -> [String] {
        var lines = wrapped("undecided on \(testCase.candidate.instance.summary)", lead: indent, width: style.width)
        if case .undecided(let obstacle)? = testCase.verdict(on: claim.claim.id) {
            lines += wrapped(obstacle.reason, lead: indent + "  why: ", width: style.width)
            if let remedy = obstacle.remedy { lines += wrapped(remedy, lead: indent + "  try: ", width: style.width) }
        }
        lines.append("\(indent)  \(replay(testCase, claim.claim.id))")
        return lines
    }
}

extension TestCase {
    func verdict(on claim: String) -> Verdict? {
        result.obligations.first { $0.claim.id == claim }?.verdict
    }
}

extension TestResult.Ending {
    /// Why there are fewer cases than were asked for, and what to do.
    func explanation(_ test: TestResult) -> [String] {
        let few = "\(test.cases.count) of \(counted(test.asked, "case"))"
        switch self {
        case .complete:
            return []
        case .exhausted where test.cases.isEmpty && test.rejected > 0, .rejections where test.cases.isEmpty:
            let worst = test.rejections.first?.reason ?? "a hypothesis"
            return [
                "no draw meets the hypotheses: most are rejected by \(worst). "
                    + "Bound the parameters with 'where' so that draws can meet it, or add an instance near which it holds"
            ]
        case .exhausted:
            return test.cases.isEmpty
                ? ["nothing new can be drawn from the ranges of the parameters: widen them"]
                : ["these are all instances that the ranges hold: \(few)"]
        case .rejections:
            return ["too many draws are rejected: \(few). Bound the parameters with 'where'"]
        case .outOfTime:
            return ["the time is used up: \(few). Allow more with --budget"]
        case .interrupted:
            return ["interrupted: \(few)"]
        case .impossible(let reason):
            return ["nothing is tested: \(reason)"]
        }
    }
}

/// The last lines: counts over all theorems, and the exit status in words.
public func terminalSummary(
    of tests: [TestResult], comparison: BaselineComparison? = nil, invalid: [InvalidFile], style: ReportStyle = .init()
) -> String {
    let cases = tests.reduce(0) { $0 + $1.decided }
    let failures = tests.flatMap(\.claims).count { !$0.failures.isEmpty }
    var lines = ["\(counted(tests.count, "theorem")), \(counted(cases, "case")): \(counted(failures, "claim")) refuted"]
    if !invalid.isEmpty {
        lines += wrapped(invalid.map(\.file).joined(separator: ", "), lead: "invalid: ", width: style.width)
    }
    let isInterrupted = tests.contains { $0.ending == .interrupted }
    if let comparison { lines += text(of: comparison, style) }
    switch exitStatus(of: tests, comparison: comparison, invalid: !invalid.isEmpty) {
    case _ where isInterrupted: lines.append(style.paint("Interrupted: this is what was decided so far.", .yellow))
    case ExitStatus.asExpected: lines.append(style.paint("No counterexample found.", .green))
    case ExitStatus.refuted:
        let isWorse = !tests.contains(where: \.hasFailure)
        lines.append(style.paint(isWorse ? "Worse than the baseline." : "A claim is refuted.", .red))
    case ExitStatus.invalid: lines.append(style.paint("Not all files could be used.", .red))
    default: lines.append(style.paint("Not everything was tested, or decided.", .yellow))
    }
    return lines.joined(separator: "\n") + "\n"
}

/// The status of `flowbound test`: 1 if a claim is refuted, 2 if something is left undecided or was not tested.
public func exitStatus(of tests: [TestResult], comparison: BaselineComparison? = nil, invalid: Bool) -> Int32 {
    if invalid { return ExitStatus.invalid }
    let isWorse = comparison.map { !$0.regressions.isEmpty } ?? false
    if isWorse || tests.contains(where: \.hasFailure) { return ExitStatus.refuted }
    let isOpen = comparison.map { !$0.open.isEmpty } ?? false
    let isMet = !tests.isEmpty && tests.allSatisfy(\.isAsExpected) && !isOpen
    return isMet ? ExitStatus.asExpected : ExitStatus.undecided
}

private func text(of comparison: BaselineComparison, _ style: ReportStyle) -> [String] {
    let changed = comparison.isFileChanged ? "; the file has changed since it was recorded" : ""
    var lines = wrapped(
        "baseline: \(counted(comparison.compared, "claim")) compared\(changed)", lead: "", width: style.width)
    for regression in comparison.regressions {
        lines += wrapped(regression, lead: "  worse: ", width: style.width).map { style.paint($0, .red) }
    }
    for open in comparison.open { lines += wrapped(open, lead: "  open: ", width: style.width) }
    return lines
}

/// A shrunk counterexample for people; `file`: where it was written.
public func terminalReport(of shrunk: ShrunkCounterexample, file: String, style: ReportStyle = .init()) -> String {
    var lines = wrapped("\(shrunk.claim.id) is refuted on \(shrunk.instance.summary)", lead: "  ", width: style.width)
        .map { style.paint($0, .bold) }
    lines += wrapped(shrunk.counterexample.sentence, lead: "    ", width: style.width)
    if shrunk.start.summary != shrunk.instance.summary {
        lines += wrapped(
            "found on \(shrunk.start.summary), made simpler in \(counted(shrunk.trials, "trial"))", lead: "    ",
            width: style.width)
    }
    lines.append("    \(shellCommand(["flowbound", "verify", file]))")
    return lines.joined(separator: "\n") + "\n"
}
