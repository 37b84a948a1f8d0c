// SPDX-License-Identifier: Apache-2.0

public import Packages

/// The order of the versions of an ecosystem.
public protocol VersionOrder: Sendable {
    /// A word for messages, such as `semver`.
    var name: String { get }
    /// Compares two versions: negative, zero or positive; nil when one is not a version in this order.
    func compare(_ left: String, _ right: String) -> Int?
}

/// The order of a version scheme of `Packages`.
public struct SchemeOrder: VersionOrder {
    /// The scheme.
    public let scheme: VersionScheme

    /// Takes the scheme.
    public init(_ scheme: VersionScheme) { self.scheme = scheme }

    /// The scheme's name.
    public var name: String { scheme.rawValue }

    /// Compares by the scheme, which has a place for every text.
    public func compare(_ left: String, _ right: String) -> Int? {
        switch scheme.compare(left, right) {
        case .less: -1
        case .equal: 0
        case .greater: 1
        }
    }
}

/// Finds the order of an ecosystem's versions.
public struct VersionOrders: Sendable {
    private let find: @Sendable (Ecosystem) -> (any VersionOrder)?

    /// Takes the function that finds it; nil means that the ecosystem has no order that is known.
    public init(_ find: @escaping @Sendable (Ecosystem) -> (any VersionOrder)?) { self.find = find }

    /// The order of an ecosystem's versions; nil when it is not known.
    public func order(of ecosystem: Ecosystem) -> (any VersionOrder)? { find(ecosystem) }

    /// The order of ranges of type SEMVER, whatever the ecosystem; a leading `v` and missing numbers are read as OSV reads them.
    public static let semver: any VersionOrder = SchemeOrder(.semver)

    /// The orders that Seaworthy knows.
    public static let standard = VersionOrders { ecosystem in ecosystem.versionScheme.map { SchemeOrder($0) } }
}

extension Ecosystem {
    /// How the ecosystem's versions are written and ordered; nil when that is not known.
    public var versionScheme: VersionScheme? {
        switch base {
        case "Alpine", "Wolfi", "Chainguard", "MinimOS", "Alpaquita", "BellSoft Hardened Containers": .apk
        case "Debian", "Ubuntu", "Echo": .deb
        case "AlmaLinux", "Rocky Linux", "Red Hat", "SUSE", "openSUSE", "openEuler", "Mageia", "Azure Linux",
            "Photon OS", "TuxCare":
            .rpm
        case "npm", "Go", "crates.io", "Hex", "Pub", "SwiftURL", "Docker Hardened Images", "GitHub Actions",
            "Kubernetes", "Bitnami", "Julia", "ConanCenter", "VSCode":
            .semver
        case "PyPI": .pep440
        case "Maven": .maven
        case "RubyGems": .gem
        case "Packagist": .composer
        case "NuGet": .nuget
        // Upstream versions such as OpenSSL's 1.0.2zq: dpkg orders numbers and letters as their authors count.
        case "generic": .deb
        default: nil
        }
    }
}
