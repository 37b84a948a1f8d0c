// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Foundation
import JSONValues

/// The lessons, solutions and fixtures below one content root.
///
/// Shape: `lessons/LESSON/lesson.yaml` with the texts and `workspace/` beside it, `solutions/LESSON/STEP/` with the files
/// that a solution changes, `grader-fixtures/LESSON/CASE/` with a submission and `expected.json`.
public struct LessonLibrary: Sendable {
    /// The content root.
    public let root: String
    let files: ContentFiles
    let kinds: (any CheckVocabulary)?

    /// Takes the folder that holds `lessons`, `solutions` and `grader-fixtures`; nothing is read yet.
    ///
    /// - Parameter kinds: what knows the kinds of checks; nil when any kind may be named, with any further keys.
    public init(root: String, limits: Limits = .standard, kinds: (any CheckVocabulary)? = nil) {
        self.kinds = kinds
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
    public func lesson(_ id: String) throws -> Lesson { try Self.usable(try reading(id)) }

    /// A lesson whose `lesson.yaml` has been read already.
    ///
    /// - Throws: as `lesson(_:)`.
    public func lesson(_ id: String, yaml bytes: [UInt8]) throws -> Lesson {
        let file = folder(of: id) + "/lesson.yaml"
        return try Self.usable(try reading(text: files.text(Data(bytes), of: file), file: file))
    }

    private static func usable(_ reading: LessonReading) throws -> Lesson {
        let errors = reading.findings.filter { $0.severity == .error }
        if let first = errors.first {
            throw Failure(
                .malformedInput,
                "The lesson cannot be used",
                at: first.place,
                why: first.message + (errors.count > 1 ? " There are \(errors.count - 1) more problems." : ""),
                fix: first.fix
            )
        }
        guard let lesson = reading.lesson else {
            throw Failure(.malformedInput, "The lesson is empty", at: .file(reading.file))
        }
        return lesson
    }

    /// A lesson as far as it can be read, with all that is wrong with its file.
    ///
    /// - Throws: a `Failure` when there is no such lesson, or its file means nothing at all.
    public func reading(_ id: String) throws -> LessonReading {
        let file = try lessonFile(id)
        return try reading(text: files.text(file), file: file)
    }

    private func reading(text: String, file: String) throws -> LessonReading {
        var reader = try LessonReader(text: text, file: file, kinds: kinds)
        let lesson = try reader.lesson()
        return LessonReading(file: file, lesson: lesson, findings: reader.findings)
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
        try fixtureNames(of: lessonID).map { try fixture($0, of: lessonID) }
    }

    /// The names of a lesson's fixtures, sorted.
    public func fixtureNames(of lessonID: String) -> [String] {
        guard ContentFiles.isName(lessonID) else { return [] }
        let folder = "\(root)/grader-fixtures/\(lessonID)"
        return files.names(in: folder).filter { files.kind(folder + "/" + $0) == .folder }
    }

    /// A fixture by its name.
    ///
    /// - Throws: a `Failure` when its `expected.json` is missing or cannot be read.
    public func fixture(_ name: String, of lessonID: String) throws -> GraderFixture {
        let path = "\(root)/grader-fixtures/\(lessonID)/\(name)"
        let file = path + "/expected.json"
        return GraderFixture(
            id: name,
            submission: path + "/submission",
            expectationFile: file,
            expected: try expectation(file)
        )
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

}
