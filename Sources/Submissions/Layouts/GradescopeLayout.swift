// SPDX-License-Identifier: Apache-2.0
//
// Source: Gradescope, "Export Submissions": folders `submission_ID` and `submission_metadata.yml`.

/// Gradescope: folders `submission_ID`, and a list that says whose each is. Its keys begin with a colon; number and address of a
/// person may be missing, and a group has several people.
enum GradescopeLayout: SubmissionLayout {
    static let name = "Gradescope"
    private static let list = "submission_metadata.yml"

    static func claims(in folder: DownloadFolder) -> [LayoutClaim] {
        let lists = folder.entries.filter { !$0.isFolder && $0.name == list }
        guard !lists.isEmpty else { return [] }
        let records = folder.text(list).map(GradescopeList.init)?.submissions ?? [:]
        var claims = lists.map { LayoutClaim(entry: $0.name, owner: SubmissionOwner(id: ""), role: .list) }
        for entry in folder.entries where entry.name != list {
            let stem = entry.isFolder ? entry.name : SubmissionName.stem(of: entry.name)
            guard let record = records[stem] else { continue }
            let ids = record.people.compactMap { person in
                let found = [SubmissionOwner.Identifier.Kind.school, .email].compactMap { kind in
                    person.identifiers.first { $0.kind == kind }?.value
                }
                return found.first ?? person.name
            }
            let owner = SubmissionOwner(
                id: SubmissionName.id(of: ids.isEmpty ? stem : ids.joined(separator: "+")),
                people: record.people
            )
            claims.append(
                LayoutClaim(
                    entry: entry.name,
                    owner: owner,
                    fileName: entry.isFolder ? nil : entry.name,
                    attempt: record.created + " " + stem,
                    sequence: Int(stem.split(separator: "_").last ?? "") ?? 0
                )
            )
        }
        return claims
    }
}

/// The part of Gradescope's list that says whose a submission is. The rest of it (results, history) may be large, and may hold
/// whatever a program printed; it is passed over by its indentation.
struct GradescopeList {
    /// What is known of a submission.
    struct Record {
        var people: [SubmissionOwner.Person] = []
        var created = ""
    }

    private(set) var submissions: [String: Record] = [:]

    init(_ text: String) {
        var current: String?
        // The indentation of `:submitters:`, while its list lasts.
        var list: Int?
        var person: [String: String]?
        func finish(_ submissions: inout [String: Record]) {
            defer { person = nil }
            guard let current, let person else { return }
            submissions[current, default: Record()].people.append(Self.person(person))
        }
        for line in text.split(whereSeparator: \.isNewline) {
            let indentation = line.prefix { $0 == " " }.count
            var content = line.dropFirst(indentation)
            if content.isEmpty || content.hasPrefix("#") { continue }
            if indentation == 0, !content.hasPrefix("-") {
                finish(&submissions)
                list = nil
                current = content.hasSuffix(":") ? Self.scalar(content.dropLast()) : nil
                if let current { submissions[current] = Record() }
                continue
            }
            guard let current else { continue }
            let isItem = content.hasPrefix("- ")
            if let start = list, indentation > start || (indentation == start && isItem) {
                if isItem {
                    finish(&submissions)
                    person = [:]
                    content = content.dropFirst(2)
                }
                if let (key, value) = Self.pair(content) { person?[key] = value }
                continue
            }
            finish(&submissions)
            list = nil
            guard let (key, value) = Self.pair(content), submissions[current] != nil else { continue }
            if key == "submitters", value.isEmpty { list = indentation }
            if key == "created_at", submissions[current]?.created.isEmpty == true {
                submissions[current]?.created = value
            }
        }
        finish(&submissions)
    }

    private static func person(_ pairs: [String: String]) -> SubmissionOwner.Person {
        var identifiers: [SubmissionOwner.Identifier] = []
        if let number = pairs["sid"], !number.isEmpty { identifiers.append(.init(.school, number)) }
        if let address = pairs["email"], !address.isEmpty { identifiers.append(.init(.email, address)) }
        return SubmissionOwner.Person(name: pairs["name"].flatMap { $0.isEmpty ? nil : $0 }, identifiers: identifiers)
    }

    /// `:name: Ada` as `name` and `Ada`.
    private static func pair(_ text: Substring) -> (key: String, value: String)? {
        let text = text.hasPrefix(":") ? text.dropFirst() : text
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let rest = text[text.index(after: colon)...]
        guard rest.isEmpty || rest.hasPrefix(" ") else { return nil }
        return (String(text[..<colon]), scalar(rest))
    }

    /// A plain or quoted value.
    private static func scalar(_ text: Substring) -> String {
        var text = text.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        if text.count > 1, text.first == "'", text.last == "'" {
            return String(text.dropFirst().dropLast()).replacing("''", with: "'")
        }
        if text.count > 1, text.first == "\"", text.last == "\"" {
            return String(text.dropFirst().dropLast()).replacing("\\\"", with: "\"").replacing("\\\\", with: "\\")
        }
        return ["null", "~"].contains(text) ? "" : String(text)
    }
}
