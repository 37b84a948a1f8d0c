// SPDX-License-Identifier: Apache-2.0

// Source: syft's JSON schema, versions 11 to 16.

import JSONValues
import Packages

/// Reads syft's own JSON.
enum SyftReader {
    static func read(_ value: JSONValue) -> SBOMDocument {
        var remarks: [String] = []
        var packages: [Package] = []
        let distro = value["distro"]
        let distribution = (distro?["id"]?.string ?? distro?["name"]?.string).flatMap { id in
            id.isEmpty
                ? nil
                : Distribution(
                    id: id.lowercased(),
                    versionID: distro?["versionID"]?.string ?? distro?["version"]?.string,
                    codename: distro?["versionCodename"]?.string,
                    name: distro?["name"]?.string,
                    prettyName: distro?["prettyName"]?.string
                )
        }
        for (place, entry) in (value["artifacts"]?.array ?? []).enumerated() {
            let source = PackageFromPURL(entry["purl"]?.string)
            if let difference = source.difference(name: entry["name"]?.string, version: entry["version"]?.string) {
                remarks.append(difference)
            }
            let found = source.package(
                name: entry["name"]?.string,
                version: entry["version"]?.string,
                licenses: licenses(entry),
                locations: (entry["locations"]?.array ?? []).compactMap { location in
                    location["path"]?.string.map {
                        Package.Location(path: $0, layerDiffID: location["layerID"]?.string)
                    }
                },
                maintainer: entry["metadata"]?["maintainer"]?.string,
                summary: entry["metadata"]?["description"]?.string,
                distribution: distribution,
                foundBy: entry["foundBy"]?.string ?? "syft"
            )
            if let found { packages.append(found) } else { remarks.append("artifacts[\(place)] has no name") }
        }
        let descriptor = value["descriptor"]
        let tool = descriptor?["name"]?.string.map { $0 + (descriptor?["version"]?.string.map { "-" + $0 } ?? "") }
        return SBOMDocument(
            format: .syft(value["schema"]?["version"]?.string ?? ""),
            name: value["source"]?["name"]?.string ?? "",
            created: "",
            tools: [tool].compactMap(\.self),
            packages: packages,
            distribution: distribution,
            remarks: remarks
        )
    }

    /// Texts in old versions, objects in new ones.
    private static func licenses(_ entry: JSONValue) -> [String] {
        (entry["licenses"]?.array ?? []).compactMap { license in
            if let text = license.string { return text }
            let expression = license["spdxExpression"]?.string ?? ""
            guard expression.isEmpty else { return expression }
            let address = license["urls"]?.array?.lazy.compactMap(\.string).first
            return LicenseExpression.declared(name: license["value"]?.string, address: address)
        }.filter { !$0.isEmpty }
    }
}
