import Checker
import Exact

/// The samples of a plot: rows of decimals, one row a line.
func json(_ series: ComparisonSeries) -> JSONValue {
    .object([
        ("left", .string(series.left)),
        ("right", .text(series.right)),
        ("relation", .string(series.relation)),
        (
            "constants",
            .array(series.constants.map { .object([("name", .string($0.name)), ("value", .string($0.value.decimalText))]) })
        ),
        (
            "samples",
            .array(
                series.samples.map { sample in
                    .row([.string(sample.moment.decimalText)] + pair(sample.left) + pair(sample.right) + pair(sample.slack))
                })
        ),
    ])
}

func json(_ growth: GrowthSeries?) -> JSONValue {
    guard let growth else { return .null }
    return .object([
        ("parameter", .string(growth.parameter)),
        (
            "points",
            .array(
                growth.points.map { point in
                    .object(
                        [
                            ("instance", .string(point.instance)), ("group", .strings(point.group)),
                            ("parameter", .string(point.parameter.description)),
                        ] + ends(point.quantity))
                })
        ),
    ])
}

func json(_ portrait: PhasePortrait?) -> JSONValue {
    guard let portrait else { return .null }
    let rows = portrait.samples.map { JSONValue.row([.string($0.moment.decimalText)] + pair($0.x) + pair($0.y)) }
    return .object([("names", .strings(portrait.names)), ("samples", .array(rows))])
}

/// Start, end, and the upper bounds of radius, defect and logarithmic norm.
func json(_ piece: RunPiece) -> JSONValue {
    let bounds = [piece.radius, piece.defect, piece.logarithmicNorm].map { bound in
        JSONValue.text(bound?.decimal(significantDigits: 8, rounding: .up))
    }
    let (start, end) = (
        piece.start.decimal(significantDigits: 17, rounding: .down), piece.end.decimal(significantDigits: 17, rounding: .up)
    )
    return .row([.string(start), .string(end)] + bounds)
}

private func pair(_ interval: RationalInterval?) -> [JSONValue] {
    let decimals = interval?.decimals(.series)
    return [.text(decimals?.lower), .text(decimals?.upper)]
}

extension Rational {
    /// Moments and drawn constants are short decimals, which this writes exactly.
    fileprivate var decimalText: String { decimal(significantDigits: 40, rounding: .down) }
}
