// SPDX-License-Identifier: Apache-2.0

/// How one course site names what people handed in, in its download of a whole class.
///
/// An implementation looks at names, and at the lists that the site itself puts in, never at the work. It claims only what its
/// site's own rule made; whatever nobody claims is taken as it stands, a folder or file a person.
protocol SubmissionLayout: Sendable {
    /// The site.
    static var name: String { get }

    /// What the names in a folder say.
    static func claims(in folder: DownloadFolder) -> [LayoutClaim]
}

/// A folder of a download: its names, and the site's own lists in it.
struct DownloadFolder: Sendable {
    /// What lies in it, without what systems leave.
    let entries: [Entry]
    /// The text of a small file in it; nil for what cannot be read.
    let text: @Sendable (String) -> String?

    /// A name in the folder.
    struct Entry: Sendable {
        let name: String
        let isFolder: Bool
    }
}

/// What one name of a download says.
struct LayoutClaim: Sendable {
    /// The name that it is about.
    let entry: String
    /// Whose it is; equal owners are one person.
    let owner: SubmissionOwner
    /// What it is.
    var role = Role.work
    /// The name that the person gave it; nil for a folder.
    var fileName: String?
    /// A text by which attempts are in order; empty where the site keeps one alone.
    var attempt = ""
    /// The attempt's number, where the name says it.
    var attemptNumber: Int?
    /// Tells apart what one attempt has twice under one name: the higher came later.
    var sequence = 0
    /// Whether the site marked it as late.
    var isLate = false

    /// What a name can stand for.
    enum Role: Sendable {
        /// Files that were handed in.
        case work
        /// A text that was typed into a form, or a link: something for a person to read.
        case text
        /// The site's own note on an attempt, which also holds what was typed in.
        case record
        /// The site's own list, which is nobody's.
        case list
    }
}
