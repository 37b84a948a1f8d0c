// SPDX-License-Identifier: Apache-2.0

import Advisories
import ImageFilesystem
import OCISpec
import Packages
import SeaworthyTestSupport
import Testing

@testable import ImageAnalysis

@Suite("A package belongs to the layer that brought it")
struct PackageOriginsTests {
    static let dpkg = "var/lib/dpkg/status"
    static let apk = "lib/apk/db/installed"

    struct Row: Sendable {
        let layers: [TestLayer]
        /// The layers by package.
        let expected: [String: Set<Int>]
    }

    static let table: [Row] = [
        // A database is written anew by every layer that installs something.
        Row(
            layers: [
                [dpkg: StackedImage.status(["curl 1", "libc6 1"])],
                [dpkg: StackedImage.status(["curl 1", "hello 1", "libc6 1"])],
                [dpkg: StackedImage.status(["curl 1", "hello 1", "libc6 1", "zz 1"])],
            ],
            expected: ["curl 1": [0], "libc6 1": [0], "hello 1": [1], "zz 1": [2]]
        ),
        Row(
            layers: [
                [apk: StackedImage.installed(["musl 1-r0"])],
                [apk: StackedImage.installed(["curl 1-r0", "musl 1-r0"])],
            ],
            expected: ["musl 1-r0": [0], "curl 1-r0": [1]]
        ),
        // Another version is another package; one that left and came back came when it came back.
        Row(
            layers: [[dpkg: StackedImage.status(["curl 1"])], [dpkg: StackedImage.status(["curl 2"])]],
            expected: ["curl 2": [1]]
        ),
        Row(
            layers: [
                [dpkg: StackedImage.status(["curl 1", "x 1"])], [dpkg: StackedImage.status(["x 1"])],
                [dpkg: StackedImage.status(["curl 1", "x 1"])],
            ],
            expected: ["curl 1": [2], "x 1": [0]]
        ),
        // A database that is touched, taken away and written again, or moved keeps what it had.
        Row(
            layers: [
                [dpkg: StackedImage.status(["curl 1"])],
                ["var/lib/dpkg/.wh.status": .whiteout], [dpkg: StackedImage.status(["curl 1"])],
            ],
            expected: ["curl 1": [2]]
        ),
        Row(
            layers: [
                [dpkg: StackedImage.status(["curl 1"])],
                ["var/lib/dpkg/.wh.status": .whiteout, "var/lib/dpkg/status.d/curl": StackedImage.status(["curl 1"])],
            ],
            expected: ["curl 1": [0]]
        ),
        // Packages of applications lie where they lie, also in two places.
        Row(
            layers: [
                ["a/node_modules/x/package.json": StackedImage.npm("x", "1.0.0")],
                [
                    "b/node_modules/x/package.json": StackedImage.npm("x", "1.0.0"),
                    "b/node_modules/y/package.json": StackedImage.npm("y", "1.0.0"),
                ],
            ],
            expected: ["x 1.0.0": [0, 1], "y 1.0.0": [1]]
        ),
        Row(
            layers: [
                ["a/node_modules/x/package.json": StackedImage.npm("x", "1.0.0")],
                [".wh.a": .whiteout, "b/node_modules/x/package.json": StackedImage.npm("x", "1.0.0")],
            ],
            expected: ["x 1.0.0": [0]]
        ),
        // A licence file that a later layer brings moves nothing.
        Row(
            layers: [
                [dpkg: StackedImage.status(["curl 1"])],
                ["usr/share/doc/curl/copyright": .text("Format: copyright-format/1.0/\nFiles: *\nLicense: MIT\n")],
            ],
            expected: ["curl 1": [0]]
        ),
    ]

    @Test("told by its first appearance, and not by the file that names it", arguments: rows(table))
    func origins(row: NumberedRow<Row>) throws {
        let report = try StackedImage(row.value.layers).report()
        let found = report.packages.map { ("\($0.name) \($0.version)", $0.layers) }
        #expect(Dictionary(uniqueKeysWithValues: found) == row.value.expected)
    }

    @Test("so what the base brought is counted as the base's, and nothing else")
    func baseCounts() throws {
        let base: TestLayer = [
            "etc/os-release": .text(StackedImage.bullseye), Self.dpkg: StackedImage.status(["curl 7.74.0-1.3+deb11u1"]),
        ]
        let own: TestLayer = [Self.dpkg: StackedImage.status(["curl 7.74.0-1.3+deb11u1", "hello 2.10-2"])]
        var image = StackedImage([base, own])
        image.facts = OneBase([try TestImage([base]).configuration.rootfs.diffIDs[0]])
        let report = try image.report()
        #expect(report.vulnerabilities.matches.contains { $0.package.name == "curl" })
        #expect(report.baseLayerCount == 1)
        #expect(report.baseCounts == report.vulnerabilities.counts)

        // The other way round: the base is clean, and its owner brought the flaw.
        let clean: TestLayer = [
            "etc/os-release": .text(StackedImage.bullseye), Self.dpkg: StackedImage.status(["hello 2.10-2"]),
        ]
        var other = StackedImage([clean, own])
        other.facts = OneBase([try TestImage([clean]).configuration.rootfs.diffIDs[0]])
        #expect(try other.report().baseCounts == SeverityCounts())
    }

    @Test("Of an image whose layers' states are not at hand, nobody says which layer brought what a database names")
    func predicted() throws {
        var image = LessonImage(user: "node")
        try image.attest()
        #expect(try image.report().packages.allSatisfy { $0.type == .npm || !$0.layers.isEmpty })
        let subject = try image.subject()
        var tree = subject.tree
        let count = subject.layers.count - 1
        tree.update(at: "/var/lib/dpkg/status") { $0.layerIndex = count }
        let rebuilt = AnalysisSubject(
            name: subject.name,
            digest: subject.digest,
            configuration: subject.configuration,
            tree: tree,
            layers: subject.layers,
            statements: subject.statements
        )
        let report = try LessonImage.analyzer().analyze(rebuilt)
        #expect(report.packages.filter { $0.type == .deb }.allSatisfy { $0.layers.isEmpty })
    }
}
