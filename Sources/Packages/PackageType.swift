// SPDX-License-Identifier: Apache-2.0

// Source: package-url specification, PURL-TYPES.

/// The ecosystem that a package belongs to; the raw value is the type of its PURL.
public enum PackageType: String, Sendable, Hashable, Codable, CaseIterable {
    case apk, deb, rpm, npm, pypi, golang, maven, gem, composer, nuget, cargo, generic
}
