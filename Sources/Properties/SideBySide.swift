/// The answers for all items, in their order, at most `jobs` at a time.
func sideBySide<Item: Sendable, Answer: Sendable>(
    _ items: [Item], jobs: Int, _ answer: @escaping @Sendable (Item) -> Answer
) async -> [Answer] {
    await withTaskGroup(of: (Int, Answer).self) { group in
        var answers: [Int: Answer] = [:]
        var next = 0
        func start() {
            guard next < items.count else { return }
            let (position, item) = (next, items[next])
            next += 1
            group.addTask { (position, answer(item)) }
        }
        for _ in 0..<max(jobs, 1) { start() }
        for await (position, found) in group {
            answers[position] = found
            start()
        }
        return items.indices.compactMap { answers[$0] }
    }
}
