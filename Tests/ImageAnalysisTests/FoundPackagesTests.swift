// SPDX-License-Identifier: Apache-2.0

import Advisories
import Archives
import Diagnostics
import ImageLayouts
import ImagePolicies
import OCISpec
import Packages
import SeaworthyTestSupport
import Testing

@testable import ImageAnalysis

/// A small Debian image with an application, as layers in which its files stand in one way or another.
enum FiledImage {
    static let status = """
        Package: openssl
        Status: install ok installed
        Version: 3.0.19-1~deb12u2
        Architecture: amd64

        Package: zlib1g
        Status: install ok installed
        Version: 1:1.2.13.dfsg-1
        Architecture: amd64
        Source: zlib

        """
    static let release = "ID=debian\nVERSION_ID=12\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n"
    static let lodash = #"{"name":"lodash","version":"4.17.21","license":"MIT"}"#
    static let passwd = "root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/app:/bin/sh\n"

    /// The same files, found by a program under the same names: each way with its layers.
    static let ways: [(name: String, layers: [[(String, TestLayer.File)]])] = [
        (
            "plain",
            [
                [
                    ("etc/os-release", .text(release)), ("etc/passwd", .text(passwd)),
                    ("var/lib/dpkg/status", .text(status)),
                    ("app/node_modules/lodash/package.json", .text(lodash)),
                ]
            ]
        ),
        (
            "files behind links",
            [
                [
                    ("usr/lib/os-release", .text(release)), ("etc/os-release", .symlink("../usr/lib/os-release")),
                    ("data/passwd", .text(passwd)), ("etc/passwd", .symlink("/data/passwd")),
                    ("data/status", .text(status)), ("var/lib/dpkg/status", .symlink("../../../data/status")),
                    ("cache/lodash.json", .text(lodash)),
                    ("app/node_modules/lodash/package.json", .symlink("/cache/lodash.json")),
                ]
            ]
        ),
        (
            "hard links",
            [
                [
                    ("a/release", .text(release)), ("etc/os-release", .hardLink("a/release")),
                    ("a/passwd", .text(passwd)), ("etc/passwd", .hardLink("a/passwd")), ("a/status", .text(status)),
                    ("var/lib/dpkg/status", .hardLink("a/status")), ("cache/lodash.json", .text(lodash)),
                    ("app/node_modules/lodash/package.json", .hardLink("cache/lodash.json")),
                ]
            ]
        ),
        (
            "moved folders",
            [
                [
                    ("sysroot/etc/os-release", .text(release)), ("sysroot/etc/passwd", .text(passwd)),
                    ("etc", .symlink("sysroot/etc")), ("usr/lib/sysimage/dpkg/status", .text(status)),
                    ("var/lib/dpkg", .symlink("/usr/lib/sysimage/dpkg")), ("opt/nm/lodash/package.json", .text(lodash)),
                    ("app/node_modules", .symlink("/opt/nm")),
                ]
            ]
        ),
        (
            "links between layers",
            [
                [
                    ("old/status", .text("Package: gone\nStatus: install ok installed\nVersion: 1\n")),
                    ("var/lib/dpkg/status", .symlink("/old/status")), ("x/release", .text(release)),
                    ("x/passwd", .text(passwd)), ("opt/nm/lodash/package.json", .text(lodash)),
                    ("opt/nm/gone/package.json", .text(#"{"name":"gone","version":"1.0.0"}"#)),
                ],
                [
                    ("old/.wh.status", .whiteout), ("new/status", .text(status)),
                    ("old/status", .symlink("../new/status")),
                    ("etc/os-release", .symlink("/x/release")), ("etc/passwd", .symlink("/x/passwd")),
                    ("app", .symlink("srv")), ("srv/node_modules", .symlink("../opt/nm")),
                    ("opt/nm/.wh.gone", .whiteout),
                ],
            ]
        ),
        (
            "a first name that is taken away",
            [
                [
                    ("a/status", .text(status)), ("var/lib/dpkg/status", .hardLink("a/status")),
                    ("etc/os-release", .text(release)), ("a/passwd", .text(passwd)),
                    ("etc/passwd", .hardLink("a/passwd")),
                    ("a/lodash", .text(lodash)), ("app/node_modules/lodash/package.json", .hardLink("a/lodash")),
                ],
                [(".wh.a", .whiteout)],
            ]
        ),
    ]

    static func image(
        _ layers: [[(String, TestLayer.File)]],
        user: String? = "app",
        compression: Compression = .gzip
    ) throws -> TestImage {
        var config = ContainerConfiguration()
        config.user = user
        return try TestImage(layers.map { TestLayer($0) }, config: config, compression: compression)
    }

    /// What a layout is handed over as.
    enum Form: CaseIterable { case folder, tar, gzip, zstd }

    static func report(_ layout: TestLayout, _ form: Form = .tar) throws -> AnalysisReport {
        let scratch = try ScratchFolder()
        let path =
            switch form {
            case .folder: try layout.writeFolder(scratch)
            case .tar: try layout.writeTar(scratch)
            case .gzip: try layout.writeTar(scratch, compression: .gzip)
            case .zstd: try layout.writeTar(scratch, compression: .zstd)
            }
        let image = try ImageSource.open(path: path, limits: .standard).image()
        return try LessonImage.analyzer().analyze(image, name: "acme/app:v1")
    }

    static func report(_ layers: [[(String, TestLayer.File)]], user: String? = "app") throws -> AnalysisReport {
        try report(image(layers, user: user).ociLayout())
    }
}

@Suite("Packages are found wherever their files stand")
struct FoundPackagesTests {
    static let expected = ["deb openssl 3.0.19-1~deb12u2", "deb zlib1g 1:1.2.13.dfsg-1", "npm lodash 4.17.21"]

    @Test(
        "one image in every archive form and filed in every way has one list of packages",
        arguments: FiledImage.ways.indices
    )
    func everyForm(way: Int) throws {
        let (name, layers) = FiledImage.ways[way]
        for compression in [Compression.gzip, .none, .zstd] {
            let image = try FiledImage.image(layers, compression: compression)
            let layouts = [
                try image.ociLayout(), try image.dockerSave(), try image.legacyDockerSave(),
                try image.skopeoDirectory(),
            ]
            for layout in layouts {
                for form in FiledImage.Form.allCases {
                    let report = try FiledImage.report(layout, form)
                    let found = report.packages.map { "\($0.type.rawValue) \($0.name) \($0.version)" }
                    #expect(found == Self.expected, "\(name), \(compression), \(form)")
                    #expect(report.distribution?.versionID == "12", "\(name), \(compression), \(form)")
                    #expect(report.unknowns.isEmpty, "\(name): \(report.unknowns.map(\.reason))")
                    #expect(report.policies.result("default-non-root-user")?.state == .passed, "\(name)")
                    #expect(report.packages.last?.locations.first?.layerIndex != nil)
                }
            }
        }
    }

    /// What takes the sight of packages away, each made of the plain image.
    static let hidden: [(name: String, change: @Sendable (inout [(String, TestLayer.File)]) -> Void)] = [
        ("no database", { files in files.removeAll { $0.0.hasSuffix("/status") } }),
        (
            "a link to nowhere",
            { files in
                files.removeAll { $0.0.hasSuffix("/status") }
                files.append(("var/lib/dpkg/status", .symlink("/nowhere")))
            }
        ),
        (
            "links in a circle",
            { files in
                files.removeAll { $0.0.hasSuffix("/status") }
                files.append(("var/lib/dpkg", .symlink("/var/lib/dpkg")))
            }
        ),
        (
            "an empty database",
            { files in
                files.removeAll { $0.0.hasSuffix("/status") }
                files.append(("var/lib/dpkg/status", .text("")))
            }
        ),
        ("an RPM database beside", { $0.append(("var/lib/rpm/rpmdb.sqlite", .text("SQLite format 3"))) }),
        ("an old RPM database", { $0.append(("usr/lib/sysimage/rpm/Packages", .text("b1"))) }),
        ("a Java archive", { $0.append(("app/lib/log4j-core-2.14.1.jar", .text("PK"))) }),
        ("a conda environment", { $0.append(("opt/conda/conda-meta/numpy-2.json", .text("{}"))) }),
        (
            "a wheel",
            {
                $0.append(
                    ("usr/local/lib/python3.13/site-packages/a-1.dist-info/METADATA", .text("Name: a\nVersion: 1\n"))
                )
            }
        ),
        (
            "a package that the data do not speak of",
            {
                $0.append(
                    (
                        "app/node_modules/event-stream/package.json",
                        .text(#"{"name":"event-stream","version":"3.3.6"}"#)
                    )
                )
            }
        ),
        ("a program of no package", { $0.append(("usr/local/bin/tool", .text("\u{7F}ELF\u{2}", mode: 0o755))) }),
        (
            "a Go program",
            {
                $0.append(
                    ("app/server", .bytes([0x7F, 0x45, 0x4C, 0x46, 0xFF] + Array(" Go buildinf:".utf8), mode: 0o755))
                )
            }
        ),
        (
            "another distribution",
            { files in
                files.removeAll { $0.0 == "etc/os-release" }
                files.append(("etc/os-release", .text("ID=fedora\nVERSION_ID=43\n")))
            }
        ),
    ]

    @Test(
        "hiding a database, or bringing what nobody reads, makes no verdict met and no count a zero",
        arguments: hidden.indices
    )
    func hiding(index: Int) throws {
        let (name, change) = Self.hidden[index]
        var files = FiledImage.ways[0].layers[0]
        let open = try FiledImage.report([files])
        change(&files)
        let report = try FiledImage.report([files])
        #expect(report.vulnerabilityDoubt != nil, "\(name)")
        for id in ["fixable-vulnerabilities", "high-profile-vulnerabilities"] {
            #expect(report.policies.result(id)?.state != .passed, "\(name): \(id)")
        }
        for result in report.policies.results where result.state == .passed {
            #expect(open.policies.result(result.id)?.state == .passed, "\(name): \(result.id)")
        }
    }

    @Test("an image without any package is clean only when there is no program in it")
    func scratch() throws {
        let text = try FiledImage.report([[("data/readme.txt", .text("x"))]], user: nil)
        #expect(text.vulnerabilityDoubt == nil)
        for file in [TestLayer.File.text("#!/bin/sh\n", mode: 0o755), .bytes([0x7F, 0x45, 0x4C, 0x46], mode: 0o755)] {
            let program = try FiledImage.report([[("server", file)]], user: nil)
            #expect(program.vulnerabilityDoubt != nil)
        }
    }

    @Test("the modules of a Go program are packages of the image")
    func goModules() throws {
        let sentinel = [UInt8](repeating: 0x30, count: 16)
        let modules = sentinel + Array("mod\tm\tv1.0.0\t\ndep\tgolang.org/x/net\tv0.30.0\th1:x\n".utf8) + sentinel
        let head: [UInt8] = [0x7F, 0x45, 0x4C, 0x46] + [UInt8](repeating: 0, count: 60) + [0xFF]
        let program =
            head + Array(" Go buildinf:".utf8) + [8, 2] + [UInt8](repeating: 0, count: 16) + [8]
            + Array("go1.24.3".utf8) + [UInt8(modules.count)] + modules
        let report = try FiledImage.report([[("server", .bytes(program, mode: 0o755))]], user: nil)
        #expect(
            report.packages.map { "\($0.name) \($0.version)" } == [
                "golang.org/x/net v0.30.0", "m v1.0.0", "stdlib 1.24.3",
            ]
        )
        #expect(report.vulnerabilities.judgedCount == 0)
        #expect(report.vulnerabilities.packageCount == 3)
    }
}
