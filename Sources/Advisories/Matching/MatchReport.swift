// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Packages

/// What the advisory data say about a set of packages.
public struct MatchReport: Sendable, Hashable, Codable {
    /// The vulnerabilities, the worst first.
    public let matches: [VulnerabilityMatch]
    /// The data that were asked.
    public let dataSet: DataSetIdentity
    /// Packages that the data do not speak of: no finding there means no data, not that they are clean.
    public let gaps: [CoverageGap]
    /// Records that could not be evaluated, sorted.
    public let undecided: [Undecided]
    /// How many packages were asked about; the same name and version in several places is one.
    public let packageCount: Int
    /// Those among them that the data do not speak of, sorted.
    public let unjudged: [UnjudgedPackage]

    /// Without gaps and undecided records, the data spoke of every package.
    public init(
        matches: [VulnerabilityMatch],
        dataSet: DataSetIdentity,
        gaps: [CoverageGap] = [],
        undecided: [Undecided] = [],
        packageCount: Int = 0,
        unjudged: [UnjudgedPackage] = []
    ) {
        self.matches = matches
        self.dataSet = dataSet
        self.gaps = gaps
        self.undecided = undecided
        self.packageCount = packageCount
        self.unjudged = unjudged
    }

    /// How many packages the data speak of, in the versions that are installed.
    public var judgedCount: Int { max(0, packageCount - unjudged.count) }

    /// Why nothing found is no proof of nothing there, in one sentence; nil when every package could be judged.
    public var doubt: String? {
        if let gap = gaps.first {
            return gap.sentence + (gaps.count > 1 ? " (and \(gaps.count - 1) more such ecosystems)" : "")
        }
        return undecided.first?.sentence
    }

    /// How many there are of each severity, those aside that are marked as not mattering.
    public var counts: SeverityCounts { SeverityCounts(of: matches) }

    /// The report with other matches.
    public func with(_ matches: [VulnerabilityMatch]) -> MatchReport {
        MatchReport(
            matches: matches,
            dataSet: dataSet,
            gaps: gaps,
            undecided: undecided,
            packageCount: packageCount,
            unjudged: unjudged
        )
    }

    /// The gaps and undecided records as unknowns.
    public var unknowns: [Unknown] {
        gaps.map { Unknown(reason: $0.sentence, scope: .packages) }
            + undecided.map { Unknown(reason: $0.sentence, scope: .packages) }
    }
}

/// A package of which nothing can be said.
public struct UnjudgedPackage: Sendable, Hashable, Codable {
    /// Its type.
    public let type: PackageType
    /// Its name.
    public let name: String
    /// Its version.
    public let version: String
    /// The ecosystem with its release, as a `CoverageGap` names it.
    public let ecosystem: String

    /// Makes an entry from its parts.
    public init(type: PackageType, name: String, version: String, ecosystem: String) {
        self.type = type
        self.name = name
        self.version = version
        self.ecosystem = ecosystem
    }
}

/// Packages that the advisory data do not speak of.
public struct CoverageGap: Sendable, Hashable, Codable {
    /// The ecosystem with its release, such as `Debian:13`; a sort of package where the distribution is not known.
    public let ecosystem: String
    /// The names that advisories would use, sorted, each once.
    public let packages: [String]

    /// Takes names that are sorted already, each once.
    public init(ecosystem: String, packages: [String]) {
        self.ecosystem = ecosystem
        self.packages = packages
    }

    /// One sentence for people.
    public var sentence: String {
        let names = packages.prefix(3).joined(separator: ", ") + (packages.count > 3 ? ", …" : "")
        let count = packages.count == 1 ? "1 package" : "\(packages.count) packages"
        return
            "the advisory data have nothing about \(count) of \(ecosystem) (\(names)): no finding there means no data"
    }
}

/// A record that could not be evaluated for a package.
public struct Undecided: Sendable, Hashable, Codable {
    /// The record's id.
    public let id: String
    /// The package's name and version.
    public let package: String
    /// Why, in one sentence.
    public let reason: String

    /// A record by its id, and why it could not be evaluated for the package.
    public init(id: String, package: String, reason: String) {
        self.id = id
        self.package = package
        self.reason = reason
    }

    /// One sentence for people.
    public var sentence: String { "whether \(id) touches \(package) cannot be said: \(reason)" }
}
