// SPDX-License-Identifier: Apache-2.0

// Source: rpm, pacman, opkg, Portage, Nix, Guix, conda, Erlang, R, LuaRocks and Homebrew, where each keeps what it installed;
// os-release(5).

import Diagnostics
import ImageFilesystem
import OCISpec
import Packages

/// Tells of packages that are in an image and that no cataloger reads, so that nothing found there never reads as nothing there.
///
/// Two things are said: that a database or an archive of packages was found and not read, each kind once with its first place; and
/// that a distribution is there whose package database is not.
enum UnreadPackages {
    /// A kind of database or archive.
    struct Sign: Sendable {
        /// What was found, in the singular, for a sentence.
        let kind: String
        /// What it holds.
        let packages: String
        /// Whether a file is one.
        let isOne: @Sendable (ImagePath) -> Bool
    }

    /// What RPM wrote before 4.16, and what some distributions of it write.
    private static let rpmNames = ["Packages.db", "Packages"].map { Array($0.utf8) }
    private static let pacman: ImagePath = "/var/lib/pacman/local"
    private static let opkg: [ImagePath] = ["/usr/lib/opkg/status", "/var/lib/opkg/status"]
    private static let portage: ImagePath = "/var/db/pkg"
    private static let nix: ImagePath = "/nix/var/nix/db/db.sqlite"
    private static let guix: ImagePath = "/var/guix/db/db.sqlite"

    /// Where the databases always stand.
    static let places: [FileNames.Place] =
        RPMCataloger.folders.map { .folder($0, levels: 1) } + opkg.map { .file($0) } + [
            .folder(pacman, levels: 2), .folder(portage, levels: 3), .file(nix), .file(guix),
        ]

    static let signs: [Sign] = [
        Sign(kind: "an RPM database", packages: "rpm packages") { path in
            path.name.map(rpmNames.contains) ?? false && RPMCataloger.folders.contains(path.parent)
        },
        Sign(kind: "a pacman database", packages: "Arch packages") { path in
            path.components.count == 6 && ends(path, with: "desc") && path.isInside(pacman)
        },
        Sign(kind: "an opkg database", packages: "opkg packages") { opkg.contains($0) },
        Sign(kind: "a Portage database", packages: "Gentoo packages") { path in
            path.components.count == 6 && ends(path, with: "CONTENTS") && path.isInside(portage)
        },
        Sign(kind: "a Nix store", packages: "Nix packages") { $0 == nix },
        Sign(kind: "a Guix store", packages: "Guix packages") { $0 == guix },
        Sign(kind: "a conda environment", packages: "conda packages") { path in
            folder(of: path, is: "conda-meta") && ends(path, with: ".json")
        },
        Sign(kind: "an Erlang application", packages: "Hex packages") { path in
            folder(of: path, is: "ebin") && ends(path, with: ".app")
        },
        Sign(kind: "an R library", packages: "CRAN packages") { path in
            let parts = path.components
            guard parts.count >= 3, ends(path, with: "DESCRIPTION") else { return false }
            let library = parts[parts.count - 3]
            return library.elementsEqual("library".utf8) || library.elementsEqual("site-library".utf8)
        },
        Sign(kind: "a tree of LuaRocks", packages: "Lua rocks") { ends($0, with: ".rockspec") },
        Sign(kind: "a Homebrew cellar", packages: "Homebrew formulae") { ends($0, with: "INSTALL_RECEIPT.json") },
    ]

    /// Whether a file tells of packages that nobody reads; asked for every file, so it is quick for nearly all of them.
    static func tells(of path: ImagePath) -> Bool {
        guard path.components.count > 1 else { return false }
        return signs.contains { $0.isOne(path) }
    }

    /// Says what was found and not read, and which database should be there and is not.
    static func note(
        _ paths: [ImagePath],
        in context: CatalogContext,
        packages: [Package],
        into result: inout CatalogerResult
    ) {
        var isRPMFound = false
        for sign in signs {
            let found = paths.filter(sign.isOne)
            guard let first = found.first else { continue }
            isRPMFound = isRPMFound || sign.packages == "rpm packages"
            let more = found.count > 1 ? " (and \(found.count - 1) more)" : ""
            result.note(
                "\(first) is \(sign.kind)\(more), which is not read: there may be \(sign.packages) in the image"
            )
        }
        noteProgram(in: context, packages: packages, into: &result)
        guard let distribution = context.distribution, let type = database(of: distribution),
            !packages.contains(where: { $0.type == type }), !(type == .rpm && isRPMFound),
            !result.unknowns.contains(where: { $0.reason.contains(databaseFolder(type)) })
        else { return }
        let name = distribution.prettyName ?? distribution.name ?? distribution.id
        result.note("the image is of \(name) and no \(type.rawValue) package database was found in it")
    }

    /// Folders in which nobody but a distribution's packages puts programs.
    private static let systemFolders: [ImagePath] = [
        "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/usr/bin", "/usr/sbin", "/usr/lib", "/usr/lib32",
        "/usr/lib64", "/usr/libx32", "/usr/libexec", "/usr/share", "/usr/games", "/usr/glibc-compat",
    ]

    /// Says that there are programs beside the system's own which belong to no package that was found.
    private static func noteProgram(
        in context: CatalogContext,
        packages: [Package],
        into result: inout CatalogerResult
    ) {
        let strangers = strangers(context.resolver.programs(), packages: packages)
        if let reason = reason(strangers) { result.note(reason) }
    }

    /// The programs beside the system's own that belong to no package.
    static func strangers(_ programs: [ResolvedProgram], packages: [Package]) -> [ImagePath] {
        let known = Set(packages.flatMap { $0.locations.map(\.path) })
        return programs.map(\.path).filter { path in
            !systemFolders.contains(where: path.isInside) && !known.contains(path.description) && !isLibrary(path)
        }
    }

    /// What is said of such programs; nil where there are none.
    static func reason(_ strangers: [ImagePath]) -> String? {
        guard let first = strangers.first else { return nil }
        let more = strangers.count > 1 ? " (and \(strangers.count - 1) more)" : ""
        return "\(first) is a program\(more) of no package that is known: nobody knows what it was made of"
    }

    /// Whether a program's name is that of a library, which belongs to the package in whose folder it lies.
    private static func isLibrary(_ path: ImagePath) -> Bool {
        let name = String(decoding: path.name ?? [], as: UTF8.self)
        return name.hasSuffix(".so") || name.contains(".so.") || name.hasSuffix(".node")
            || path.components.contains { $0.elementsEqual("node_modules".utf8) }
    }

    private static func databaseFolder(_ type: PackageType) -> String {
        switch type {
        case .deb: "/dpkg/"
        case .apk: "/apk/db/"
        default: "/rpm/"
        }
    }

    /// Which packages a distribution is made of; nil for one that is not known.
    private static func database(of distribution: Distribution) -> PackageType? {
        switch distribution.id {
        case "debian", "ubuntu", "raspbian", "kali", "linuxmint", "pop", "devuan", "neon", "elementary", "echo": .deb
        case "alpine", "wolfi", "chainguard", "postmarketos", "minimos", "alpaquita", "bellsoft-hardened-containers":
            .apk
        case "rhel", "centos", "fedora", "rocky", "almalinux", "ol", "amzn", "azurelinux", "mariner", "photon",
            "openeuler", "mageia", "sles", "sle_hpc", "opensuse", "opensuse-leap", "opensuse-tumbleweed", "scientific",
            "eurolinux", "cloudlinux":
            .rpm
        default: nil
        }
    }

    private static func ends(_ path: ImagePath, with text: String) -> Bool {
        path.name?.suffix(text.utf8.count).elementsEqual(text.utf8) ?? false
    }

    private static func folder(of path: ImagePath, is name: String) -> Bool {
        let parts = path.components
        return parts.count >= 2 && parts[parts.count - 2].elementsEqual(name.utf8)
    }
}
