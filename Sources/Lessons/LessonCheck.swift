// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

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
    /// Checks of which one at least must have passed before this one is tried; none are asked for when empty.
    public let requiresOneOf: [String]
    /// Which evaluator judges it, such as `user-non-root`.
    public let kind: String
    /// What the evaluator is told, in the order of the file.
    public let parameters: [LessonParameter]
    /// What is said when it fails; may hold placeholders in braces.
    public let message: String
    /// What was asked for, to be set beside what was found; nil when the message says it all.
    public let expected: String?
    /// What to do about it; nil when there is no single thing.
    public let fix: String?
    /// Whether it is advice: shown and flagged, but it never decides the step's state and gives no points.
    public let isAdvisory: Bool
    /// Where it stands.
    public let place: Place
    /// Where its kind is named.
    public let kindPlace: Place

    /// Makes a check; the place of the kind is that of the check when none is given.
    public init(
        id: String,
        title: String,
        points: Int,
        requires: [String] = [],
        requiresOneOf: [String] = [],
        kind: String,
        parameters: [LessonParameter] = [],
        message: String,
        expected: String? = nil,
        fix: String? = nil,
        isAdvisory: Bool = false,
        place: Place,
        kindPlace: Place? = nil
    ) {
        self.id = id
        self.title = title
        self.points = points
        self.requires = requires
        self.requiresOneOf = requiresOneOf
        self.kind = kind
        self.parameters = parameters
        self.message = message
        self.expected = expected
        self.fix = fix
        self.isAdvisory = isAdvisory
        self.place = place
        self.kindPlace = kindPlace ?? place
    }

    /// A scalar parameter as it is written; nil when it is missing or a list.
    public func text(_ key: String) -> String? {
        parameters.first { $0.key == key }?.value.text
    }

    /// The check that keeps this one from being judged; nil when none does.
    ///
    /// What may well be right stands in nobody's way: only a check that failed, or was itself not judged, does. Checks that were not
    /// tried at all, as those of the learner's record in a bare submission, block nothing.
    ///
    /// - Parameter isBlocking: whether a check of that id failed or was skipped; nil for one that was not tried.
    public func blocker(_ isBlocking: (String) -> Bool?) -> String? {
        if let blocker = requires.first(where: { isBlocking($0) == true }) { return blocker }
        let tried = requiresOneOf.filter { isBlocking($0) != nil }
        return tried.allSatisfy { isBlocking($0) == true } ? tried.first : nil
    }

    /// A text with its placeholders filled in: `{name}` becomes the scalar parameter of that name, and otherwise stays as it is.
    public func filled(_ template: String) -> String {
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
            if let value = text(name) {
                result += value
            } else {
                result += "{\(name)}"
            }
            rest = behind[behind.index(after: close)...]
        }
        return result + rest
    }
}
