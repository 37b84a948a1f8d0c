// SPDX-License-Identifier: Apache-2.0

import JSONValues

/// An image as a row of `catalog/` knows it: configuration, accounts, own packages, and the image that it was built on.
struct KnownImage: Sendable, Hashable {
    /// The repository in full.
    let repository: String
    /// The tags that name it; the first one is its key.
    let tags: [String]
    /// `repository:tag` of the image that its Dockerfile begins with, `scratch`, or empty where it was built of packages.
    let parent: String
    /// What it runs on.
    let system: System
    /// How a container of it starts.
    let start: Start
    /// The environment beyond the parent's; nil where none of it is recorded.
    let ownEnvironment: [String]?
    /// Whether the parent's environment comes first.
    let inheritsEnvironment: Bool
    /// Accounts that it adds to its parent's, changes or takes away, in order.
    let accounts: [AccountChange]
    /// Packages and programs that it adds to its parent's.
    let packages: [Addition]
    /// The day of the facts, `YYYY-MM-DD`; empty where it is not recorded.
    let asOf: String
    /// How near the source of the facts is: `exact`, `same version`, `older`, `sibling` …
    let match: String
    /// What its publisher says of its tags.
    let state: State

    /// The key.
    var key: String { repository + ":" + (tags.first ?? "") }

    /// What an image runs on.
    struct System: Sendable, Hashable {
        /// The distribution with its release, such as `debian 13` or `distroless (debian 12)`.
        let name: String
        /// Whether `/bin/sh` is there; a path where it is somewhere else.
        let shell: String
        /// Whether it has bash.
        let hasBash: Bool
        /// The package manager, such as `apt`; `none` where it has none.
        let packageManager: String

        /// The path of its shell; nil where it has none.
        var shellPath: String? {
            switch shell {
            case "yes": "/bin/sh"
            case let text where text.hasPrefix("/"): text.split(separator: " ").first.map(String.init)
            default: nil
            }
        }

        /// Whether it is recorded to have no package manager.
        var hasNoPackageManager: Bool { packageManager == "none" }
    }

    /// How a container starts. `?` means that it is not recorded.
    struct Start: Sendable, Hashable {
        let user: String
        let workdir: String
        let stopSignal: String
        let ports: String
        let volumes: String
        let entrypoint: String
        let command: String

        /// What a field holds that is not recorded.
        static let unknown = "?"

        /// The first word of what is run; nil where that is not recorded, or nothing is.
        var program: String? {
            let text = entrypoint.isEmpty || entrypoint == "[]" ? command : entrypoint
            let words = try? JSONReader.decode([String].self, from: Array(text.utf8), limits: .own)
            return words?.first.flatMap { $0.isEmpty || $0.hasPrefix("-") ? nil : $0 }
        }

        /// The fields that are not recorded.
        var unknownFields: [String] {
            [
                ("user", user), ("working directory", workdir), ("stop signal", stopSignal), ("ports", ports),
                ("volumes", volumes), ("entrypoint", entrypoint), ("command", command),
            ].filter { $0.1 == Self.unknown }.map(\.0)
        }
    }

    /// An account that is added, changed or taken away.
    struct AccountChange: Sendable, Hashable {
        /// `user`, `group`, `membership`, `user removed`, `user renamed`, `group renamed`.
        let kind: String
        let name: String
        let uid: UInt32?
        let gid: UInt32?
        let home: String
        let shell: String
        let groups: [String]
        /// From where the tool counts to a number that it was not told: `s` down from 999, `b` up from 100, `r` up from 1000.
        let numbering: String
    }

    /// Packages or programs.
    struct Addition: Sendable, Hashable {
        /// `apt`, `apk`, `dnf` …, or `program` for what comes from outside of a package manager.
        let manager: String
        /// The names, `name=version` where a version is recorded; empty for packages that nobody named. A `_` may stand for a blank.
        let names: String
        /// Where a program is.
        let path: String
        /// Whether `path` is the program's file, and not a folder.
        let isFile: Bool

        /// The names, each with its version.
        var entries: [(name: String, version: String?)] {
            names.split(separator: " ").map { word in
                let parts = word.split(separator: "=", maxSplits: 1)
                return (String(parts.first ?? ""), parts.count == 2 ? String(parts[1]) : nil)
            }
        }
    }

    /// What a publisher says of an image's tags.
    enum State: Sendable, Hashable {
        /// Supported, where known until a day.
        case current(until: String?)
        /// Not listed any more since a day.
        case former(since: String)
        /// Listed, and not to be used.
        case deprecated
        case unknown

        /// Reads the field: `+`, `+DAY`, `-DAY`, `!` or nothing.
        init(_ text: String) {
            switch text.first {
            case "+": self = .current(until: text.count > 1 ? String(text.dropFirst()) : nil)
            case "-": self = .former(since: String(text.dropFirst()))
            case "!": self = .deprecated
            default: self = .unknown
            }
        }
    }
}
