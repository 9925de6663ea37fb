/// Which signs a quantity may have.
struct Signs {
    var negative, zero, positive: Bool

    init(where relation: Comparison, holds: Bool) {
        // 0 < d, 0 <= d, 0 = d, 0 != d.
        (negative, zero, positive) = switch relation {
        case .less: (false, false, true)
        case .lessOrEqual: (false, true, true)
        case .equal: (false, true, false)
        case .notEqual: (true, false, true)
        }
        if !holds { (negative, zero, positive) = (!negative, !zero, !positive) }
    }

    var negated: Signs {
        var result = self
        (result.negative, result.positive) = (positive, negative)
        return result
    }

    var withoutZero: Signs {
        var result = self
        result.zero = false
        return result
    }

    /// The truth of the relation, if it is the same for all possible signs; nil for no sign at all.
    func truth(of relation: Comparison) -> Bool? {
        let satisfying = Signs(where: relation, holds: true)
        var values: Set<Bool> = []
        if negative { values.insert(satisfying.negative) }
        if zero { values.insert(satisfying.zero) }
        if positive { values.insert(satisfying.positive) }
        return values.count == 1 ? values.first : nil
    }
}
