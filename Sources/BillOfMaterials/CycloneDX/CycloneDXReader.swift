// SPDX-License-Identifier: Apache-2.0

// Source: CycloneDX 1.2 to 1.6, JSON form.

import Diagnostics
import JSONValues
import Packages

/// Reads CycloneDX JSON, components inside components included.
enum CycloneDXReader {
    static func read(_ value: JSONValue) throws -> SBOMDocument {
        guard let version = value["specVersion"]?.string, version.hasPrefix("1.") else {
            throw Failure(.malformedInput, "cannot read the SBOM", why: "its specVersion is missing or not 1.x")
        }
        var remarks: [String] = []
        var packages: [Package] = []
        var distribution: Distribution?
        // Components nest; the list of those still to read replaces recursion.
        var pending = Array((value["components"]?.array ?? []).reversed())
        while let entry = pending.popLast() {
            pending += (entry["components"]?.array ?? []).reversed()
            let type = entry["type"]?.string
            if type == "operating-system" {
                if let name = entry["name"]?.string, distribution == nil {
                    distribution = Distribution(
                        id: name.lowercased(),
                        versionID: entry["version"]?.string,
                        prettyName: entry["description"]?.string
                    )
                }
                continue
            }
            if ["file", "container", "device", "firmware", "cryptographic-asset", "data"].contains(type) { continue }
            let source = PackageFromPURL(entry["purl"]?.string)
            if source.isImage { continue }
            var name = entry["name"]?.string
            if let group = entry["group"]?.string, !group.isEmpty, let short = name,
                source.purl == nil || source.type == .npm
            {
                name = group + "/" + short
            } else if source.type == .maven {
                name = nil
            }
            var label = name
            if source.type == .maven {
                let group = entry["group"]?.string.flatMap { $0.isEmpty ? nil : $0 + ":" } ?? ""
                label = entry["name"]?.string.map { group + $0 }
            }
            if let difference = source.difference(name: label, version: entry["version"]?.string) {
                remarks.append(difference)
            }
            let found = source.package(
                name: name,
                version: entry["version"]?.string,
                licenses: licenses(entry),
                locations: locations(entry),
                maintainer: entry["author"]?.string ?? entry["supplier"]?["name"]?.string,
                summary: entry["description"]?.string,
                foundBy: "cyclonedx"
            )
            if let found { packages.append(found) } else { remarks.append("a component has no name") }
        }
        return SBOMDocument(
            format: .cycloneDX(version),
            name: value["metadata"]?["component"]?["name"]?.string ?? "",
            created: value["metadata"]?["timestamp"]?.string ?? "",
            tools: tools(value["metadata"]?["tools"]),
            packages: packages,
            distribution: distribution,
            remarks: remarks,
            unknowns: unknowns(value)
        )
    }

    /// What the document says of its own gaps: our own property, else a composition that its author calls incomplete.
    private static func unknowns(_ value: JSONValue) -> [String] {
        let own = (value["metadata"]?["properties"]?.array ?? []).compactMap { property in
            property["name"]?.string == UnknownPackages.property ? property["value"]?.string : nil
        }
        guard own.isEmpty else { return own }
        let isIncomplete = (value["compositions"]?.array ?? []).contains { composition in
            let aggregate = composition["aggregate"]?.string ?? ""
            let isWhole = composition["assemblies"] == nil && composition["dependencies"] == nil
            return aggregate.hasPrefix("incomplete") && isWhole
        }
        return isIncomplete ? ["the document says of itself that it is incomplete"] : []
    }

    /// Since 1.5 an object with components, before a plain list.
    private static func tools(_ value: JSONValue?) -> [String] {
        (value?["components"]?.array ?? value?.array ?? []).compactMap { tool in
            guard let name = tool["name"]?.string else { return nil }
            return name + (tool["version"]?.string.map { "-" + $0 } ?? "")
        }
    }

    private static func licenses(_ entry: JSONValue) -> [String] {
        (entry["licenses"]?.array ?? []).compactMap { choice in
            if let text = choice["expression"]?.string ?? choice["license"]?["id"]?.string { return text }
            return LicenseExpression.declared(
                name: choice["license"]?["name"]?.string,
                address: choice["license"]?["url"]?.string
            )
        }.filter { !$0.isEmpty }
    }

    private static func locations(_ entry: JSONValue) -> [Package.Location] {
        var paths: [Int: String] = [:]
        var layers: [Int: String] = [:]
        for property in entry["properties"]?.array ?? [] {
            guard let name = property["name"]?.string, let value = property["value"]?.string else { continue }
            let parts = name.split(separator: ":")
            guard parts.count == 4, parts[1] == "location", let place = Int(parts[2]) else { continue }
            if parts[3] == "path" { paths[place] = value }
            if parts[3] == "layerID" { layers[place] = value }
        }
        return paths.sorted { $0.key < $1.key }.map { Package.Location(path: $0.value, layerDiffID: layers[$0.key]) }
    }
}
