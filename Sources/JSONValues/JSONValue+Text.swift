// SPDX-License-Identifier: Apache-2.0

extension JSONValue {
    /// The value as JSON text; with an indentation of two blanks, or on one line.
    package func bytes(indented: Bool = true) -> [UInt8] {
        var output: [UInt8] = []
        write(into: &output, level: indented ? 0 : nil)
        return output
    }

    private func write(into output: inout [UInt8], level: Int?) {
        switch self {
        case .null: output += "null".utf8
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .number(let text): output += text.utf8
        case .string(let text): Self.write(text, into: &output)
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                Self.newLine(level.map { $0 + 1 }, into: &output)
                element.write(into: &output, level: level.map { $0 + 1 })
            }
            if !elements.isEmpty { Self.newLine(level, into: &output) }
            output.append(UInt8(ascii: "]"))
        case .object(let object):
            output.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                Self.newLine(level.map { $0 + 1 }, into: &output)
                Self.write(member.name, into: &output)
                output.append(UInt8(ascii: ":"))
                if level != nil { output.append(UInt8(ascii: " ")) }
                member.value.write(into: &output, level: level.map { $0 + 1 })
            }
            if !object.members.isEmpty { Self.newLine(level, into: &output) }
            output.append(UInt8(ascii: "}"))
        }
    }

    private static func newLine(_ level: Int?, into output: inout [UInt8]) {
        guard let level else { return }
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: level * 2))
    }

    private static func write(_ text: String, into output: inout [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                output.append(UInt8(ascii: "\\"))
                output.append(byte)
            case 0x0A: output += "\\n".utf8
            case 0x0D: output += "\\r".utf8
            case 0x09: output += "\\t".utf8
            case 0..<0x20, 0x7F:
                output += "\\u00".utf8
                output.append(digits[Int(byte >> 4)])
                output.append(digits[Int(byte & 15)])
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}
