// SPDX-License-Identifier: Apache-2.0
//
// Source: Blackboard Learn, "Download assignments": the file names of the Grade Centre's assignment download.

/// Blackboard: one flat folder of `ASSIGNMENT_USER_attempt_YYYY-MM-DD-HH-MM-SS_FILE`, and for each attempt a text file of that name
/// without a file, which says who it was.
enum BlackboardLayout: SubmissionLayout {
    static let name = "Blackboard"
    private static let mark = "_attempt_"

    static func claims(in folder: DownloadFolder) -> [LayoutClaim] {
        let names = folder.entries.filter { !$0.isFolder }.compactMap { Name($0.name) }
        var lists: [String: List] = [:]
        for name in names where name.isList {
            if let text = folder.text(name.entry) { lists[name.head] = List(text) }
        }
        return names.map { name in
            let list = lists[name.head]
            let login = list?.login ?? name.login
            let owner = SubmissionOwner(
                id: SubmissionName.id(of: login),
                people: [SubmissionOwner.Person(name: list?.person, identifiers: [.init(.login, login)])]
            )
            return LayoutClaim(
                entry: name.entry,
                owner: owner,
                role: name.isList ? .record : .work,
                fileName: name.file ?? name.entry,
                attempt: name.date
            )
        }
    }

    /// A name, taken apart.
    private struct Name {
        let entry: String
        /// Assignment and user: where one ends only the list says.
        let head: String
        let login: String
        let date: String
        /// The person's own name for the file; nil for the list.
        let file: String?
        var isList: Bool { file == nil }

        init?(_ entry: String) {
            guard let mark = entry.ranges(of: BlackboardLayout.mark).last else { return nil }
            head = String(entry[..<mark.lowerBound])
            let tail = entry[mark.upperBound...]
            let date = tail.prefix(19)
            let shape = date.utf8.map { $0 == UInt8(ascii: "-") ? "-" : $0 >= 0x30 && $0 <= 0x39 ? "0" : "x" }.joined()
            guard shape == "0000-00-00-00-00-00", let user = head.split(separator: "_").last else { return nil }
            self.entry = entry
            self.date = String(date)
            login = String(user)
            let rest = tail.dropFirst(19)
            if rest.lowercased() == ".txt" {
                file = nil
            } else if rest.hasPrefix("_"), rest.count > 1 {
                file = String(rest.dropFirst())
            } else {
                return nil
            }
        }
    }

    /// What an attempt's list says: `Name: Ada Lovelace (ada1)`.
    private struct List {
        let person: String?
        let login: String?

        init(_ text: String) {
            let line = text.split(whereSeparator: \.isNewline).first { $0.hasPrefix("Name:") }
            let value = line.map { $0.dropFirst("Name:".count) }
            guard let value, let open = value.lastIndex(of: "("), let close = value.lastIndex(of: ")"), open < close
            else {
                person = nil
                login = nil
                return
            }
            let words = value[..<open].split(separator: " ")
            let inner = value[value.index(after: open)..<close].split(separator: " ")
            person = words.isEmpty ? nil : words.joined(separator: " ")
            login = inner.count == 1 ? inner.first.map(String.init) : nil
        }
    }
}
