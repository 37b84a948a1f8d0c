// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// Looks at a lesson as a whole: ids, references, files, texts, solutions and fixtures.
struct LessonLint {
    let library: LessonLibrary
    let lesson: Lesson
    let file: String
    private(set) var findings: [Finding] = []

    mutating func run(folderName: String) {
        lintNames(folderName: folderName)
        for step in lesson.steps {
            lintHints(step)
            lintQuestions(step)
            for check in step.checks { lintCheck(check) }
            lintText(step)
            lintSolution(step)
        }
        lintRequirements()
        lintStarter()
        lintStrayFiles()
        lintFixtures()
    }

    mutating func report(
        _ rule: String,
        _ severity: Severity,
        _ message: String,
        at place: Place? = nil,
        file other: String? = nil,
        line: Int? = nil,
        fix: String? = nil
    ) {
        let range = line.map { SourceRange(lines: $0...$0) } ?? place?.position.map { SourceRange(start: $0, end: $0) }
        findings.append(
            Finding(rule: rule, severity: severity, message: message, file: other ?? file, range: range, fix: fix)
        )
    }

    // MARK: - lesson.yaml

    private mutating func lintNames(folderName: String) {
        if lesson.id != folderName {
            report(
                "LessonID",
                .error,
                "The lesson calls itself `\(lesson.id)`, and its folder is `\(folderName)`.",
                fix: "Give both the same name."
            )
        }
        if lesson.steps.isEmpty { report("LessonSteps", .error, "The lesson has no steps.") }
        var seen: Set<String> = []
        for step in lesson.steps {
            if !ContentFiles.isName(step.id) {
                report(
                    "StepID",
                    .error,
                    "`\(step.id)` is no id for a step: use small letters, digits and hyphens.",
                    at: step.place
                )
            }
            if !seen.insert("step " + step.id).inserted {
                report("UniqueID", .error, "There are two steps `\(step.id)`.", at: step.place)
            }
            for check in step.checks {
                if !seen.insert("check " + check.id).inserted {
                    report("UniqueID", .error, "There are two checks `\(check.id)`.", at: check.place)
                }
                if !check.id.hasPrefix(step.id + ".") {
                    report(
                        "CheckID",
                        .error,
                        "The check `\(check.id)` does not begin with the id of its step.",
                        at: check.place,
                        fix: "Call it `\(step.id).…`."
                    )
                }
            }
        }
        var names: Set<String> = []
        for variable in lesson.variables where !names.insert(variable.name).inserted {
            report("UniqueID", .error, "There are two variables `\(variable.name)`.")
        }
    }

    private mutating func lintHints(_ step: LessonStep) {
        let place = step.place
        if step.hints.isEmpty {
            report("StepHints", .error, "The step `\(step.id)` has no hint.", at: place)
        }
        for (index, hint) in step.hints.enumerated() where hint.isEmpty {
            report("StepHints", .error, "Hint \(index + 1) of the step `\(step.id)` is empty.", at: place)
        }
        if Set(step.hints).count < step.hints.count {
            report("StepHints", .warning, "Two hints of the step `\(step.id)` say the same.", at: place)
        }
    }

    private mutating func lintQuestions(_ step: LessonStep) {
        var seen: Set<String> = []
        for question in step.questions {
            let place = question.place
            if !seen.insert(question.id).inserted {
                report("UniqueID", .error, "There are two questions `\(question.id)` in one step.", at: place)
            }
            if question.options.count < 2 {
                report("QuestionOptions", .error, "A question needs at least two options.", at: place)
            }
            if Set(question.options.map(\.id)).count < question.options.count {
                report("UniqueID", .error, "Two options of the question `\(question.id)` have the same id.", at: place)
            }
            if !question.options.contains(where: { $0.id == question.answer }) {
                report(
                    "QuestionAnswer",
                    .error,
                    "The answer `\(question.answer)` is none of the options.",
                    at: place
                )
            }
        }
    }

    private mutating func lintCheck(_ check: LessonCheck) {
        guard check.isAdvisory, check.points != 0 else { return }
        report(
            "AdvisoryPoints",
            .error,
            "Advice gives no points: `\(check.id)` has \(check.points).",
            at: check.place
        )
    }

    /// Requirements exist, stand in the same or an earlier step, and never lead back to where they began.
    private mutating func lintRequirements() {
        var stepOf: [String: Int] = [:]
        var required: [String: [String]] = [:]
        for (index, step) in lesson.steps.enumerated() {
            for check in step.checks {
                stepOf[check.id] = stepOf[check.id] ?? index
                required[check.id] = check.requires + check.requiresOneOf
            }
        }
        for (index, step) in lesson.steps.enumerated() {
            for check in step.checks {
                for name in check.requires + check.requiresOneOf {
                    guard let other = stepOf[name] else {
                        report(
                            "RequiredCheck",
                            .error,
                            "`\(check.id)` requires `\(name)`, which does not exist.",
                            at: check.place
                        )
                        continue
                    }
                    if other > index {
                        report(
                            "RequiredCheck",
                            .error,
                            "`\(check.id)` requires `\(name)`, which comes in a later step.",
                            at: check.place
                        )
                    }
                }
            }
        }
        var done: Set<String> = []
        for name in required.keys.sorted() where !done.contains(name) {
            reportCycle(from: name, required, &done)
        }
    }

    /// Walks depth first with a stack of its own, as the chain may be as long as the file.
    private mutating func reportCycle(from start: String, _ required: [String: [String]], _ done: inout Set<String>) {
        var path: [(name: String, next: Int)] = [(start, 0)]
        var isOnPath: Set<String> = [start]
        while let (name, next) = path.last {
            let children = required[name] ?? []
            guard next < children.count else {
                path.removeLast()
                isOnPath.remove(name)
                done.insert(name)
                continue
            }
            path[path.count - 1].next += 1
            let child = children[next]
            if isOnPath.contains(child) {
                let first = path.firstIndex { $0.name == child } ?? 0
                let names = (path[first...].map(\.name) + [child]).map { "`\($0)`" }.joined(separator: " → ")
                report(
                    "RequirementCycle",
                    .error,
                    "These checks wait for each other: \(names).",
                    at: lesson.check(child)?.place
                )
            } else if !done.contains(child), required[child] != nil {
                path.append((child, 0))
                isOnPath.insert(child)
            }
        }
    }
}
