// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Packages

/// No package under licences that the organization does not want: AGPL version 3, or all copyleft.
///
/// A package that declares no licence is a remark and not a violation: hardly any real image would be without one. Where no
/// package at all declares one, and where a licence is named so that it may be a forbidden one, there is no data.
struct LicensePolicy: ImagePolicy {
    static let id = "copyleft-license"
    static let aliases = ["no-copyleft-licenses", "Compliant Licenses"]
    static let needs: Set<Facet> = [.packages]
    static let parameters: [PolicyParameter<Self>] = [
        .choice("licenses", "the licences that are not wanted", \.rule, in: Self())
    ]

    let weight = 5
    /// What is not wanted.
    var rule = Rule.agpl3

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
        for package in Self.distinct(input.packages) {
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
        let count = input.packages.isEmpty ? 0 : Self.distinct(input.packages).count
        let (verb, pronoun) = silent == 1 ? ("declares", "it") : ("declare", "they")
        let remarks =
            silent > 0 ? ["\(silent) of \(count) packages \(verb) no licence; \(pronoun) could not be judged"] : []
        guard violations.isEmpty else {
            return .notMet(
                .count(violations.count, unit: "package"),
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
        guard silent < count || count == 0 else {
            return .noData(
                "none of the \(count) packages declares a licence",
                remediation: "Read the packages' licences by yourself.",
                remarks: remarks
            )
        }
        let evidence = Evidence(kind: .policy, detail: "the licences of \(count - silent) packages were read")
        return .met(.count(0, unit: "package"), evidence: [evidence], remarks: remarks)
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
