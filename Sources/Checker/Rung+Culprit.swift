import Bounds
import Exact
import GradientFlow
import Symbolic

/// Which comparison makes a condition false.
extension Rung {
    struct Culprit {
        let relation: Comparison
        let left: Expression
        let right: Expression
    }

    /// Encloses a formula where the condition is looked at.
    typealias Valuation = (Expression) throws(IntegrationFailure) -> RationalInterval

    /// The first comparison that is certainly false and whose falsity makes the condition false; nil if none is seen.
    func culprit(of condition: Condition, _ values: Valuation) throws(IntegrationFailure) -> Culprit? {
        switch condition {
        case .truth:
            return nil
        case .compare(let relation, let left, let right):
            let isFalse = relation.truth(ofDifference: try values(graph.subtract(right, left))) == .no
            return isFalse ? Culprit(relation: relation, left: left, right: right) : nil
        case .and(let parts):
            for part in parts {
                if let found = try culprit(of: part, values) { return found }
            }
            return nil
        case .or(let parts):
            // All of its parts are false; the last one is what an implication claims.
            var found: Culprit?
            for part in parts where part != .truth(false) {
                guard let one = try culprit(of: part, values) else { return nil }
                found = one
            }
            return found
        case .not, .implies:
            return try culprit(of: condition.negationNormalForm(), values)
        }
    }

    /// Both sides with their indices filled in, and their enclosures.
    func compared(_ culprit: Culprit, _ values: Valuation) throws(IntegrationFailure) -> String {
        let (a, b) = (try values(culprit.left), try values(culprit.right))
        let difference = try values(graph.subtract(culprit.right, culprit.left))
        func side(_ expression: Expression, _ name: String) -> String {
            let text = describe(expression)
            return text.count <= 80 ? text : name
        }
        let (left, right) = (side(culprit.left, "the left side"), side(culprit.right, "the right side"))
        // A rational number speaks for itself.
        func clause(_ expression: Expression, _ text: String, _ value: RationalInterval) -> String? {
            if case .constant = graph.node(expression) { return nil }
            guard value.lower != nil || value.upper != nil else { return nil }
            let known = value.predicate("is")
            return known.hasPrefix("in") ? "\(text) is \(known)" : "\(text) \(known)"
        }
        let clauses = [clause(culprit.left, left, a), clause(culprit.right, right, b)].compactMap { $0 }.joined(separator: " and ")
        return "\(clauses)\(clauses.isEmpty ? "" : ", ")where \(left) \(culprit.relation.rawValue) \(right) is claimed: "
            + "right side minus left side is \(difference.predicate("exactly"))"
    }
}
