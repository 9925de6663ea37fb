import Foundation
import Testing

/// Step numbers of the gradient descent of Theorem 3.1, from a simulation with 30 digits by other code.
private let steps: [(instance: String, phaseOne: String, last: String)] = [
    ("k3", "21", "89"), ("k5", "53", "222"), ("k10", "173", "531"), ("k10fast", "18", "53"), ("k20", "30", "66"),
]

private func interval(_ value: Any?) -> [String?] {
    let object = value as? [String: Any]
    return [object?["lo"] as? String, object?["hi"] as? String]
}

@Test func theDescentOfTheorem31TakesTheseSteps() throws {
    let command = try Command.run(["verify", "--json", "theorems/incontext/theorem-3.1-descent.thm"])
    #expect(command.status == 0, "\(command.output)\(command.errors)")
    let document = try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [String: Any]
    let theorem = (document?["theorems"] as? [[String: Any]])?.first
    let instances = try #require(theorem?["instances"] as? [[String: Any]])
    #expect(instances.count == steps.count)
    for (instance, expected) in zip(instances, steps) {
        let events = instance["events"] as? [[String: Any]] ?? []
        #expect(instance["id"] as? String == expected.instance && instance["unit"] as? String == "steps")
        #expect(interval(events.first) == [expected.phaseOne, expected.phaseOne], "\(expected.instance)")
        #expect(interval(events.last) == [expected.last, expected.last], "\(expected.instance)")
        #expect(interval(instance["horizon"]) == [expected.last, expected.last], "\(expected.instance)")
    }
}

@Test func theReportOfADescentCountsSteps() throws {
    let command = try Command.run(["verify", "theorems/teaching/descent.thm"])
    #expect(command.status == 0, "\(command.output)\(command.errors)")
    for text in ["run to step 1000", "Thalf = 1\n", "Thalf = 10\n", "at step 999", "✗ refuted, as expected"] {
        #expect(command.output.contains(text), "\(text):\n\(command.output)")
    }
    #expect(!command.output.contains(" t = ") && !command.output.contains("t in ["), "\(command.output)")
}
