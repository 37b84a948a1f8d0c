// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import Packages
import SeaworthyTestSupport
import Testing

@testable import PackageCatalogers

/// What the test file of a cataloger adds to it, so that the suite here can try it.
protocol SampledCataloger: Cataloger {
    /// Files that hold one package each.
    static var samples: [CatalogerSample] { get }
}

/// A path of interest and the bytes of a file with one package, or with as many as it says.
struct CatalogerSample: CustomTestStringConvertible {
    let cataloger: any Cataloger
    let path: String
    let bytes: [UInt8]
    let packages: Int

    init(_ cataloger: any Cataloger, _ path: String, _ text: String) {
        self.init(cataloger, path, bytes: Array(text.utf8))
    }

    init(_ cataloger: any Cataloger, _ path: String, bytes: [UInt8], packages: Int = 1) {
        self.cataloger = cataloger
        self.path = path
        self.bytes = bytes
        self.packages = packages
    }

    var testDescription: String { path }

    /// Whether the file is read, not only seen.
    var isRead: Bool { cataloger.interest(in: ImagePath(path)) == .contents }
}

/// What every cataloger promises, whatever its ecosystem.
@Suite("Every cataloger")
struct CatalogerCompatibilityTests {
    static let samples = CatalogerRegistry.all.compactMap { $0 as? any SampledCataloger }.flatMap { cataloger in
        type(of: cataloger).samples
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
        let names = collected.names(at: cataloger.places) { cataloger.interest(in: $0) != .none }
        return cataloger.catalog(names.paths, in: context)
    }

    @Test("stands in the registry once, in a file of its name, with a test file of its name and samples in it")
    func registered() throws {
        let names = CatalogerRegistry.all.map(\.name)
        #expect(Set(names).count == names.count)
        let folders = try Checkout.folders(in: "Sources/PackageCatalogers")
        let files = try folders.flatMap {
            try Checkout.names(in: "Sources/PackageCatalogers/\($0)", endingIn: "Cataloger.swift")
        }
        let types = CatalogerRegistry.all.map { String(describing: type(of: $0)) }.sorted()
        #expect(files.map { $0 + "Cataloger" }.sorted() == types)
        #expect(
            try Checkout.names(in: "Tests/PackageCatalogersTests", endingIn: "CatalogerTests.swift").map {
                $0 + "Cataloger"
            } == types
        )
        for cataloger in CatalogerRegistry.all {
            let isSampled = (cataloger as? any SampledCataloger).map { !type(of: $0).samples.isEmpty } ?? false
            #expect(isSampled, "\(cataloger.name)")
        }
    }

    @Test("finds the package of its sample and tells where", arguments: samples)
    func finds(sample: CatalogerSample) throws {
        let path = ImagePath(sample.path)
        #expect(sample.cataloger.takesPrograms || sample.cataloger.interest(in: path) != .none)
        #expect(sample.cataloger.takesPrograms || Catalogers.interest(in: path) != .none)
        let result = Self.run(sample.cataloger, [(sample.path, sample.bytes)])
        #expect(result.packages.count == sample.packages)
        #expect(result.unknowns.isEmpty)
        let package = try #require(result.packages.first)
        #expect(package.foundBy == sample.cataloger.name)
        #expect(package.locations.first?.path == sample.path)
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

    @Test("survives corrupt bytes and lists nothing nameless", arguments: samples)
    func survives(sample: CatalogerSample) {
        for bytes in Self.corrupt {
            let result = Self.run(sample.cataloger, [(sample.path, bytes)])
            #expect(result.packages.allSatisfy { !$0.name.isEmpty && !$0.version.isEmpty })
        }
    }

    @Test("keeps what it could read when the end of a file is missing", arguments: samples)
    func truncated(sample: CatalogerSample) {
        for length in 0..<sample.bytes.count {
            let result = Self.run(sample.cataloger, [(sample.path, Array(sample.bytes.prefix(length)))])
            #expect(result.packages.count <= sample.packages)
        }
    }

    @Test("records a file over the limit as unknown instead of reading it", arguments: samples.filter(\.isRead))
    func overLimit(sample: CatalogerSample) {
        var limits = Limits.standard
        limits.entryBytes = 8
        let result = Self.run(sample.cataloger, [(sample.path, sample.bytes)], limits: limits)
        #expect(result.packages.isEmpty)
        #expect(result.unknowns.count == 1)
        #expect(result.unknowns.first?.scope == .packages)
    }

    @Test("records a file whose bytes are not at hand as unknown", arguments: samples.filter(\.isRead))
    func notAtHand(sample: CatalogerSample) {
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
