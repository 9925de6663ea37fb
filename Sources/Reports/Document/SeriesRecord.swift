/// Both sides of a comparison at sampled moments.
struct SeriesRecord: Decodable, Sendable {
    let left: String
    let right: String?
    let relation: String
    let constants: [Constant]
    let samples: [Sample]

    struct Constant: Decodable, Sendable {
        let name: String
        let value: String
    }

    /// A row of the document: moment, then lower and upper ends of the left side, the right side and the slack.
    struct Sample: Decodable, Sendable {
        let moment: String
        let left: Ends
        let right: Ends
        let slack: Ends

        init(from decoder: any Decoder) throws {
            var row = try decoder.unkeyedContainer()
            moment = try row.decode(String.self)
            left = try Ends(&row)
            right = try Ends(&row)
            slack = try Ends(&row)
        }
    }

    struct Ends: Sendable {
        let lo: String?
        let hi: String?

        init(_ row: inout any UnkeyedDecodingContainer) throws {
            lo = try row.decode(String?.self)
            hi = try row.decode(String?.self)
        }
    }
}

/// The path of a run in the plane of two quantities.
struct PortraitRecord: Decodable, Sendable {
    let names: [String]
    let samples: [Sample]

    /// A row of the document: moment, then lower and upper ends of both quantities.
    struct Sample: Decodable, Sendable {
        let moment: String
        let x: SeriesRecord.Ends
        let y: SeriesRecord.Ends

        init(from decoder: any Decoder) throws {
            var row = try decoder.unkeyedContainer()
            moment = try row.decode(String.self)
            x = try SeriesRecord.Ends(&row)
            y = try SeriesRecord.Ends(&row)
        }
    }
}

/// One row of an instance's profile: start, end, radius, defect, logarithmic norm.
struct PieceRecord: Decodable, Sendable {
    let start: String
    let end: String
    let radius: String?
    let defect: String?
    let logarithmicNorm: String?

    init(from decoder: any Decoder) throws {
        var row = try decoder.unkeyedContainer()
        start = try row.decode(String.self)
        end = try row.decode(String.self)
        radius = try row.decode(String?.self)
        defect = try row.decode(String?.self)
        logarithmicNorm = try row.decode(String?.self)
    }
}

struct GrowthRecord: Decodable, Sendable {
    let parameter: String
    let points: [Point]

    struct Point: Decodable, Sendable {
        let instance: String
        let group: [String]
        let parameter: String
        let lo: String?
        let hi: String?
    }
}
