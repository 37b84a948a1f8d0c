// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Packages

/// `seaworthy toolbox license`: the canonical form of an SPDX licence expression.
struct ToolboxLicense: LineTool {
    static let configuration = CommandConfiguration(
        commandName: "license",
        abstract: "Bring SPDX licence expressions into their canonical form."
    )

    @OptionGroup var common: CommonOptions

    func answer(_ line: ArraySlice<UInt8>, into output: inout [UInt8]) throws {
        output += try LicenseExpression(parsing: String(decoding: line, as: UTF8.self)).description.utf8
    }
}
