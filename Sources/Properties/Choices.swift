import Exact

/// A stream of choices, the same on every machine: the k-th depends on the seed, the name and k alone.
struct Choices {
    let seed: Int
    let name: String
    private var index = 0

    init(seed: Int, name: String) {
        self.seed = seed
        self.name = name
    }

    /// A number from 0 to n - 1.
    mutating func below(_ n: Int) -> Int {
        let uniform = RandomConstant.value(.uniform, seed: seed, name: name, index: index)
        index += 1
        return Rational((uniform * Rational(n)).floor).asInt ?? 0
    }

    mutating func chance(_ part: Int, of whole: Int) -> Bool { below(whole) < part }

    mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }
}
