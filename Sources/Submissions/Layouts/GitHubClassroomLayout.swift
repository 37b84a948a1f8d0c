// SPDX-License-Identifier: Apache-2.0
//
// Source: GitHub Classroom, "View student work" and `gh classroom clone student-repos`: ASSIGNMENT-submissions/ASSIGNMENT-USER.

/// GitHub Classroom: a repository a person, all named `ASSIGNMENT-USER`; as GitHub's own zips they have the branch behind.
///
/// The name does not say where the assignment ends and the user begins; what all of them begin with is taken for the assignment.
enum GitHubClassroomLayout: SubmissionLayout {
    static let name = "GitHub Classroom"

    static func claims(in folder: DownloadFolder) -> [LayoutClaim] {
        let names = folder.entries.filter { $0.isFolder || SubmissionName.isArchive($0.name) }.map { entry in
            (entry: entry, stem: withoutBranch(entry.isFolder ? entry.name : SubmissionName.stem(of: entry.name)))
        }
        guard names.count > 1, let prefix = commonPrefix(names.map(\.stem)) else { return [] }
        return names.map { name in
            let user = String(name.stem.dropFirst(prefix.count))
            return LayoutClaim(
                entry: name.entry.name,
                owner: SubmissionOwner(
                    id: SubmissionName.id(of: name.stem),
                    people: [
                        SubmissionOwner.Person(name: nil, identifiers: [.init(.any, name.stem), .init(.guess, user)])
                    ]
                ),
                fileName: name.entry.isFolder ? nil : name.entry.name
            )
        }
    }

    /// What all names begin with, up to a dash; nil when they have nothing in common, or one has nothing else.
    private static func commonPrefix(_ names: [String]) -> String? {
        guard var common = names.first.map({ $0[...] }) else { return nil }
        for name in names { common = common.prefix(zip(common, name).prefix { $0 == $1 }.count) }
        guard let dash = common.lastIndex(of: "-"), dash != common.startIndex else { return nil }
        let prefix = String(common[...dash])
        return names.allSatisfy { $0.count > prefix.count } ? prefix : nil
    }

    private static func withoutBranch(_ name: String) -> String {
        for branch in ["-main", "-master"] where name.hasSuffix(branch) && name.count > branch.count {
            return String(name.dropLast(branch.count))
        }
        return name
    }
}
