// SPDX-License-Identifier: Apache-2.0

/// What a step asks of the learner's work: data, which the evaluator of its kind judges.
public struct LessonCheck: Sendable, Hashable, Identifiable {
    /// The stable name, unique within the lesson, such as `non-root-user.user`.
    public let id: String
    /// What is asked, in a few words.
    public let title: String
    /// The points that a pass gives; 0 for advice.
    public let points: Int
    /// The checks that must have passed before this one is tried.
    public let requires: [String]
    /// Which evaluator judges it, such as `user-non-root`.
    public let kind: String
    /// What the evaluator is told, by name.
    public let parameters: [String: LessonParameter]
    /// What is said when it fails; may hold placeholders in braces.
    public let message: String
    /// What was asked for, to be set beside what was found; nil when the message says it all.
    public let expected: String?
    /// What to do about it; nil when there is no single thing.
    public let fix: String?
    /// Whether it is advice: shown and flagged, but it never decides the step's state and gives no points.
    public let isAdvisory: Bool
    /// What it has to be judged from.
    public let needs: Source

    /// Makes a check from its parts.
    public init(
        id: String,
        title: String,
        points: Int,
        requires: [String] = [],
        kind: String,
        parameters: [String: LessonParameter] = [:],
        message: String,
        expected: String? = nil,
        fix: String? = nil,
        isAdvisory: Bool = false,
        needs: Source
    ) {
        self.id = id
        self.title = title
        self.points = points
        self.requires = requires
        self.kind = kind
        self.parameters = parameters
        self.message = message
        self.expected = expected
        self.fix = fix
        self.isAdvisory = isAdvisory
        self.needs = needs
    }

    /// A scalar parameter as it is written; nil when it is missing or a list.
    public func text(_ name: String) -> String? {
        parameters[name]?.text
    }

    /// A parameter that is `true` or `false`; nil when it is missing or something else.
    public func bool(_ name: String) -> Bool? {
        parameters[name]?.bool
    }

    /// A parameter that is a number; nil when it is missing or something else.
    public func number(_ name: String) -> Double? {
        parameters[name]?.number
    }

    /// A parameter that is a list, or a scalar taken as a list of one; empty when it is missing.
    public func list(_ name: String) -> [String] {
        parameters[name]?.list ?? []
    }

    /// A text with its placeholders filled in.
    ///
    /// `{name}` becomes the value of that name, else the scalar parameter of that name, and otherwise stays as it is.
    public func filled(_ template: String, values: [String: String] = [:]) -> String {
        var result = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            let behind = rest[rest.index(after: open)...]
            guard let close = behind.firstIndex(where: { $0 == "}" || $0 == "{" }), behind[close] == "}" else {
                result += "{"
                rest = behind
                continue
            }
            let name = String(behind[..<close])
            if let value = values[name] ?? text(name) {
                result += value
            } else {
                result += "{\(name)}"
            }
            rest = behind[behind.index(after: close)...]
        }
        return result + rest
    }
}

extension LessonCheck {
    /// What a check is judged from.
    public enum Source: String, Sendable, Hashable, CaseIterable {
        /// The Dockerfile and the files of the workspace.
        case work
        /// What the learner did: commands that ran, answers, settings. Left out when a bare submission is graded.
        case record
        /// A built image.
        case image
    }
}
