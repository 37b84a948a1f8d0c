// SPDX-License-Identifier: Apache-2.0

/// One thing that was looked at.
package struct DoctorCheck: Encodable, Equatable {
    package let name: String
    package let state: State
    /// What was found, on one line.
    package let value: String
    /// What to do; nil when nothing.
    package let fix: String?

    package init(_ name: String, _ state: State = .ok, _ value: String, fix: String? = nil) {
        self.name = name
        self.state = state
        self.value = value.split(whereSeparator: \.isNewline).joined(separator: " ")
        self.fix = fix
    }

    /// How it stands.
    package enum State: String, Encodable {
        /// As it should be.
        case ok
        /// Seaworthy works, but something is less than it could be.
        case warning
        /// Seaworthy does not work, or not all of it.
        case problem
    }
}
