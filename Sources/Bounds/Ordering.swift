/// Orders items so that each comes after what it depends on. Works without recursion: chains may be very long.
enum Ordering {
    /// - Returns: the order, and one cycle for every item that can only be reached through itself.
    static func sort(
        _ items: [String], dependencies: (String) -> [String]
    ) -> (order: [String], cycles: [[String]]) {
        enum Mark { case open, done }
        var marks: [String: Mark] = [:]
        var order: [String] = []
        var cycles: [[String]] = []
        for root in items where marks[root] == nil {
            var path: [(item: String, rest: ArraySlice<String>)] = [(root, dependencies(root)[...])]
            marks[root] = .open
            while let last = path.last {
                guard let next = last.rest.first else {
                    marks[last.item] = .done
                    order.append(last.item)
                    path.removeLast()
                    continue
                }
                path[path.count - 1].rest.removeFirst()
                switch marks[next] {
                case nil:
                    marks[next] = .open
                    path.append((next, dependencies(next)[...]))
                case .open:
                    let start = path.firstIndex { $0.item == next } ?? 0
                    cycles.append(path[start...].map(\.item))
                case .done:
                    break
                }
            }
        }
        return (order, cycles)
    }
}
