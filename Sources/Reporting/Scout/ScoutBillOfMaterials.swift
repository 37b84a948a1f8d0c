// SPDX-License-Identifier: Apache-2.0

// Source: the JSON that Docker Scout writes, as its open ancestors (atomist-skills/go-skill, policy/types) declare it.

import Advisories
import Diagnostics
public import ImageAnalysis
import ImagePolicies
import JSONValues
import OCISpec
import Packages

/// `sbom --format json` and `cves --format sbom`: packages, and vulnerabilities where they are asked for, in Scout's own shape.
///
/// Optional members that have nothing to say are left out.
public enum ScoutBillOfMaterials {
    /// The document as indented JSON, without a line feed at the end; the same report gives the same bytes.
    ///
    /// - Parameter filter: which vulnerabilities it lists; nil leaves them out.
    public static func document(_ report: AnalysisReport, filter: VulnerabilityFilter?) -> [UInt8] {
        var document = JSONObject()
        document.append("source", source(report))
        document.append("artifacts", .array(report.packages.map(artifact)))
        if let filter { document.append("vulnerabilities", vulnerabilities(report, filter)) }
        let unknowns =
            report.unknowns.filter(\.mayHidePackages).map(\.reason)
            + (filter == nil ? [] : report.vulnerabilities.unknowns.map(\.reason))
        if !unknowns.isEmpty { document.append("unknowns", .array(unknowns.map { .string($0) })) }
        document.append(
            "descriptor",
            ["name": "seaworthy", "version": .string(report.engineVersion), "sbom_version": "7"]
        )
        return JSONValue.object(document).bytes()
    }

    private static func source(_ report: AnalysisReport) -> JSONValue {
        var image = JSONObject()
        image.append("name", .string(report.name))
        image.append("digest", .string(report.digest.description))
        let tag = (try? ImageReference(parsing: report.name))?.tag
        image.append("tags", tag.map { [.string($0)] })
        if let distribution = report.distribution {
            var distro = JSONObject()
            distro.append("os_name", .string(distribution.id))
            distro.append("os_version", distribution.versionID.map { .string($0) })
            distro.append("os_distro", distribution.codename.map { .string($0) })
            image.append("distro", .object(distro))
        }
        var platform = JSONObject()
        platform.append("os", .string(report.platform.os))
        platform.append("architecture", .string(report.platform.architecture))
        platform.append("variant", report.platform.variant.map { .string($0) })
        image.append("platform", .object(platform))
        image.append("size", .number(String(report.size.bytes)))
        var source = JSONObject()
        source.append("type", "image")
        source.append("image", .object(image))
        source.append("provenance", provenance(report))
        return .object(source)
    }

    private static func provenance(_ report: AnalysisReport) -> JSONValue? {
        guard let summary = report.provenance else { return nil }
        var value = JSONObject()
        if let address = summary.source {
            var vcs = JSONObject()
            vcs.append("source", .string(address))
            vcs.append("revision", summary.revision.map { .string($0) })
            value.append("vcs", .object(vcs))
        }
        if case .image(let found) = report.base {
            var base = JSONObject()
            base.append("name", (found.reference?.reference.name).map { .string($0) })
            base.append("tag", (found.reference?.reference.tag).map { .string($0) })
            base.append("digest", found.digest.map { .string($0.description) })
            value.append("base_image", .object(base))
        }
        value.append("mode", summary.mode.map { .string("buildkit_\($0.rawValue)_mode") })
        return .object(value)
    }

    private static func artifact(_ package: Package) -> JSONValue {
        let purl = package.purl
        var value = JSONObject()
        value.append("type", .string(package.type.rawValue))
        value.append("namespace", purl.namespace.map { .string($0) })
        value.append("name", .string(purl.name))
        value.append("version", .string(package.version))
        value.append("purl", .string(package.scoutPURL.description))
        value.append("author", package.maintainer.map { .string($0) })
        value.append("description", package.summary.map { .string($0) })
        value.append("licenses", .array(package.licenses.map { .string($0) }))
        let locations: [JSONValue] = package.locations.map { location in
            var place = JSONObject()
            place.append("path", .string(location.path))
            place.append("ordinal", location.layerIndex.map { .number(String($0)) })
            place.append("diff_id", location.layerDiffID.map { .string($0) })
            return .object(place)
        }
        value.append("locations", .array(locations))
        return .object(value)
    }

    private static func vulnerabilities(_ report: AnalysisReport, _ filter: VulnerabilityFilter) -> JSONValue {
        let groups = Dictionary(grouping: report.vulnerabilities.matches.filter(filter.shows)) {
            $0.package.scoutPURL.description
        }
        return .array(
            groups.sorted { $0.key < $1.key }.map { purl, matches in
                ["purl": .string(purl), "vulnerabilities": .array(matches.map(vulnerability))]
            }
        )
    }

    private static func vulnerability(_ match: VulnerabilityMatch) -> JSONValue {
        var value = JSONObject()
        value.append("source", .string(match.source))
        value.append("source_id", .string(match.id))
        value.append("description", match.title.isEmpty ? nil : .string(match.title))
        value.append("vulnerable_range", .string(match.affectedRange))
        value.append("fixed_by", match.fixedVersion.map { .string($0) })
        value.append("url", .string(ScoutText.link(match)))
        value.append("published_at", match.published.map { .string($0 + "T00:00:00Z") })
        var cvss = JSONObject()
        if let score = match.score {
            let tenths = Int((score * 10).rounded())
            cvss.append("score", .string("\(tenths / 10).\(tenths % 10)"))
        }
        cvss.append("severity", .string(match.severity.rawValue))
        cvss.append("vector", match.vector.map { .string($0) })
        value.append("cvss", .object(cvss))
        if !match.weaknesses.isEmpty {
            value.append("cwes", .array(match.weaknesses.map { ["cwe_id": .string($0)] }))
        }
        value.append("cisa_exploited", .bool(match.isKEV))
        if let mark = match.mark {
            var statement = JSONObject()
            statement.append("status", .string(mark.status))
            statement.append("justification", mark.justification.map { .string($0) })
            statement.append("impact_statement", mark.impact.map { .string($0) })
            statement.append("author", .string(mark.author))
            value.append("vex_statements", [.object(statement)])
        }
        return .object(value)
    }
}
