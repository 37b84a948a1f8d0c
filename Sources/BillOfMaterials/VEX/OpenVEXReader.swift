// SPDX-License-Identifier: Apache-2.0

// Source: OpenVEX specification 0.2.0, and the draft 0.0.1 where it differs; documents of Docker Hardened Images.

import CivilTime
public import Diagnostics
import JSONValues
import OCISpec

/// Reads OpenVEX documents.
public enum OpenVEXReader {
    /// Whether a predicate type is that of OpenVEX, whatever version stands behind it.
    public static func isOpenVEX(_ predicateType: String) -> Bool {
        predicateType == "https://openvex.dev/ns" || predicateType.hasPrefix("https://openvex.dev/ns/")
    }

    /// Reads a document; an in-toto statement or a DSSE envelope around it is taken off first.
    ///
    /// - Throws: a `Failure` with code `malformedInput` or `overLimit`. A statement that breaks the rules is a remark.
    public static func read(_ bytes: [UInt8], limits: Limits = .standard) throws -> OpenVEXDocument {
        var value = try DocumentReader.value(bytes, what: "read the VEX document", limits: limits)
        if value["payloadType"] != nil || value["_type"] != nil {
            let statement = try InTotoJSON.read(bytes, limits: limits)
            value = try DocumentReader.value(statement.predicate, what: "read the VEX document", limits: limits)
        }
        guard value["@context"]?.string?.hasPrefix("https://openvex.dev/ns") == true else {
            throw malformed("its \"@context\" is not that of OpenVEX")
        }
        guard let author = value["author"]?.string, !author.isEmpty else {
            throw malformed("its \"author\" is missing")
        }
        guard let entries = value["statements"]?.array else { throw malformed("its \"statements\" are missing") }
        let time = (value["last_updated"] ?? value["timestamp"])?.string.flatMap(Instant.init(parsing:))
        let lastDay = lastDay(value)
        var statements: [OpenVEXDocument.Statement] = []
        var remarks: [String] = []
        for (place, entry) in entries.enumerated() {
            do throws(Refusal) {
                statements.append(try statement(entry, time: time, lastDay: lastDay))
            } catch {
                remarks.append("statements[\(place)] does not count: \(error.why)")
            }
        }
        return OpenVEXDocument(id: value["@id"]?.string ?? "", author: author, statements: statements, remarks: remarks)
    }

    private static func malformed(_ why: String) -> Failure {
        Failure(.malformedInput, "cannot read the VEX document", why: why)
    }

    private struct Refusal: Error {
        let why: String
    }

    private static func statement(
        _ entry: JSONValue,
        time: Instant?,
        lastDay: CivilDay?
    ) throws(Refusal) -> OpenVEXDocument.Statement {
        let vulnerabilities = vulnerabilities(entry["vulnerability"])
        guard !vulnerabilities.isEmpty else { throw Refusal(why: "it names no vulnerability") }
        guard let word = entry["status"]?.string, let status = OpenVEXDocument.Status(rawValue: word) else {
            throw Refusal(why: "its status is none of the specification")
        }
        let justification = filled(entry["justification"])
        let impact = filled(entry["impact_statement"])
        guard status != .notAffected || justification != nil || impact != nil else {
            throw Refusal(why: "it says not_affected without a justification or an impact statement")
        }
        // Before 0.2.0 the parts stood beside the products.
        let shared = components(entry["subcomponents"])
        let own = (entry["last_updated"] ?? entry["timestamp"])?.string.flatMap(Instant.init(parsing:))
        return OpenVEXDocument.Statement(
            vulnerabilities: vulnerabilities,
            products: (entry["products"]?.array ?? []).map { product($0, shared: shared) },
            status: status,
            justification: justification,
            impact: impact,
            time: own ?? time,
            lastDay: Self.lastDay(entry) ?? lastDay
        )
    }

    private static func vulnerabilities(_ value: JSONValue?) -> [String] {
        if let name = filled(value) { return [name] }
        let id = filled(value?["@id"]).flatMap { $0.split(separator: "/").last.map(String.init) }
        let names = [filled(value?["name"]) ?? id].compactMap(\.self)
        return names + (value?["aliases"]?.array ?? []).compactMap(filled)
    }

    private static func product(_ value: JSONValue, shared: [[String]]) -> OpenVEXDocument.Product {
        let own = components(value["subcomponents"])
        return OpenVEXDocument.Product(
            ids: ids(value),
            hashes: value["hashes"]?.strings ?? [:],
            subcomponents: own.isEmpty ? shared : own
        )
    }

    /// Each with the ids by which it is named; one without any stays, for it must not widen what is said.
    private static func components(_ value: JSONValue?) -> [[String]] { (value?.array ?? []).map(ids) }

    private static func ids(_ value: JSONValue) -> [String] {
        if let text = filled(value) { return [text] }
        return [filled(value["@id"]), filled(value["identifiers"]?["purl"])].compactMap(\.self)
    }

    private static func filled(_ value: JSONValue?) -> String? { value?.string.flatMap { $0.isEmpty ? nil : $0 } }

    private static func lastDay(_ value: JSONValue) -> CivilDay? {
        for name in ["expires", "expiry", "valid_until"] {
            guard let text = value[name]?.string else { continue }
            if let instant = Instant(parsing: text) { return instant.day }
            if let midnight = Instant(parsing: text + "T00:00:00Z") { return midnight.day }
        }
        return nil
    }
}
