import Symbolic

extension Set<Symbol> {
    /// States in the order of their declaration, other names by the alphabet.
    var inOrder: [Symbol] { sorted { $0.place < $1.place } }
}

extension Symbol {
    fileprivate var place: (kind: Int, name: String, position: Int) {
        switch self {
        case .bound(let number): (0, "", number)
        case .moment(let name): (1, name, 0)
        case .open(let name): (2, name, 0)
        case .parameter(let name): (3, name, 0)
        case .state(let position): (4, "", position)
        case .time: (5, "", 0)
        }
    }
}
