import Foundation
import Testing

/// The messages of the broken files, as the language reference prints them.
private let expected: [String: String] = [
    "unknown-name": """
    broken/unknown-name.thm:6:11: error E0301: unknown name 'los'
      6 | stop when los <= 1/100, at latest 100
        |           ^^^
        = did you mean 'loss'? (let, line 4)
    """,
    "unused-parameter": """
    broken/unused-parameter.thm:3:11: error E0303: parameter 'eta' is never used
      3 | parameter eta : real where eta > 0
        |           ^^^
        = delete the line, or use 'eta' in the model or in a claim
    """,
    "steps-or-time": """
    broken/steps-or-time.thm:6:9: error E0501: a descent is counted in steps, 100 is a time
      6 | stop at 100
        |         ^^^
        = write 'stop at 100 steps'
    """,
    "prime-in-descent": """
    broken/prime-in-descent.thm:7:42: error E0502: a descent has no time derivative
      7 | claim down "the loss decreases" : always loss' < 0
        |                                          ^^^^^
        = write 'next(loss) - loss', or 'decreasing loss'
    """,
    "constant-not-isolated": """
    broken/constant-not-isolated.thm:6:39: error E0703: cannot solve this comparison for the open constant 'C'
      6 | claim rate "the loss decays" : always loss <= C*exp(-C*t) for some C
        |                                       ^^^^^^^^^^^^^^^^^^^
        = let 'C' enter once, as a factor or a summand
    """,
    "state-without-flow": """
    broken/state-without-flow.thm:3:7: error E0601: nothing moves the state 'y'
      3 | state y = 0
        |       ^
        = add "flow y' = ...", or make it a parameter or a let
    """,
    "unknown-claim": """
    broken/unknown-claim.thm:7:8: error E0305: no claim is called 'decays'
      7 | expect decays refuted on one
        |        ^^^^^^
        = did you mean 'decay'? (claim, line 5)
    """,
    "inexact-number": """
    broken/inexact-number.thm:3:12: error E0102: a number needs a digit before the point
      3 | flow x' = -.5*x
        |            ^^
        = write 0.5
    """,
]

@Test(arguments: expected.keys.sorted())
func brokenFile(_ name: String) {
    let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Broken/"
    let text = messages(path: "\(directory)\(name).thm").joined(separator: "\n")
    #expect(text.replacingOccurrences(of: directory, with: "broken/") == expected[name])
}
