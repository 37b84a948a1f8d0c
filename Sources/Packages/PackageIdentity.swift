// SPDX-License-Identifier: Apache-2.0

/// Which package it is, wherever it was found and for whatever architecture it was built.
public struct PackageIdentity: Sendable, Hashable {
    /// The kind of package.
    public let type: PackageType
    /// Its name, as its ecosystem compares names.
    public let name: String
    /// Its version.
    public let version: String

    /// Makes an identity from its parts.
    public init(type: PackageType, name: String, version: String) {
        self.type = type
        self.name = type.comparableName(name)
        self.version = version
    }

    /// The identity of a package.
    public init(_ package: Package) {
        self.init(type: package.type, name: package.name, version: package.version)
    }
}
