// SPDX-License-Identifier: Apache-2.0

/// The members of a JSON object, in the order in which they are written.
package struct JSONObject: Sendable, Hashable {
    /// A name and what it stands for.
    package struct Member: Sendable, Hashable {
        package let name: String
        package var value: JSONValue
    }

    /// The members in order; a name may stand twice, then the last counts.
    package private(set) var members: [Member]

    package init() { members = [] }

    /// Adds a member behind the others; nil adds nothing.
    package mutating func append(_ name: String, _ value: JSONValue?) {
        if let value { members.append(Member(name: name, value: value)) }
    }

    /// The value of a member; nil when there is none of that name.
    package subscript(name: String) -> JSONValue? { members.last { $0.name == name }?.value }
}
