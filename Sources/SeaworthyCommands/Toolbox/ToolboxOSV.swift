// SPDX-License-Identifier: Apache-2.0

// Source: OSV schema 1.7.5, "Evaluation".

import Advisories
import ArgumentParser
import Diagnostics
import JSONValues

/// `seaworthy toolbox osv`: whether a record says that a version is affected.
struct ToolboxOSV: LineTool {
    static let configuration = CommandConfiguration(
        commandName: "osv",
        abstract:
            "Ask whether a version is affected: {\"record\",\"ecosystem\",\"package\",\"version\"} in, `true` or `false` out."
    )

    @OptionGroup var common: CommonOptions

    func answer(_ line: ArraySlice<UInt8>, into output: inout [UInt8]) throws {
        let request = try LineFields.object(line)
        guard let value = request["record"], var object = value.object else {
            throw LineError("\"record\" is not an object")
        }
        // A record under test needs no name.
        if object["id"]?.string == nil { object.append("id", "record") }
        let ecosystem = Ecosystem(try request.text("ecosystem"))
        let package = try request.text("package")
        let version = try request.text("version")
        let (record, warnings) = OSVReader.record(JSONValue.object(object).bytes(indented: false))
        guard let record else { throw LineError(warnings.first?.message ?? "the record cannot be read") }
        switch record.withoutCommitRanges.evaluate(ecosystem: ecosystem, name: package, version: version) {
        case .affected: output += "true".utf8
        case .notAffected: output += "false".utf8
        case .undecided(let reason): throw LineError("cannot be decided: " + reason)
        }
    }
}

extension OSVRecord {
    /// The record without ranges of commits, which say nothing of versions: their `versions` do.
    fileprivate var withoutCommitRanges: OSVRecord {
        guard affected.contains(where: { $0.ranges.contains { $0.type == .git } }) else { return self }
        return OSVRecord(
            id: id,
            modified: modified,
            published: published,
            withdrawn: withdrawn,
            aliases: aliases,
            upstream: upstream,
            affected: affected.map {
                OSVAffected(
                    ecosystem: $0.ecosystem,
                    name: $0.name,
                    ranges: $0.ranges.filter { $0.type != .git },
                    versions: $0.versions
                )
            }
        )
    }
}
