// SPDX-License-Identifier: Apache-2.0

/// A way to order versions: one for each packaging ecosystem.
///
/// The raw value is the name that `toolbox vercmp --scheme` takes. A new scheme is a case here, a line in `order`, and a file.
public enum VersionScheme: String, Sendable, Hashable, Codable, CaseIterable {
    /// Alpine's apk-tools.
    case apk
    /// Debian's dpkg.
    case deb
    /// RPM: `[epoch:]version[-release]`.
    case rpm
    /// Semantic Versioning 2.0, strictly: no leading `v`.
    case semver
    /// npm: SemVer with one `v` allowed in front.
    case npm
    /// Python, PEP 440.
    case pep440
    /// Apache Maven.
    case maven
    /// RubyGems.
    case gem
    /// PHP Composer.
    case composer
    /// NuGet: SemVer with an optional fourth number, letters compared without case.
    case nuget
    /// Go modules: SemVer with an optional `v`; missing numbers are 0.
    case go

    /// The order itself.
    var order: any VersionOrder {
        switch self {
        case .apk: APKVersionOrder()
        case .deb: DebianVersionOrder()
        case .rpm: RPMVersionOrder()
        case .semver: SemanticVersionOrder()
        case .npm: NPMVersionOrder()
        case .pep440: PEP440VersionOrder()
        case .maven: MavenVersionOrder()
        case .gem: GemVersionOrder()
        case .composer: ComposerVersionOrder()
        case .nuget: NuGetVersionOrder()
        case .go: GoVersionOrder()
        }
    }

    /// Orders any two texts; numbers may have any length.
    ///
    /// A text that is no version of the scheme has its place too: the one that the ecosystem's own tools give it, where they
    /// have none that of OSV.
    public func compare(_ left: String, _ right: String) -> Comparison { order.compare(left, right) }

    /// Orders two versions.
    ///
    /// - Throws: a `ValidationError` that names the version which is none in this scheme.
    public func compareStrictly(_ left: String, _ right: String) throws(ValidationError) -> Comparison {
        try order.compareStrictly(left, right)
    }

    /// Whether the text is a version of this scheme.
    public func isValid(_ version: String) -> Bool { order.isValid(version) }

    /// Whether a version lies in a range that is written as the ecosystem writes it.
    ///
    /// Shape: npm and semver take npm ranges, pep440 takes specifiers (`~=1.2, !=1.3`), gem requirements (`~> 1.2`), maven and
    /// nuget intervals (`[1.0,2.0)`), composer constraints (`^1.2 || ~2.0`); the others take comparators (`>=1.0-r0 <2 || =3`),
    /// joined by blanks or commas (all must hold) and `||` (one must); apk's have its fuzzy `~1.2` besides. Any text is a version.
    ///
    /// - Throws: a `ValidationError` when the range is none.
    public func contains(_ version: String, in range: String) throws(ValidationError) -> Bool {
        switch self {
        case .npm: try NPMRange(parsing: range).contains(NPMVersionOrder().read(version))
        case .semver: try NPMRange(parsing: range).contains(SemanticVersionOrder().read(version))
        case .pep440: try PEP440Specifiers(parsing: range).contains(PEP440VersionOrder().read(version))
        case .gem: try GemRequirement(parsing: range).contains(GemVersionOrder().read(version))
        case .maven:
            try IntervalRange(parsing: range, order: MavenVersionOrder(), dialect: .maven).contains(version)
        case .nuget:
            try IntervalRange(parsing: range, order: NuGetVersionOrder(), dialect: .nuget).contains(version)
        case .composer: try ComposerConstraint(parsing: range).contains(version)
        case .apk: try ComparatorRange(parsing: range, order: APKVersionOrder()).contains(version)
        case .deb: try ComparatorRange(parsing: range, order: DebianVersionOrder()).contains(version)
        case .rpm: try ComparatorRange(parsing: range, order: RPMVersionOrder()).contains(version)
        case .go: try ComparatorRange(parsing: range, order: GoVersionOrder()).contains(version)
        }
    }
}

extension VersionScheme {
    /// How one version stands to another; the raw value is the sign that `toolbox vercmp` prints.
    public enum Comparison: String, Sendable, Hashable, Codable, CaseIterable {
        /// The first is older.
        case less = "<"
        /// Neither is older.
        case equal = "="
        /// The first is newer.
        case greater = ">"

        /// The same with the two versions exchanged.
        public var reversed: Comparison {
            switch self {
            case .less: .greater
            case .equal: .equal
            case .greater: .less
            }
        }
    }

    /// Why a text is not a version or not a range.
    public enum ValidationError: Error, Sendable, Hashable, CustomStringConvertible {
        /// The text is no version of the scheme.
        case versionInvalid(String, scheme: VersionScheme, why: String)
        /// The text is no range of the scheme.
        case rangeInvalid(String, scheme: VersionScheme, why: String)

        /// One line: which text, and what is wrong with it.
        public var description: String {
            switch self {
            case .versionInvalid(let text, let scheme, let why):
                "\"\(text)\" is not a \(scheme.rawValue) version: \(why)"
            case .rangeInvalid(let text, let scheme, let why): "\"\(text)\" is not a \(scheme.rawValue) range: \(why)"
            }
        }
    }
}

extension PackageType {
    /// The order of this ecosystem's versions; nil for `generic`, which has none of its own.
    public var versionScheme: VersionScheme? {
        switch self {
        case .apk: .apk
        case .deb: .deb
        case .rpm: .rpm
        case .npm: .npm
        case .pypi: .pep440
        case .golang: .go
        case .maven: .maven
        case .gem: .gem
        case .composer: .composer
        case .nuget: .nuget
        case .cargo: .semver
        case .generic: nil
        }
    }
}
