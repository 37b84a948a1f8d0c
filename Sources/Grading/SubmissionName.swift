// SPDX-License-Identifier: Apache-2.0

/// What file names say about submissions. Names come from strangers: they are looked at, and never used as paths.
enum SubmissionName {
    private static let archiveEndings = [
        ".zip", ".tar", ".tar.gz", ".tgz", ".tar.zst", ".tzst", ".tar.xz", ".txz", ".tar.bz2", ".tbz2",
    ]

    /// Whether a file of this name at its top makes a folder a submission of its own.
    static func marksSubmission(_ name: String) -> Bool {
        ["dockerfile", "containerfile", "package.json", "oci-layout"].contains(name.lowercased())
    }

    /// Whether a file of this name is a Dockerfile, with or without a person's name.
    static func isDockerfile(_ name: String) -> Bool {
        let name = name.lowercased()
        return ["dockerfile", "containerfile"].contains { word in
            name == word || name.hasPrefix(word + ".") || name.hasSuffix("." + word) || name.hasSuffix("_" + word)
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
        // The longest ending first: `.tar.gz` before `.gz`.
        let endings = archiveEndings + [".dockerfile", "_dockerfile", ".containerfile", "_containerfile"]
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
