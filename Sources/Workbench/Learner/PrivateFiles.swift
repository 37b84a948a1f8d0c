// SPDX-License-Identifier: Apache-2.0
//
// Sources: the manuals of ssh-keygen, OpenSSL, Vim ("swap-file"), Emacs ("Auto-Save", "Interlocking"), npm ("npmrc").

package import DockerfileSyntax

/// Which files of a workspace nobody hands in: secrets, histories, what editors leave behind, and what the project itself keeps out of
/// its image.
package struct PrivateFiles: Sendable {
    /// Why a file stays at home.
    package enum Reason: String, Sendable, CaseIterable {
        /// It holds passwords, tokens or keys, by its name or its first line.
        case secret
        /// The history of a version control system.
        case history
        /// Something that an editor or a desktop left behind.
        case editor
        /// Packages that the lock file brings back.
        case packages
        /// The `.dockerignore` keeps it out of the image.
        case ignored
        /// The lesson calls it private.
        case lesson
        /// A workspace of its own.
        case workspace

        /// The reason in a few words.
        package var words: String {
            switch self {
            case .secret: "it may hold a secret"
            case .history: "your history"
            case .editor: "left by an editor"
            case .packages: "the lock file brings it back"
            case .ignored: ".dockerignore keeps it out"
            case .lesson: "the lesson calls it private"
            case .workspace: "a workspace of its own"
            }
        }
    }

    private let lesson: IgnoreFile
    private let ignored: IgnoreFile
    private let needed: Set<String>

    /// Makes the rules of a workspace.
    ///
    /// - Parameters:
    ///   - lesson: what the lesson calls private.
    ///   - ignored: the workspace's `.dockerignore`.
    ///   - needed: the paths that the lesson itself handed out: the work, whatever a `.dockerignore` says.
    package init(lesson: IgnoreFile, ignored: IgnoreFile, needed: Set<String>) {
        self.lesson = lesson
        self.ignored = ignored
        self.needed = needed
    }

    /// Why a file or folder is left out; nil when it is handed in.
    ///
    /// - Parameter head: the first bytes of a file; empty for what is none.
    package func reason(for path: String, isFolder: Bool, head: [UInt8] = []) -> Reason? {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        if isFolder { return Self.folders[name] ?? byPattern(path, isFolder: true) }
        if Self.isSecret(name.lowercased()) || Self.isPrivateKey(head) { return .secret }
        if Self.isFromEditor(name) { return .editor }
        return byPattern(path, isFolder: false)
    }

    private func byPattern(_ path: String, isFolder: Bool) -> Reason? {
        if lesson.matches(path) { return .lesson }
        guard ignored.matches(path), !isWork(path, isFolder: isFolder) else { return nil }
        // A pattern further down may take something of the folder back.
        return isFolder && ignored.hasNegations ? nil : .ignored
    }

    /// A Dockerfile is the work itself, also where it keeps itself out of the image.
    private func isWork(_ path: String, isFolder: Bool) -> Bool {
        if isFolder { return needed.contains { $0.hasPrefix(path + "/") } }
        let name = (path.split(separator: "/").last.map(String.init) ?? path).lowercased()
        return needed.contains(path) || name.contains("dockerfile") || name.contains("containerfile")
            || name.hasSuffix(".dockerignore")
    }

    private static let folders: [String: Reason] = [
        ".git": .history, ".hg": .history, ".svn": .history, ".jj": .history, ".bzr": .history,
        "node_modules": .packages,
        ".ssh": .secret, ".gnupg": .secret, ".aws": .secret, ".azure": .secret, ".kube": .secret, ".docker": .secret,
        ".idea": .editor, ".vscode": .editor, ".vs": .editor, "__MACOSX": .editor, ".Trash": .editor,
    ]

    private static func isSecret(_ name: String) -> Bool {
        // What shows others which settings there are holds none of them.
        if [".sample", ".example", ".template", ".dist"].contains(where: { name.hasSuffix($0) }) { return false }
        let names: Set<String> = [
            ".npmrc", ".yarnrc.yml", ".netrc", "_netrc", ".pgpass", ".my.cnf", ".git-credentials", ".dockercfg",
            ".htpasswd",
            ".pypirc",
        ]
        let endings = [".key", ".p12", ".pfx", ".jks", ".keystore", ".kdbx", ".ppk", ".gpg", ".ovpn"]
        let keys = ["id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "id_ecdsa_sk", "id_ed25519_sk"]
        return names.contains(name) || name.hasPrefix(".env") || name.hasSuffix(".env")
            || endings.contains { name.hasSuffix($0) } || keys.contains(name)
    }

    /// `-----BEGIN … PRIVATE KEY-----`, whatever the file is called.
    private static func isPrivateKey(_ head: [UInt8]) -> Bool {
        let text = String(decoding: head.prefix(4_096), as: UTF8.self)
        return text.split(separator: "\n").contains { line in
            line.hasPrefix("-----BEGIN ") && (line.contains("PRIVATE KEY") || line.contains("PGP PRIVATE"))
        }
    }

    private static func isFromEditor(_ name: String) -> Bool {
        let names: Set<String> = [".DS_Store", "Thumbs.db", "desktop.ini", "4913", ".netrwhist"]
        if names.contains(name) || name.hasSuffix("~") || name.hasPrefix(".#") || name.hasPrefix("._") { return true }
        if name.hasPrefix("#"), name.hasSuffix("#"), name.count > 1 { return true }
        // Vim counts .swp, .swo, .swn … backwards.
        let ending = name.split(separator: ".").last.map(String.init) ?? ""
        return name.hasPrefix(".") && (ending.hasPrefix("sw") && ending.count == 3 || ending == "un~")
    }
}
