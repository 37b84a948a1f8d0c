// SPDX-License-Identifier: Apache-2.0

// Source: distribution/reference, its grammar: each row is made for a rule of it.

import OCISpec
import SeaworthyTestSupport
import Testing

@Suite("Image reference")
struct ImageReferenceTests {
    static let hex = String(repeating: "0123456789abcdef", count: 4)

    struct Row: Sendable {
        let text: String
        let domain: String
        let path: String
        var tag: String?
        var digest = false
        let familiar: String
    }

    static let read: [Row] = [
        Row(
            text: String(repeating: "a", count: 247),
            domain: "docker.io",
            path: "library/" + String(repeating: "a", count: 247),
            familiar: String(repeating: "a", count: 247)
        ),
        Row(
            text: "foo.com/" + String(repeating: "a", count: 255),
            domain: "foo.com",
            path: String(repeating: "a", count: 255),
            familiar: "foo.com/" + String(repeating: "a", count: 255)
        ),
        Row(text: "node", domain: "docker.io", path: "library/node", familiar: "node"),
        Row(
            text: "node:lts-slim",
            domain: "docker.io",
            path: "library/node",
            tag: "lts-slim",
            familiar: "node:lts-slim"
        ),
        Row(text: "user/app", domain: "docker.io", path: "user/app", familiar: "user/app"),
        Row(text: "docker.io/node:1", domain: "docker.io", path: "library/node", tag: "1", familiar: "node:1"),
        Row(text: "docker.io/library/node:1", domain: "docker.io", path: "library/node", tag: "1", familiar: "node:1"),
        Row(text: "index.docker.io/library/node", domain: "docker.io", path: "library/node", familiar: "node"),
        Row(text: "index.docker.io/node", domain: "docker.io", path: "library/node", familiar: "node"),
        Row(text: "library/node", domain: "docker.io", path: "library/node", familiar: "node"),
        Row(text: "ghcr.io/foo/bar:v2", domain: "ghcr.io", path: "foo/bar", tag: "v2", familiar: "ghcr.io/foo/bar:v2"),
        Row(text: "localhost/app", domain: "localhost", path: "app", familiar: "localhost/app"),
        Row(text: "localhost:5000/app", domain: "localhost:5000", path: "app", familiar: "localhost:5000/app"),
        Row(text: "host:5000/app:1", domain: "host:5000", path: "app", tag: "1", familiar: "host:5000/app:1"),
        Row(text: "foo.com:80/a", domain: "foo.com:80", path: "a", familiar: "foo.com:80/a"),
        Row(text: "[2001:db8::1]/repo", domain: "[2001:db8::1]", path: "repo", familiar: "[2001:db8::1]/repo"),
        Row(
            text: "[2001:db8::1]:5000/repo:t",
            domain: "[2001:db8::1]:5000",
            path: "repo",
            tag: "t",
            familiar: "[2001:db8::1]:5000/repo:t"
        ),
        Row(text: "192.168.0.1/a/b", domain: "192.168.0.1", path: "a/b", familiar: "192.168.0.1/a/b"),
        Row(text: "xn--n3h.com/myimage", domain: "xn--n3h.com", path: "myimage", familiar: "xn--n3h.com/myimage"),
        Row(text: "UPPER/app", domain: "UPPER", path: "app", familiar: "UPPER/app"),
        Row(text: "a__b/c--d/e.f_g", domain: "docker.io", path: "a__b/c--d/e.f_g", familiar: "a__b/c--d/e.f_g"),
        Row(text: "a---b", domain: "docker.io", path: "library/a---b", familiar: "a---b"),
        Row(
            text: "node:Tag_1.2-3",
            domain: "docker.io",
            path: "library/node",
            tag: "Tag_1.2-3",
            familiar: "node:Tag_1.2-3"
        ),
        Row(text: "node:_x", domain: "docker.io", path: "library/node", tag: "_x", familiar: "node:_x"),
        Row(text: "test:5000", domain: "docker.io", path: "library/test", tag: "5000", familiar: "test:5000"),
        Row(
            text: "node@sha256:" + hex,
            domain: "docker.io",
            path: "library/node",
            digest: true,
            familiar: "node@sha256:" + hex
        ),
        Row(
            text: "node:1@sha256:" + hex,
            domain: "docker.io",
            path: "library/node",
            tag: "1",
            digest: true,
            familiar: "node:1@sha256:" + hex
        ),
        Row(
            text: "r.io:1/a:t@sha256:" + hex,
            domain: "r.io:1",
            path: "a",
            tag: "t",
            digest: true,
            familiar: "r.io:1/a:t@sha256:" + hex
        ),
    ]

    @Test("reads what people and Dockerfiles write, and writes it back", arguments: rows(read))
    func reads(numbered: NumberedRow<Row>) throws {
        let row = numbered.value
        let reference = try ImageReference(parsing: row.text)
        #expect(reference.domain == row.domain)
        #expect(reference.path == row.path)
        #expect(reference.tag == row.tag)
        #expect((reference.digest != nil) == row.digest)
        #expect(reference.familiar == row.familiar)
        #expect(try ImageReference(parsing: reference.description) == reference)
        #expect(try ImageReference(parsing: reference.familiar) == reference)
    }

    static let refused: [String] = [
        "", ":", "/", "@", ":tag", "/node", "node/", "node:", "node@", "Node", "user/App", "-node", "node-", "_node",
        "node_", ".node", "node.", "a..b", "a._b", "a___b", "a//b", "a/-b", "no de", "node:ta g", "node:-x", "node:.x",
        "node:" + String(repeating: "t", count: 129), "node:a:b", "node@sha256:abc", "node@md5:" + hex,
        "node@sha256:" + hex.uppercased(), "node@sha256:" + hex + "0", "foo.com:abc/a", "foo.com:/a", "-foo.com/a",
        "foo-.com/a",
        "[::1/a", "[]/a", "[fe80::1%eth0]/a", "foo.com:80:90/a", "https://foo.com/a", "node\n", "nöde", "node:ü",
        // The limit is the repository's, `library/` counted and the registry not.
        String(repeating: "a", count: 256), String(repeating: "a", count: 248),
        "foo.com/" + String(repeating: "a", count: 256), "foo.com", "a\u{0}b", "..", "../x", "x.y/", "٣٣.com:٣/a", hex,
    ]

    @Test("refuses what is no name", arguments: rows(refused.filter { $0 != "foo.com" }))
    func refuses(row: NumberedRow<String>) {
        #expect(throws: ImageReference.ValidationError.self) { try ImageReference(parsing: row.value) }
    }

    @Test("a name alone is a repository of Docker Hub, even with a dot in it")
    func dotted() throws {
        #expect(try ImageReference(parsing: "foo.com").path == "library/foo.com")
    }

    @Test("a name of 255 bytes is one, and a tag of 128")
    func longest() throws {
        #expect(throws: Never.self) { try ImageReference(parsing: "a/" + String(repeating: "b", count: 243)) }
        #expect(throws: Never.self) { try ImageReference(parsing: "a:" + String(repeating: "t", count: 128)) }
    }

    @Test("the default tag is latest, unless there is a digest")
    func defaultTag() throws {
        #expect(try ImageReference(parsing: "node").withDefaultTag.familiar == "node:latest")
        #expect(try ImageReference(parsing: "node:1").effectiveTag == "1")
        #expect(try ImageReference(parsing: "node@sha256:" + Self.hex).effectiveTag == nil)
    }
}
