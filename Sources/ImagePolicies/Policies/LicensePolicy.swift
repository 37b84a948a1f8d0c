// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Packages

/// No package under licences that the organization does not want: AGPL version 3, or all copyleft.
///
/// A package that declares no licence is counted and no violation: hardly any real image would be without one. Where more of them
/// are silent than a share says, and where a licence is named so that it may be a forbidden one, there is no data.
struct LicensePolicy: ImagePolicy {
    static let id = "copyleft-license"
    static let aliases = ["Compliant Licenses"]
    static let needs: Set<Facet> = [.packages]
    static let parameters: [PolicyParameter<Self>] = [
        .choice("licenses", "the licences that are not wanted", \.rule, in: Self()),
        .texts(
            "ignored-packages",
            "packages that may have any licence: purls, which may leave version and qualifiers out",
            \.ignored,
            in: Self(),
            read: { $0 },
            write: { $0 }
        ),
        .number(
            "undeclared-share",
            "how many of a hundred packages may declare no licence",
            0...100,
            \.undeclaredShare,
            in: Self()
        ),
    ]

    let weight = 5
    /// What is not wanted.
    var rule = Rule.agpl3
    /// Packages that may have any licence.
    var ignored: [String] = []
    /// How many of a hundred packages may declare none, before nothing can be said of all of them.
    var undeclaredShare = 50

    var ownAliases: [String] {
        switch rule {
        case .agpl3: ["no-agpl-v3-licenses"]
        case .copyleft: ["no-copyleft-licenses"]
        }
    }

    enum Rule: String, Sendable, CaseIterable {
        case agpl3 = "agpl-3"
        case copyleft
    }

    var title: String {
        switch rule {
        case .agpl3: "No AGPL v3 licenses"
        case .copyleft: "No copyleft licenses"
        }
    }

    var failingTitle: String {
        switch rule {
        case .agpl3: "AGPL v3 licenses found"
        case .copyleft: "Copyleft licensed packages found"
        }
    }

    private var remediation: String {
        switch rule {
        case .agpl3: "Replace each package by one under another licence."
        case .copyleft: "Replace each package by one under a permissive licence, or allow it."
        }
    }

    func judge(_ input: PolicyInput) -> PolicyOutcome {
        var violations: [Package] = []
        var doubtful: [Package] = []
        var reader = LicenseReader()
        var silent = 0
        let allowed = ignored.compactMap { try? PackageURL(parsing: $0) }
        let packages = Self.distinct(input.packages).filter { package in
            !allowed.contains { $0.matches(package.purl) }
        }
        for package in packages {
            guard let expression = reader.expression(of: package) else {
                silent += 1
                continue
            }
            switch verdict(on: expression, of: package) {
            case .failed: violations.append(package)
            case .unknown: doubtful.append(package)
            case .passed: continue
            }
        }
        let count = packages.count
        let (verb, pronoun) = silent == 1 ? ("declares", "it") : ("declare", "they")
        let silence = "\(silent) of \(count) packages \(verb) no licence"
        let remarks = silent > 0 ? ["\(silence); \(pronoun) could not be judged"] : []
        guard violations.isEmpty else {
            return .notMet(
                Self.cell(violations.count, silent, of: count),
                deviations: violations.map(Self.deviation),
                evidence: violations.map(Self.evidence),
                remediation: remediation,
                remarks: remarks
            )
        }
        if let package = doubtful.first {
            return .noData(
                "the licence of \(package.name) \(package.version) cannot be told: \(Self.licences(of: package))",
                evidence: doubtful.map(Self.evidence),
                remediation: "Read the package's licence by yourself.",
                remarks: remarks
            )
        }
        if let unknown = input.packageUnknowns.first {
            return .noData(
                "the image's packages are not wholly known: " + unknown.reason,
                remediation: "Look at the packages that may be missing.",
                remarks: remarks
            )
        }
        guard silent * 100 <= undeclaredShare * count else {
            return .noData(
                silence + ", more than \(undeclaredShare) of a hundred",
                remediation: "Read the packages' licences by yourself.",
                remarks: []
            )
        }
        let evidence = Evidence(
            kind: .policy,
            detail: "the licences of \(count - silent) of \(count) packages were read"
        )
        return .met(Self.cell(0, silent, of: count), evidence: [evidence], remarks: remarks)
    }

    private static func cell(_ found: Int, _ silent: Int, of count: Int) -> PolicyCell {
        guard silent > 0 else { return .count(found, unit: "package") }
        return .countBesides(found, unit: "package", unjudged: silent, of: count)
    }

    private func verdict(on expression: LicenseExpression, of package: Package) -> Verdict {
        switch rule {
        case .agpl3: expression.agpl3Verdict(words: package.unlistedWords)
        case .copyleft: Self.copyleftVerdict(on: expression)
        }
    }

    /// Of `OR` one may choose; a licence that no list knows is unknown.
    private static func copyleftVerdict(on expression: LicenseExpression) -> Verdict {
        switch expression {
        case .license(let id, _):
            switch SPDXLicense.license(id)?.category {
            case .copyleft, .copyleftLimited: .failed
            case nil: .unknown
            default: .passed
            }
        case .reference: .unknown
        case .with(let base, _): copyleftVerdict(on: base)
        case .and(let operands): Verdict.all(of: operands.map { copyleftVerdict(on: $0) })
        case .or(let operands):
            operands.contains { copyleftVerdict(on: $0) == .passed }
                ? .passed
                : operands.contains { copyleftVerdict(on: $0) == .unknown } ? .unknown : .failed
        }
    }

    /// One package for each type, name and version, sorted.
    private static func distinct(_ packages: [Package]) -> [Package] {
        var seen: Set<[String]> = []
        return packages.sorted { ($0.name, $0.version, $0.type.rawValue) < ($1.name, $1.version, $1.type.rawValue) }
            .filter { seen.insert([$0.type.rawValue, $0.name, $0.version] + $0.licenses).inserted }
    }

    private static func licences(of package: Package) -> String { package.licenses.joined(separator: " AND ").harmless }

    private static func deviation(_ package: Package) -> PolicyDeviation {
        PolicyDeviation(subject: package.name + " " + package.version, detail: licences(of: package))
    }

    private static func evidence(_ package: Package) -> Evidence {
        Evidence(
            kind: .package,
            file: package.locations.first?.path,
            detail: "\(package.name) \(package.version) declares \(licences(of: package))"
        )
    }
}
