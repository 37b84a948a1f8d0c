// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

extension LessonLibrary {
    /// What is wrong with the lessons, their solutions and their fixtures, in the order of lessons and files.
    ///
    /// - Parameter kinds: the kinds of checks that there are evaluators for; nil when any kind may be named.
    public func lint(kinds: Set<String>? = nil) -> [Finding] {
        lessonIDs.flatMap { lint($0, kinds: kinds) }
    }

    /// What is wrong with one lesson. Nothing is thrown: a lesson that cannot be read is a finding too.
    public func lint(_ id: String, kinds: Set<String>? = nil) -> [Finding] {
        do {
            let file = try lessonFile(id)
            var reader = try LessonReader(text: files.text(file), file: file)
            guard let lesson = try reader.lesson() else { return reader.findings }
            var lint = LessonLint(library: self, lesson: lesson, file: file, places: reader.places, kinds: kinds)
            lint.run(folderName: id)
            return reader.findings + lint.findings
        } catch let failure as Failure {
            return [Finding(failure)]
        } catch {
            return [Finding(rule: "LessonUnreadable", severity: .error, message: "The lesson cannot be read: \(error)")]
        }
    }
}

extension Finding {
    /// The failure of a reader, as a finding at its place.
    init(_ failure: Failure) {
        var file = failure.place
        var range: SourceRange?
        if let place = failure.place {
            let parts = place.split(separator: ":", omittingEmptySubsequences: false)
            if parts.count >= 3, let line = Int(parts[parts.count - 2]), let column = Int(parts[parts.count - 1]) {
                file = parts.dropLast(2).joined(separator: ":")
                let start = SourcePosition(line: line, column: column)
                range = SourceRange(start: start, end: start)
            }
        }
        self.init(
            rule: "LessonUnreadable",
            severity: .error,
            message: failure.what + (failure.why.map { ": \($0)" } ?? "") + ".",
            file: file,
            range: range,
            fix: failure.fix
        )
    }
}
