// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import JSONValues
import OCISpec
import Reporting

/// `seaworthy toolbox reference`: the parts of an image's name.
struct ToolboxReference: LineTool {
    static let configuration = CommandConfiguration(
        commandName: "reference",
        abstract: "Take image references apart: a reference in, {\"domain\",\"path\",\"tag\",\"digest\"} out."
    )

    @OptionGroup var common: CommonOptions

    func answer(_ line: ArraySlice<UInt8>, into output: inout [UInt8]) throws {
        let reference: ImageReference
        do {
            reference = try ImageReference(parsing: String(decoding: line, as: UTF8.self))
        } catch {
            throw LineError("invalid reference format: " + error.sentence)
        }
        let result: JSONValue = [
            "domain": .string(reference.domain), "path": .string(reference.path), "tag": .optional(reference.tag),
            "digest": .optional(reference.digest?.description),
        ]
        output += result.bytes(indented: false)
    }
}
