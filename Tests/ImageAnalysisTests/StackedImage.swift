// SPDX-License-Identifier: Apache-2.0

import Advisories
import BaseImages
import Diagnostics
import ImageAnalysis
import ImageLayouts
import OCISpec
import Packages
import SeaworthyTestSupport

/// A small real image of a few layers, read back from an archive and analysed.
struct StackedImage {
    var layers: [TestLayer]
    var statements: [[UInt8]] = []
    var facts: (any BaseImageFacts)?

    init(_ layers: [TestLayer]) { self.layers = layers }

    func report(vex: VEXRules = VEXRules()) throws -> AnalysisReport {
        let scratch = try ScratchFolder()
        let image = try TestImage(layers)
        let path = try image.ociLayout(statements: statements).writeTar(scratch)
        var analyzer = ImageAnalyzer(
            advisories: try AdvisoryDatabase.open(embedded: LessonImage.root + "/advisories", home: nil),
            facts: facts,
            today: "2026-11-23",
            engineVersion: "test",
            limits: .standard
        )
        analyzer.vex = vex
        return try analyzer.analyze(ImageSource.open(path: path, limits: .standard).image(), name: "test:latest")
    }

    static let bullseye =
        "ID=debian\nVERSION_ID=\"11\"\nVERSION_CODENAME=bullseye\nPRETTY_NAME=\"Debian GNU/Linux 11 (bullseye)\"\n"

    /// A dpkg database of packages, `name version`.
    static func status(_ packages: [String]) -> TestLayer.File {
        .text(
            packages.map { package in
                let parts = package.split(separator: " ")
                return
                    "Package: \(parts[0])\nStatus: install ok installed\nVersion: \(parts[1])\nArchitecture: amd64\nMaintainer: m\nDescription: d\n"
            }.joined(separator: "\n")
        )
    }

    /// An apk database of packages, `name version`.
    static func installed(_ packages: [String]) -> TestLayer.File {
        .text(
            packages.map { package in
                let parts = package.split(separator: " ")
                return "P:\(parts[0])\nV:\(parts[1])\nA:x86_64\nL:MIT\n"
            }.joined(separator: "\n")
        )
    }

    static func npm(_ name: String, _ version: String) -> TestLayer.File {
        .text(#"{"name":"\#(name)","version":"\#(version)","license":"MIT"}"#)
    }
}

/// Facts that know one thing: an image that begins with a layer was built on a recorded one.
struct OneBase: BaseImageFacts {
    let diffIDs: [Digest]
    let record: TagRecord

    init(_ diffIDs: [Digest], repository: String = "docker.io/library/debian", tag: String = "bullseye") {
        self.diffIDs = diffIDs
        record = TagRecord(
            repository: repository,
            tag: tag,
            asOf: "2026-09-01",
            isCurrent: true,
            indexDigest: nil,
            manifestDigest: .sample(0x42),
            configDigest: nil,
            isModel: false
        )
    }

    let asOf = "2026-10-01"
    func history(of reference: ImageReference) -> [TagRecord] {
        record.repository == reference.name && record.tag == reference.tag ? [record] : []
    }
    func tags(at digest: Digest) -> [TagRecord] { digest == record.manifestDigest ? [record] : [] }
    func isSupported(_ reference: ImageReference) -> Bool? { nil }
    func endOfLife(of distribution: Distribution) -> EndOfLife? { nil }
    func base(forDiffIDs diffIDs: [Digest]) -> [TagRecord] { diffIDs.starts(with: self.diffIDs) ? [record] : [] }
    func hardenedImage(_ reference: ImageReference) -> HardenedImage? { nil }
}
