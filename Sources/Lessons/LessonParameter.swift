// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// A key of a check beyond those that every check has, as it is written: the check's kind says what it means.
public struct LessonParameter: Sendable, Hashable {
    /// The key.
    public let key: String
    /// Where the key stands.
    public let keyPlace: Place
    /// What stands behind the key.
    public let value: Value
    /// Where that stands.
    public let place: Place

    /// Takes a key and its value with their places; the value's place is the key's when none is given.
    public init(key: String, at keyPlace: Place, value: Value, at place: Place? = nil) {
        self.key = key
        self.keyPlace = keyPlace
        self.value = value
        self.place = place ?? keyPlace
    }

    /// What can stand behind a key.
    public enum Value: Sendable, Hashable {
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
    }
}
