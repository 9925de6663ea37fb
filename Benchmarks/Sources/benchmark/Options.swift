struct Options {
    var rounds = 10
    var filter = ""
    var isQuick = false
    var output: String?

    static let usage = """
        usage: benchmark [--rounds N] [--filter NAME] [--quick] [--write FILE]

          --rounds N      measure every row in N rounds (10)
          --filter NAME   only rows whose name contains NAME: "Ball 256", "dot 100", "DoubleBall", "threads"
          --quick         two short rounds: a first impression
          --write FILE    also write the whole report as Markdown; not with --filter or --quick
        """

    /// Nil if they cannot be read.
    init?(_ arguments: [String]) {
        var rest = arguments[...]
        while let option = rest.popFirst() {
            switch option {
            case "--rounds":
                guard let value = rest.popFirst().flatMap({ Int($0) }), value > 0 else { return nil }
                rounds = value
            case "--filter":
                guard let value = rest.popFirst() else { return nil }
                filter = value
            case "--quick": isQuick = true
            case "--write":
                guard let value = rest.popFirst() else { return nil }
                output = value
            default: return nil
            }
        }
        if isQuick { rounds = min(rounds, 2) }
        if output != nil && (isQuick || !filter.isEmpty) { return nil }
    }

    /// Batches of each side in a round.
    var batches: Int { isQuick ? 3 : 10 }
    /// Nanoseconds of a batch: long against the clock's call, short against the scheduler's turns.
    var batch: Double { isQuick ? 1e5 : 2e5 }
    /// Nanoseconds of a batch on two threads: long against the start of two tasks.
    var threadBatch: Double { isQuick ? 2e6 : 1e7 }
}
