// SPDX-License-Identifier: Apache-2.0

import HostFiles

/// What file names say about submissions. Names come from strangers: they are looked at, and never used as paths.
package enum SubmissionName {
    private static let archiveEndings = ArchiveEnding.folders

    /// Whether a file of this name at its top makes a folder a submission of its own.
    static func marksSubmission(_ name: String) -> Bool {
        DockerfileName.isBare(name) || ["package.json", "oci-layout"].contains(name.lowercased())
    }

    /// Whether a file of this name is a Dockerfile, with or without a person's name.
    static func isDockerfile(_ name: String) -> Bool { DockerfileName.kind(name) != nil }

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

    /// The kind of document that a name promises, in words; nil for anything that could hold the work.
    static func document(_ name: String) -> String? {
        let ending = name.lowercased().split(separator: ".", omittingEmptySubsequences: false).dropFirst().last.map(
            String.init
        )
        switch ending ?? "" {
        case "doc", "docx", "odt", "rtf", "pages": return "a text document"
        case "pdf": return "a PDF"
        case "png", "jpg", "jpeg", "gif", "webp", "heic", "bmp", "tif", "tiff": return "a picture"
        case "ppt", "pptx", "odp", "key": return "a presentation"
        case "xls", "xlsx", "ods", "csv", "numbers": return "a table"
        case "html", "htm": return "a web page"
        case "mp4", "mov", "mkv", "webm": return "a film"
        default: return nil
        }
    }

    /// What systems, editors and tools leave behind, and nobody handed in.
    static func isClutter(_ name: String) -> Bool {
        (name.hasPrefix(".") && name != ".seaworthy") || name == "__MACOSX" || name.hasPrefix("~$")
            || ["thumbs.db", "desktop.ini", "$recycle.bin", "icon\r"].contains(name.lowercased())
    }

    /// Hidden names that everybody knows: they are passed over without a word.
    static func isKnownClutter(_ name: String) -> Bool {
        guard isClutter(name) else { return false }
        if !name.hasPrefix(".") || name.hasPrefix("._") || name.hasPrefix(".~") { return true }
        let known: Set<String> = [
            ".ds_store", ".localized", ".gitkeep", ".keep", ".gitignore", ".gitattributes", ".dockerignore", ".git",
            ".github", ".svn",
            ".hg", ".idea", ".vscode", ".vs", ".trash", ".trashes", ".spotlight-v100", ".fseventsd", ".directory",
            ".cache", ".env",
            ".editorconfig", ".devcontainer", ".gitlab-ci.yml", ".npmrc", ".eslintrc", ".prettierrc", ".grading",
        ]
        return known.contains(name.lowercased())
    }

    /// A name without the ending of an archive or the word `Dockerfile`, as an id.
    static func stem(of name: String) -> String {
        if DockerfileName.kind(name) != nil, let owner = DockerfileName.owner(name) { return id(of: owner) }
        let lower = name.lowercased()
        // The longest ending first: `.tar.gz` before `.gz`.
        let endings = archiveEndings + [".rar", ".7z"]
        for ending in endings.sorted(by: { $0.utf8.count > $1.utf8.count })
        where lower.hasSuffix(ending) && lower.utf8.count > ending.utf8.count {
            return id(of: String(name.dropLast(ending.count)))
        }
        return id(of: name)
    }

    /// A name as an id.
    static func id(of name: String) -> String { clean(name) }

    /// A name with its control characters and bidirectional controls written as `%` and hexadecimal digits.
    package static func clean(_ name: String) -> String {
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
