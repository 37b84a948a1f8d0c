// SPDX-License-Identifier: Apache-2.0

import HostFiles

/// What file names say about submissions. Names come from strangers: they are looked at, and never used as paths.
enum SubmissionName {
    private static let archiveEndings = ArchiveEnding.folders

    private static let words = ["dockerfile", "containerfile"]
    /// Endings of files that are no Dockerfile although their name speaks of one.
    private static let otherEndings = [
        ".dockerignore", ".docx", ".doc", ".odt", ".rtf", ".pdf", ".png", ".jpg", ".jpeg", ".html", ".json", ".rar",
        ".7z",
    ]

    /// Whether a file of this name at its top makes a folder a submission of its own.
    static func marksSubmission(_ name: String) -> Bool {
        isBareDockerfile(name) || ["package.json", "oci-layout"].contains(name.lowercased())
    }

    /// Whether a file is a Dockerfile and its name says no more than that: `Dockerfile`, `dockerfile.txt`, `Dockerfile (1)`.
    static func isBareDockerfile(_ name: String) -> Bool { words.contains(plain(name)) }

    /// Whether a file of this name is a Dockerfile, with or without a person's name.
    static func isDockerfile(_ name: String) -> Bool {
        let lower = name.lowercased()
        guard !isArchive(name), !otherEndings.contains(where: { lower.hasSuffix($0) }) else { return false }
        let name = plain(name)
        return words.contains { word in
            name == word || name.hasPrefix(word + ".")
                || [".", "_", "-", " "].contains { name.hasSuffix($0 + word) }
        }
    }

    /// A name in small letters without what editors, browsers and course sites put behind it: `.txt`, ` (1)`, ` - Copy`, `-1`.
    private static func plain(_ name: String) -> String {
        var name = name.lowercased()
        for ending in [".txt", ".text"] where name.hasSuffix(ending) { name.removeLast(ending.count) }
        if let copy = name.firstRange(of: " - copy") { name = String(name[..<copy.lowerBound]) }
        for word in words {
            guard let found = name.ranges(of: word).last else { continue }
            let rest = name[found.upperBound...].filter { !" -()".contains($0) }
            if !rest.isEmpty, rest.utf8.count < 4, rest.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
                return String(name[..<found.upperBound])
            }
        }
        return name
    }

    /// The kind of archive that a name promises, of those that are not read; nil when it promises none.
    static func foreignArchive(_ name: String) -> String? {
        let name = name.lowercased()
        return ["rar", "7z", "zipx", "cab", "arj", "lzh"].first {
            name.hasSuffix("." + $0) && name.utf8.count > $0.utf8.count + 1
        }
    }

    /// Whether a name ends as an archive's does.
    static func isArchive(_ name: String) -> Bool {
        let name = name.lowercased()
        return archiveEndings.contains { name.hasSuffix($0) && name.utf8.count > $0.utf8.count }
    }

    /// What systems leave behind, and nobody handed in.
    static func isClutter(_ name: String) -> Bool {
        (name.hasPrefix(".") && name != ".seaworthy") || name == "__MACOSX" || name.lowercased() == "thumbs.db"
    }

    /// A name without the ending of an archive or the word `Dockerfile`, as an id.
    static func stem(of name: String) -> String {
        let lower = name.lowercased()
        if !words.contains(plain(name)), let word = words.first(where: { plain(name).hasSuffix($0) }) {
            let owner = String(plain(name).dropLast(word.count + 1))
            if !owner.isEmpty { return id(of: String(name.prefix(owner.count))) }
        }
        // The longest ending first: `.tar.gz` before `.gz`.
        let endings = archiveEndings + [".rar", ".7z"]
        for ending in endings.sorted(by: { $0.utf8.count > $1.utf8.count })
        where lower.hasSuffix(ending) && lower.utf8.count > ending.utf8.count {
            return id(of: String(name.dropLast(ending.count)))
        }
        for word in ["dockerfile.", "containerfile."] where lower.hasPrefix(word) && lower.utf8.count > word.utf8.count
        {
            return id(of: String(name.dropFirst(word.count)))
        }
        return id(of: name)
    }

    /// A name as an id.
    static func id(of name: String) -> String { clean(name) }

    /// A name with its control characters and bidirectional controls written as `%` and hexadecimal digits.
    static func clean(_ name: String) -> String {
        var result = ""
        for scalar in name.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
