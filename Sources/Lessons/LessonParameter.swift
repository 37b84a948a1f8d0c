// SPDX-License-Identifier: Apache-2.0

/// A value that a check hands to its evaluator.
public enum LessonParameter: Sendable, Hashable {
    /// A text.
    case string(String)
    /// Several texts.
    case strings([String])
    /// A number, and how it was written.
    case numeric(Double, written: String)
    /// `true` or `false`.
    case boolean(Bool)

    /// The scalar as it was written; nil for a list.
    public var text: String? {
        switch self {
        case .string(let text), .numeric(_, let text): text
        case .boolean(let value): value ? "true" : "false"
        case .strings: nil
        }
    }

    /// The texts of a list, or the one text of a scalar.
    public var list: [String] {
        if case .strings(let texts) = self { return texts }
        return text.map { [$0] } ?? []
    }

    /// The number; nil for anything else.
    public var number: Double? {
        if case .numeric(let value, _) = self { return value }
        return nil
    }

    /// The truth value; nil for anything else.
    public var bool: Bool? {
        if case .boolean(let value) = self { return value }
        return nil
    }
}
