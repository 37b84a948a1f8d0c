// SPDX-License-Identifier: Apache-2.0

// Source: Go fmt, "Printing".

import Foundation
import JSONValues

/// `printf` of templates: the verbs `%s %v %d %q %t %x %%` with width and `-`.
enum GoTemplateFormat {
    /// Fills a format.
    ///
    /// - Throws: a `Failure` (`usage`) for other verbs.
    static func format(_ format: String, _ arguments: [JSONValue]) throws -> String {
        var result = ""
        var rest = format[...]
        var values = arguments[...]
        while let character = rest.popFirst() {
            guard character == "%" else {
                result.append(character)
                continue
            }
            let flags = rest.prefix { $0 == "-" || $0 == "+" || $0 == "#" || $0 == "0" || $0 == " " }
            rest = rest[flags.endIndex...]
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest[digits.endIndex...]
            guard let verb = rest.popFirst() else { throw GoTemplate.wrong("printf: a % stands at the end") }
            if verb == "%" {
                result.append("%")
                continue
            }
            guard let value = values.popFirst() else {
                result += "%!\(verb)(MISSING)"
                continue
            }
            let text = try text(of: value, verb)
            let width = min(Int(digits) ?? 0, 10_000)
            let gap = String(repeating: flags.contains("0") ? "0" : " ", count: max(0, width - text.count))
            result += flags.contains("-") ? text + gap : gap + text
        }
        return result
    }

    private static func text(of value: JSONValue, _ verb: Character) throws -> String {
        let plain = GoTemplateFunctions.text(of: value)
        switch (verb, value) {
        case ("v", _), ("s", .string), ("s", .array), ("s", .object), ("d", .number), ("t", .bool): return plain
        case ("q", .string(let text)):
            return "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : $0 == "\n" ? "\\n" : String($0) }.joined()
                + "\""
        case ("x", .string(let text)): return text.utf8.map { String(format: "%02x", $0) }.joined()
        case ("x", .number(let text)): return Int(text).map { String($0, radix: 16) } ?? text
        case ("s", _), ("d", _), ("t", _), ("q", _), ("x", _): return "%!\(verb)(\(plain))"
        default: throw GoTemplate.wrong("printf: %\(verb) is not known here")
        }
    }
}
