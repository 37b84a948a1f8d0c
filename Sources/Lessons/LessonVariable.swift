// SPDX-License-Identifier: Apache-2.0
//
// Source: the OCI distribution specification 1.1, "Pulling manifests": the parts of a repository's name.

import Foundation

/// A value that a lesson asks the learner for once and uses from then on.
public struct LessonVariable: Sendable, Hashable {
    /// The name, as the shell knows it: capitals, digits and underscores.
    public let name: String
    /// The question that is put to the learner.
    public let prompt: String
    /// What is used until the learner says otherwise; nil when the learner must say something.
    public let defaultValue: String?
    /// What a value may look like.
    public let form: Form

    /// A variable without a default has to be asked for; any line will do for a value unless a form is said.
    public init(name: String, prompt: String, defaultValue: String?, form: Form = .line) {
        self.name = name
        self.prompt = prompt
        self.defaultValue = defaultValue
        self.form = form
    }

    /// What is wrong with a value, as the end of a sentence; nil when nothing is.
    public func problem(with value: String) -> String? { form.problem(with: value) }

    /// A value of the right form that is near another one; nil when there is none.
    public func suggestion(for value: String) -> String? {
        guard form == .imageName else { return nil }
        var text = ""
        // Accents and apostrophes go, everything else that does not fit becomes a hyphen.
        let plain = value.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil).lowercased()
        for scalar in plain.unicodeScalars where scalar != "'" && scalar != "’" {
            if Form.isSmall(scalar) {
                text.unicodeScalars.append(scalar)
            } else if !text.isEmpty, !text.hasSuffix("-") {
                text.append("-")
            }
        }
        while text.hasSuffix("-") { text.removeLast() }
        text = String(text.prefix(Form.longest))
        return form.problem(with: text) == nil ? text : nil
    }
}

extension LessonVariable {
    /// What a value may look like, as `accepts` in `lesson.yaml` names it.
    public enum Form: String, Sendable, Hashable, CaseIterable {
        /// One part of an image's name, such as an account or an organization.
        case imageName = "image-name"
        /// Any text on one line.
        case line

        static let longest = 128

        func problem(with value: String) -> String? {
            if value.isEmpty { return "it is empty" }
            if value.utf8.count > Self.longest { return "it is longer than \(Self.longest) characters" }
            switch self {
            case .line:
                let isHarmless = value.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
                return isHarmless ? nil : "it holds control characters"
            case .imageName:
                guard value.unicodeScalars.allSatisfy({ Self.isSmall($0) || "._-".unicodeScalars.contains($0) }) else {
                    return "a part of an image's name has small letters, digits, and `-`, `_` or `.` between them"
                }
                return Self.separatorsAreInside(value) ? nil : "`-`, `_` and `.` stand between letters or digits only"
            }
        }

        /// Between letters and digits stand one dot, one or two underscores, or hyphens.
        private static func separatorsAreInside(_ value: String) -> Bool {
            let runs = value.split(omittingEmptySubsequences: true) { isSmall($0.unicodeScalars.first ?? " ") }
            guard let first = value.unicodeScalars.first, let last = value.unicodeScalars.last, isSmall(first),
                isSmall(last)
            else { return false }
            return runs.allSatisfy { run in run == "." || run == "_" || run == "__" || run.allSatisfy { $0 == "-" } }
        }

        static func isSmall(_ scalar: Unicode.Scalar) -> Bool {
            ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
        }
    }
}
