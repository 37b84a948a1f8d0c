// SPDX-License-Identifier: Apache-2.0

// Source: CycloneDX 1.5 and 1.6, JSON form.

import JSONValues
import Packages

/// Writes CycloneDX JSON.
public enum CycloneDXWriter {
    /// The versions that can be written.
    public enum Version: String, Sendable, Hashable, CaseIterable {
        case v15 = "1.5"
        case v16 = "1.6"
    }

    /// The document as indented JSON; the same document gives the same bytes.
    public static func write(_ document: SBOMDocument, version: Version = .v16) -> [UInt8] {
        var ids = IdentifierSource()
        let entries = document.packages.map { (id: String(ids.next(for: $0).dropFirst("SPDXRef-".count)), package: $0) }
        var text = document.name + document.created
        for entry in entries { text += "\n" + entry.id }
        let components = entries.map { component($0.package, id: $0.id) } + operatingSystem(document.distribution)

        var value = JSONObject()
        value.append("$schema", .string("http://cyclonedx.org/schema/bom-\(version.rawValue).schema.json"))
        value.append("bomFormat", "CycloneDX")
        value.append("specVersion", .string(version.rawValue))
        value.append("serialNumber", .string("urn:uuid:" + Identifiers.uuid(of: text)))
        value.append("version", 1)
        var metadata = JSONObject()
        metadata.append(
            "timestamp",
            .string(document.created.isEmpty ? Identifiers.wholeSeconds("") : document.created)
        )
        metadata.append(
            "tools",
            ["components": .array(document.tools.map { ["type": "application", "name": .string($0)] })]
        )
        metadata.append(
            "component",
            [
                "bom-ref": .string("image-" + Identifiers.sanitised(document.name)), "type": "container",
                "name": .string(document.name),
            ]
        )
        if !document.unknowns.isEmpty {
            metadata.append(
                "properties",
                .array(document.unknowns.map { ["name": .string(UnknownPackages.property), "value": .string($0)] })
            )
        }
        value.append("metadata", .object(metadata))
        value.append("components", .array(components))
        if !document.unknowns.isEmpty { value.append("compositions", [["aggregate": "incomplete"]]) }
        return JSONValue.object(value).bytes()
    }

    private static func component(_ package: Package, id: String) -> JSONValue {
        var value = JSONObject()
        value.append("bom-ref", .string(id))
        value.append("type", package.type == .generic ? "application" : "library")
        value.append("author", package.maintainer.map { .string($0) })
        value.append("name", .string(package.name))
        value.append("version", .string(package.version))
        value.append("description", package.summary.map { .string($0) })
        value.append("licenses", licenses(package))
        value.append("purl", .string(package.purl.description))
        var properties: [JSONValue] = []
        for (place, location) in package.locations.enumerated() {
            if let layer = location.layerDiffID {
                properties.append(["name": .string("syft:location:\(place):layerID"), "value": .string(layer)])
            }
            properties.append(["name": .string("syft:location:\(place):path"), "value": .string(location.path)])
        }
        if !properties.isEmpty { value.append("properties", .array(properties)) }
        return .object(value)
    }

    private static func licenses(_ package: Package) -> JSONValue? {
        guard let expression = package.licenseExpression.map(LicenseDeclaration.spdx2) else { return nil }
        switch expression {
        case .license(let id, false): return [["license": ["id": .string(id)]]]
        case .reference(_, let name): return [["license": ["name": .string(name)]]]
        case .license, .with, .and, .or: return [["expression": .string(expression.description)]]
        }
    }

    private static func operatingSystem(_ distribution: Distribution?) -> [JSONValue] {
        guard let distribution else { return [] }
        var value = JSONObject()
        value.append(
            "bom-ref",
            .string("os-" + Identifiers.sanitised(distribution.id + "-" + (distribution.versionID ?? "")))
        )
        value.append("type", "operating-system")
        value.append("name", .string(distribution.id))
        value.append("version", distribution.versionID.map { .string($0) })
        value.append("description", distribution.prettyName.map { .string($0) })
        return [.object(value)]
    }
}
