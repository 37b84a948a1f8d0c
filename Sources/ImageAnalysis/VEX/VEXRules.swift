// SPDX-License-Identifier: Apache-2.0

// Source: Docker Scout's command reference, `--vex-author` and `--vex-location`.

public import BillOfMaterials

/// Whose word on vulnerabilities counts, and which documents are read besides those that the image brings.
public struct VEXRules: Sendable {
    /// Regular expressions for authors, found anywhere in the author's name; one is enough.
    public var authors: [String]
    /// Documents that do not come with the image, each with what reports call it.
    public var documents: [(name: String, document: OpenVEXDocument)]

    /// Makes rules; without authors those of Docker are trusted, as Docker Scout does.
    public init(authors: [String] = [], documents: [(name: String, document: OpenVEXDocument)] = []) {
        self.authors = authors.isEmpty ? [Self.standardAuthor] : authors
        self.documents = documents
    }

    /// The author that is trusted when nobody says otherwise.
    public static let standardAuthor = "<.*@docker.com>"

    /// Whether an author is trusted; a text that is no regular expression trusts nobody.
    func trusts(_ author: String) -> Bool {
        authors.contains { pattern in
            // A Regex is not Sendable, so each question makes its own.
            guard let regex = try? Regex(pattern) else { return false }
            return (try? regex.firstMatch(in: author)) != nil
        }
    }
}
