// SPDX-License-Identifier: Apache-2.0

import Foundation
import OCISpec
import SeaworthyTestSupport
import Testing

@Suite("Digest")
struct DigestTests {
    static let refused: [(text: String, error: Digest.ValidationError)] = [
        ("", .separatorMissing), ("sha256", .separatorMissing), (":", .algorithmUnknown), ("md5:00", .algorithmUnknown),
        ("SHA256:" + String(repeating: "a", count: 64), .algorithmUnknown),
        ("sha256:" + String(repeating: "a", count: 63), .lengthWrong(expected: 64, found: 63)),
        ("sha256:" + String(repeating: "a", count: 65), .lengthWrong(expected: 64, found: 65)),
        ("sha384:" + String(repeating: "a", count: 64), .lengthWrong(expected: 96, found: 64)),
        ("sha512:" + String(repeating: "a", count: 64), .lengthWrong(expected: 128, found: 64)),
        ("sha256:" + String(repeating: "a", count: 63) + "A", .digitWrong(offset: 70)),
        ("sha256:../" + String(repeating: "a", count: 61), .digitWrong(offset: 7)),
        ("sha256:" + String(repeating: "a", count: 62) + "é", .digitWrong(offset: 69)),
    ]

    @Test("refuses what only looks like a digest", arguments: refused)
    func refuses(text: String, error: Digest.ValidationError) {
        #expect(throws: error) { try Digest(parsing: text) }
    }

    @Test("text and value agree, in JSON too", arguments: Digest.Algorithm.allCases)
    func roundTrip(algorithm: Digest.Algorithm) throws {
        let text = algorithm.rawValue + ":" + String(repeating: "0f", count: algorithm.hexCount / 2)
        let digest = try Digest(parsing: text)
        #expect(digest.description == text)
        #expect(digest.short == "0f0f0f0f0f0f")
        #expect(try JSONDecoder().decode([Digest].self, from: JSONEncoder().encode([digest])) == [digest])
        #expect(Digest(algorithm: algorithm, hash: [UInt8](repeating: 15, count: algorithm.hexCount / 2)) == digest)
        #expect(Digest(algorithm: algorithm, hash: [1, 2, 3]) == nil)
    }
}

@Suite("Platform")
struct PlatformTests {
    static let normalised: [(text: String, wanted: String)] = [
        ("linux/amd64", "linux/amd64"), ("Linux/x86_64", "linux/amd64"), ("linux/x86-64", "linux/amd64"),
        ("linux/amd64/v1", "linux/amd64"), ("linux/amd64/v2", "linux/amd64/v2"), ("linux/aarch64", "linux/arm64"),
        ("linux/arm64/v8", "linux/arm64"), ("linux/arm64/v9", "linux/arm64/v9"), ("linux/armhf", "linux/arm/v7"),
        ("linux/arm/v6", "linux/arm/v6"), ("linux/i386", "linux/386"), ("windows/amd64", "windows/amd64"),
        ("linux/riscv64", "linux/riscv64"),
    ]

    @Test("spellings of one platform are equal", arguments: normalised)
    func normalises(text: String, wanted: String) throws {
        let platform = try #require(Platform(parsing: text))
        #expect(platform.description == wanted)
        #expect(Platform(parsing: wanted) == platform)
    }

    @Test(
        "refuses what has not two or three parts",
        arguments: ["", "linux", "linux/", "/amd64", "a/b/c/d", "a//b", "linux/arm/"]
    )
    func refuses(text: String) { #expect(Platform(parsing: text) == nil) }
}

@Suite("Image path")
struct ImagePathTests {
    static let spellings: [(text: String, base: String, wanted: String)] = [
        ("", "/", "/"), ("", "/a", "/a"), ("/", "/a", "/"), (".", "/a", "/a"), ("b", "/a", "/a/b"),
        ("./b/", "/a", "/a/b"),
        ("../b", "/a", "/b"), ("../../../b", "/a", "/b"), ("/x//y/./z/..", "/a", "/x/y"), ("...", "/", "/..."),
        ("a\u{0}b", "/", "/a"), ("..", "/", "/"), ("/..", "/a", "/"),
    ]

    @Test("normalises as the kernel does", arguments: spellings)
    func normalises(text: String, base: String, wanted: String) {
        #expect(ImagePath(text, relativeTo: ImagePath(base)).description == wanted)
    }

    @Test(
        "a folder's entry stays below the folder, whatever its name",
        arguments: [
            ("b", "/a/b"), ("", "/a"), (".", "/a"), (".hidden", "/a/.hidden"), ("/b", "/a/b"), ("b/c", "/a/b/c"),
            ("...", "/a/..."),
        ]
    )
    func appending(name: String, wanted: String) {
        #expect(ImagePath("/a").appending(name).description == wanted)
        #expect(ImagePath("/a").appending(Array(name.utf8)) == ImagePath("/a").appending(name))
    }

    @Test("names that are no components are left out")
    func names() {
        let names: [ImagePath.Name] = [[0x61], [], [0x2E], [0x2E, 0x2E], [0x2F], [0], [0xFF]]
        #expect(ImagePath(names: names).components == [[0x61], [0xFF]])
    }

    @Test("orders a folder right before what it holds")
    func order() {
        let sorted: [ImagePath] = ["/", "/a", "/a/b", "/a/c", "/a!", "/b"]
        #expect(sorted.reversed().sorted() == sorted)
        #expect(ImagePath("/a/b").isInside("/a") && !ImagePath("/ab").isInside("/a") && ImagePath("/a").isInside("/a"))
        #expect(ImagePath("/a/b").parent == "/a" && ImagePath.root.parent == .root && ImagePath.root.name == nil)
    }
}

@Suite("OCI documents")
struct DocumentTests {
    @Test("null and missing fields are read as empty")
    func lenient() throws {
        let index = try JSONDecoder().decode(ImageIndex.self, from: Data(#"{"manifests":null}"#.utf8))
        #expect(index.manifests.isEmpty && index.mediaType == nil)
        let json = #"{"config":null,"rootfs":{"type":"layers","diff_ids":null},"history":null,"os":"linux"}"#
        let configuration = try JSONDecoder().decode(ImageConfiguration.self, from: Data(json.utf8))
        #expect(configuration.rootfs.diffIDs.isEmpty && configuration.history.isEmpty)
        #expect(configuration.config == ContainerConfiguration())
        let null = #"{"User":"","Env":null,"Cmd":null,"ExposedPorts":{"80/tcp":{}},"Labels":null,"Unknown":1}"#
        let container = try JSONDecoder().decode(ContainerConfiguration.self, from: Data(null.utf8))
        #expect(container.env == nil && container.exposedPorts?.keys.first == "80/tcp")
    }

    @Test("a statement's predicate comes back byte for byte")
    func statement() throws {
        let predicate = #"{ "z": 1.0, "a": [1e2, "\u00e9\"}"], "n": null }"#
        let text =
            #"{"predicate": \#(predicate) ,"_type":"https://in-toto.io/Statement/v1","predicateType":"t","subject":[{"name":"n","digest":{"sha256":"00"}}]}"#
        let (statement, isEnveloped) = try InTotoStatement.parse(Array(text.utf8))
        #expect(String(decoding: statement.predicate, as: UTF8.self) == predicate)
        #expect(!isEnveloped && statement.subjects.first?.digest == ["sha256": "00"])
        #expect(try InTotoStatement.parse(statement.encoded()).statement == statement)
    }

    static let noStatements = [
        "", "{", "[]", "null", #"{"_type":1,"predicateType":"x"}"#, #"{"predicateType":"x"}"#, #"{"_type":"x"}"#,
        #"{"payloadType":"application/vnd.in-toto+json","payload":"!!!"}"#,
        #"{"payloadType":"text/plain","payload":"e30="}"#,
        #"{"payloadType":"application/vnd.in-toto+json","payload":"e30="}"#,
        #"{"payloadType":1,"payload":2}"#, #"{"a":"\"#, #"{"a":1,}"#, String(repeating: "{\"a\":", count: 50_000),
    ]

    @Test("what is no statement is an error with a reason", arguments: rows(noStatements))
    func noStatement(row: NumberedRow<String>) {
        let text = row.value
        #expect(throws: InTotoStatement.ParsingError.self) { try InTotoStatement.parse(Array(text.utf8)) }
    }
}
