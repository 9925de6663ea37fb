import Exact
import Symbolic
import Syntax

extension Symbol {
    /// The number of the stage that runs, from 0: what differs from stage to stage reads it.
    public static let stage = Symbol.moment("the stage")
}

/// Stages: their moments, and formulas that differ from one to the next.
extension Elaborator {
    func position(ofStage name: String) -> Int? {
        names.contents.stages.firstIndex { $0.value.name.text == name }
    }

    /// A stage starts where the one before it ends.
    func start(ofStage name: String) -> Expression {
        guard let position = position(ofStage: name), position > 0 else { return graph.zero }
        return end(ofStage: names.contents.stages[position - 1].value.name.text)
    }

    func end(ofStage name: String) -> Expression { graph.symbol(.moment("end(\(name))")) }

    /// The number of the stage that lies between the two moments.
    func stage(from start: Expression, to end: Expression) -> Int? {
        names.contents.stages.firstIndex {
            self.start(ofStage: $0.value.name.text) == start && self.end(ofStage: $0.value.name.text) == end
        }
    }

    /// The value of every stage, as one formula.
    func piecewise(_ values: [Expression]) -> Expression {
        guard var result = values.last else { return graph.zero }
        for (stage, value) in values.enumerated().reversed().dropFirst() where value != result {
            let isBefore = graph.compare(.less, graph.symbol(.stage), graph.constant(stage + 1))
            result = graph.cases(isBefore, value, result)
        }
        return result
    }

    func schedule(_ name: String) throws(Failure) -> Expression {
        guard let schedule = names.contents.schedules.first(where: { $0.name.text == name }) else { return graph.zero }
        let scope = Scope(file: schedule.place.file)
        var values: [Expression] = []
        for stage in names.contents.stages {
            guard let value = schedule.values.first(where: { $0.stage.text == stage.value.name.text }) else { continue }
            values.append(try number(value.value, scope))
        }
        return piecewise(values)
    }
}
