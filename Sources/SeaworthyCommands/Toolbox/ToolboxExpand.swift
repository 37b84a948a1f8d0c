// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import DockerfileSyntax
import JSONValues

/// `seaworthy toolbox expand`: what variables and quotes of a word of a Dockerfile come to.
struct ToolboxExpand: LineTool {
    static let configuration = CommandConfiguration(
        commandName: "expand",
        abstract: "Expand words of a Dockerfile: {\"word\",\"env\":[\"K=V\"],\"escape\"} in, {\"value\",\"words\"} out."
    )

    @OptionGroup var common: CommonOptions

    func answer(_ line: ArraySlice<UInt8>, into output: inout [UInt8]) throws {
        let request = try LineFields.object(line)
        let word = try request.text("word")
        let escape = try request.optionalText("escape") ?? "\\"
        guard let scalar = escape.unicodeScalars.first, escape.unicodeScalars.count == 1,
            "\\`".unicodeScalars.contains(scalar)
        else { throw LineError("\"escape\" is neither a backslash nor a backtick") }
        let expansion = try WordExpander(escape: scalar).expand(word, in: try LineFields.environment(request))
        let result: JSONValue = [
            "value": .string(expansion.value), "words": .array(expansion.words.map(JSONValue.string)),
        ]
        output += result.bytes(indented: false)
    }
}
