// SPDX-License-Identifier: Apache-2.0

// Source: SPDX specifications 2.2 and 2.3, JSON form; documents of syft and BuildKit.

import Diagnostics
import JSONValues
import Packages

/// Reads SPDX 2.x JSON, liberally: both spellings of `PACKAGE-MANAGER`, missing fields, old purls.
enum SPDXReader {
    static func read(_ value: JSONValue) throws -> SBOMDocument {
        guard let version = value["spdxVersion"]?.string, version.hasPrefix("SPDX-2.") else {
            throw Failure(
                .malformedInput,
                "cannot read the SBOM",
                why: "its spdxVersion is \(value["spdxVersion"]?.string.map { "\"\($0)\"" } ?? "missing"), not 2.x"
            )
        }
        var remarks: [String] = []
        let described = describedElements(value)
        let references = ExtractedLicenses(value)
        var packages: [Package] = []
        for (place, entry) in (value["packages"]?.array ?? []).enumerated() {
            guard entry.object != nil else {
                remarks.append("packages[\(place)] is not an object")
                continue
            }
            let source = PackageFromPURL(purl(entry))
            let purpose = entry["primaryPackagePurpose"]?.string
            // The root stands for the image or the scanned folder; it is no package of it.
            let isRoot = entry["SPDXID"]?.string.map(described.contains) ?? false
            if source.isImage
                || source.purl == nil && (isRoot || purpose == "CONTAINER" || purpose == "OPERATING-SYSTEM")
            {
                continue
            }
            if let difference = source.difference(
                name: entry["name"]?.string,
                version: entry["versionInfo"]?.string
            ) {
                remarks.append(difference)
            }
            let found = source.package(
                name: entry["name"]?.string,
                version: entry["versionInfo"]?.string,
                licenses: licenses(entry).map(references.resolved),
                locations: locations(entry),
                maintainer: person(entry["originator"]) ?? person(entry["supplier"]),
                summary: entry["description"]?.string ?? entry["summary"]?.string,
                foundBy: "spdx"
            )
            if let found { packages.append(found) } else { remarks.append("packages[\(place)] has no name") }
        }
        let creators = value["creationInfo"]?["creators"]?.array?.compactMap(\.string) ?? []
        return SBOMDocument(
            format: .spdx(version),
            name: value["name"]?.string ?? "",
            created: value["creationInfo"]?["created"]?.string ?? "",
            tools: creators.filter { $0.hasPrefix("Tool:") }.map { String($0.dropFirst(5).drop { $0 == " " }) },
            packages: packages,
            remarks: remarks,
            unknowns: (value["annotations"]?.array ?? []).compactMap { annotation in
                guard let text = annotation["comment"]?.string, text.hasPrefix(UnknownPackages.prefix) else {
                    return nil
                }
                return String(text.dropFirst(UnknownPackages.prefix.count))
            }
        )
    }

    private static func describedElements(_ value: JSONValue) -> Set<String> {
        var result = Set((value["documentDescribes"]?.array ?? []).compactMap(\.string))
        for relationship in value["relationships"]?.array ?? [] {
            if relationship["relationshipType"]?.string == "DESCRIBES",
                relationship["spdxElementId"]?.string == "SPDXRef-DOCUMENT",
                let element = relationship["relatedSpdxElement"]?.string
            {
                result.insert(element)
            }
        }
        return result
    }

    private static func purl(_ entry: JSONValue) -> String? {
        for reference in entry["externalRefs"]?.array ?? [] where reference["referenceType"]?.string == "purl" {
            let category = reference["referenceCategory"]?.string?.replacing("_", with: "-")
            if category == nil || category == "PACKAGE-MANAGER" { return reference["referenceLocator"]?.string }
        }
        return nil
    }

    /// What is declared and what whoever made the list concluded; both are evidence.
    private static func licenses(_ entry: JSONValue) -> [String] {
        var found: [String] = []
        for name in ["licenseDeclared", "licenseConcluded"] {
            guard let text = entry[name]?.string, !text.isEmpty, text != "NOASSERTION", text != "NONE" else { continue }
            if !found.contains(text) { found.append(text) }
        }
        return found
    }

    /// The places from syft's sentence `acquired package info from … : path, path`, the layer from the comment.
    private static func locations(_ entry: JSONValue) -> [Package.Location] {
        let comment = entry["comment"]?.string ?? ""
        let layer = comment.split(whereSeparator: \.isWhitespace).drop { $0 != "layerID:" }.dropFirst().first.map(
            String.init
        )
        let sentence = entry["sourceInfo"]?.string ?? ""
        var paths: [String] = []
        if sentence.hasPrefix("acquired package info from"), let colon = sentence.firstIndex(of: ":") {
            paths = sentence[sentence.index(after: colon)...].split(separator: ",").map { part in
                String(part.drop { $0 == " " })
            }.filter { $0.hasPrefix("/") }
        }
        if paths.isEmpty, layer != nil { paths = ["/"] }
        return paths.enumerated().map { place, path in
            Package.Location(path: path, layerDiffID: place == 0 ? layer : nil)
        }
    }

    /// Licences that the document explains itself: by their name, or by addresses of their texts.
    private struct ExtractedLicenses {
        private var names: [String: String] = [:]

        init(_ value: JSONValue) {
            for entry in value["hasExtractedLicensingInfos"]?.array ?? [] {
                guard let id = entry["licenseId"]?.string else { continue }
                let addresses = (entry["seeAlsos"]?.array ?? []).compactMap(\.string)
                let texts = [entry["name"]?.string].compactMap(\.self) + addresses
                let known = texts.lazy.compactMap(LicenseExpression.init(normalizing:)).first(where: \.isListed)
                if let known { names[id] = known.description }
            }
        }

        /// The expression with the licences in the place of the references to them.
        func resolved(_ expression: String) -> String {
            guard !names.isEmpty, expression.contains("LicenseRef-") else { return expression }
            var result = ""
            var word = ""
            func close() {
                result += names[word].map { $0.contains(" ") ? "(\($0))" : $0 } ?? word
                word = ""
            }
            for character in expression {
                if character.isWhitespace || character == "(" || character == ")" {
                    close()
                    result.append(character)
                } else {
                    word.append(character)
                }
            }
            close()
            return result
        }
    }

    private static func person(_ value: JSONValue?) -> String? {
        guard let text = value?.string, text != "NOASSERTION", !text.isEmpty else { return nil }
        for prefix in ["Person: ", "Organization: "] where text.hasPrefix(prefix) {
            return String(text.dropFirst(prefix.count))
        }
        return text
    }
}
