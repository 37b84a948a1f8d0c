// SPDX-License-Identifier: Apache-2.0

import Advisories
import ArgumentParser
import Diagnostics
import Foundation
import Packages
import Reporting

/// `seaworthy advisories match`: the vulnerabilities of packages that are named by their purls.
struct AdvisoriesMatch: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "match",
        abstract: "Find the vulnerabilities of packages, named by their purls.",
        discussion: "Exits with 0 whatever is found: `seaworthy scout cves --exit-code` judges images."
    )

    @Argument(help: "Purls, such as pkg:npm/express@4.17.1; lines of standard input when none is named.")
    var purls: [String] = []

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let texts = try purls.isEmpty ? lines(runtime) : purls
        let packages = try texts.map(Package.init(purlText:))
        let report = try AdvisoriesCommand.open(runtime).match(packages)
        if printing.json {
            try runtime.console.print(json: report)
            return .success
        }
        let rows = report.matches.map { match in
            [
                match.id, match.severity.rawValue, match.package.purl.description, match.affectedRange,
                match.fixedVersion ?? "not fixed",
            ]
        }
        if !rows.isEmpty {
            runtime.console.print(ColumnText.render(["ID", "SEVERITY", "PACKAGE", "AFFECTED", "FIXED"], rows).harmless)
        }
        for gap in report.gaps { runtime.console.remark(gap.sentence.harmless) }
        for undecided in report.undecided { runtime.console.remark(undecided.sentence.harmless) }
        if rows.isEmpty { runtime.console.remark("No vulnerability is known.") }
        return .success
    }

    private func lines(_ runtime: Runtime) throws -> [String] {
        try runtime.read("-").split(separator: 0x0A).map {
            String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespaces)
        }
        .filter { !$0.isEmpty }
    }
}

extension Package {
    /// The package that a purl names, with the distribution and the source package that its qualifiers tell.
    ///
    /// - Throws: a `Failure` (`malformedInput`) when the text is no purl of a known ecosystem with a version.
    init(purlText text: String) throws {
        func failure(_ why: String) -> Failure {
            Failure(
                .malformedInput,
                "this is no package",
                at: .name(String(text.unicodeScalars.prefix(200))),
                why: why,
                fix: "write it as pkg:npm/express@4.17.1 or pkg:deb/debian/curl@7.88.1-10?distro=debian-12"
            )
        }
        let purl: PackageURL
        do { purl = try PackageURL(tolerating: text) } catch { throw failure(error.description) }
        guard let type = PackageType(rawValue: purl.type) else { throw failure("the type \(purl.type) is not known") }
        guard let version = purl.version else { throw failure("it has no version") }
        var distribution: Distribution?
        var origin: Origin?
        if [.apk, .deb, .rpm].contains(type) {
            let distro = purl.qualifiers["distro"] ?? ""
            let parts = distro.split(separator: "-", maxSplits: 1).map(String.init)
            let release = purl.qualifiers["os_version"] ?? (parts.count == 2 ? parts[1] : nil)
            distribution = Distribution(
                id: purl.qualifiers["os_name"] ?? parts.first ?? purl.namespace ?? purl.type,
                versionID: release
            )
            if let upstream = purl.qualifiers["upstream"] {
                let pair = upstream.split(separator: "@", maxSplits: 1).map(String.init)
                if let name = pair.first { origin = Origin(name: name, version: pair.count == 2 ? pair[1] : nil) }
            }
        }
        self.init(
            type: type,
            name: purl.packageName,
            version: version,
            architecture: purl.qualifiers["arch"],
            origin: origin,
            distribution: distribution,
            foundBy: "purl"
        )
    }
}
