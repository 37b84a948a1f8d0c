// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import JSONValues

/// The lessons, solutions and fixtures below one content root.
///
/// Shape: `lessons/LESSON/lesson.yaml` with the texts and `workspace/` beside it, `solutions/LESSON/STEP/` with the files
/// that a solution changes, `grader-fixtures/LESSON/CASE/` with a submission and `expected.json`.
public struct LessonLibrary: Sendable {
    /// The content root.
    public let root: String
    let files: ContentFiles

    /// Takes the folder that holds `lessons`, `solutions` and `grader-fixtures`; nothing is read yet.
    public init(root: String, limits: Limits = .standard) {
        self.root = root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root
        self.files = ContentFiles(mostBytes: min(limits.entryBytes, 1 << 20))
    }

    /// The ids of the lessons that are there, sorted: the folders that hold a `lesson.yaml`.
    public var lessonIDs: [String] {
        files.names(in: root + "/lessons").filter {
            ContentFiles.isName($0) && files.kind(root + "/lessons/\($0)") == .folder
                && files.kind(root + "/lessons/\($0)/lesson.yaml") != .missing
        }
    }

    /// A lesson by its id.
    ///
    /// - Throws: a `Failure`: `noInput` when there is none, else with `file:line:column` of the first thing that is wrong.
    public func lesson(_ id: String) throws -> Lesson {
        let file = try lessonFile(id)
        var reader = try LessonReader(text: files.text(file), file: file)
        let lesson = try reader.lesson()
        let errors = reader.findings.filter { $0.severity == .error }
        if let first = errors.first {
            throw Failure(
                .malformedInput,
                "The lesson cannot be used",
                at: Self.place(first),
                why: first.message + (errors.count > 1 ? " There are \(errors.count - 1) more problems." : ""),
                fix: first.fix
            )
        }
        guard let lesson else { throw Failure(.malformedInput, "The lesson is empty", at: .file(file)) }
        return lesson
    }

    /// All lessons, sorted by id.
    ///
    /// - Throws: the `Failure` of the first one that cannot be read.
    public func lessons() throws -> [Lesson] {
        try lessonIDs.map { try lesson($0) }
    }

    /// The Markdown of a step.
    public func text(of step: LessonStep, in lesson: Lesson) throws -> String {
        guard ContentFiles.staysInside(step.file) else {
            throw Failure(.hostileInput, "The step's file lies outside of the lesson", at: .file(step.file))
        }
        return try files.text(folder(of: lesson.id) + "/" + step.file)
    }

    /// The fenced code blocks of a step's text, numbered as the terminal shows them.
    public func codeBlocks(of step: LessonStep, in lesson: Lesson) throws -> [LessonCodeBlock] {
        LessonCodeBlock.blocks(in: try text(of: step, in: lesson))
    }

    /// The code block that `copy N` and `save N` mean, with its exact bytes.
    ///
    /// - Throws: a `Failure` of code `usage` when the step has no block of that number.
    public func codeBlock(_ number: Int, of step: LessonStep, in lesson: Lesson) throws -> LessonCodeBlock {
        let blocks = try codeBlocks(of: step, in: lesson).filter { $0.number != nil }
        guard let block = blocks.first(where: { $0.number == number }) else {
            throw Failure(
                .usage,
                "This step has no code block \(number)",
                why: blocks.isEmpty
                    ? "there is nothing to copy in it" : "its blocks are numbered from 1 to \(blocks.count)"
            )
        }
        return block
    }

    /// The lesson's folder.
    public func folder(of lessonID: String) -> String { "\(root)/lessons/\(lessonID)" }

    /// The folder with the files that a learner starts from; nil when the lesson has none.
    public func starter(of lessonID: String) -> String? {
        let path = folder(of: lessonID) + "/workspace"
        return files.kind(path) == .folder ? path : nil
    }

    /// The folder with the files that a step's solution changes; nil when the step has none.
    public func solutionFolder(of step: LessonStep, in lesson: Lesson) -> String? {
        guard let name = step.solution, ContentFiles.staysInside(name) else { return nil }
        let path = "\(root)/solutions/\(lesson.id)/\(name)"
        return files.kind(path) == .folder ? path : nil
    }

    /// The paths of the files that a step's solution changes, relative to the workspace and sorted.
    public func solutionFiles(of step: LessonStep, in lesson: Lesson) -> [String] {
        solutionFolder(of: step, in: lesson).map { files.files(below: $0) } ?? []
    }

    /// The fixtures of a lesson, sorted by name.
    ///
    /// - Throws: a `Failure` when an `expected.json` is missing or cannot be read.
    public func fixtures(of lessonID: String) throws -> [GraderFixture] {
        guard ContentFiles.isName(lessonID) else { return [] }
        let folder = "\(root)/grader-fixtures/\(lessonID)"
        return try files.names(in: folder).filter { files.kind(folder + "/" + $0) == .folder }.map { name in
            let path = "\(folder)/\(name)"
            return GraderFixture(
                id: name,
                submission: path + "/submission",
                expected: try expectation(path + "/expected.json")
            )
        }
    }

    // MARK: - Internal

    func lessonFile(_ id: String) throws -> String {
        guard ContentFiles.isName(id), files.kind(folder(of: id)) == .folder else {
            let known = lessonIDs
            throw Failure(
                .noInput,
                "There is no lesson `\(id.harmless)`",
                at: .file(root + "/lessons"),
                why: known.isEmpty ? "there are no lessons at all" : "the lessons are \(known.joined(separator: ", "))"
            )
        }
        return folder(of: id) + "/lesson.yaml"
    }

    func expectation(_ path: String) throws -> GraderFixture.Expectation {
        let data = try files.data(path)
        do {
            return try JSONReader.decode(GraderFixture.Expectation.self, from: Array(data), limits: .own)
        } catch {
            throw Failure(.malformedInput, "The file does not say what is expected", at: .file(path), cause: error)
        }
    }

    static func place(_ finding: Finding) -> Place? {
        finding.file.map { .file($0, finding.range?.start) }
    }
}
