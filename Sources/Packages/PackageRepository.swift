// SPDX-License-Identifier: Apache-2.0

/// Packages that `apk add` and `apt-get install` find in a symbolic build.
public protocol PackageRepository: Sendable {
    /// The package of that name (or that provides it) for a distribution release.
    ///
    /// - Returns: nil when the repository does not know it, which does not mean that the real one has none: the caller makes it
    ///   unknown.
    func package(named name: String, type: PackageType, distribution: Distribution) -> RepositoryPackage?
}

/// A distribution package as a symbolic build installs it.
public struct RepositoryPackage: Sendable, Hashable, Codable {
    /// The binary package's name.
    public let name: String
    /// The version that the repository has.
    public let version: String
    /// The architecture as the package database writes it (`amd64`, `x86_64`, `all`, `noarch`).
    public let architecture: String
    /// The source package's name.
    public let origin: String
    /// The licence: the apk `L:` text, or short names of a Debian copyright file.
    public let license: String
    /// The packages that come with it, by name.
    public let depends: [String]
    /// The files it brings: absolute path, octal mode, and for a link its target.
    public let files: [File]
    /// A one-line description of our own.
    public let summary: String

    /// Dependencies as the repository writes them, and the files that an installation leaves.
    public init(
        name: String,
        version: String,
        architecture: String,
        origin: String,
        license: String,
        depends: [String],
        files: [File],
        summary: String
    ) {
        self.name = name
        self.version = version
        self.architecture = architecture
        self.origin = origin
        self.license = license
        self.depends = depends
        self.files = files
        self.summary = summary
    }

    /// A file of a package.
    public struct File: Sendable, Hashable, Codable {
        /// The absolute path.
        public let path: String
        /// Permission bits, such as 0o755.
        public let mode: UInt16
        /// The target of a symbolic link; nil for a file.
        public let link: String?

        /// A plain file, unless it links to another.
        public init(path: String, mode: UInt16, link: String? = nil) {
            self.path = path
            self.mode = mode
            self.link = link
        }
    }
}
