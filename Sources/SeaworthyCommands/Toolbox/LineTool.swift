// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import JSONValues

/// A command that answers each line of standard input with one line.
protocol LineTool: SeaworthyCommand {
    /// Writes the answer to one line, without a line feed.
    ///
    /// - Parameter line: the bytes without line feed and carriage return; any bytes at all.
    /// - Throws: any error; its text becomes the answer.
    func answer(_ line: ArraySlice<UInt8>, into output: inout [UInt8]) throws
}

extension LineTool {
    func run(_ runtime: Runtime) throws -> ExitStatus {
        var reading: Failure?
        LineLoop().run(
            read: { buffer in
                // Nobody reads the answers any more.
                while !runtime.console.isOutputClosed {
                    let count = Foundation.read(STDIN_FILENO, buffer.baseAddress, buffer.count)
                    if count >= 0 { return count }
                    if errno == EINTR { continue }
                    reading = Failure(
                        .inputOutput,
                        "standard input cannot be read",
                        why: String(cString: strerror(errno))
                    )
                    return 0
                }
                return 0
            },
            write: { runtime.console.print(bytes: $0) },
            answer: { try answer($0, into: &$1) }
        )
        if let reading { throw reading }
        return .success
    }
}

/// What is wrong with a line, in words.
struct LineError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// The fields of one line.
enum LineFields {
    /// The two texts around the first TAB.
    static func pair(_ line: ArraySlice<UInt8>, _ names: String) throws -> (String, String) {
        guard let tab = line.firstIndex(of: 0x09) else { throw LineError("no TAB in the line; write \(names)") }
        return (
            String(decoding: line[..<tab], as: UTF8.self),
            String(decoding: line[line.index(after: tab)...], as: UTF8.self)
        )
    }

    /// The JSON object of a line.
    static func object(_ line: ArraySlice<UInt8>) throws -> JSONValue {
        let value = try JSONValue(parsing: Array(line))
        guard value.object != nil else { throw LineError("not a JSON object") }
        return value
    }

    /// The variables of `"env"`: `["K=V", …]` or `{"K":"V", …}`; the last one of a name counts, as in the builder.
    static func environment(_ request: JSONValue) throws -> [String: String] {
        var result: [String: String] = [:]
        if let object = request["env"]?.object {
            for member in object.members {
                guard let value = member.value.string else {
                    throw LineError("\"env\": \"\(member.name)\" is not a string")
                }
                result[member.name] = value
            }
            return result
        }
        for entry in try request.texts("env") {
            guard let sign = entry.firstIndex(of: "=") else {
                result[entry] = ""
                continue
            }
            result[String(entry[..<sign])] = String(entry[entry.index(after: sign)...])
        }
        return result
    }
}

extension JSONValue {
    /// The text of a member that must be there.
    func text(_ name: String) throws -> String {
        guard let member = self[name] else { throw LineError("\"\(name)\" is missing") }
        guard let text = member.string else { throw LineError("\"\(name)\" is not a string") }
        return text
    }

    /// The text of a member that may be missing or null.
    func optionalText(_ name: String) throws -> String? {
        guard let member = self[name], member != .null else { return nil }
        guard let text = member.string else { throw LineError("\"\(name)\" is not a string") }
        return text
    }

    /// The texts of a member that may be missing or null.
    func texts(_ name: String) throws -> [String] {
        guard let member = self[name], member != .null else { return [] }
        guard let elements = member.array else { throw LineError("\"\(name)\" is not an array of strings") }
        return try elements.map { element in
            guard let text = element.string else { throw LineError("\"\(name)\" is not an array of strings") }
            return text
        }
    }
}
