// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Packages

/// `seaworthy toolbox vercmp`: which of two versions is older.
struct ToolboxVercmp: LineTool {
    static let configuration = CommandConfiguration(
        commandName: "vercmp",
        abstract: "Compare versions: A<TAB>B in, `<`, `=` or `>` out.",
        discussion: """
            Every text has a place: what is no version of the scheme stands where the ecosystem's own tools put it, or else \
            where OSV does. With --strict such a line is answered with `error: …`.
            """
    )

    @Option(help: "The scheme: \(VersionScheme.names).", transform: VersionScheme.init(option:))
    var scheme: VersionScheme

    @Flag(help: "Answer `error: …` where one of the two is no version of the scheme.")
    var strict = false

    @OptionGroup var common: CommonOptions

    func answer(_ line: ArraySlice<UInt8>, into output: inout [UInt8]) throws {
        let (left, right) = try LineFields.pair(line, "A<TAB>B")
        let result = strict ? try scheme.compareStrictly(left, right) : scheme.compare(left, right)
        output += result.rawValue.utf8
    }
}

extension VersionScheme {
    /// All names, for help.
    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// The scheme that an option names.
    init(option: String) throws {
        guard let scheme = VersionScheme(rawValue: option) else {
            throw ArgumentParser.ValidationError("\"\(option)\" is no scheme; the schemes are \(Self.names).")
        }
        self = scheme
    }
}
