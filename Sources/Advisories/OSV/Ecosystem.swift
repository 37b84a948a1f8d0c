// SPDX-License-Identifier: Apache-2.0

// Source: OSV schema 1.7.5, docs/schema.md, "affected[].package field"; ecosystems.json.

public import Packages

/// A package ecosystem as OSV names it, with its release: `npm`, `Debian:12`, `Alpine:v3.22`.
///
/// Unknown names are kept: their records are stored and shown, but only `versions` and SemVer ranges can be evaluated.
public struct Ecosystem: Sendable, Hashable {
    /// The name without the release, such as `Debian`.
    public let base: String
    /// What stands behind the first colon, such as `12`; nil when there is none.
    public let suffix: String?

    /// Splits at the first colon only. Docker Hardened Images' own short name is read as the defined one.
    public init(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let base = String(parts.first ?? "")
        self.base = base == "DHI" ? "Docker Hardened Images" : base
        let suffix = parts.count > 1 ? String(parts[1]) : ""
        self.suffix = suffix.isEmpty ? nil : suffix
    }

    /// The ecosystem and release that a package belongs to.
    ///
    /// - Returns: nil for a distribution package whose distribution is not known.
    public init?(of package: Package) {
        switch package.type {
        case .apk, .deb, .rpm:
            guard let distribution = package.distribution, let text = Self.name(of: distribution) else { return nil }
            self.init(text)
        case .npm: self.init("npm")
        case .pypi: self.init("PyPI")
        case .golang: self.init("Go")
        case .maven: self.init("Maven")
        case .gem: self.init("RubyGems")
        case .composer: self.init("Packagist")
        case .nuget: self.init("NuGet")
        case .cargo: self.init("crates.io")
        case .generic: self.init("generic")
        }
    }

    /// Whether a record of this ecosystem speaks of packages of `target`: same base, and no release or the same one.
    public func covers(_ target: Ecosystem) -> Bool {
        guard base == target.base else { return false }
        guard let suffix else { return true }
        switch base {
        // The suffix is the address of a repository, not a release.
        case "Maven", "Packagist", "VSCode": return true
        case "Ubuntu":
            return Self.withoutLongTermSupport(suffix) == target.suffix.map(Self.withoutLongTermSupport)
        default: return suffix == target.suffix
        }
    }

    private static func withoutLongTermSupport(_ suffix: String) -> String {
        suffix.hasSuffix(":LTS") ? String(suffix.dropLast(4)) : suffix
    }

    private static func name(of distribution: Distribution) -> String? {
        let version = distribution.versionID
        switch distribution.id.lowercased() {
        case "alpine":
            // A release that is still being made (`3.23.0_alpha20250612`) is edge.
            guard let version, !version.contains("_alpha") else { return "Alpine:edge" }
            return "Alpine:v" + version.split(separator: ".").prefix(2).joined(separator: ".")
        case "debian":
            guard let version = version ?? distribution.codename.flatMap({ debianReleases[$0] }) else {
                return "Debian:sid"
            }
            return "Debian:" + (version.split(separator: ".").first.map(String.init) ?? version)
        case "ubuntu":
            return "Ubuntu" + ((version ?? distribution.codename.flatMap { ubuntuReleases[$0] }).map { ":" + $0 } ?? "")
        case "wolfi": return "Wolfi"
        case "chainguard": return "Chainguard"
        case "minimos": return "MinimOS"
        case "echo": return "Echo"
        case "rocky": return "Rocky Linux" + major(version)
        case "almalinux": return "AlmaLinux" + major(version)
        case "rhel": return "Red Hat" + major(version)
        case "azurelinux", "mariner": return "Azure Linux" + (version.map { ":" + $0 } ?? "")
        case "opensuse-leap", "opensuse": return "openSUSE" + (version.map { ":Leap " + $0 } ?? "")
        case "opensuse-tumbleweed": return "openSUSE:Tumbleweed"
        case "openeuler": return "openEuler" + (version.map { ":" + $0 } ?? "")
        case "mageia": return "Mageia" + major(version)
        case "photon": return "Photon OS" + (version.map { ":" + $0 } ?? "")
        default: return nil
        }
    }

    private static let debianReleases = [
        "stretch": "9", "buster": "10", "bullseye": "11", "bookworm": "12", "trixie": "13", "forky": "14", "duke": "15",
    ]

    private static let ubuntuReleases = [
        "bionic": "18.04", "focal": "20.04", "jammy": "22.04", "noble": "24.04", "plucky": "25.04", "questing": "25.10",
        "resolute": "26.04",
    ]

    private static func major(_ version: String?) -> String {
        version?.split(separator: ".").first.map { ":" + String($0) } ?? ""
    }
}

extension Ecosystem {
    /// Whether advisories of the ecosystem name source packages and not what is installed.
    public var namesSourcePackages: Bool {
        switch base {
        case "Alpine", "Debian", "Ubuntu", "AlmaLinux", "Rocky Linux", "Azure Linux", "Mageia", "TuxCare", "Echo": true
        default: false
        }
    }

    /// Whether it is a Linux distribution, whose own rating of a flaw weighs most.
    public var isDistribution: Bool {
        switch base {
        case "Alpine", "Debian", "Ubuntu", "AlmaLinux", "Rocky Linux", "Azure Linux", "Mageia", "TuxCare", "Echo",
            "Wolfi",
            "Chainguard", "MinimOS", "Red Hat", "SUSE", "openSUSE", "openEuler", "Photon OS", "Alpaquita":
            true
        default: false
        }
    }

    /// A package's name as it is compared: lower case, and for PyPI with runs of `-`, `_` and `.` made one `-`.
    public func comparableName(_ name: String) -> String {
        let lower = name.lowercased()
        guard base == "PyPI" else { return lower }
        var result: [UInt8] = []
        for byte in lower.utf8 {
            switch byte {
            case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                if result.last != UInt8(ascii: "-") { result.append(UInt8(ascii: "-")) }
            default: result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension Ecosystem: CustomStringConvertible {
    /// As OSV writes it.
    public var description: String { base + (suffix.map { ":" + $0 } ?? "") }
}
