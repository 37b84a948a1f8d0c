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
        let start = failure.place?.position
        self.init(
            rule: "LessonUnreadable",
            severity: .error,
            message: failure.what + (failure.why.map { ": \($0)" } ?? "") + ".",
            file: start == nil ? failure.place?.description : failure.place?.file,
            range: start.map { SourceRange(start: $0, end: $0) },
            fix: failure.fix
        )
    }
}
