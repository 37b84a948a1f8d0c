// SPDX-License-Identifier: Apache-2.0

// Source: OpenVEX specification 0.2.0; Docker Scout's `vex get`.

public import Diagnostics
import JSONValues

extension OpenVEXReader {
    /// Several documents as one: of one alone its own JSON, else a document with all statements in their order, each with what it
    /// inherited from its own document.
    ///
    /// - Throws: a `Failure` with code `malformedInput` when one of them is no OpenVEX document.
    public static func merged(_ documents: [[UInt8]], limits: Limits = .standard) throws -> [UInt8] {
        let values = try documents.map { bytes -> JSONValue in
            _ = try read(bytes, limits: limits)
            return try DocumentReader.value(bytes, what: "read the VEX document", limits: limits)
        }
        guard values.count != 1, let first = values.first else { return values.first?.bytes() ?? [] }
        let authors = values.compactMap { $0["author"]?.string }
        let statements = values.flatMap { value in
            (value["statements"]?.array ?? []).map { statement($0, of: value) }
        }
        let times = values.compactMap { ($0["last_updated"] ?? $0["timestamp"])?.string }
        var merged = JSONObject()
        merged.append("@context", first["@context"])
        merged.append("@id", first["@id"])
        merged.append("author", .string(Set(authors).sorted().joined(separator: ", ")))
        merged.append("timestamp", times.max().map { .string($0) })
        merged.append("version", .number("1"))
        merged.append("statements", .array(statements))
        return JSONValue.object(merged).bytes()
    }

    private static func statement(_ statement: JSONValue, of document: JSONValue) -> JSONValue {
        guard var object = statement.object else { return statement }
        if object["timestamp"] == nil { object.append("timestamp", document["timestamp"]) }
        if object["supplier"] == nil { object.append("supplier", document["author"]) }
        return .object(object)
    }
}
