import Exact
import Symbolic
import Syntax

extension Elaborator {
    /// Lays every draw over its index sets. Parameters and data are known.
    func draw(seed: Int) throws(Failure) {
        for declaration in names.contents.draws {
            let name = declaration.name
            let scope = Scope(file: declaration.place.file)
            guard let law = RandomConstant.Law(rawValue: declaration.law.text) else {
                throw unsupported("the law '\(declaration.law.text)'", declaration.law.span, scope)
            }
            let axes = try axes(declaration.dimensions, scope)
            var count = 1
            for axis in axes { count = min(count * axis.count, Self.mostTerms + 1) }
            try countTerms(count, name.span, scope)
            let entries = (0..<count).map { index in
                graph.constant(RandomConstant.value(law, seed: seed, name: name.text, index: index))
            }
            tables[name.text] = .array(IndexedArray(axes: axes, numbers: entries))
        }
    }

    /// The elements of declared index sets.
    func axes(_ dimensions: [Dimension], _ scope: Scope) throws(Failure) -> [[Rational]] {
        var result: [[Rational]] = []
        for dimension in dimensions { result.append(try numbers(in: dimension.set, scope)) }
        return result
    }
}
