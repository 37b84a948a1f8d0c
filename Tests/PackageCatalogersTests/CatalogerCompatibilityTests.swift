// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import OCISpec
import Packages
import Testing

@testable import PackageCatalogers

/// What every cataloger promises, whatever its ecosystem.
@Suite("Every cataloger")
struct CatalogerCompatibilityTests {
    /// A path of interest and bytes that hold one package, for each cataloger.
    static let samples: [(cataloger: String, path: String, text: String)] = [
        ("apk", "/lib/apk/db/installed", "P:musl\nV:1.2.5-r12\nA:x86_64\n\n"),
        ("apk", "/usr/lib/apk/db/installed", "P:musl\nV:1.2.5-r12\nA:x86_64\n\n"),
        ("dpkg", "/var/lib/dpkg/status", "Package: libc6\nStatus: install ok installed\nVersion: 2.36-9\n\n"),
        ("dpkg", "/var/lib/dpkg/status.d/libc6", "Package: libc6\nVersion: 2.36-9\n"),
        ("npm", "/app/node_modules/express/package.json", #"{"name":"express","version":"5.2.1"}"#),
        ("npm", "/app/node_modules/@a/b/package.json", #"{"name":"@a/b","version":"1.0.0"}"#),
        ("node-runtime", "/opt/nodejs/node-v24.19.0/bin/node", "ELF"),
    ]

    static func cataloger(_ name: String) throws -> any Cataloger {
        try #require(Catalogers.all.first { $0.name == name })
    }

    static func run(_ cataloger: any Cataloger, _ files: [(String, [UInt8])], limits: Limits = .standard)
        -> CatalogerResult
    {
        var collected = CollectedFiles()
        for (path, bytes) in files { collected.insert(bytes, at: ImagePath(path)) }
        let context = CatalogContext(
            resolver: collected,
            configuration: CatalogConfiguration(limits: limits),
            distribution: nil
        )
        return cataloger.catalog(collected.paths { cataloger.interest(in: $0) != .none }, in: context)
    }

    @Test("has a name of its own and a sample here")
    func names() {
        let names = Catalogers.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(Set(Self.samples.map(\.cataloger)) == Set(names))
    }

    @Test("finds the package of its sample and tells where", arguments: samples.map(\.path))
    func finds(path: String) throws {
        let sample = try #require(Self.samples.first { $0.path == path })
        let cataloger = try Self.cataloger(sample.cataloger)
        #expect(cataloger.interest(in: ImagePath(path)) != .none)
        #expect(Catalogers.interest(in: ImagePath(path)) != .none)
        let result = Self.run(cataloger, [(path, Array(sample.text.utf8))])
        #expect(result.packages.count == 1)
        #expect(result.unknowns.isEmpty)
        let package = try #require(result.packages.first)
        #expect(package.foundBy == cataloger.name)
        #expect(package.locations.first?.path == path)
    }

    @Test(
        "wants no file that it cannot use",
        arguments: [
            "/", "/etc/passwd", "/app/package.json", "/app/package-lock.json", "/app/node_modules/package.json",
            "/app/node_modules/a/lib/package.json", "/app/node_modules/.bin/package.json",
            "/app/node_modules/@scope/package.json", "/var/lib/dpkg/status-old", "/var/lib/dpkg/status.d/libc6.md5sums",
            "/var/lib/dpkg/info/libc6.list", "/lib/apk/db/scripts.tar", "/x/lib/apk/db/installed",
            "/usr/share/doc/libc6/changelog.gz", "/usr/share/doc/copyright", "/opt/nodejs/node-v24.19.0/bin/npm",
            "/opt/nodejs/node-vX/bin/node", "/node_modules.txt",
        ]
    )
    func ignores(path: String) {
        #expect(Catalogers.interest(in: ImagePath(path)) == .none)
        #expect(!Catalogers.wanted(ImagePath(path)))
    }

    static let corrupt: [[UInt8]] = [
        [], [0], [0xFF, 0xFE, 0x00], Array("\n\n\n".utf8), Array(":::::\n:\n".utf8), Array("P:\nV:\n".utf8),
        Array("Package:\nVersion:\nStatus: install ok installed\n".utf8), Array("{".utf8), Array("[]".utf8),
        Array("{\"name\":1,\"version\":[]}".utf8), Array(repeating: UInt8(ascii: "["), count: 100_000),
        Array(repeating: UInt8(ascii: "P"), count: 1_000_000), (0...255).flatMap { [$0, 0x0A] },
    ]

    @Test("survives corrupt bytes and lists nothing nameless", arguments: samples.map(\.path))
    func survives(path: String) throws {
        let sample = try #require(Self.samples.first { $0.path == path })
        for bytes in Self.corrupt {
            let result = Self.run(try Self.cataloger(sample.cataloger), [(path, bytes)])
            #expect(result.packages.allSatisfy { !$0.name.isEmpty && !$0.version.isEmpty })
        }
    }

    @Test("keeps what it could read when the end of a file is missing", arguments: samples.map(\.path))
    func truncated(path: String) throws {
        let sample = try #require(Self.samples.first { $0.path == path })
        let bytes = Array(sample.text.utf8)
        for length in 0..<bytes.count {
            let result = Self.run(try Self.cataloger(sample.cataloger), [(path, Array(bytes.prefix(length)))])
            #expect(result.packages.count <= 1)
        }
    }

    @Test("records a file over the limit as unknown instead of reading it", arguments: ["apk", "dpkg", "npm"])
    func overLimit(name: String) throws {
        let sample = try #require(Self.samples.first { $0.cataloger == name })
        var limits = Limits.standard
        limits.entryBytes = 8
        let result = Self.run(try Self.cataloger(name), [(sample.path, Array(sample.text.utf8))], limits: limits)
        #expect(result.packages.isEmpty)
        #expect(result.unknowns.count == 1)
        #expect(result.unknowns.first?.scope == .packages)
    }

    @Test("records a file whose bytes are not at hand as unknown", arguments: ["apk", "dpkg", "npm"])
    func notAtHand(name: String) throws {
        let sample = try #require(Self.samples.first { $0.cataloger == name })
        var files = CollectedFiles()
        files.insert(ResolvedFile(path: ImagePath(sample.path), content: .unknown("RUN ./configure")))
        let catalog = Catalogers.catalog(files)
        #expect(catalog.packages.isEmpty)
        #expect(catalog.unknowns.map(\.reason).contains { $0.contains("RUN ./configure") })
    }

    @Test("finds nothing and knows everything in an empty image")
    func empty() {
        let catalog = Catalogers.catalog(CollectedFiles())
        #expect(catalog == Catalog(packages: [], distribution: nil, unknowns: []))
    }
}
