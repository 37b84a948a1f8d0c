// SPDX-License-Identifier: Apache-2.0

// Source: OpenVEX specification 0.2.0.

public import CivilTime

/// What somebody says about vulnerabilities that do, or do not, matter in a product.
public struct OpenVEXDocument: Sendable, Hashable {
    /// The document's id, an address as a rule; empty when it has none.
    public let id: String
    /// Who says it, such as `Docker Hardened Images <dhi@docker.com>`.
    public let author: String
    /// What is said, in the order of the document.
    public let statements: [Statement]
    /// Statements that the specification does not allow, one sentence each; they do not count.
    public let remarks: [String]

    /// Makes a document from its parts.
    public init(id: String, author: String, statements: [Statement], remarks: [String] = []) {
        self.id = id
        self.author = author
        self.statements = statements
        self.remarks = remarks
    }
}

extension OpenVEXDocument {
    /// One statement: a status for a vulnerability in products.
    public struct Statement: Sendable, Hashable {
        /// The vulnerability's name and its other names.
        public let vulnerabilities: [String]
        /// What it is about; empty when what encloses the document says so.
        public let products: [Product]
        /// What is so.
        public let status: Status
        /// Why it is not affected, as the specification words it; nil when not said.
        public let justification: String?
        /// Why it is not affected, in free text; nil when not said.
        public let impact: String?
        /// When it was made, the document's time where it has none of its own; nil when neither can be read.
        public let time: Instant?
        /// The day after which it does not count any more; nil when it has no end. No part of the specification: members
        /// `expires`, `expiry` and `valid_until` of a statement or its document, as ignore files have them.
        public let lastDay: CivilDay?

        /// Makes a statement from its parts.
        public init(
            vulnerabilities: [String],
            products: [Product],
            status: Status,
            justification: String? = nil,
            impact: String? = nil,
            time: Instant? = nil,
            lastDay: CivilDay? = nil
        ) {
            self.vulnerabilities = vulnerabilities
            self.products = products
            self.status = status
            self.justification = justification
            self.impact = impact
            self.time = time
            self.lastDay = lastDay
        }
    }

    /// The four answers.
    public enum Status: String, Sendable, Hashable, CaseIterable {
        case notAffected = "not_affected"
        case affected
        case fixed
        case underInvestigation = "under_investigation"
    }

    /// A product, or a part of one.
    public struct Product: Sendable, Hashable {
        /// Its ids, purls as a rule.
        public let ids: [String]
        /// Hashes by algorithm as the specification names them, such as `sha-256`; hexadecimal.
        public let hashes: [String: String]
        /// The parts that are meant, by their ids, each part a list of its own; empty means all of it.
        public let subcomponents: [[String]]

        /// Makes a product from its parts.
        public init(ids: [String], hashes: [String: String] = [:], subcomponents: [[String]] = []) {
            self.ids = ids
            self.hashes = hashes
            self.subcomponents = subcomponents
        }
    }
}
