// SPDX-License-Identifier: Apache-2.0

// Source: SPDX specification 2.3, JSON form; the shape of the documents of BuildKit's default scanner.

import JSONValues
public import Packages

/// Writes SPDX 2.3 JSON as BuildKit's scanner does: a root element that the document describes and that contains the packages.
public enum SPDXWriter {
    /// The document as indented JSON; the same document gives the same bytes.
    ///
    /// Ids come from what a package is (type, name, version, architecture), the document's namespace from all that it says.
    ///
    /// - Parameter advisories: addresses of what is known against a package, written as its security references.
    public static func write(_ document: SBOMDocument, advisories: (Package) -> [String] = { _ in [] }) -> [UInt8] {
        var ids = IdentifierSource()
        let entries = document.packages.map { (id: ids.next(for: $0), package: $0) }
        let root = "SPDXRef-DocumentRoot-Image-" + Identifiers.sanitised(document.name)
        var licenses = DeclaredLicenses()
        var packages: [JSONValue] = entries.map {
            package($0.package, id: $0.id, advisories: advisories($0.package), licenses: &licenses)
        }
        packages.append([
            "name": .string(document.name), "SPDXID": .string(root), "downloadLocation": "NOASSERTION",
            "filesAnalyzed": false,
            "licenseConcluded": "NOASSERTION", "licenseDeclared": "NOASSERTION", "copyrightText": "NOASSERTION",
            "primaryPackagePurpose": "CONTAINER",
        ])
        var relationships: [JSONValue] = [relationship("SPDXRef-DOCUMENT", "DESCRIBES", root)]
        relationships += entries.map { relationship(root, "CONTAINS", $0.id) }

        var text = document.name + document.created + document.tools.joined(separator: "\n")
        for entry in entries { text += "\n" + entry.id }
        let namespace =
            "https://spdx.org/spdxdocs/" + Identifiers.sanitised(document.name) + "-" + Identifiers.uuid(of: text)
        let creators: [JSONValue] = document.tools.map { .string("Tool: " + $0) }

        var value = JSONObject()
        value.append("spdxVersion", "SPDX-2.3")
        value.append("dataLicense", "CC0-1.0")
        value.append("SPDXID", "SPDXRef-DOCUMENT")
        value.append("name", .string(document.name))
        value.append("documentNamespace", .string(namespace))
        value.append(
            "creationInfo",
            [
                "creators": .array(creators.isEmpty ? ["Tool: seaworthy"] : creators),
                "created": .string(Identifiers.wholeSeconds(document.created)),
            ]
        )
        if !document.unknowns.isEmpty {
            value.append("comment", .string(UnknownPackages.comment))
            value.append("annotations", .array(document.unknowns.map { annotation($0, of: document) }))
        }
        value.append("packages", .array(packages))
        if !licenses.references.isEmpty {
            value.append(
                "hasExtractedLicensingInfos",
                .array(
                    licenses.references.sorted { $0.key < $1.key }.map { id, name in
                        ["licenseId": .string(id), "extractedText": "NOASSERTION", "name": .string(name)]
                    }
                )
            )
        }
        value.append("relationships", .array(relationships))
        return JSONValue.object(value).bytes()
    }

    private static func annotation(_ unknown: String, of document: SBOMDocument) -> JSONValue {
        [
            "annotationDate": .string(Identifiers.wholeSeconds(document.created)), "annotationType": "OTHER",
            "annotator": .string("Tool: " + (document.tools.first ?? "seaworthy")),
            "comment": .string(UnknownPackages.prefix + unknown),
        ]
    }

    private static func relationship(_ one: String, _ type: String, _ other: String) -> JSONValue {
        ["spdxElementId": .string(one), "relationshipType": .string(type), "relatedSpdxElement": .string(other)]
    }

    private static func package(
        _ package: Package,
        id: String,
        advisories: [String],
        licenses: inout DeclaredLicenses
    ) -> JSONValue {
        var value = JSONObject()
        value.append("name", .string(package.name))
        value.append("SPDXID", .string(id))
        value.append("versionInfo", package.version.isEmpty ? nil : .string(package.version))
        value.append("originator", package.maintainer.map { .string("Person: " + $0) })
        value.append("downloadLocation", "NOASSERTION")
        value.append("filesAnalyzed", false)
        if let source = sourceInfo(package) { value.append("sourceInfo", .string(source)) }
        value.append("licenseConcluded", "NOASSERTION")
        value.append("licenseDeclared", .string(licenses.declared(by: package)))
        value.append("copyrightText", "NOASSERTION")
        value.append("description", package.summary.map { .string($0) })
        value.append(
            "comment",
            package.locations.lazy.compactMap(\.layerDiffID).first.map { .string("layerID: " + $0) }
        )
        let purl: JSONValue = [
            "referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
            "referenceLocator": .string(package.purl.description),
        ]
        let warnings: [JSONValue] = advisories.map {
            ["referenceCategory": "SECURITY", "referenceType": "advisory", "referenceLocator": .string($0)]
        }
        value.append("externalRefs", .array([purl] + warnings))
        return .object(value)
    }

    private static func sourceInfo(_ package: Package) -> String? {
        let paths = package.locations.map(\.path)
        guard !paths.isEmpty else { return nil }
        let kind =
            switch package.type {
            case .apk: "APK DB"
            case .deb: "DPKG DB"
            case .rpm: "RPM DB"
            case .npm: "installed node module manifest file"
            case .pypi, .golang, .maven, .gem, .composer, .nuget, .cargo, .generic: "the following paths"
            }
        return "acquired package info from \(kind): " + paths.joined(separator: ", ")
    }
}

/// The declared licences of a document's packages; references that the SPDX list does not have are explained in the document.
private struct DeclaredLicenses {
    private var reader = LicenseReader()
    /// Names by reference.
    private(set) var references: [String: String] = [:]

    mutating func declared(by package: Package) -> String {
        guard let expression = reader.expression(of: package).map(LicenseDeclaration.spdx2) else {
            return "NOASSERTION"
        }
        for id in expression.licenses where id.hasPrefix("LicenseRef-") {
            references[id] = String(id.dropFirst("LicenseRef-".count))
        }
        return expression.description
    }
}

/// Licence expressions as SPDX 2.3 allows them.
enum LicenseDeclaration {
    /// Without `AdditionRef`, which came with SPDX 3: such a licence becomes a reference of its own.
    static func spdx2(_ expression: LicenseExpression) -> LicenseExpression {
        switch expression {
        case .license: return expression
        // References into other documents cannot be resolved here.
        case .reference(_, let name): return .reference(document: nil, name: name)
        case .with(_, let exception):
            guard exception.contains("AdditionRef-") else { return expression }
            return .reference(document: nil, name: Identifiers.sanitised(expression.description))
        case .and(let operands): return .and(operands.map(spdx2))
        case .or(let operands): return .or(operands.map(spdx2))
        }
    }
}
