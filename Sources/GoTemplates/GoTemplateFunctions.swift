// SPDX-License-Identifier: Apache-2.0

// Source: Go text/template, "Functions"; docker/cli templates/templates.go for json, split, join, title, lower, upper, pad,
// truncate; Go fmt for printf.

import Foundation
import JSONValues

/// The functions of templates.
enum GoTemplateFunctions {
    /// Calls a function.
    ///
    /// - Throws: a `Failure` (`usage`) when there is none of that name, or it cannot take what it is given.
    static func call(_ name: String, _ values: [JSONValue]) throws -> JSONValue {
        let arguments = Arguments(name: name, values: values)
        switch name {
        case "json":
            try arguments.count(1...1)
            return .string(String(decoding: values[0].bytes(indented: false), as: UTF8.self))
        case "len":
            try arguments.count(1...1)
            return .number(String(length(values[0])))
        case "index":
            try arguments.count(1...16)
            return try index(values)
        case "slice":
            try arguments.count(1...3)
            return try slice(values)
        case "print": return .string(values.map(text).joined())
        case "println": return .string(values.map(text).joined(separator: " ") + "\n")
        case "printf":
            try arguments.count(1...64)
            return .string(try GoTemplateFormat.format(try arguments.string(0), Array(values.dropFirst())))
        case "html":
            let escapes: [Character: String] = ["<": "&lt;", ">": "&gt;", "&": "&amp;", "\"": "&#34;", "'": "&#39;"]
            return .string(values.map(text).joined().map { escapes[$0] ?? String($0) }.joined())
        case "lower", "upper", "title", "join", "split", "pad", "truncate": return try reshape(arguments)
        case "not", "and", "or", "eq", "ne", "lt", "le", "gt", "ge": return try decide(arguments)
        default: throw GoTemplate.wrong("\"\(name)\" is not known here")
        }
    }

    /// What a function was given.
    private struct Arguments {
        let name: String
        let values: [JSONValue]

        func count(_ range: ClosedRange<Int>) throws {
            guard range.contains(values.count) else {
                throw GoTemplate.wrong("\(name) cannot take \(values.count) arguments")
            }
        }

        func string(_ place: Int) throws -> String {
            guard let text = values[place].string else { throw GoTemplate.wrong("\(name) takes a text there") }
            return text
        }

        func int(_ place: Int) throws -> Int {
            guard let number = values[place].int else { throw GoTemplate.wrong("\(name) takes a number there") }
            return number
        }
    }

    /// The functions that make texts of texts.
    private static func reshape(_ arguments: Arguments) throws -> JSONValue {
        switch arguments.name {
        case "join":
            try arguments.count(2...2)
            let separator = try arguments.string(1)
            let list = arguments.values[0]
            guard list == .null || list.array != nil else {
                throw GoTemplate.wrong("join takes a list and a text")
            }
            return .string((list.array ?? []).map(text).joined(separator: separator))
        case "split":
            try arguments.count(2...2)
            let (text, separator) = (try arguments.string(0), try arguments.string(1))
            let parts = separator.isEmpty ? text.map(String.init) : text.components(separatedBy: separator)
            return .array(parts.map(JSONValue.string))
        case "pad":
            try arguments.count(3...3)
            let before = min(max(0, try arguments.int(1)), 10_000)
            let after = min(max(0, try arguments.int(2)), 10_000)
            let text = try arguments.string(0)
            return .string(
                text.isEmpty
                    ? text : String(repeating: " ", count: before) + text + String(repeating: " ", count: after)
            )
        case "truncate":
            try arguments.count(2...2)
            return .string(String(try arguments.string(0).prefix(max(0, try arguments.int(1)))))
        default:
            try arguments.count(1...1)
            let text = try arguments.string(0)
            return .string(
                arguments.name == "lower"
                    ? text.lowercased() : arguments.name == "upper" ? text.uppercased() : title(text)
            )
        }
    }

    /// The functions that ask something of values.
    private static func decide(_ arguments: Arguments) throws -> JSONValue {
        let values = arguments.values
        switch arguments.name {
        case "not":
            try arguments.count(1...1)
            return .bool(!isTrue(values[0]))
        case "and":
            try arguments.count(1...16)
            return values.first { !isTrue($0) } ?? values[values.count - 1]
        case "or":
            try arguments.count(1...16)
            return values.first(where: isTrue) ?? values[values.count - 1]
        case "eq":
            try arguments.count(2...16)
            return .bool(try values.dropFirst().contains { try compare(values[0], $0) == 0 })
        default:
            try arguments.count(2...2)
            let order = try compare(values[0], values[1])
            switch arguments.name {
            case "ne": return .bool(order != 0)
            case "lt": return .bool(order < 0)
            case "le": return .bool(order <= 0)
            case "gt": return .bool(order > 0)
            default: return .bool(order >= 0)
            }
        }
    }

    /// Whether Go takes a value for true: anything that is not empty.
    static func isTrue(_ value: JSONValue) -> Bool {
        switch value {
        case .null, .bool(false): false
        case .bool(true): true
        case .number(let text): Double(text) != 0
        case .string(let text): !text.isEmpty
        case .array(let elements): !elements.isEmpty
        case .object(let object): !object.members.isEmpty
        }
    }

    /// As Go prints a value.
    static func text(of value: JSONValue) -> String { text(of: value, isInside: false) }

    private static func text(of value: JSONValue, isInside: Bool) -> String {
        switch value {
        case .null: return "<no value>"
        case .bool(let value): return value ? "true" : "false"
        case .number(let text), .string(let text): return text
        case .array(let elements):
            return "[" + elements.map { text(of: $0, isInside: true) }.joined(separator: " ") + "]"
        case .object(let object):
            // The members of a set, such as ports, are structs without fields.
            if object.members.isEmpty { return isInside ? "{}" : "map[]" }
            let members = object.members.sorted { $0.name < $1.name }
            return "map[" + members.map { $0.name + ":" + text(of: $0.value, isInside: true) }.joined(separator: " ")
                + "]"
        }
    }

    private static func length(_ value: JSONValue) -> Int {
        switch value {
        case .string(let text): text.utf8.count
        case .array(let elements): elements.count
        case .object(let object): object.members.count
        default: 0
        }
    }

    private static func index(_ arguments: [JSONValue]) throws -> JSONValue {
        guard var value = arguments.first, arguments.count > 1 else {
            throw GoTemplate.wrong("index takes a list and a place")
        }
        for key in arguments.dropFirst() {
            if let name = key.string {
                value = value[name] ?? ""
            } else {
                guard let elements = value.array, let place = key.int, elements.indices.contains(place) else {
                    throw GoTemplate.wrong("the index is out of range")
                }
                value = elements[place]
            }
        }
        return value
    }

    private static func slice(_ arguments: [JSONValue]) throws -> JSONValue {
        let count = length(arguments[0])
        let bounds = try arguments.dropFirst().map { argument in
            guard let place = argument.int, (0...count).contains(place) else {
                throw GoTemplate.wrong("slice is out of range")
            }
            return place
        }
        let start = bounds.first ?? 0
        let end = bounds.count > 1 ? bounds[1] : count
        guard start <= end else { throw GoTemplate.wrong("slice is out of range") }
        switch arguments[0] {
        case .array(let elements): return .array(Array(elements[start..<end]))
        case .string(let text): return .string(String(decoding: Array(text.utf8)[start..<end], as: UTF8.self))
        default: throw GoTemplate.wrong("slice takes a list or a text")
        }
    }

    private static func compare(_ left: JSONValue, _ right: JSONValue) throws -> Int {
        func order<T: Comparable>(_ one: T, _ other: T) -> Int { one < other ? -1 : one > other ? 1 : 0 }
        switch (left, right) {
        case (.string(let one), .string(let other)): return order(one, other)
        case (.number(let one), .number(let other)):
            guard let one = Double(one), let other = Double(other) else {
                throw GoTemplate.wrong("a number cannot be compared")
            }
            return order(one, other)
        case (.bool(let one), .bool(let other)): return order(one ? 1 : 0, other ? 1 : 0)
        case (.null, .null): return 0
        case (.null, _), (_, .null): return 1
        default: throw GoTemplate.wrong("values of different kinds cannot be compared")
        }
    }

    private static func title(_ text: String) -> String {
        var isStart = true
        return text.map { character in
            defer { isStart = !(character.isLetter || character.isNumber || character == "_" || character == "'") }
            return isStart ? character.uppercased() : String(character)
        }
        .joined()
    }
}
