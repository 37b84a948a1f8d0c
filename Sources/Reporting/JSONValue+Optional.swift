// SPDX-License-Identifier: Apache-2.0

package import JSONValues

extension JSONValue {
    /// A text, or `null` for nil.
    package static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
}
