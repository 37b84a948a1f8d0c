// SPDX-License-Identifier: Apache-2.0
//
// Source: moodle/moodle, mod/assign/classes/downloader.php and mod/assign/submission/onlinetext.

/// Moodle: folders `FULL NAME_ID_assignsubmission_file_`, or flat files with that in front; texts that were typed in stand under
/// `…_assignsubmission_onlinetext_`. Anonymous people are `Participant_ID`.
enum MoodleLayout: SubmissionLayout {
    static let name = "Moodle"
    private static let mark = "_assignsubmission_"

    static func claims(in folder: DownloadFolder) -> [LayoutClaim] { folder.entries.compactMap(claim) }

    private static func claim(_ entry: DownloadFolder.Entry) -> LayoutClaim? {
        guard let mark = entry.name.firstRange(of: Self.mark) else { return nil }
        let head = entry.name[..<mark.lowerBound]
        guard let joint = head.lastIndex(of: "_"), joint != head.startIndex else { return nil }
        let number = head[head.index(after: joint)...]
        guard !number.isEmpty, number.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        let person = String(head[..<joint])
        let owner = SubmissionOwner(
            id: SubmissionName.id(of: String(head)),
            people: [
                SubmissionOwner.Person(
                    name: person.lowercased() == "participant" ? nil : person,
                    identifiers: [.init(.site, String(number))]
                )
            ]
        )
        // `file_Dockerfile`, `onlinetext_onlinetext.html`: the plugin, then the person's own name for it.
        let tail = entry.name[mark.upperBound...]
        let plugin = tail.prefix { $0 != "_" }
        let file = tail.dropFirst(plugin.count + 1)
        return LayoutClaim(
            entry: entry.name,
            owner: owner,
            role: plugin == "file" ? .work : .text,
            fileName: entry.isFolder ? nil : file.isEmpty ? String(tail) : String(file)
        )
    }
}
