import Symbolic
import Syntax

/// Dynamics that differ from stage to stage.
extension ProblemBuilder {
    /// The field of stages that have their own gradients; nil without such stages. A state that a stage does not move
    /// keeps its value.
    func stagedField() -> [Expression]? {
        let count = elaborator.stateNames.count
        return staged { dynamics in
            guard case .flow(let gradient) = dynamics.value else { return nil }
            var field = Array(repeating: graph.zero, count: count)
            for (position, value) in flow(along: Placed(gradient, dynamics.place, dynamics.span)) { field[position] = value }
            return field
        }
    }

    func stagedMap() -> [Expression]? {
        let states = elaborator.stateNames.indices.map { graph.symbol(.state($0)) }
        return staged { dynamics in
            guard case .descent(let gradient) = dynamics.value else { return nil }
            var map = states
            for (position, value) in step(of: Placed(gradient, dynamics.place, dynamics.span)).moves { map[position] = value }
            return map
        }
    }

    private func staged(
        _ equations: (Placed<StatementSyntax.StageDynamics>) -> [Expression]?
    ) -> [Expression]? {
        let stages = contents.stages.compactMap { stage in
            stage.value.dynamics.flatMap { equations(Placed($0, stage.place, stage.span)) }
        }
        guard let first = stages.first else { return nil }
        return first.indices.map { position in elaborator.piecewise(stages.map { $0[position] }) }
    }

    func buildStages() -> [Stage] {
        let equations = elaborator.field ?? elaborator.map ?? []
        return contents.stages.enumerated().compactMap { position, stage in
            guard let end = horizon(stage.value.end, stage.place.file) else { return nil }
            let number = graph.constant(position)
            return Stage(name: stage.value.name.text, equations: graph.substitute(equations, [.stage: number]), end: end)
        }
    }
}
