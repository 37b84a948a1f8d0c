// SPDX-License-Identifier: Apache-2.0

import Lessons
import OCISpec

/// A key that a kind of check takes: what may stand behind it, as which type it is read, and what it means.
struct CheckParameter<Value: Sendable>: Sendable {
    /// The key.
    let key: String
    /// What may stand behind it, as it goes into "`key` is not …".
    let form: String
    /// What it means, in a sentence.
    let meaning: String
    /// The value; nil when it is not of the form.
    let read: @Sendable (LessonParameter.Value) -> Value?

    /// What an author is told of it.
    func documentation(isRequired: Bool) -> ParameterDocumentation {
        ParameterDocumentation(key: key, form: form, meaning: meaning, isRequired: isRequired)
    }

    /// For a key that every check of the kind has.
    var required: ParameterDocumentation { documentation(isRequired: true) }

    /// For a key that a check may leave out.
    var optional: ParameterDocumentation { documentation(isRequired: false) }
}

extension CheckParameter<String> {
    /// One line of text, as it is written: also a number, or a word such as `true`.
    static func text(_ key: String, _ meaning: String) -> CheckParameter {
        CheckParameter(key: key, form: "a text", meaning: meaning) { value in
            guard let text = value.text, !text.isEmpty, !text.contains(where: \.isNewline) else { return nil }
            return text
        }
    }

    /// The name of a file or folder, maybe with folders in front, that stays where it is looked for.
    static func relativePath(_ key: String, _ meaning: String) -> CheckParameter {
        CheckParameter(key: key, form: "a relative path", meaning: meaning) { value in
            guard let text = value.text, !text.isEmpty else { return nil }
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            return parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." } ? text : nil
        }
    }
}

extension CheckParameter<Bool> {
    /// `true` or `false`.
    static func truth(_ key: String, _ meaning: String) -> CheckParameter {
        CheckParameter(key: key, form: "`true` or `false`", meaning: meaning) { value in
            if case .boolean(let truth) = value { truth } else { nil }
        }
    }
}

extension CheckParameter<NamedImage> {
    /// The reference of an image.
    static func image(_ key: String, _ meaning: String) -> CheckParameter {
        CheckParameter(key: key, form: "an image reference", meaning: meaning) { value in
            guard let text = value.text, let reference = try? ImageReference(parsing: text) else { return nil }
            return NamedImage(text: text, reference: reference)
        }
    }
}

extension CheckParameter where Value: RawRepresentable<String> & CaseIterable {
    /// One of a few words.
    static func word(_ key: String, _ meaning: String) -> CheckParameter {
        let words = Value.allCases.map { "`\($0.rawValue)`" }
        return CheckParameter(key: key, form: "one of \(words.joined(separator: ", "))", meaning: meaning) { value in
            value.text.flatMap(Value.init(rawValue:))
        }
    }
}

/// An image as a lesson names it.
struct NamedImage: Sendable {
    /// The name as it is written.
    let text: String
    /// What it means.
    let reference: ImageReference
}
