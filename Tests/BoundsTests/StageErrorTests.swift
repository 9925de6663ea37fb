import Foundation
import Testing

private let start = """
    theorem t.t "t"
    source "w" "p" stated
    state x = 1
    let loss = x^2/2

    """

private let flow = start + "flow gradient of loss\n"

/// What the static checks say about stages, schedules, values at moments and counted seeds.
private let cases: [(text: String, messages: [String])] = [
    (
        flow + "stop at 10\nstage a for 2\ninstance one",
        ["main.thm:6:1: error E0608: the run has two ends: it ends with its last stage"]
    ),
    (
        start + "stage a for 2\nclaim c \"c\" : 1 < 2\ninstance one",
        ["main.thm:5:7: error E0617: the stage 'a' has no dynamics"]
    ),
    (
        start + "stage a : flow gradient of loss for 1\nstage b for 2\ninstance one",
        ["main.thm:6:7: error E0617: the stage 'b' has no dynamics"]
    ),
    (
        flow + "stage a : flow gradient of loss for 2\ninstance one",
        ["main.thm:6:7: error E0618: the stage 'a' has dynamics of its own, and so has the file"]
    ),
    (
        start + "stage a : flow gradient of loss for 2\nstage b : descent gradient of loss step 1 for 2 steps\ninstance one",
        ["main.thm:6:7: error E0603: flow and descent in one theorem"]
    ),
    (
        flow + "stage a for 1\nstage b for 2\nschedule eta = 1 during a\ninstance one",
        ["main.thm:8:10: error E0619: the schedule 'eta' has no value during 'b'"]
    ),
    (
        flow + "stage a for 1\nschedule eta = 1 during a, 2 during a\ninstance one",
        ["main.thm:7:37: error E0302: 'eta' has two values during 'a'"]
    ),
    (
        flow + "stage a for 1\nschedule eta = x during a\ninstance one",
        ["main.thm:7:16: error E0707: the schedule 'eta' reads the state 'x'"]
    ),
    (
        flow + "stage first for 1\nclaim c \"c\" : always during frist : x < 2\ninstance one",
        ["main.thm:7:29: error E0301: no stage is called 'frist'"]
    ),
    (
        flow + "stage a for 1\nclaim c \"c\" : end(b) = 1\ninstance one",
        ["main.thm:7:19: error E0301: no stage is called 'b'"]
    ),
    (
        flow + "stage a for 1\nclaim c \"c\" : a = 1\ninstance one",
        ["main.thm:7:15: error E0402: 'a' is a stage, which has a start and an end"]
    ),
    (
        flow + "stage a for 1\nschedule eta = 1 during a\nclaim c \"c\" given eta < 1 : always x < 2\ninstance one",
        ["main.thm:8:19: error E0706: 'given' reads the schedule 'eta'"]
    ),
    (
        flow + "stage a for 3 steps\ninstance one",
        ["main.thm:6:13: error E0504: a flow is timed by a number, not by steps"]
    ),
    (
        flow + "stop at 1\nclaim c \"c\" : always x@x < 1\ninstance one",
        ["main.thm:7:24: error E0707: '@' reads the state 'x'"]
    ),
    (
        flow + "stop at 1\nclaim c \"c\" : always (x < 1)@0\ninstance one",
        ["main.thm:7:22: error E0402: expected a number, found a condition"]
    ),
    (
        start + "claim c \"c\" : x@0 < 1\ninstance one",
        ["main.thm:5:15: error E0605: '@' needs dynamics"]
    ),
    (
        flow + "stop at 1\nclaim c \"c\" : x < 1\nclaim d \"d\" : x@0 < 1\ninstance one",
        ["main.thm:7:15: error E0708: a plain condition reads the state 'x'"]
    ),
    (
        flow + "stop at x@T\nevent T = first t where x < 1/2\ninstance one",
        ["main.thm:6:11: error E0707: 'stop at' reads the moment 'T'"]
    ),
    (
        flow + "stop at 1\nevent T = (x + 1)\ninstance one",
        ["main.thm:7:12: error E0707: the event reads the state 'x'"]
    ),
    (
        flow + "stop at 1\nevent T = (U + 1)\nevent U = (T + 1)\ninstance one",
        ["main.thm:7:7: error E0308: the definition of 'T' uses itself"]
    ),
    (
        flow + "stop at 1\nstate y = x@0\nclaim c \"c\" : always x < 2\ninstance one",
        ["main.thm:7:11: error E0901: '@' in the start of a state is not supported yet"]
    ),
    (
        flow + "stop at 1\nclaim c \"c\" : always x < 2 for at least 11 of seeds 1..10\ninstance one",
        ["main.thm:7:28: error E0709: at least 11 of 10 seeds are counted (instance one)"]
    ),
    (
        flow + "stop at 1\nclaim c \"c\" : always x < 2 for at least 1 of seeds {1/2}\ninstance one",
        ["main.thm:7:28: error E0405: a seed is an integer from 0 on (instance one)"]
    ),
    (
        flow + "stop at 1\nclaim c \"c\" : always x < seed + 2\ninstance one",
        ["main.thm:7:26: error E0803: a formula reads the seed, which the instance does not give (instance one)"]
    ),
    (
        start.replacingOccurrences(of: "x = 1", with: "x in [2, 1]") + "flow gradient of loss\nstop at 1\ninstance one",
        ["main.thm:3:7: error E0406: the box of 'x' is empty: [2, 1] (instance one)"]
    ),
]

@Test(arguments: cases.indices)
func stagesAndMoments(_ index: Int) {
    let lines = messages(cases[index].text).split(separator: "\n").map(String.init)
    let found = lines.filter { $0.hasPrefix("main.thm") && !$0.contains("warning") }
    if cases[index].messages[0].contains("E0406") {
        #expect(found.count == 1 && found[0].contains(cases[index].messages[0].split(separator: ": ", maxSplits: 1)[1]), "\(found)")
    } else {
        #expect(found == cases[index].messages)
    }
}

/// A file whose every claim is expected to be vacuous says that it verifies nothing.
@Test func expectedVacuityIsNoError() {
    let text = start + "parameter n : integer = 1\nassume big : n > 1\nclaim a \"a\" : n < 0\nclaim b \"b\" : n > 0\ninstance one\n"
    #expect(messages(text).contains("E0804"))
    #expect(messages(text + "expect a vacuous").contains("E0804"))
    #expect(!messages(text + "expect a vacuous\nexpect b vacuous on one").contains("error"))
}
