import Symbolic
import Syntax

/// Dynamics in steps: explicit maps and descents, all states updated at once.
extension ProblemBuilder {
    /// States that nothing moves keep their values.
    func buildSteps() -> StepEquations? {
        if let map = stagedMap() { return StepEquations(map: map, squaredNorms: []) }
        guard !contents.maps.isEmpty || !contents.descents.isEmpty else { return nil }
        var map = elaborator.stateNames.indices.map { graph.symbol(.state($0)) }
        for equation in contents.maps {
            let state = equation.value.state.text
            for (position, scope) in zip(elaborator.positions(of: state), entries(of: equation)) {
                if let value = number(equation.value.value, scope) { map[position] = value }
            }
        }
        var norms: [Expression] = []
        for descent in contents.descents {
            let (moves, square) = step(of: descent)
            for (position, value) in moves { map[position] = value }
            if let square { norms.append(square) }
        }
        return StepEquations(map: map, squaredNorms: norms)
    }

    /// x - eta grad, with `decay lam` (1 - eta lam) x - eta grad. The norm's square is nil for a plain descent.
    func step(
        of descent: Placed<GradientSyntax>
    ) -> (moves: [(position: Int, value: Expression)], squaredNorm: Expression?) {
        let (syntax, file) = (descent.value, descent.place.file)
        guard let loss = number(syntax.loss, file), let size = syntax.step.flatMap({ number($0, file) })
        else { return ([], nil) }
        let decay = syntax.decay.flatMap { number($0, file) }
        let moving = syntax.moving.flatMap { elaborator.positions(of: $0.text) }
        let positions = moving.isEmpty ? Array(elaborator.stateNames.indices) : moving
        let (slopes, square) = slopes(of: loss, by: positions, syntax)
        let moves = zip(positions, slopes).map { position, slope in
            let state = graph.symbol(.state(position))
            let kept = decay.map { graph.multiply(graph.subtract(graph.one, graph.multiply(size, $0)), state) } ?? state
            let move = graph.multiply(size, graph.multiply(rate(of: position, descent), slope))
            return (position: position, value: graph.subtract(kept, move))
        }
        return (moves, square)
    }

    /// The partial derivatives; a normalised gradient is divided by the 2-norm of the plain one over all moving states,
    /// before any rate.
    func slopes(
        of loss: Expression, by positions: [Int], _ gradient: GradientSyntax
    ) -> (slopes: [Expression], squaredNorm: Expression?) {
        let slopes = graph.gradient(of: loss, by: positions.map { .state($0) })
            .map { graph.restrict($0, toDomainOf: loss) }
        guard gradient.normalised else { return (slopes, nil) }
        let square = sumOfSquares(slopes)
        let norm = graph.apply(.sqrt, square)
        return (slopes.map { graph.divide($0, norm) }, square)
    }

    private func sumOfSquares(_ vector: [Expression]) -> Expression {
        let squares = vector.map { graph.power($0, 2) }
        return squares.dropFirst().reduce(squares.first ?? graph.zero) { graph.add($0, $1) }
    }
}
