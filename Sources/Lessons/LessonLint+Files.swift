// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// The files around `lesson.yaml`: texts, starter, solutions and fixtures.
extension LessonLint {
    /// The most columns of a line of expected output.
    static let widestOutput = 100

    private var folder: String { library.folder(of: lesson.id) }

    mutating func lintText(_ step: LessonStep) {
        guard ContentFiles.staysInside(step.file) else {
            report("StepFile", .error, "`\(step.file)` lies outside of the lesson.", at: step.place)
            return
        }
        let path = folder + "/" + step.file
        let text: String
        do {
            text = try library.files.text(path)
        } catch {
            report(
                "StepFile",
                .error,
                "The text of the step `\(step.id)` cannot be read: \(error).",
                at: step.place
            )
            return
        }
        if text.trimmingBlanks.isEmpty { report("StepFile", .error, "The text is empty.", file: path, line: 1) }
        for block in LessonCodeBlock.blocks(in: text) { lintBlock(block, path: path) }
        lintLinks(text, path: path)
    }

    private mutating func lintBlock(_ block: LessonCodeBlock, path: String) {
        if block.closingLine == nil {
            report(
                "FenceClosed",
                .error,
                "This code block is never closed.",
                file: path,
                line: block.line,
                fix: "Close it with as many marks as it was opened with, at the same indentation."
            )
        }
        if block.content.trimmingBlanks.isEmpty {
            report("FenceEmpty", .warning, "This code block is empty.", file: path, line: block.line)
        }
        if let target = block.saveAs, !ContentFiles.staysInside(target), !target.hasPrefix("~/") {
            report("SaveAs", .error, "`\(target)` lies outside of the workspace.", file: path, line: block.line)
        }
        if let target = block.value(of: "insert-in") {
            if !ContentFiles.staysInside(target) {
                report("SaveAs", .error, "`\(target)` lies outside of the workspace.", file: path, line: block.line)
            }
            if block.placement == nil {
                report(
                    "InsertIn",
                    .error,
                    "`insert-in` does not say where in the file the block belongs.",
                    file: path,
                    line: block.line,
                    fix: "Add `before=KEYWORD`, `after=KEYWORD` or `replacing=KEYWORD` of a Dockerfile instruction."
                )
            }
        }
        for word in block.words where !Self.isKnown(word: word) {
            report("FenceWord", .warning, "`\(word)` means nothing on a code block.", file: path, line: block.line)
        }
        guard !block.isCopyable else { return }
        for (offset, line) in block.content.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let columns = TextColumns.count(line)
            if columns > Self.widestOutput {
                report(
                    "OutputWidth",
                    .error,
                    "Expected output is \(columns) columns wide, and \(Self.widestOutput) is the most that fits.",
                    file: path,
                    line: block.line + 1 + offset
                )
            }
        }
    }

    private static func isKnown(word: String) -> Bool {
        ["no-copy-button", "no-run-button"].contains(word)
            || [
                "save-as=", "insert-in=", "before=", "after=", "replacing=", "highlight=", "terminal-id=",
            ].contains { word.hasPrefix($0) && word.count > $0.count }
    }

    /// Links and images that name files must name files that are there.
    private mutating func lintLinks(_ text: String, path: String) {
        for link in MarkdownLinks.links(in: text) {
            let target = link.target.prefix { $0 != "#" && $0 != "?" }
            if target.isEmpty || target.contains("://") || target.hasPrefix("mailto:") { continue }
            let isThere =
                ContentFiles.staysInside(String(target)) && library.files.kind("\(folder)/\(target)") != .missing
            if !isThere {
                report("LinkTarget", .error, "`\(target)` is not a file of this lesson.", file: path, line: link.line)
            }
        }
    }

    mutating func lintStarter() {
        guard let starter = library.starter(of: lesson.id) else { return }
        if library.files.files(below: starter).isEmpty {
            report("Starter", .error, "The folder `workspace` is empty.")
        }
        lintLinksInFolder(starter)
    }

    mutating func lintSolution(_ step: LessonStep) {
        guard let name = step.solution else { return }
        guard let folder = library.solutionFolder(of: step, in: lesson) else {
            report("Solution", .error, "There is no folder `solutions/\(lesson.id)/\(name)`.", at: step.place)
            return
        }
        if library.solutionFiles(of: step, in: lesson).isEmpty {
            report("Solution", .error, "The folder `solutions/\(lesson.id)/\(name)` is empty.", at: step.place)
        }
        lintLinksInFolder(folder)
    }

    private mutating func lintLinksInFolder(_ folder: String) {
        for name in library.files.files(below: folder) where library.files.kind(folder + "/" + name) != .file {
            report("PlainFiles", .error, "Only plain files can be handed out.", file: folder + "/" + name)
        }
    }

    /// Files that nothing refers to are forgotten ones more often than not.
    mutating func lintStrayFiles() {
        let used = Set(lesson.steps.map(\.file))
        for name in library.files.names(in: folder) where name.hasSuffix(".md") && !used.contains(name) {
            report("StrayFile", .warning, "No step shows this text.", file: folder + "/" + name)
        }
        let solutions = Set(lesson.steps.compactMap(\.solution))
        let path = library.root + "/solutions/" + lesson.id
        for name in library.files.names(in: path) where !solutions.contains(name) {
            report("StrayFile", .warning, "No step names this solution.", file: path + "/" + name)
        }
    }

    mutating func lintFixtures() {
        for name in library.fixtureNames(of: lesson.id) {
            let folder = "\(library.root)/grader-fixtures/\(lesson.id)/\(name)"
            if library.files.files(below: folder + "/submission").isEmpty {
                report("FixtureSubmission", .error, "There is nothing in the folder `submission`.", file: folder)
            }
            do {
                let fixture = try library.fixture(name, of: lesson.id)
                lintExpectation(fixture.expected, fixture.expectationFile)
            } catch {
                report(
                    "FixtureExpectation",
                    .error,
                    "What is expected cannot be read: \(error).",
                    file: folder + "/expected.json"
                )
            }
        }
    }

    private mutating func lintExpectation(_ expected: GraderFixture.Expectation, _ file: String) {
        if expected.lesson != lesson.id {
            report("FixtureExpectation", .error, "This fixture is about the lesson `\(expected.lesson)`.", file: file)
        }
        for state in expected.checks.values.sorted() where !GraderFixture.checkStates.contains(state) {
            report("FixtureExpectation", .error, "`\(state)` is no state of a check.", file: file)
        }
    }
}
