// SPDX-License-Identifier: Apache-2.0

import DockerfileSyntax
import Testing

@testable import Workbench

@Suite("Private files")
struct PrivateFilesTests {
    private func rules(ignored: [String] = [], lesson: [String] = []) throws -> PrivateFiles {
        PrivateFiles(
            lesson: try IgnoreFile(patterns: lesson),
            ignored: try IgnoreFile(patterns: ignored),
            needed: ["Dockerfile", "package.json", ".gitignore", ".env.sample", "src/index.js"]
        )
    }

    static let secretNames = [
        ".env", ".env.local", ".env.production", "config/.env", "prod.env", ".ENV", ".npmrc", ".netrc", "id_rsa",
        "keys/id_ed25519",
        "server.key", "cert.p12", "store.JKS", ".pgpass", ".git-credentials", ".envrc", ".env-backup",
    ]
    static let editorNames = [
        ".Dockerfile.swp", ".Dockerfile.swo", "src/.x.swn", "Dockerfile~", "#Dockerfile#", ".#Dockerfile", ".DS_Store",
        "a/Thumbs.db",
        "._Dockerfile", ".x.un~",
    ]
    static let workNames = [
        "Dockerfile", "Dockerfile.dev", "app.dockerfile", "Containerfile", ".dockerignore", "package.json",
        "src/index.js",
        ".env.sample", ".env.example", "environment.js", "keyboard.js", "monkey", "id_rsa.pub", "env", "sw.js",
        "swap.sw", "a.swp",
        "README.md", "#notes", ".gitignore", "image.tar", "tests/x.test.js", "known.keys",
    ]

    @Test("stay at home by their names", arguments: secretNames)
    func secrets(path: String) throws { #expect(try rules().reason(for: path, isFolder: false) == .secret) }

    @Test("of editors stay at home", arguments: editorNames)
    func editors(path: String) throws { #expect(try rules().reason(for: path, isFolder: false) == .editor) }

    @Test("are not those of the work", arguments: workNames)
    func handedIn(path: String) throws { #expect(try rules().reason(for: path, isFolder: false) == nil) }

    @Test("keys are known by their first line, whatever they are called")
    func keys() throws {
        for head in [
            "-----BEGIN RSA PRIVATE KEY-----\nMII", "-----BEGIN OPENSSH PRIVATE KEY-----\n",
            "# note\n-----BEGIN PRIVATE KEY-----\n",
            "-----BEGIN PGP PRIVATE KEY BLOCK-----\n",
        ] {
            #expect(try rules().reason(for: "notes.pem", isFolder: false, head: Array(head.utf8)) == .secret, "\(head)")
        }
        for head in ["-----BEGIN CERTIFICATE-----\n", "-----BEGIN PUBLIC KEY-----\n", "a PRIVATE KEY is secret", ""] {
            #expect(try rules().reason(for: "notes.pem", isFolder: false, head: Array(head.utf8)) == nil, "\(head)")
        }
    }

    @Test("a .dockerignore keeps files at home, but never the work itself")
    func ignored() throws {
        let all = try rules(ignored: ["*", "!src"])
        #expect(all.reason(for: "notes.txt", isFolder: false) == .ignored)
        #expect(all.reason(for: "src/more.js", isFolder: false) == nil)
        for path in ["Dockerfile", "package.json", ".dockerignore", "src/index.js"] {
            #expect(all.reason(for: path, isFolder: false) == nil, "\(path)")
        }
        #expect(all.reason(for: "data", isFolder: true) == nil, "something in it may be taken back")
        let some = try rules(ignored: ["logs", "*.md", "Dockerfile*", "src"])
        #expect(some.reason(for: "logs", isFolder: true) == .ignored)
        #expect(some.reason(for: "README.md", isFolder: false) == .ignored)
        #expect(some.reason(for: "src", isFolder: true) == nil, "the lesson's own files are in it")
        #expect(some.reason(for: "src/other.js", isFolder: false) == .ignored)
        #expect(some.reason(for: "Dockerfile.dev", isFolder: false) == nil)
    }

    @Test("a lesson may call more private, and folders of histories, packages and keys stay at home")
    func folders() throws {
        let rules = try rules(lesson: ["answers", "*.draft"])
        #expect(rules.reason(for: "answers", isFolder: true) == .lesson)
        #expect(rules.reason(for: "x.draft", isFolder: false) == .lesson)
        for (name, reason) in [
            (".git", PrivateFiles.Reason.history), ("a/.svn", .history), ("node_modules", .packages), (".ssh", .secret),
            (".vscode", .editor),
        ] {
            #expect(rules.reason(for: name, isFolder: true) == reason, "\(name)")
        }
        for name in ["src", "git", "modules", ".github"] { #expect(rules.reason(for: name, isFolder: true) == nil) }
    }
}
