import Arithmetic

extension Machine {
    /// The remainders of a sum of products: what the sum has above degree `order`, summed first and then taken
    /// absolutely, and the remainders that each product adds (integrals of products with a remainder do not cancel).
    func contractionRemainders(_ index: Int) -> (Magnitude, Magnitude) {
        let products = program.contractions[index]
        var (weighted, uniform) = (truncation(index), Magnitude.zero)
        for product in products {
            let (r, s) = addedRemainders(product.left, product.right)
            weighted += r
            uniform += s
        }
        return (weighted, uniform)
    }

    private func truncation(_ index: Int) -> Magnitude {
        var sum = Magnitude.zero
        guard order > 0 else { return sum }
        let pairs = products(of: index)
        guard program.contractions[index].contains(where: { program.varies[$0.left] && program.varies[$0.right] }) else { return sum }
        for degree in (order + 1)...(2 * order) {
            span.contract(scratch, pairs, degree: degree, order: order)
            sum += span.magnitude(scratch)
        }
        return sum
    }
}

extension Program {
    /// The products of all contractions as the kernels read them, and the range of each contraction's. The caller owns
    /// the memory.
    func seriesPairs(width: Int) -> (UnsafeMutableBufferPointer<SeriesPair>, [Range<Int>]) {
        let all = UnsafeMutableBufferPointer<SeriesPair>.allocate(capacity: contractions.reduce(0) { $0 + $1.count })
        var ranges: [Range<Int>] = []
        var next = 0
        for products in contractions {
            let start = next
            for product in products {
                all.initializeElement(
                    at: next,
                    to: SeriesPair(
                        product.left * width, varies: varies[product.left], product.right * width,
                        varies: varies[product.right], isNegative: product.isNegative))
                next += 1
            }
            ranges.append(start..<next)
        }
        return (all, ranges)
    }
}
