// SPDX-License-Identifier: Apache-2.0

import JSONValues

extension JSONValue {
    /// The value of a member; nil when there is none or when it is `null`.
    func present(_ name: String) -> JSONValue? {
        guard let value = self[name], value != .null else { return nil }
        return value
    }

    /// The strings of an array, others left out; a single string counts as an array of one; empty for anything else.
    var stringList: [String] {
        if let string { return [string] }
        return array?.compactMap(\.string) ?? []
    }

    /// Whether it is an object.
    var isObject: Bool { object != nil }
}
