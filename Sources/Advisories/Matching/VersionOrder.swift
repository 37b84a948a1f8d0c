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

    /// Compares by the scheme.
    public func compare(_ left: String, _ right: String) -> Int? {
        do {
            switch try scheme.compare(left, right) {
            case .less: return -1
            case .equal: return 0
            case .greater: return 1
            }
        } catch {
            return nil
        }
    }
}

/// SemVer with a leading `v` allowed and missing numbers taken as 0, as records of Go modules and of old npm packages need.
public struct LenientSemVerOrder: VersionOrder {
    /// Nothing to configure.
    public init() {}

    /// `semver`.
    public let name = "semver"

    /// Compares by SemVer precedence.
    public func compare(_ left: String, _ right: String) -> Int? {
        SchemeOrder(.go).compare(Self.completed(left), Self.completed(right))
    }

    private static func completed(_ text: String) -> String {
        var text = Substring(text)
        if text.first == "v" || text.first == "V" || text.first == "=" { text = text.dropFirst() }
        return "v" + text
    }
}

/// Finds the order of an ecosystem's versions.
public struct VersionOrders: Sendable {
    private let find: @Sendable (Ecosystem) -> (any VersionOrder)?

    /// Takes the function that finds it; nil means that the ecosystem has no order that is known.
    public init(_ find: @escaping @Sendable (Ecosystem) -> (any VersionOrder)?) { self.find = find }

    /// The order of an ecosystem's versions; nil when it is not known.
    public func order(of ecosystem: Ecosystem) -> (any VersionOrder)? { find(ecosystem) }

    /// The order of ranges of type SEMVER, whatever the ecosystem.
    public static let semver: any VersionOrder = LenientSemVerOrder()

    /// The orders that Seaworthy knows.
    public static let standard = VersionOrders { ecosystem in
        switch ecosystem.base {
        case "Alpine", "Wolfi", "Chainguard", "MinimOS", "Alpaquita", "BellSoft Hardened Containers": SchemeOrder(.apk)
        case "Debian", "Ubuntu", "Echo": SchemeOrder(.deb)
        case "AlmaLinux", "Rocky Linux", "Red Hat", "SUSE", "openSUSE", "openEuler", "Mageia", "Azure Linux",
            "Photon OS",
            "TuxCare":
            SchemeOrder(.rpm)
        case "npm", "Go", "crates.io", "Hex", "Pub", "SwiftURL", "Docker Hardened Images", "GitHub Actions",
            "Kubernetes",
            "Bitnami":
            LenientSemVerOrder()
        case "PyPI": SchemeOrder(.pep440)
        case "Maven": SchemeOrder(.maven)
        case "RubyGems": SchemeOrder(.gem)
        case "Packagist": SchemeOrder(.composer)
        case "NuGet": SchemeOrder(.nuget)
        // Upstream versions such as OpenSSL's 1.0.2zq: dpkg orders numbers and letters as their authors count.
        case "generic": SchemeOrder(.deb)
        default: nil
        }
    }
}
