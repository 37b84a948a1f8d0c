// SPDX-License-Identifier: Apache-2.0

import Advisories
import ArgumentParser

/// `seaworthy toolbox cvss`: the score of a CVSS vector.
struct ToolboxCVSS: LineTool {
    static let configuration = CommandConfiguration(
        commandName: "cvss",
        abstract:
            "Score CVSS vectors (2.0, 3.0, 3.1, 4.0): a vector in, score and severity out, such as `9.8 Critical`."
    )

    @OptionGroup var common: CommonOptions

    func answer(_ line: ArraySlice<UInt8>, into output: inout [UInt8]) throws {
        let vector = try CVSSVector(parsing: String(decoding: line, as: UTF8.self))
        output += "\(vector.scoreText) \(vector.band.rawValue)".utf8
    }
}
