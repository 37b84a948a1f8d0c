// SPDX-License-Identifier: Apache-2.0

/// Something that the engine did not understand, kept on the record instead of guessed.
///
/// What it leaves in doubt of an image is said by `facets`, and of the files by `paths`: whoever judges an image asks these, and never
/// what it was that was not understood.
public struct Unknown: Sendable, Hashable, Codable {
    /// What was not understood and what it could have changed, in one sentence.
    public let reason: String
    /// Where it stands in the Dockerfile; nil when it stands elsewhere.
    public let range: SourceRange?
    /// What sort of thing could have been touched.
    public let scope: Scope
    /// The files and folders of the image that may be other than they seem, by absolute path, each folder with all below; `/` is
    /// every one.
    public let paths: [String]
    /// What of these paths it leaves as it is, by absolute path, each folder with all below.
    public let spared: [String]
    /// The reason without what was said of the way by which it came here: through a copy, a mount, another stage.
    public let cause: String

    /// Makes a record from its parts.
    ///
    /// - Parameters:
    ///   - paths: where in the image; nil for all that the scope could reach.
    ///   - spared: what of these paths stays as it is.
    ///   - cause: the reason as it stood where it arose; nil when it arose here.
    public init(
        reason: String,
        range: SourceRange? = nil,
        scope: Scope,
        paths: [String]? = nil,
        spared: [String] = [],
        cause: String? = nil
    ) {
        self.reason = reason
        self.range = range
        self.scope = scope
        self.paths = paths ?? scope.paths
        self.spared = spared
        self.cause = cause ?? reason
    }

    /// The same at another place in the Dockerfile.
    public func placed(at range: SourceRange?) -> Unknown {
        Unknown(reason: reason, range: range, scope: scope, paths: paths, spared: spared, cause: cause)
    }

    /// The first line in the Dockerfile, from 1; nil when it stands elsewhere.
    public var line: Int? { range?.start.line }

    private enum CodingKeys: String, CodingKey { case reason, range, scope, paths, spared, facets }

    /// Reads a record; one of an older version has no paths.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            reason: try container.decode(String.self, forKey: .reason),
            range: try container.decodeIfPresent(SourceRange.self, forKey: .range),
            scope: try container.decode(Scope.self, forKey: .scope),
            paths: try container.decodeIfPresent([String].self, forKey: .paths),
            spared: try container.decodeIfPresent([String].self, forKey: .spared) ?? []
        )
    }

    /// Writes a record, with its facets for those who do not know what follows from a scope.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(reason, forKey: .reason)
        try container.encodeIfPresent(range, forKey: .range)
        try container.encode(scope, forKey: .scope)
        try container.encode(paths, forKey: .paths)
        if !spared.isEmpty { try container.encode(spared, forKey: .spared) }
        try container.encode(facets.sorted(), forKey: .facets)
    }
}

extension Unknown {
    /// What an unknown could have touched, from the narrowest to the widest.
    public enum Scope: String, Sendable, Hashable, Codable, CaseIterable {
        /// Standard output or an exit code only: no file.
        case output
        /// Files, but not accounts or packages.
        case files
        /// Files that say who the accounts are.
        case accounts
        /// An application's folder: its packages, but no accounts and no programs of the system.
        case application
        /// Packages that a language's package manager brings, and with them any file; no accounts, nothing of the distribution's.
        case languagePackages
        /// Packages of any kind, and with them any file, but no accounts.
        case packages
        /// Packages of the distribution, with the files, programs and accounts that they bring.
        case systemPackages
        /// Anything at all in the image's filesystem, accounts included.
        case filesystem
        /// The base image itself.
        case baseImage
    }

    /// The kinds of packages that are found in different ways.
    public enum PackageKind: String, Sendable, Hashable, CaseIterable {
        /// Those of the distribution, in its package database.
        case system
        /// Those of a language, in an application's own folders.
        case application
    }
}

extension Unknown.Scope {
    /// The folders that packages of a distribution write to: all but those that are left to applications and people, as `/usr/local`
    /// is (Filesystem Hierarchy Standard 3.0, 4.9; Debian policy 9.1.2).
    public static let systemFolders = [
        "/bin", "/boot", "/etc", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/run", "/sbin", "/usr/bin",
        "/usr/games", "/usr/include", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libexec", "/usr/libx32",
        "/usr/sbin", "/usr/share", "/usr/src", "/var",
    ]

    /// The folders that are the distribution's own: an application's tools leave them alone unless they stand in one.
    public static let sparedFolders = ["/bin", "/boot", "/etc", "/lib", "/lib64", "/sbin", "/usr", "/var"]

    /// Where it can reach.
    public var paths: [String] {
        switch self {
        case .output: []
        case .languagePackages: ["/", "/usr"]
        case .systemPackages: Self.systemFolders
        case .accounts: ["/etc/group", "/etc/gshadow", "/etc/passwd", "/etc/shadow", "/etc/subgid", "/etc/subuid"]
        case .files, .application, .packages, .filesystem, .baseImage: ["/"]
        }
    }

    /// Whether `/` among its paths leaves out the distribution's own folders.
    public var sparesSystem: Bool { self == .application || self == .languagePackages }
}

// MARK: What follows from it: the one place that says so

extension Unknown {
    /// The facets of the image that it leaves in doubt.
    public var facets: Set<Facet> {
        switch scope {
        case .output: []
        case .files: [.files]
        case .accounts: [.accounts, .files]
        case .application, .languagePackages, .packages: [.files, .packages]
        case .systemPackages, .filesystem: [.accounts, .files, .packages]
        case .baseImage: [.configuration, .accounts, .files, .packages]
        }
    }

    /// Whether it leaves a facet of the image in doubt.
    public func touches(_ facet: Facet) -> Bool { facets.contains(facet) }

    /// The packages that may be there unseen, or be seen and not be there.
    public var packageKinds: Set<PackageKind> {
        switch scope {
        case .output, .files, .accounts: []
        case .application, .languagePackages: [.application]
        case .packages, .systemPackages, .filesystem, .baseImage: [.system, .application]
        }
    }

    /// Whether a file, or a folder with what is below, may be other than it seems.
    ///
    /// - Parameter path: an absolute path without links.
    public func mayTouch(_ path: String) -> Bool {
        guard touches(.files), !spared.contains(where: { Self.isInside(path, $0) }) else { return false }
        return paths.contains { place in
            if place == "/", scope.sparesSystem, path != "/" {
                return !Scope.sparedFolders.contains { Self.isInside(path, $0) }
            }
            return Self.isInside(path, place) || Self.isInside(place, path)
        }
    }

    /// Whether a program may be at a path unseen. Applications keep their files to folders of their own.
    public func mayBringProgram(at path: String) -> Bool { scope != .application && mayTouch(path) }

    /// Whether a path is another one or stands below it.
    private static func isInside(_ path: String, _ folder: String) -> Bool {
        if folder == "/" || path == folder { return true }
        return path.utf8.count > folder.utf8.count && path.utf8.starts(with: folder.utf8)
            && path.utf8.dropFirst(folder.utf8.count).first == 0x2F
    }
}
