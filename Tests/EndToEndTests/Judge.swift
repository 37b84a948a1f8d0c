// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

/// Other people's programs, asked what they make of an image.
enum Judge {
    /// Whether all of these programs are installed.
    static func areThere(_ names: String...) -> Bool { names.allSatisfy { SeaworthyBinary.find($0) != nil } }

    /// What a skipped test says.
    static let remedy: Comment = "a judge is not installed: see scripts/bootstrap --judges"

    /// Whether this is the run that must not skip.
    static var isCI: Bool { !(ProcessInfo.processInfo.environment["CI"] ?? "").isEmpty }

    /// A judge that could not do its work.
    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    /// Runs a judge and gives its standard output; anything but exit code 0 is thrown with what it said.
    @discardableResult
    static func run(_ name: String, _ arguments: [String], input: [UInt8] = [], timeout: Double = 300) throws -> [UInt8]
    {
        guard let program = SeaworthyBinary.find(name) else { throw Refusal(description: "\(name) is not installed") }
        let result = try SeaworthyBinary.run(
            program,
            arguments,
            environment: ["LC_ALL": "C.UTF-8"],
            input: input,
            timeout: timeout
        )
        guard result.status == 0 else {
            throw Refusal(
                description: "\(name) \(arguments.joined(separator: " ")): exit \(result.status): \(result.error)"
            )
        }
        return result.outputBytes
    }

    /// Runs skopeo without a policy of the machine in the way.
    @discardableResult
    static func skopeo(_ arguments: String...) throws -> [UInt8] {
        try run("skopeo", ["--insecure-policy"] + arguments)
    }

    /// A judge's JSON.
    static func json<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) throws -> Value {
        try JSONDecoder().decode(type, from: Data(bytes))
    }
}
