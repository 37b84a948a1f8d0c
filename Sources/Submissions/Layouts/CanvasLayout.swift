// SPDX-License-Identifier: Apache-2.0
//
// Source: instructure/canvas-lms, lib/content_zipper.rb.

/// Canvas: one flat folder of `NAME[_LATE]_USER_ATTACHMENT_FILE`, with `…_USER_text.html` for what was typed in and
/// `…_USER_link.html` for an address. A file that was handed in anew has `-1` and so on before its ending.
enum CanvasLayout: SubmissionLayout {
    static let name = "Canvas"

    static func claims(in folder: DownloadFolder) -> [LayoutClaim] {
        folder.entries.filter { !$0.isFolder }.compactMap { claim($0.name) }
    }

    private static func claim(_ entry: String) -> LayoutClaim? {
        let parts = entry.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count >= 3,
            let index = parts.indices.dropFirst().first(where: { isNumber(parts[$0]) && $0 + 1 < parts.count })
        else { return nil }
        var nameParts = parts[..<index]
        let isLate = nameParts.count > 1 && nameParts.last == "LATE"
        if isLate { nameParts.removeLast() }
        let person = nameParts.joined(separator: "_")
        let user = String(parts[index])
        guard !person.isEmpty else { return nil }
        let owner = SubmissionOwner(
            id: SubmissionName.id(of: person + "_" + user),
            people: [
                SubmissionOwner.Person(
                    name: person == "anon" ? nil : person,
                    identifiers: [.init(.site, user)]
                )
            ]
        )
        let rest = parts[(index + 1)...]
        let last = rest.joined(separator: "_")
        let isText = rest.last == "text.html" || rest.last == "link.html"
        if isText, rest.count == 1 || (rest.count == 2 && rest.first.map { isNumber($0) } == true) {
            return LayoutClaim(entry: entry, owner: owner, role: .text, fileName: last, isLate: isLate)
        }
        guard rest.count > 1, let attachment = rest.first, isNumber(attachment) else { return nil }
        let (file, attempt) = original(rest.dropFirst().joined(separator: "_"))
        guard !file.isEmpty else { return nil }
        return LayoutClaim(
            entry: entry,
            owner: owner,
            fileName: file,
            attempt: padded(attempt),
            attemptNumber: attempt,
            sequence: Int(attachment) ?? 0,
            isLate: isLate
        )
    }

    /// The name as the person gave it, and which attempt it is of: `work-1.zip` is the second `work.zip`.
    private static func original(_ file: String) -> (name: String, attempt: Int) {
        let dot = file.lastIndex(of: ".") ?? file.endIndex
        let stem = file[..<dot]
        guard let dash = stem.lastIndex(of: "-"), dash != stem.startIndex else { return (file, 1) }
        let digits = stem[stem.index(after: dash)...]
        guard digits.utf8.count < 3, digits.first != "0", let number = Int(digits), number > 0, isNumber(digits) else {
            return (file, 1)
        }
        return (String(stem[..<dash]) + file[dot...], number + 1)
    }

    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
    }

    private static func isNumber(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.count < 20 && text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }
}
