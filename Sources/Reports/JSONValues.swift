import Bounds
import Exact
import Syntax

/// The keys `lo` and `hi`: decimals whose interval contains the enclosure; null where an end is not known.
func ends(_ interval: RationalInterval?) -> [(key: String, value: JSONValue)] {
    let decimals = interval?.decimals(.document)
    return [("lo", .text(decimals?.lower)), ("hi", .text(decimals?.upper))]
}

func json(_ interval: RationalInterval?) -> JSONValue {
    interval == nil ? .null : .object(ends(interval))
}

/// Parameters are exact: integers and fractions, as the language writes them.
func json(_ parameters: [Instance.Parameter]) -> JSONValue {
    .object(parameters.map { ($0.name, .string($0.value.description)) })
}

func json(_ source: SourceReference) -> JSONValue {
    .object([
        ("work", .string(source.work)),
        ("place", .string(source.place)),
        ("provenance", .string(source.provenance.rawValue)),
    ])
}
