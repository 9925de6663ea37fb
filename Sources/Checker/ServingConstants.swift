import Exact

/// Enclosures of the best constants that serve all of the proofs, in the order of their first mention.
func constants(serving proofs: [Evidence]) -> [ConstantEnclosure] {
    var merged: [String: ConstantEnclosure] = [:]
    var order: [String] = []
    for constant in proofs.flatMap(\.constants) {
        let key = "\(constant.name) \(constant.holdsAbove)"
        if let known = merged[key] {
            merged[key] = ConstantEnclosure(
                name: constant.name,
                value: constant.holdsAbove ? known.value.greatest(constant.value) : known.value.least(constant.value),
                holdsAbove: constant.holdsAbove)
        } else {
            merged[key] = constant
            order.append(key)
        }
    }
    return order.compactMap { merged[$0] }
}

extension RationalInterval {
    /// An enclosure of the larger of two enclosed numbers.
    func greatest(_ other: RationalInterval) -> RationalInterval {
        let negative = RationalInterval(upper.map { -$0 }, lower.map { -$0 })
            .least(RationalInterval(other.upper.map { -$0 }, other.lower.map { -$0 }))
        return RationalInterval(negative.upper.map { -$0 }, negative.lower.map { -$0 })
    }
}
