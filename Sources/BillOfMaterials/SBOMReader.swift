// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import JSONValues
import OCISpec

/// Reads bills of materials in every form that Seaworthy knows.
public enum SBOMReader {
    /// Reads SPDX 2.x, CycloneDX or syft's JSON; an in-toto statement or a DSSE envelope around it is taken off first.
    ///
    /// - Throws: a `Failure` with code `malformedInput` or `overLimit`.
    public static func read(_ bytes: [UInt8], limits: Limits = .standard) throws -> SBOMDocument {
        var value = try DocumentReader.value(bytes, what: "read the SBOM", limits: limits)
        if value["payloadType"] != nil || value["_type"] != nil {
            let statement = try InTotoJSON.read(bytes, limits: limits)
            value = try DocumentReader.value(statement.predicate, what: "read the SBOM", limits: limits)
        }
        // Some generators put the document one level down in the predicate.
        if let inner = value["Data"], inner.object != nil { value = inner }
        if value["spdxVersion"] != nil { return try SPDXReader.read(value) }
        if value["bomFormat"]?.string == "CycloneDX" || value["specVersion"] != nil && value["components"] != nil {
            return try CycloneDXReader.read(value)
        }
        if value["artifacts"] != nil { return SyftReader.read(value) }
        throw Failure(
            .malformedInput,
            "cannot read the SBOM",
            why: "it is neither SPDX 2.x, nor CycloneDX, nor syft's JSON",
            fix: "give a JSON document with \"spdxVersion\", \"bomFormat\" or \"artifacts\""
        )
    }
}

/// Reads JSON under limits, with failures that say what was read.
enum DocumentReader {
    static func value(_ bytes: [UInt8], what: String, limits: Limits) throws -> JSONValue {
        guard bytes.count <= limits.entryBytes else {
            throw Failure(.overLimit, "cannot \(what)", why: "it is larger than \(limits.entryBytes) bytes")
        }
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes, depth: limits.depth)
        } catch {
            throw Failure(.malformedInput, "cannot \(what)", why: error.description)
        }
        guard value.object != nil else {
            throw Failure(.malformedInput, "cannot \(what)", why: "it is not a JSON object")
        }
        return value
    }
}
