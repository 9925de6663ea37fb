import Syntax

/// Stages and schedules: each stage has dynamics, the file's or its own, and each schedule a value in each stage.
extension StaticChecks {
    func checkStages() {
        let shared = !contents.equations.isEmpty || !contents.gradients.isEmpty || !contents.maps.isEmpty
            || !contents.descents.isEmpty
        let own = contents.stages.filter { $0.value.dynamics != nil }
        for stage in contents.stages where stage.value.dynamics == nil && !(shared && own.isEmpty) && !incomplete {
            error(
                "E0617", "the stage '\(stage.value.name.text)' has no dynamics", file: stage.place.file, stage.span,
                remedy: "write 'stage \(stage.value.name.text) : flow gradient of ...', or give none to any stage")
        }
        if shared, let stage = own.first {
            error(
                "E0618", "the stage '\(stage.value.name.text)' has dynamics of its own, and so has the file",
                file: stage.place.file, stage.span, remedy: "give dynamics to every stage, or to the file")
        }
        if let stop = contents.stops.first, !contents.stages.isEmpty {
            error(
                "E0608", "the run has two ends: it ends with its last stage", file: stop.place.file, stop.span,
                remedy: "delete 'stop'")
        }
        for schedule in contents.schedules { check(schedule) }
    }

    private func check(_ schedule: ScheduleDeclaration) {
        let (name, file) = (schedule.name, schedule.place.file)
        var seen: Set<String> = []
        for (value, stage) in schedule.values {
            let facts = check(file: file) { (formula) throws(Diagnostic) in
                try formula.number(value)
                try self.names.checkStage(stage, file: file)
            }
            checkConstant(facts, "the schedule '\(name.text)'", file: file)
            if !seen.insert(stage.text).inserted {
                error("E0302", "'\(name.text)' has two values during '\(stage.text)'", file: file, stage.span, remedy: "keep one")
            }
        }
        let missing = contents.stages.filter { !seen.contains($0.value.name.text) }
        if let stage = missing.first, !incomplete {
            error(
                "E0619", "the schedule '\(name.text)' has no value during '\(stage.value.name.text)'", file: file,
                name.span, remedy: "add ', ... during \(stage.value.name.text)'")
        }
    }
}

extension NameTable {
    /// E0301 unless a stage has this name.
    func checkStage(_ name: Identifier, file: Int) throws(Diagnostic) {
        guard self[name.text]?.kind != .stage, !broken.contains(name.text) else { return }
        let stages = contents.stages.map(\.value.name.text)
        let near = closestName(to: name.text, in: stages).map { "did you mean '\($0)'?" }
        throw Diagnostic(
            "E0301", "no stage is called '\(name.text)'", file: contents.source(file).name, span: name.span,
            remedy: near ?? (stages.isEmpty ? "add 'stage \(name.text) ...'" : "stages: \(stages.listed)"))
    }
}
