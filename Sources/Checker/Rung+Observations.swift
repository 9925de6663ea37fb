import Bounds
import Exact
import GradientFlow
import Symbolic

/// What a rung reports beside its decisions.
extension Rung {
    /// The enclosures that `show` asks for.
    func observations() -> [Observation] {
        let shown = problem.shows.flatMap { show in
            guard let times = show.times else { return [observation(show, at: nil)] }
            return times.map { observation(show, at: $0) }
        }
        return shown + problem.unsupportedShows.map { show in
            Observation(
                quantity: show.text, at: nil, value: RationalInterval(nil, nil),
                obstacle: Obstacle(.unsupported, show.obstacle))
        }
    }

    private func observation(_ show: Show, at time: NamedExpression?) -> Observation {
        func unknown(_ obstacle: Obstacle) -> Observation {
            Observation(quantity: show.text, at: time?.name, value: RationalInterval(nil, nil), obstacle: obstacle)
        }
        do {
            guard let time else {
                if readsRun(show.expression) {
                    return unknown(
                        Obstacle(.unsupported, "'\(show.text)' changes along the run", remedy: "add a moment, 'at end'"))
                }
                let (value, late) = try limited(show.expression)
                if let name = late.first {
                    let obstacle = obstacle(of: name) ?? Obstacle(.notReached, "\(name) is not reached by the end of the run")
                    return Observation(quantity: show.text, at: nil, value: value, obstacle: obstacle)
                }
                return Observation(quantity: show.text, at: nil, value: value)
            }
            guard let moment = try moment(time.expression) else {
                return unknown(Obstacle(.notReached, "\(time.name) is not reached by the end of the run"))
            }
            guard let trajectory else { return unknown(failure ?? Obstacle(.unsupported, "there is no run")) }
            // A run that died would be tried again for every value beyond its end.
            if isStopped() {
                return unknown(
                    Obstacle(.timeout, "the deadline or an interrupt came first", remedy: "allow more time with --timeout"))
            }
            let value = try trajectory.range(of: show.expression, at: moment)
            return Observation(quantity: show.text, at: time.name, value: value)
        } catch {
            return unknown(Obstacle(error))
        }
    }

    /// Invariants of the file whose enclosures exclude their value at the start: a bug of ours, or not an invariant.
    func alarms() -> [String] {
        guard let trajectory, let end, let last = end.lower else { return [] }
        var alarms: [String] = []
        for invariant in problem.conserved {
            let parts = 8
            let zero: Rational = 0
            guard !isStopped(), let start = try? trajectory.range(of: invariant.expression, at: zero...zero) else { continue }
            for part in 1...parts {
                var time = last * Rational(BigInt(part), BigInt(parts))
                if clock == .steps { time = Rational(time.floor) }
                guard !isStopped(), let value = try? trajectory.range(of: invariant.expression, at: time...time) else { continue }
                if let a = value.lower, let b = start.upper, a > b {
                    alarms.append(alarm(invariant.name, start, value, time))
                } else if let a = value.upper, let b = start.lower, a < b {
                    alarms.append(alarm(invariant.name, start, value, time))
                } else {
                    continue
                }
                break
            }
        }
        return alarms
    }

    private func alarm(_ name: String, _ start: RationalInterval, _ value: RationalInterval, _ time: Rational) -> String {
        let (first, last) = (clock.point(RationalInterval(0)), clock.point(RationalInterval(time)))
        return "conserved '\(name)' is \(start.sentence) at \(first) and \(value.sentence) at \(last): "
            + "it is not conserved, or this program is wrong"
    }
}
