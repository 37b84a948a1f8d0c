// SPDX-License-Identifier: Apache-2.0

// Source: package-url specification, schema of its test suite (type, input).

import ArgumentParser
import JSONValues
import Packages

/// `seaworthy toolbox purl`: package URLs taken apart, put together, brought into their canonical form.
struct ToolboxPURL: LineTool {
    static let configuration = CommandConfiguration(
        commandName: "purl",
        abstract: "Read and write package URLs, NDJSON in and out.",
        discussion: """
            {"type":"parse","input":"pkg:…"} is answered with the components (null where there is none), \
            {"type":"build","input":{"type","namespace","name","version","qualifiers","subpath"}} with a string, \
            {"type":"validate","input":"pkg:…"} with the canonical string; each with `error: …` where it is none. \
            "roundtrip" is another word for "validate". {"type":"rules","input":"npm"} is answered with what a registered \
            type asks for.
            """
    )

    @OptionGroup var common: CommonOptions

    func answer(_ line: ArraySlice<UInt8>, into output: inout [UInt8]) throws {
        let request = try LineFields.object(line)
        guard let input = request["input"] else { throw LineError("\"input\" is missing") }
        let result: JSONValue
        switch try request.text("type") {
        case "parse": result = Self.components(of: try PackageURL(parsing: Self.text(input)))
        case "validate", "validation", "roundtrip":
            result = .string(try PackageURL(parsing: Self.text(input)).description)
        case "rules": result = try Self.rules(of: Self.text(input))
        case "build": result = .string(try Self.build(input).description)
        case let other: throw LineError("the type \"\(other)\" is none of parse, build, validate, rules")
        }
        output += result.bytes(indented: false)
    }

    private static func rules(of type: String) throws -> JSONValue {
        guard let rule = PackageURLType.named(type) else { throw LineError("\"\(type)\" is no registered type") }
        return [
            "type": .string(rule.type), "namespace": .string(rule.namespace.rawValue),
            "namespaceCase": .string(rule.namespaceCase.rawValue), "nameCase": .string(rule.nameCase.rawValue),
            "versionCase": .string(rule.versionCase.rawValue),
            "defaultRepository": .optional(rule.defaultRepository),
        ]
    }

    private static func text(_ input: JSONValue) throws -> String {
        guard let text = input.string else { throw LineError("\"input\" is not a string") }
        return text
    }

    private static func components(of purl: PackageURL) -> JSONValue {
        var qualifiers = JSONObject()
        for (key, value) in purl.qualifiers.sorted(by: { $0.key < $1.key }) { qualifiers.append(key, .string(value)) }
        return [
            "type": .string(purl.type), "namespace": .optional(purl.namespace), "name": .string(purl.name),
            "version": .optional(purl.version), "qualifiers": purl.qualifiers.isEmpty ? .null : .object(qualifiers),
            "subpath": .optional(purl.subpath),
        ]
    }

    private static func build(_ input: JSONValue) throws -> PackageURL {
        guard input.object != nil else { throw LineError("\"input\" is not an object") }
        var qualifiers: [String: String] = [:]
        switch input["qualifiers"] {
        case nil, .null?: break
        case .object(let object)?:
            for member in object.members where member.value != .null {
                guard let value = member.value.string else {
                    throw LineError("the qualifier \"\(member.name)\" is not a string")
                }
                qualifiers[member.name] = value
            }
        case .bool, .number, .string, .array: throw LineError("\"qualifiers\" is not an object")
        }
        return try PackageURL(
            type: input.optionalText("type") ?? "",
            namespace: input.optionalText("namespace"),
            name: input.optionalText("name") ?? "",
            version: input.optionalText("version"),
            qualifiers: qualifiers,
            subpath: input.optionalText("subpath")
        )
    }
}
