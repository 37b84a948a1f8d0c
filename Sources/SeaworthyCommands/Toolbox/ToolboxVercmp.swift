// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Packages

/// `seaworthy toolbox vercmp`: which of two versions is older.
struct ToolboxVercmp: LineTool {
    static let configuration = CommandConfiguration(
        commandName: "vercmp",
        abstract: "Compare versions: A<TAB>B in, `<`, `=` or `>` out."
    )

    @Option(help: "The scheme: \(VersionScheme.names).", transform: VersionScheme.init(option:))
    var scheme: VersionScheme

    @OptionGroup var common: CommonOptions

    func answer(_ line: ArraySlice<UInt8>, into output: inout [UInt8]) throws {
        let (left, right) = try LineFields.pair(line, "A<TAB>B")
        output += try scheme.compare(left, right).rawValue.utf8
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
