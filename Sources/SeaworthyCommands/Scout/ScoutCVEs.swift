// SPDX-License-Identifier: Apache-2.0

import Advisories
import ArgumentParser
import Diagnostics
import ImageAnalysis
import Packages
import Reporting
import Workbench

/// `scout cves`: the vulnerabilities, package by package.
struct ScoutCVEs: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "cves",
        abstract: "Show an image's vulnerabilities, package by package."
    )

    @OptionGroup var target: ScoutTarget

    @Flag(name: [.customShort("e"), .customLong("exit-code")], help: "Exit with 2 when a vulnerability is found.")
    var exitCode = false

    @Option(help: "\(FormatOption<VulnerabilityListing>.allValueStrings.joined(separator: ", ")).")
    var format = FormatOption<VulnerabilityListing>()

    @Flag(help: "The same as --format json.")
    var json = false

    @Option(name: .customLong("only-severity"), help: "critical, high, medium, low, unspecified; joined by commas.")
    var severities: String?

    @Flag(name: .customLong("only-fixed"), help: "Only what has a fixed version.")
    var onlyFixed = false

    @Flag(name: .customLong("only-unfixed"), help: "Only what has no fixed version.")
    var onlyUnfixed = false

    @Option(name: .customLong("only-package-type"), help: "Package types, joined by commas, such as npm,deb.")
    var packageTypes: String?

    @Option(name: .customLong("only-cve-id"), help: "Ids, joined by commas.")
    var ids: String?

    @Option(name: .customLong("only-package"), help: "A regular expression for package names. Repeatable.")
    var packages: [String] = []

    @Flag(name: .customLong("only-cisa-kev"), help: "Only what is known to be exploited.")
    var onlyKnownExploited = false

    @Flag(name: .customLong("ignore-base"), help: "Leave out what the base image brought.")
    var ignoreBase = false

    @Flag(name: .customLong("only-base"), help: "Only what the base image brought.")
    var onlyBase = false

    @Option(
        name: .customLong("only-metric"),
        help: "Only CVSS vectors with these metrics, such as AV:N; joined by commas."
    )
    var metrics: String?

    @Flag(help: "Also show in which file each package was found.")
    var locations = false

    @Flag(help: "Show all that is known of each vulnerability; it always is.")
    var details = false

    @Flag(name: .customLong("only-vuln-packages"), help: "With only-packages: only packages with vulnerabilities.")
    var onlyVulnerable = false

    @OptionGroup var vex: ScoutVEXOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        guard !(onlyBase && ignoreBase), !(onlyFixed && onlyUnfixed) else {
            throw Failure(.usage, "two options exclude each other", fix: "give only one of them")
        }
        let runtime = try target.dated(runtime)
        var filter = try self.filter()
        let report = try target.analyze(runtime, vex: vex.rules(runtime))
        if ignoreBase || onlyBase {
            guard let count = report.baseLayerCount else {
                throw Failure(
                    .malformedInput,
                    "the base image's layers cannot be told apart",
                    at: .reference(report.name),
                    fix: "leave out \(ignoreBase ? "--ignore-base" : "--only-base")"
                )
            }
            if ignoreBase { filter.ignoredLayers = 0..<count } else { filter.onlyLayers = 0..<count }
        }
        let listing = VulnerabilityListing(
            report,
            filter: filter,
            showsLocations: locations,
            onlyVulnerable: onlyVulnerable,
            now: Runtime.timestamp(runtime.epochSeconds)
        )
        try target.put(format.orJSON(json).render(listing), runtime)
        for gap in report.vulnerabilities.gaps {
            let count = gap.packages.count == 1 ? "1 package" : "\(gap.packages.count) packages"
            runtime.console.remark("  ? No data for \(gap.ecosystem): \(count) could not be judged.".harmless)
        }
        try target.remarkDay(runtime)
        let findings = ScoutText.findings(report)
        if !findings.isEmpty { runtime.console.prompt(findings) }
        return exitCode ? ExitStatus(gate: ScoutVerdicts.cves(report, filter)) : .success
    }

    private func filter() throws -> VulnerabilityFilter {
        var filter = VulnerabilityFilter()
        filter.severities = Set(
            try Self.words(severities).map { word in
                guard let severity = VulnerabilitySeverity(word: word) else {
                    throw Failure(
                        .usage,
                        "unknown severity \"\(word)\"",
                        at: .option("--only-severity"),
                        fix: "use critical, high, medium, low or unspecified"
                    )
                }
                return severity
            }
        )
        filter.onlyFixed = onlyFixed
        filter.onlyUnfixed = onlyUnfixed
        filter.packageTypes = Set(
            try Self.words(packageTypes).map { word in
                guard let type = PackageType(rawValue: word) else {
                    throw Failure(
                        .usage,
                        "unknown package type \"\(word)\"",
                        at: .option("--only-package-type"),
                        fix: "use npm, deb, apk, …"
                    )
                }
                return type
            }
        )
        filter.ids = Set(Self.words(ids))
        filter.onlyKnownExploited = onlyKnownExploited
        filter.metrics = Self.words(metrics)
        filter.hidesMarked = vex.hidesMarked
        filter.packageNames = try packages.map { text in
            do {
                _ = try Regex(text)
            } catch {
                throw Failure(
                    .usage,
                    "this is no regular expression",
                    at: .option("--only-package \(text)"),
                    why: String(describing: error)
                )
            }
            // A Regex is not Sendable, so each question makes its own.
            return { name in (try? Regex(text).firstMatch(in: name)) != nil }
        }
        return filter
    }

    private static func words(_ text: String?) -> [String] { (text ?? "").split(separator: ",").map(String.init) }
}
