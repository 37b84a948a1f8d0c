// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import DockerfileSyntax

/// `seaworthy toolbox ignore`: whether patterns of a `.dockerignore` leave a path out.
struct ToolboxIgnore: LineTool {
    static let configuration = CommandConfiguration(
        commandName: "ignore",
        abstract: "Ask whether a path is ignored: {\"patterns\":[…],\"path\"} in, `true` or `false` out."
    )

    @OptionGroup var common: CommonOptions

    func answer(_ line: ArraySlice<UInt8>, into output: inout [UInt8]) throws {
        let request = try LineFields.object(line)
        let path = try request.text("path")
        let file = try IgnoreFile(patterns: request.texts("patterns"))
        output += (file.matches(path) ? "true" : "false").utf8
    }
}
