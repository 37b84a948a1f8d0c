// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONValues
import Packages
import SeaworthyTestSupport
import Testing

@testable import Advisories

@Suite("Which packages the data speak of")
struct CoverageTests {
    private static func coverage(_ packages: String, ecosystem: String = "npm") throws -> CoverageIndex {
        let text = #"[{"ecosystem":"\#(ecosystem)","asOf":"2026-01-01","packages":\#(packages)}]"#
        return CoverageIndex(
            try JSONReader.decode([DataSetManifest.Coverage].self, from: Array(text.utf8), limits: .own)
        )
    }

    @Test("a name means every version, a list of versions those, a range what lies in it")
    func entries() throws {
        let index = try Self.coverage(
            #"["express",{"name":"qs","versions":["6.14.0"]},{"name":"ws","range":">=8.0.0 <9.0.0"},{"name":"bad","range":"nonsense"},{"name":"Both","versions":["1.0.0"],"range":"^2.0.0"}]"#
        )
        let npm = Ecosystem("npm")
        for (name, version, expected) in [
            ("express", "0.0.1", true), ("Express", "99.0.0", true), ("qs", "6.14.0", true), ("qs", "6.14.1", false),
            ("ws", "8.18.0", true), ("ws", "7.0.0", false), ("bad", "1.0.0", false), ("both", "1.0.0", true),
            ("both", "2.5.0", true),
            ("both", "1.0.1", false), ("event-stream", "3.3.6", false),
        ] {
            #expect(index.covers(name, version, in: npm) == expected, "\(name) \(version)")
        }
        #expect(!index.covers("express", "1.0.0", in: Ecosystem("PyPI")))
        let debian = try Self.coverage(#"[{"name":"curl","range":">=7.88.1-10+deb12u1"}]"#, ecosystem: "Debian:12")
        #expect(debian.covers("curl", "7.88.1-10+deb12u14", in: Ecosystem("Debian:12")))
        #expect(!debian.covers("curl", "7.88.1-10", in: Ecosystem("Debian:12")))
        #expect(!debian.covers("curl", "8.0", in: Ecosystem("Debian:13")))
    }

    @Test("what is written is what was read")
    func roundTrip() throws {
        let text = #"["a",{"name":"b","versions":["1"]},{"name":"c","range":">=1"}]"#
        let packages = try JSONReader.decode(
            [DataSetManifest.CoveredPackage].self,
            from: Array(text.utf8),
            limits: .own
        )
        let again = try JSONReader.decode(
            [DataSetManifest.CoveredPackage].self,
            from: try JSONWriter.bytes(of: packages),
            limits: .own
        )
        #expect(again == packages)
    }

    private static func debian(_ name: String, _ version: String, origin: String? = nil, on release: String = "12")
        -> Package
    {
        Package(
            type: .deb,
            name: name,
            version: version,
            origin: origin.map { .init(name: $0) },
            distribution: Distribution(id: "debian", versionID: release),
            foundBy: "test"
        )
    }

    private static func alpine(_ name: String, _ version: String, on release: String) -> Package {
        LessonPackages.alpine(name, version, origin: nil, on: Distribution(id: "alpine", versionID: release))
    }

    @Test("a package that the data never heard of is no clean one, of whatever ecosystem")
    func silence() throws {
        let strangers = [
            LessonPackages.npm("event-stream", "3.3.6"), Self.debian("imagemagick", "8:6.9.11.60+dfsg-1.6"),
            Self.debian("hello", "2.10-3"), Self.alpine("curl", "8.3.0-r0", on: "3.24.2"),
            Self.alpine("musl", "1.2.4-r0", on: "3.24.2"),
            LessonPackages.npm("next", "15.0.0"), Package(type: .gem, name: "rack", version: "1.0", foundBy: "test"),
        ]
        for package in strangers {
            let report = try EmbeddedData.store().match([package])
            #expect(report.judgedCount == 0, "\(package.name)")
            #expect(report.packageCount == 1)
            #expect(report.unjudged.map(\.name) == [package.name])
            #expect(report.doubt != nil)
        }
        let known = [
            LessonPackages.npm("lodash", "4.17.21"), Self.debian("libssl3", "3.0.15-1~deb12u1", origin: "openssl"),
        ]
        let report = try EmbeddedData.store().match(known + strangers)
        #expect(report.judgedCount == known.count)
        #expect(report.packageCount == known.count + strangers.count)
        #expect(try EmbeddedData.store().match(known).doubt == nil)
    }

    @Test("every binary package of a source package that has a flaw is meant", arguments: ["deb", "apk"])
    func binaries(type: String) throws {
        let packages: [Package] =
            type == "deb"
            ? [
                Self.debian("openssl", "3.0.15-1~deb12u1"),
                Self.debian("libssl3", "3.0.15-1~deb12u1", origin: "openssl"),
                Self.debian("libssl-dev", "3.0.15-1~deb12u1", origin: "openssl"),
            ]
            : ["libssl3", "libcrypto3", "openssl"].map {
                LessonPackages.alpine(
                    $0,
                    "3.3.4-r0",
                    origin: $0 == "openssl" ? nil : "openssl",
                    on: Distribution(id: "alpine", versionID: "3.20.1")
                )
            }
        let report = try EmbeddedData.store().match(packages)
        #expect(!report.matches.isEmpty)
        for match in report.matches {
            #expect(match.packages.count == 3)
            #expect(match.packageNames == packages.map(\.name).sorted())
        }
        // One of them alone has the same flaws.
        for package in packages {
            #expect(
                try EmbeddedData.store().match([package]).matches.map(\.id) == report.matches.map(\.id),
                "\(package.name)"
            )
        }
    }

    /// Releases of which the packages of the kit's images are looked at, with the beginnings of the names of their lists.
    private static let releases: [(ecosystem: String, lists: [String], isDebian: Bool)] = [
        ("Debian:12", ["debian-12"], true),
        ("Alpine:v3.22", ["alpine-3.22", "node-alpine-3.22", "dhi-node-alpine-3.22"], false),
        ("Alpine:v3.24", ["alpine-3.24", "node-alpine-3.24"], false),
    ]

    @Test(
        "the packages of the kit's images, as recorded, and no others of theirs, are looked at",
        arguments: releases.indices
    )
    func recorded(place: Int) throws {
        let (ecosystem, lists, isDebian) = Self.releases[place]
        let store = try EmbeddedData.store()
        let index = CoverageIndex(store.manifest.coverage)
        let folder = Checkout.root.path + "/kit/packages"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            .filter { file in lists.contains { file.hasPrefix($0) } }
        #expect(!files.isEmpty)
        var recorded: Set<[String]> = []
        for file in files {
            let text = String(
                decoding: try #require(FileManager.default.contents(atPath: folder + "/" + file)),
                as: UTF8.self
            )
            for line in text.split(separator: "\n") where line.hasPrefix("P\t") {
                let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
                let source = isDebian ? fields[3] : fields[4]
                let version = isDebian && !fields[4].isEmpty ? fields[4] : fields[2]
                recorded.insert([source.isEmpty ? fields[1] : source, version])
            }
        }
        for entry in recorded.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            #expect(
                index.covers(entry[0], entry[1], in: Ecosystem(ecosystem)),
                "\(file(entry)) is not in the manifest's coverage"
            )
        }
        let listed = store.manifest.coverage.filter { $0.ecosystem == ecosystem }.flatMap { $0.packages ?? [] }
        for package in listed {
            for version in package.versions ?? [] {
                #expect(recorded.contains([package.name, version]), "\(package.name) \(version) is in no list")
            }
        }
    }

    private func file(_ entry: [String]) -> String { entry.joined(separator: " ") }
}
