// SPDX-License-Identifier: Apache-2.0

/// A piece of software installed in an image.
public struct Package: Sendable, Hashable, Codable {
    /// The ecosystem.
    public let type: PackageType
    /// The name as the ecosystem writes it; for npm with its scope (`@scope/name`).
    public let name: String
    /// The version as the ecosystem writes it.
    public let version: String
    /// The processor architecture that the package was built for; nil when it has none.
    public let architecture: String?
    /// The source package that advisories of distributions speak of; nil when it is the package itself.
    public let origin: Origin?
    /// The distribution, for apk, deb and rpm; nil elsewhere.
    public let distribution: Distribution?
    /// The licences as found, before normalisation (`MIT`, `GPL-2+`, `(MIT OR Apache-2.0)`); empty when none is declared.
    public let licenses: [String]
    /// Where it was found, the most telling place first; never empty for a package of an image.
    public let locations: [Location]
    /// Who supplies it, as the package says; nil when it does not.
    public let maintainer: String?
    /// A one-line description, as the package says; nil when it does not.
    public let summary: String?
    /// The name of the cataloger, such as `apk`.
    public let foundBy: String

    /// A package of which no more is known than its type, name and version, unless it is given.
    public init(
        type: PackageType,
        name: String,
        version: String,
        architecture: String? = nil,
        origin: Origin? = nil,
        distribution: Distribution? = nil,
        licenses: [String] = [],
        locations: [Location] = [],
        maintainer: String? = nil,
        summary: String? = nil,
        foundBy: String
    ) {
        self.type = type
        self.name = name
        self.version = version
        self.architecture = architecture
        self.origin = origin
        self.distribution = distribution
        self.licenses = licenses
        self.locations = locations
        self.maintainer = maintainer
        self.summary = summary
        self.foundBy = foundBy
    }
}

extension Package {
    /// The same package with these licences.
    public func declaring(_ licenses: [String]) -> Package { with(licenses: licenses, locations: locations) }

    /// The same package at these locations.
    public func with(locations: [Location]) -> Package { with(licenses: licenses, locations: locations) }

    private func with(licenses: [String], locations: [Location]) -> Package {
        Package(
            type: type,
            name: name,
            version: version,
            architecture: architecture,
            origin: origin,
            distribution: distribution,
            licenses: licenses,
            locations: locations,
            maintainer: maintainer,
            summary: summary,
            foundBy: foundBy
        )
    }

    /// A source package.
    public struct Origin: Sendable, Hashable, Codable {
        /// The source package's name.
        public let name: String
        /// Its version where it differs from the binary's; nil when it is the same.
        public let version: String?

        /// A source package of the same version, unless another is named.
        public init(name: String, version: String? = nil) {
            self.name = name
            self.version = version
        }
    }

    /// A file inside the image that tells of the package.
    public struct Location: Sendable, Hashable, Codable {
        /// The path inside the image, beginning with `/`.
        public let path: String
        /// The digest of the uncompressed layer that holds it; nil when not known.
        public let layerDiffID: String?
        /// The layer's place, the lowest is 0; nil when not known.
        public let layerIndex: Int?

        /// A file of no layer in particular, unless one is named.
        public init(path: String, layerDiffID: String? = nil, layerIndex: Int? = nil) {
            self.path = path
            self.layerDiffID = layerDiffID
            self.layerIndex = layerIndex
        }
    }
}
