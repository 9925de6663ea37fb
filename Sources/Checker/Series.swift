import Exact
import GradientFlow

/// How well one step of a run is known, or several in a row.
public typealias RunPiece = StepProfile

/// Enclosures of both sides of one comparison of a claim at sampled moments: what plots show. No verdict rests on them.
public struct ComparisonSeries: Sendable {
    /// The text of the sides; a claim about one quantity (`increasing q`) has no right side.
    public let left: String
    public let right: String?
    /// `<`, `<=`, `=`, `!=`; `increasing` and `decreasing` for one quantity.
    public let relation: String
    /// Open constants, with the certified values that they are drawn with.
    public let constants: [(name: String, value: Rational)]
    public let samples: [Sample]

    public struct Sample: Sendable {
        /// A time, or the number of a step.
        public let moment: Rational
        public let left: RationalInterval
        public let right: RationalInterval?
        /// Right side minus left side, enclosed as one formula.
        public let slack: RationalInterval?

        public init(moment: Rational, left: RationalInterval, right: RationalInterval?, slack: RationalInterval?) {
            self.moment = moment
            self.left = left
            self.right = right
            self.slack = slack
        }
    }

    public init(
        left: String, right: String?, relation: String, constants: [(name: String, value: Rational)], samples: [Sample]
    ) {
        self.left = left
        self.right = right
        self.relation = relation
        self.constants = constants
        self.samples = samples
    }
}

/// The quantity of a growth claim over the members of its family.
public struct GrowthSeries: Sendable {
    public let parameter: String
    public let points: [Point]

    public struct Point: Sendable {
        public let instance: String
        /// Values of the other parameters that vary: exponents are compared within a group.
        public let group: [String]
        public let parameter: Rational
        public let quantity: RationalInterval

        public init(instance: String, group: [String], parameter: Rational, quantity: RationalInterval) {
            self.instance = instance
            self.group = group
            self.parameter = parameter
            self.quantity = quantity
        }
    }

    public init(parameter: String, points: [Point]) {
        self.parameter = parameter
        self.points = points
    }
}
