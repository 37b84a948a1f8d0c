// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
//
// The rooms and the one way that data flows between them: ARCHITECTURE.md. A target names here only what stands in a row
// above its own; `--explicit-target-dependency-import-check error` refuses the rest.

import PackageDescription

let swiftSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// How a room is compiled, where the usual way costs more than it gives.
enum Pace {
    /// As the configuration has it.
    case usual
    /// Optimized in debug builds, too: what a thousand tests wait for.
    case hot
    /// Not optimized in release builds either: it parses words and prints, and the optimizer would take a third of the first build.
    case cold

    var settings: [SwiftSetting] {
        switch self {
        case .usual: []
        case .hot: [.unsafeFlags(["-O"], .when(configuration: .debug))]
        case .cold: [.unsafeFlags(["-Onone"], .when(configuration: .release))]
        }
    }
}

let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

/// A library target and its test target of the same name with `Tests` behind it; golden files beside the tests are no sources.
func room(
    _ name: String,
    _ dependencies: [Target.Dependency],
    testing: [Target.Dependency] = [],
    pace: Pace = .usual,
    hasSnapshots: Bool = false
) -> [Target] {
    [
        .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings + pace.settings),
        .testTarget(
            name: name + "Tests",
            dependencies: [.byName(name: name), "SeaworthyTestSupport"] + dependencies + testing,
            exclude: hasSnapshots ? ["Snapshots"] : [],
            swiftSettings: swiftSettings
        ),
    ]
}

let systemLibraries: [Target] = [
    .systemLibrary(
        name: "CArchive",
        pkgConfig: "libarchive",
        providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]
    ),
    // Opened when a command first asks the network, never linked: see ARCHITECTURE, "Dependencies".
    .systemLibrary(name: "CCurl"),
    // On macOS CryptoKit hashes, and this target is not imported.
    .systemLibrary(name: "CNettle", providers: [.apt(["nettle-dev"])]),
    // No pkgConfig: Debian's file also names the extensions library, which is a package of its own.
    .systemLibrary(
        name: "CMarkGFM",
        providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"])]
    ),
]

let rooms: [[Target]] = [
    // Row 0
    room("Diagnostics", []),
    room("JSONValues", ["Diagnostics"], pace: .hot),
    room("CivilTime", []),
    // Row 1
    room("OCISpec", ["JSONValues"], pace: .hot),
    room("Packages", ["Diagnostics"], pace: .hot),
    room("Judgements", ["Diagnostics"]),
    room("HostFiles", ["Diagnostics"]),
    room("GoTemplates", ["Diagnostics", "JSONValues"], pace: .cold),
    room("DockerfileSyntax", ["Diagnostics", "JSONValues"]),
    room("ShellSyntax", ["Diagnostics"]),
    // Row 2
    room("Archives", ["Diagnostics", "OCISpec", "CArchive", "CNettle", "HostFiles"], pace: .hot),
    room("DockerfileRules", ["Diagnostics", "DockerfileSyntax"], pace: .cold),
    // Row 3
    room("ImageLayouts", ["Diagnostics", "JSONValues", "OCISpec", "Archives", "HostFiles"]),
    room("ImageFilesystem", ["Diagnostics", "OCISpec", "Archives"], pace: .hot),
    // Row 4
    room("SystemFiles", ["Diagnostics", "OCISpec", "Packages", "ImageFilesystem"]),
    room(
        "Registries",
        ["Diagnostics", "CivilTime", "JSONValues", "OCISpec", "HostFiles", "Archives", "ImageLayouts", "CCurl"],
        pace: .cold
    ),
    // Row 5
    // The tests of the machine run scripts, and scripts run programs.
    room(
        "ShellMachine",
        ["Diagnostics", "OCISpec", "Packages", "ImageFilesystem", "SystemFiles", "ShellSyntax"],
        testing: ["CommandModels"]
    ),
    room(
        "PackageCatalogers",
        ["Diagnostics", "JSONValues", "OCISpec", "Packages", "Archives", "ImageFilesystem", "SystemFiles"],
        pace: .hot
    ),
    room("BillOfMaterials", ["Diagnostics", "CivilTime", "JSONValues", "OCISpec", "Packages", "DockerfileSyntax"]),
    room("Advisories", ["Diagnostics", "JSONValues", "Packages", "HostFiles", grdb]),
    room(
        "BaseImages",
        [
            "Diagnostics", "CivilTime", "JSONValues", "OCISpec", "Packages", "Archives", "ImageLayouts",
            "ImageFilesystem", "SystemFiles", "HostFiles",
        ]
    ),
    // Row 6
    room(
        "CommandModels",
        [
            "Diagnostics", "CivilTime", "JSONValues", "OCISpec", "Packages", "Archives", "ImageFilesystem",
            "SystemFiles", "ShellSyntax", "ShellMachine",
        ]
    ),
    room(
        "ImagePolicies",
        ["Diagnostics", "CivilTime", "JSONValues", "OCISpec", "Packages", "Advisories", "BaseImages", "SystemFiles"],
        pace: .cold
    ),
    // Row 7
    room(
        "SymbolicBuild",
        [
            "Diagnostics", "CivilTime", "OCISpec", "Packages", "Archives", "DockerfileSyntax", "ImageLayouts",
            "ImageFilesystem", "PackageCatalogers", "BillOfMaterials", "BaseImages", "HostFiles", "SystemFiles",
            "ShellMachine", "CommandModels",
        ]
    ),
    room(
        "ImageAnalysis",
        [
            "Diagnostics", "CivilTime", "OCISpec", "Packages", "Archives", "ImageLayouts", "ImageFilesystem",
            "PackageCatalogers", "BillOfMaterials", "Advisories", "BaseImages", "ImagePolicies", "SystemFiles",
        ]
    ),
    // Row 8
    room("Lessons", ["Diagnostics", "JSONValues", yams, "DockerfileSyntax"], pace: .cold),
    room("Workspaces", ["Diagnostics", "JSONValues", "Archives", "HostFiles"], pace: .cold),
    // Row 9
    room("Submissions", ["Diagnostics", "Archives", "HostFiles", "Workspaces"], pace: .cold),
    // Row 10
    room(
        "LessonChecks",
        [
            "Diagnostics", "JSONValues", "OCISpec", "DockerfileSyntax", "ImageFilesystem", "BaseImages",
            "SymbolicBuild", "ImagePolicies", "ImageAnalysis", "Lessons", "Workspaces", "Judgements", "HostFiles",
            "SystemFiles", "ShellMachine", "CommandModels", "Submissions",
        ],
        testing: ["Packages", "ImageLayouts", "Advisories", "BillOfMaterials"],
        pace: .cold
    ),
    // Row 11
    room(
        "ProgressStore",
        ["Diagnostics", "CivilTime", "JSONValues", "Judgements", grdb, "HostFiles", "Workspaces"],
        pace: .cold
    ),
    room(
        "Grading",
        ["Diagnostics", "JSONValues", "Judgements", grdb, "HostFiles", "Submissions"],
        testing: ["Archives", "Workspaces"],
        pace: .cold,
        hasSnapshots: true
    ),
    room("TerminalMarkdown", ["CMarkGFM"], pace: .cold),
    // Row 12
    room(
        "Reporting",
        [
            "Diagnostics", "JSONValues", "OCISpec", "Packages", "DockerfileSyntax", "DockerfileRules",
            "BillOfMaterials", "Advisories", "SymbolicBuild", "ImagePolicies", "ImageAnalysis", "Judgements",
            "CivilTime", "Archives",
        ],
        testing: ["BaseImages"],
        pace: .cold,
        hasSnapshots: true
    ),
    // Row 13
    room(
        "Workbench",
        [
            "Diagnostics", "CivilTime", "OCISpec", "SystemFiles", "Archives", "DockerfileSyntax", "DockerfileRules",
            "ImageLayouts",
            "ImageFilesystem", "PackageCatalogers", "BillOfMaterials", "Advisories", "BaseImages", "SymbolicBuild",
            "ImagePolicies", "ImageAnalysis", "Lessons", "Workspaces", "LessonChecks", "ProgressStore", "Reporting",
            "Judgements", "HostFiles", "Registries",
        ],
        testing: ["Packages", "ShellMachine"],
        pace: .cold
    ),
    // Row 14
    room(
        "SeaworthyCommands",
        [
            "Diagnostics", "GoTemplates", "CivilTime", "JSONValues", "OCISpec", "Packages", "Archives",
            "DockerfileSyntax", "DockerfileRules", "ImageLayouts", "ImageFilesystem", "BillOfMaterials", "Advisories",
            "BaseImages", "SymbolicBuild", "ImagePolicies", "ImageAnalysis", "Lessons", "Workspaces", "LessonChecks",
            "ProgressStore",
            "Grading", "Reporting", "Judgements", "TerminalMarkdown", argumentParser, "ShellSyntax", "HostFiles",
            "Workbench", "ShellMachine", "CommandModels", "Submissions", "Registries",
        ],
        pace: .cold
    ),
]

let programs: [Target] = [
    .executableTarget(name: "seaworthy", dependencies: ["SeaworthyCommands"], swiftSettings: swiftSettings),
    .target(
        name: "SeaworthyTestSupport",
        dependencies: ["Diagnostics", "JSONValues", "OCISpec", "Archives"],
        swiftSettings: swiftSettings
    ),
    .testTarget(
        name: "EndToEndTests",
        dependencies: ["SeaworthyTestSupport", "seaworthy", "Archives", "OCISpec", "Diagnostics"],
        exclude: ["Stored"],
        swiftSettings: swiftSettings
    ),
]

let package = Package(
    name: "seaworthy",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "seaworthy", targets: ["seaworthy"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: systemLibraries + rooms.flatMap { $0 } + programs
)
