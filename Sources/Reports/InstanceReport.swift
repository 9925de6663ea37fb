import Checker
import Exact

/// What was run: the instance's parameters, the size of the run, its events and the enclosures asked for.
struct InstanceReport {
    let instance: InstanceResult
    /// Width of the names beside which the others stand.
    let nameWidth: Int

    func lines(_ style: ReportStyle) -> [String] {
        let indent = padded("", to: nameWidth + 4)
        var lines = wrapped(parameters, lead: "  " + padded(instance.id, to: nameWidth) + "  ", width: style.width)
        lines[0] = withoutTrailingBlanks(lines[0])
        if let run { lines += wrapped(run, lead: indent, width: style.width) }
        if style.verbose {
            for rung in instance.rungs { lines += wrapped(text(of: rung), lead: indent, width: style.width) }
        }
        for event in instance.events { lines += wrapped(text(of: event), lead: indent, width: style.width) }
        for observation in instance.observations where !repeatsEvent(observation) {
            lines += wrapped(text(of: observation, style), lead: indent, width: style.width)
        }
        for alarm in instance.alarms {
            lines += wrapped(alarm, lead: indent + "ALARM: ", width: style.width).map { style.paint($0, .red) }
        }
        return lines
    }

    private var parameters: String {
        if instance.isFamily { return "family" }
        var parts = instance.parameters.map { "\($0.name) = \($0.value)" }
        if let seed = instance.seed { parts.append("seed = \(seed)") }
        return parts.joined(separator: ", ")
    }

    /// "3 states, 41 steps, 53 bits, run to t = 20"; nil for a check without a run.
    private var run: String? {
        guard instance.dimension > 0 || instance.steps > 0 else { return nil }
        var parts = [counted(instance.dimension, "state"), counted(instance.steps, "step"), "\(instance.bits) bits"]
        if let horizon = instance.horizon { parts.append("run to \(instance.clock.moment(horizon, .brief))") }
        return parts.joined(separator: ", ")
    }

    private func text(of event: EventResult) -> String {
        switch event.status {
        case .reached:
            return event.time?.equation(event.name, .shown) ?? "\(event.name) is reached"
        case .notReached:
            guard let lower = event.time?.lower else { return "\(event.name) is not reached in the run" }
            return "\(event.name) > \(lower.decimal(significantDigits: 6, rounding: .down)), not reached in the run"
        case .undecided:
            let reason = event.obstacle.map { ": \($0.reason)" } ?? ""
            return "\(event.name) is undecided\(reason)"
        }
    }

    private func text(of observation: Observation, _ style: ReportStyle) -> String {
        let name = observation.quantity + (observation.at.map { " at \($0)" } ?? "")
        if let obstacle = observation.obstacle { return "\(name) is unknown: \(obstacle.reason)" }
        return observation.value.equation(name, style.verbose ? .verbose : .shown)
    }

    /// `show T1` of an event that stands in the list anyway.
    private func repeatsEvent(_ observation: Observation) -> Bool {
        observation.at == nil && instance.events.contains { $0.name == observation.quantity }
    }

    private func text(of rung: RungLog) -> String {
        var text = "\(rung.bits) bits: \(counted(rung.steps, "step"))"
        if let radius = rung.radius.upper {
            text += ", radius <= \(radius.decimal(significantDigits: 3, rounding: .up))"
        }
        text += ", \(rung.undecided) undecided"
        return rung.reason.map { "\(text): \($0)" } ?? text
    }
}
