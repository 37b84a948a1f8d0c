// SPDX-License-Identifier: Apache-2.0

/// What a file's name says about whether the file is a Dockerfile. Names come from strangers: they are looked at, and never used
/// as paths.
package enum DockerfileName {
    /// How a name calls a file a Dockerfile.
    package enum Kind: Sendable, Hashable, Comparable {
        /// By the word alone, as docker reads it without being told: `Dockerfile`, `dockerfile`, `Containerfile`.
        case plain
        /// With what a person, a browser or a course put to it: `HW3_Dockerfile`, `Dockerfile (1)`, `Dockerfile.txt`, `ada.dockerfile`.
        case named
        /// For another image of the same project, as is the custom: `Dockerfile.dev`, `test.Dockerfile`.
        case forAnotherPurpose
    }

    private static let words = [
        "dockerfile", "containerfile", "docker file", "docker-file", "docker_file", "docker.file",
    ].map { Array($0.utf8) }
    /// Endings of files that are no Dockerfile although their name speaks of one.
    private static let foreignEndings: Set<String> = [
        "dockerignore", "gitignore", "doc", "docx", "odt", "rtf", "pdf", "pages", "tex", "ppt", "pptx", "odp", "xls",
        "xlsx", "ods",
        "csv", "png", "jpg", "jpeg", "gif", "webp", "heic", "bmp", "tif", "tiff", "svg", "mp4", "mov", "mkv", "html",
        "htm", "xml",
        "json", "yaml", "yml", "toml", "ini", "md", "markdown", "rst", "adoc", "js", "ts", "mjs", "py", "sh", "bash",
        "bat", "ps1",
        "css", "log", "diff", "patch", "lock", "lnk", "url", "webloc", "desktop",
        "zip", "tar", "gz", "tgz", "xz", "bz2", "zst", "rar", "7z", "sha256", "md5", "asc", "sig", "pyc", "ipynb",
        "eml", "msg",
    ]
    /// Words of files that editors and careful people leave behind.
    private static let leftovers: Set<String> = [
        "bak", "backup", "old", "orig", "original", "save", "saved", "sav", "prev", "previous", "swp", "swo", "swn",
        "swx", "tmp", "temp",
        "rej", "part", "crdownload", "download",
    ]
    /// Words of images beside the one that is shipped.
    private static let purposes: Set<String> = [
        "dev", "devel", "development", "test", "tests", "testing", "ci", "debug", "local", "prod", "production",
        "staging", "base",
        "example", "sample", "template", "dist", "devcontainer",
    ]

    /// How a name calls the file a Dockerfile; nil when it does not, and for backups and what editors leave behind.
    package static func kind(_ name: String) -> Kind? {
        guard let parts = parts(name), !isLeftover(name) else { return nil }
        if parts.isPlain { return .plain }
        let others = parts.front.words + parts.back.words
        if others.count == 1, let word = others.first, purposes.contains(word) { return .forAnotherPurpose }
        return .named
    }

    /// Whether a name is that of a backup of a Dockerfile, or of what an editor left of one.
    package static func isLeftover(_ name: String) -> Bool {
        let lower = name.lowercased()
        if lower.hasPrefix(".") || lower.hasPrefix("~") || lower.hasPrefix("#") || lower.hasSuffix("~") { return true }
        guard let parts = parts(name) else { return false }
        return (parts.front.words + parts.back.words).contains(where: leftovers.contains)
    }

    /// The name without the word: whose or what it is, as far as it says; nil for a plain Dockerfile and for any other file.
    package static func owner(_ name: String) -> String? {
        guard let parts = parts(name), !parts.isPlain else { return nil }
        let joints: Set<Character> = [" ", "_", "-", ".", "(", ")"]
        let texts = [parts.front, parts.back].map { text in
            let tail = text.drop { joints.contains($0) }
            return String(tail.reversed().drop { joints.contains($0) }.reversed())
        }
        // What browsers and file managers count copies with is nobody's name.
        let named = texts.filter { !$0.isEmpty && !isCopyMark($0) }
        return named.first
    }

    /// Whether a name says that the file is a Dockerfile, and nothing of whose it is.
    package static func isBare(_ name: String) -> Bool { kind(name) != nil && owner(name) == nil }

    private static func isCopyMark(_ text: String) -> Bool {
        let words = text.words
        return words.allSatisfy { word in
            word.allSatisfy(\.isNumber) || ["copy", "kopie", "copie", "copia", "of", "von", "de", "a"].contains(word)
        }
    }

    /// What stands in front of the word and behind it, without the `.txt` that editors add.
    private struct Parts {
        let front: String
        let back: String
        var isPlain: Bool { front.isEmpty && back.isEmpty }
    }

    private static func parts(_ name: String) -> Parts? {
        var bytes = Array(name.utf8)
        let textEndings = [".txt", ".text"].map { Array($0.utf8) }
        while let ending = textEndings.first(where: {
            bytes.count > $0.count && lowered(bytes.suffix($0.count)).elementsEqual($0)
        }) {
            bytes.removeLast(ending.count)
        }
        let lower = lowered(bytes)
        for word in words {
            guard let start = lastIndex(of: word, in: lower) else { continue }
            let end = start + word.count
            let front = String(decoding: bytes[..<start], as: UTF8.self)
            let back = String(decoding: bytes[end...], as: UTF8.self)
            // `Dockerfiles` and `dockerfilelint` are other words; `DockerfileAda` is two.
            if let next = back.unicodeScalars.first, next.properties.isAlphabetic, !next.properties.isUppercase {
                return nil
            }
            if let dot = back.lastIndex(of: "."), let ending = String(back[back.index(after: dot)...]).words.first,
                foreignEndings.contains(ending)
            {
                return nil
            }
            return Parts(front: front, back: back)
        }
        return nil
    }

    private static func lowered(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        bytes.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    }

    private static func lastIndex(of word: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= word.count else { return nil }
        return (0...(bytes.count - word.count)).last { bytes[$0..<($0 + word.count)].elementsEqual(word) }
    }
}

extension String {
    /// The runs of letters and digits, in small letters.
    fileprivate var words: [String] {
        lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
}
