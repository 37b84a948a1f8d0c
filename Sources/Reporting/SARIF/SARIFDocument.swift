// SPDX-License-Identifier: Apache-2.0
//
// Source: SARIF 2.1.0 (OASIS); the properties that code scanning services read.

import JSONValues

/// A SARIF document with one run: the only place that knows the format's shape.
struct SARIFDocument {
    /// Who found it.
    struct Tool {
        let name: String
        var fullName: String?
        var version: String?
        /// A version as semver.org has it.
        var semanticVersion: String?
    }

    /// What is looked for.
    struct Rule {
        let id: String
        /// A name for several rules of one sort.
        var name: String?
        let summary: String
        var description: String?
        /// A page that explains it.
        var page: String?
        var help: String?
        var properties: JSONObject?
    }

    /// How much a result matters.
    enum Level: String { case error, warning, note }

    /// Where it is. Lines and columns from 1.
    struct Location {
        let file: String
        let startLine: Int
        let startColumn: Int
        let endLine: Int
        var endColumn: Int?
        /// The place in words of the tool's own.
        var logicalName: String?
    }

    /// What was found.
    struct Result {
        let rule: String
        /// The rule's number in the list, from 0.
        var ruleIndex: Int?
        /// `fail`, where a tool tells it from other kinds.
        var kind: String?
        let level: Level
        let message: String
        let location: Location
        /// Why it does not matter, as somebody says who is trusted; nil when nobody does.
        var suppression: String?
    }

    let tool: Tool
    let rules: [Rule]
    let results: [Result]
    /// What a column counts; nil where the tool does not say.
    var columnKind: String?
    /// What the tool could not look at, one sentence each.
    var notifications: [String] = []

    /// The document as indented JSON, without a line feed at the end.
    var bytes: [UInt8] {
        var run = JSONObject()
        run.append("tool", ["driver": driver])
        if !notifications.isEmpty {
            let told: [JSONValue] = notifications.map { ["level": "warning", "message": ["text": .string($0)]] }
            run.append(
                "invocations",
                [["executionSuccessful": true, "toolExecutionNotifications": .array(told)]]
            )
        }
        run.append("columnKind", columnKind.map { .string($0) })
        run.append("results", .array(results.map(\.json)))
        let document: JSONValue = [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [.object(run)],
        ]
        return document.bytes()
    }

    private var driver: JSONValue {
        var driver = JSONObject()
        driver.append("name", .string(tool.name))
        driver.append("fullName", tool.fullName.map { .string($0) })
        driver.append("version", tool.version.map { .string($0) })
        driver.append("semanticVersion", tool.semanticVersion.map { .string($0) })
        driver.append("rules", .array(rules.map(\.json)))
        return .object(driver)
    }
}

extension SARIFDocument.Rule {
    fileprivate var json: JSONValue {
        var rule = JSONObject()
        rule.append("id", .string(id))
        rule.append("name", name.map { .string($0) })
        rule.append("shortDescription", ["text": .string(summary)])
        rule.append("fullDescription", description.map { ["text": .string($0)] })
        rule.append("helpUri", page.map { .string($0) })
        rule.append("help", help.map { ["text": .string($0)] })
        rule.append("properties", properties.map { .object($0) })
        return .object(rule)
    }
}

extension SARIFDocument.Result {
    fileprivate var json: JSONValue {
        var result = JSONObject()
        result.append("ruleId", .string(rule))
        result.append("ruleIndex", ruleIndex.map { .number(String($0)) })
        result.append("kind", kind.map { .string($0) })
        result.append("level", .string(level.rawValue))
        result.append("message", ["text": .string(message)])
        result.append("locations", [location.json])
        result.append(
            "suppressions",
            suppression.map { [["kind": "external", "status": "accepted", "justification": .string($0)]] }
        )
        return .object(result)
    }
}

extension SARIFDocument.Location {
    fileprivate var json: JSONValue {
        var region = JSONObject()
        region.append("startLine", .number(String(startLine)))
        region.append("startColumn", .number(String(startColumn)))
        region.append("endLine", .number(String(endLine)))
        region.append("endColumn", endColumn.map { .number(String($0)) })
        var location = JSONObject()
        location.append(
            "physicalLocation",
            ["artifactLocation": ["uri": .string(file)], "region": .object(region)]
        )
        location.append("logicalLocations", logicalName.map { [["fullyQualifiedName": .string($0)]] })
        return .object(location)
    }
}
