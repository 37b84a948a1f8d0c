// SPDX-License-Identifier: Apache-2.0

/// Whose a submission is, as far as its names say.
public struct SubmissionOwner: Sendable, Hashable {
    /// What grades are named after.
    public let id: String
    /// The people; several for a group, none where nothing says more than the id.
    public let people: [Person]

    package init(id: String, people: [Person] = []) {
        self.id = id
        self.people = people
    }

    /// Somebody who handed in.
    public struct Person: Sendable, Hashable, Codable {
        /// The name as the course site has it; nil where it gives none.
        public let name: String?
        /// The numbers and addresses that it goes by.
        public let identifiers: [Identifier]

        package init(name: String?, identifiers: [Identifier]) {
            self.name = name
            self.identifiers = identifiers
        }
    }

    /// A number or address of a person.
    public struct Identifier: Sendable, Hashable, Codable {
        /// What sort of number it is.
        public let kind: Kind
        /// The number or address as it is written.
        public let value: String

        package init(_ kind: Kind, _ value: String) {
            self.kind = kind
            self.value = value
        }

        /// The sorts of numbers and addresses.
        public enum Kind: String, Sendable, Hashable, Codable {
            /// The course site's own number.
            case site
            /// The name for signing in.
            case login
            /// The school's number.
            case school
            /// An address.
            case email
            /// Nothing says which.
            case any
            /// A part of a name that may be the name for signing in.
            case guess
        }
    }
}
