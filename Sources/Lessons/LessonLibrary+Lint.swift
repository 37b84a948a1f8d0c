// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

extension LessonLibrary {
    /// What is wrong with the form of the lessons, their solutions and their fixtures, in the order of lessons and files.
    public func lint() -> [Finding] {
        lessonIDs.flatMap { lint($0) }
    }

    /// What is wrong with the form of one lesson. Nothing is thrown: a lesson that cannot be read is a finding too.
    public func lint(_ id: String) -> [Finding] {
        do {
            let reading = try reading(id)
            guard let lesson = reading.lesson else { return reading.findings }
            var lint = LessonLint(library: self, lesson: lesson, file: reading.file)
            lint.run(folderName: id)
            return reading.findings + lint.findings
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
