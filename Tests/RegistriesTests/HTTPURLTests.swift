// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Registries

@Suite("HTTP URLs")
struct HTTPURLTests {
    /// What is written, and what is asked; nil for what is not taken.
    static let rows: [(text: String, url: String?)] = [
        ("https://registry-1.docker.io/v2/", "https://registry-1.docker.io/v2/"),
        ("HTTP://LocalHost:5000", "http://localhost:5000/"),
        ("http://[::1]:5000/v2/?a=b", "http://[::1]:5000/v2/?a=b"),
        ("https://host/path#fragment", "https://host/path"), ("https://host?x=1", "https://host/?x=1"),
        ("https://user:secret@host/", nil), ("https://host:0/", nil), ("https://host:65536/", nil),
        ("https://host:/", nil), ("https://host:+5/", nil), ("https:///path", nil), ("file:///etc/passwd", nil),
        ("ftp://host/", nil), ("https://ho st/", nil), ("https://host/a b", nil), ("https://host/\r\nX: y", nil),
        ("https://host\\@evil/", nil), ("https://höst/", nil), ("https://[evil]/", nil), ("https://-x/", nil),
        ("https://host/ü", nil), ("", nil), ("host/path", nil), ("https://a%2eb/", nil),
    ]

    @Test("are read strictly", arguments: rows)
    func reads(row: (text: String, url: String?)) {
        #expect(HTTPURL(parsing: row.text)?.description == row.url)
    }

    /// A location seen from `https://host:8443/v2/a/blobs/x?q=1`.
    static let locations: [(text: String, url: String?)] = [
        ("/other", "https://host:8443/other"), ("https://cdn.example/b?sig=1", "https://cdn.example/b?sig=1"),
        ("//cdn.example/b", "https://cdn.example/b"), ("y", "https://host:8443/v2/a/blobs/y"),
        ("?q=2", "https://host:8443/v2/a/blobs/x?q=2"), ("http://cdn.example/", "http://cdn.example/"),
        ("", nil), ("#x", nil), ("javascript:1", nil), ("file:/etc/passwd", nil), ("https://u@h/", nil),
        ("/a\nb", nil),
    ]

    @Test("lead on from where one is", arguments: locations)
    func resolves(row: (text: String, url: String?)) throws {
        let base = try #require(HTTPURL(parsing: "https://host:8443/v2/a/blobs/x?q=1"))
        #expect(base.resolving(row.text)?.description == row.url)
    }

    @Test(
        "know this machine, and one origin from another",
        arguments: [
            ("http://localhost/", true), ("http://127.0.0.1:5000/", true), ("http://127.9.9.9/", true),
            ("http://[::1]/", true), ("http://127.0.0.1.evil.example/", false),
            ("http://localhost.evil.example/", false),
            ("http://127.0.0.256/", false), ("http://128.0.0.1/", false),
        ]
    )
    func loopback(row: (text: String, isHere: Bool)) throws {
        let url = try #require(HTTPURL(parsing: row.text))
        #expect(url.isLoopback == row.isHere)
        #expect(url.hasSameOrigin(as: url))
        #expect(!url.hasSameOrigin(as: try #require(HTTPURL(parsing: "https://\(url.authority)/"))))
    }

    @Test("without a port and with the scheme's own are one origin")
    func origin() throws {
        let plain = try #require(HTTPURL(parsing: "https://host/a"))
        #expect(plain.hasSameOrigin(as: try #require(HTTPURL(parsing: "https://HOST:443/b"))))
        #expect(!plain.hasSameOrigin(as: try #require(HTTPURL(parsing: "https://host:444/b"))))
    }

    @Test("take parameters byte by byte")
    func parameters() throws {
        let url = try #require(HTTPURL(parsing: "https://host/token?x=1"))
        let more = url.appending([(name: "scope", value: "repository:a/b:pull"), (name: "s", value: "ä&=\n")])
        #expect(more?.description == "https://host/token?x=1&scope=repository%3Aa%2Fb%3Apull&s=%C3%A4%26%3D%0A")
    }
}
