// SPDX-License-Identifier: Apache-2.0

// Source: npm documentation, "package.json" and "folders".

import Diagnostics
import JSONValues
public import OCISpec
import Packages

/// Finds npm packages by the `package.json` of each folder right below a `node_modules`, scopes and nested ones included.
///
/// What is installed is what lies in `node_modules`. A lock file that was left in the image adds nothing: it also names what
/// was not installed (development and optional dependencies of other platforms), and names nothing that is installed and not
/// found anyway. The application's own `package.json` is not a package of its own either.
public struct NPMCataloger: Cataloger {
    /// `npm`.
    public var name: String { "npm" }

    private static let manifest = Array("package.json".utf8)
    private static let modules = Array("node_modules".utf8)

    /// Makes the cataloger.
    public init() {}

    /// The bytes of each installed package's `package.json`.
    public func interest(in path: ImagePath) -> FileInterest {
        let parts = path.components
        guard parts.count >= 3, parts[parts.count - 1] == Self.manifest else { return .none }
        let folder = parts[parts.count - 2]
        guard folder.first != UInt8(ascii: "."), folder.first != UInt8(ascii: "@") else { return .none }
        let above = parts[parts.count - 3]
        if above == Self.modules { return .contents }
        guard above.first == UInt8(ascii: "@"), parts.count >= 4 else { return .none }
        return parts[parts.count - 4] == Self.modules ? .contents : .none
    }

    /// Reads each `package.json`.
    ///
    /// One that is no JSON object is recorded as unknown; one without a version is a test fixture or a stub, not an installed
    /// package, and is left out; one without a name takes its folder's.
    public func catalog(_ paths: [ImagePath], in context: CatalogContext) -> CatalogerResult {
        var result = CatalogerResult()
        for path in paths {
            guard let (bytes, file) = context.bytes(at: path, into: &result) else { continue }
            let root: JSONValue
            do {
                root = try JSONValue(parsing: bytes, depth: context.configuration.limits.depth)
            } catch {
                result.note("\(path) is not JSON: \(error)")
                continue
            }
            guard let object = root.object else {
                result.note("\(path) is not a JSON object")
                continue
            }
            guard let version = object["version"]?.string.map(Self.trimmed), !version.isEmpty else { continue }
            let written = object["name"]?.string.map(Self.trimmed) ?? ""
            result.packages.append(
                Package(
                    type: .npm,
                    name: written.isEmpty ? Self.folderName(path) : written,
                    version: version,
                    licenses: Self.license(object).map { [$0] } ?? [],
                    locations: [file.location],
                    maintainer: Self.person(object["author"]),
                    summary: object["description"]?.string.flatMap(Self.filled),
                    foundBy: name
                )
            )
        }
        return result
    }

    private static func folderName(_ path: ImagePath) -> String {
        let parts = path.components.dropLast()
        let name = parts.last.map { String(decoding: $0, as: UTF8.self) } ?? ""
        guard let scope = parts.dropLast().last, scope.first == UInt8(ascii: "@") else { return name }
        return String(decoding: scope, as: UTF8.self) + "/" + name
    }

    private static func trimmed(_ text: String) -> String { text.utf8.trimmedText }

    private static func filled(_ text: String) -> String? {
        let text = trimmed(text)
        return text.isEmpty ? nil : text
    }

    /// The licence as one text: `license`, or the legacy forms `{type, url}` and `licenses: […]`, which offer a choice.
    private static func license(_ object: JSONObject) -> String? {
        func one(_ value: JSONValue?) -> String? {
            if let text = value?.string { return filled(text) }
            let name = value?["type"]?.string ?? value?["name"]?.string ?? value?["license"]?.string
            return LicenseExpression.declared(
                name: name.flatMap(filled),
                address: value?["url"]?.string.flatMap(filled)
            )
        }
        func several(_ value: JSONValue?) -> String? {
            guard let names = value?.array?.compactMap({ one($0) }), let first = names.first else { return nil }
            return names.count == 1 ? first : "(" + names.joined(separator: " OR ") + ")"
        }
        return one(object["license"]) ?? several(object["license"]) ?? several(object["licenses"])
            ?? one(object["licenses"]) ?? one(object["licence"])
    }

    private static func person(_ value: JSONValue?) -> String? {
        if let text = value?.string.flatMap(filled) { return text }
        guard let name = value?["name"]?.string.flatMap(filled) else { return nil }
        return value?["email"]?.string.flatMap(filled).map { "\(name) <\($0)>" } ?? name
    }
}

extension String.UTF8View {
    /// The text without blanks at both ends.
    var trimmedText: String {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
        var slice = self[...].drop(while: isBlank)
        while let last = slice.last, isBlank(last) { slice = slice.dropLast() }
        return String(decoding: slice, as: UTF8.self)
    }
}
