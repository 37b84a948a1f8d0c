// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Packages

/// `seaworthy toolbox range`: whether a version lies in a range.
struct ToolboxRange: LineTool {
    static let configuration = CommandConfiguration(
        commandName: "range",
        abstract: "Look whether a version lies in a range: RANGE<TAB>VERSION in, `true` or `false` out."
    )

    @Option(help: "The scheme: \(VersionScheme.names).", transform: VersionScheme.init(option:))
    var scheme: VersionScheme

    @OptionGroup var common: CommonOptions

    func answer(_ line: ArraySlice<UInt8>, into output: inout [UInt8]) throws {
        let (range, version) = try LineFields.pair(line, "RANGE<TAB>VERSION")
        output += (try scheme.contains(version, in: range) ? "true" : "false").utf8
    }
}
