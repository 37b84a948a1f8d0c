// SPDX-License-Identifier: Apache-2.0

import Diagnostics
public import Lessons

/// Looks at a lesson's checks beside its questions, starter, solutions and fixtures.
struct CheckLint {
    let library: LessonLibrary
    let lesson: Lesson
    let file: String
    private(set) var findings: [Finding] = []

    mutating func run() {
        for step in lesson.steps {
            lintQuestions(step)
            lintSolution(step)
        }
        lintStarter()
        lintFixtures()
    }

    private mutating func report(
        _ rule: String,
        _ message: String,
        severity: Severity = .error,
        at place: Place,
        fix: String? = nil
    ) {
        findings.append(Finding(rule: rule, severity: severity, message: message, at: place, fix: fix))
    }

    /// Each question is asked for by a check, and each check asks for a question that is there.
    private mutating func lintQuestions(_ step: LessonStep) {
        let asked = step.checks.filter { $0.needs.contains(.answers) }.compactMap { check in
            check.parameters.first { $0.key == "question" }
        }
        for parameter in asked {
            guard let id = parameter.value.text, step.question(id) == nil else { continue }
            report("QuizQuestion", "The step has no question `\(id)`.", at: parameter.place)
        }
        let ids = Set(asked.compactMap(\.value.text))
        for question in step.questions where !ids.contains(question.id) {
            report(
                "QuestionCheck",
                "No check asks for the question `\(question.id)`.",
                severity: .warning,
                at: question.place
            )
        }
    }

    private mutating func lintSolution(_ step: LessonStep) {
        guard step.solution == nil, step.workChecks.contains(where: { !$0.isAdvisory }) else { return }
        report(
            "Solution",
            "The step `\(step.id)` judges files, and has no solution.",
            at: step.place,
            fix: "Name a folder below `solutions/\(lesson.id)`."
        )
    }

    private mutating func lintStarter() {
        guard !lesson.workChecks.isEmpty, library.starter(of: lesson.id) == nil else { return }
        report(
            "Starter",
            "The lesson judges work, and has no `workspace` folder to begin with.",
            at: .file(file)
        )
    }
}

// MARK: - Fixtures

extension CheckLint {
    /// Every check that work decides is passed and failed by some fixture; what cannot be read, the form's lint has said.
    private mutating func lintFixtures() {
        let names = library.fixtureNames(of: lesson.id)
        guard !names.isEmpty else { return }
        var passed: Set<String> = []
        var failed: Set<String> = []
        for fixture in names.compactMap({ try? library.fixture($0, of: lesson.id) }) {
            lintExpectation(fixture.expected, .file(fixture.expectationFile))
            passed.formUnion(fixture.expected.checks.filter { $0.value == "passed" }.keys)
            failed.formUnion(fixture.expected.checks.filter { $0.value == "failed" }.keys)
        }
        for check in lesson.workChecks {
            if !failed.contains(check.id) {
                report("FixtureCoverage", "No fixture fails `\(check.id)`.", severity: .warning, at: check.place)
            }
            if !passed.contains(check.id) {
                report("FixtureCoverage", "No fixture passes `\(check.id)`.", severity: .warning, at: check.place)
            }
        }
    }

    private mutating func lintExpectation(_ expected: GraderFixture.Expectation, _ place: Place) {
        var counted: [String] = []
        for check in lesson.workChecks {
            guard let state = expected.checks[check.id] else {
                if !check.isAdvisory {
                    report("FixtureExpectation", "Nothing is said about `\(check.id)`.", at: place)
                }
                continue
            }
            if !check.isAdvisory { counted.append(state) }
            lintSkipped(check, state, expected, place)
        }
        let judged = Set(lesson.workChecks.map(\.id))
        for id in expected.checks.keys.sorted() where !judged.contains(id) {
            report("FixtureExpectation", "`\(id)` is no check that a submission can be held to.", at: place)
        }
        let together =
            counted.contains("failed") || counted.contains("skipped")
            ? "failed" : counted.contains("unknown") ? "unknown" : "passed"
        if expected.state != together {
            report(
                "FixtureExpectation",
                "The checks come to `\(together)` together, and the file says `\(expected.state)`.",
                at: place
            )
        }
    }

    /// A check is skipped exactly when one that it requires has failed or was skipped.
    private mutating func lintSkipped(
        _ check: LessonCheck,
        _ state: String,
        _ expected: GraderFixture.Expectation,
        _ place: Place
    ) {
        let blocker = check.blocker { id in expected.checks[id].map { $0 == "failed" || $0 == "skipped" } }
        let isBlocked = blocker != nil
        guard isBlocked != (state == "skipped") else { return }
        report(
            "FixtureExpectation",
            isBlocked
                ? "`\(check.id)` is `\(state)`, although a check that it requires has not passed."
                : "`\(check.id)` is skipped, although nothing keeps it from being judged.",
            at: place
        )
    }
}

extension Lesson {
    /// The checks of all steps that can be judged from a bare submission.
    public var workChecks: [LessonCheck] { steps.flatMap(\.workChecks) }
}
