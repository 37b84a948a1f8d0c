// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Yams

/// The keys of a mapping and what may stand behind them.
extension LessonReader {
    /// The keys of a mapping: those that were asked for, and those that nobody has asked for yet.
    struct Fields {
        let node: Node
        private(set) var left: [(name: String, key: Node, node: Node)] = []
        private(set) var asked: [String] = []

        init(_ mapping: Node.Mapping, _ node: Node) {
            self.node = node
            for (key, value) in mapping { left.append((key.scalar?.string ?? "", key, value)) }
        }

        mutating func take(_ name: String) -> Node? {
            asked.append(name)
            return remove(name)?.node
        }

        /// Takes a key away without knowing it.
        mutating func remove(_ name: String) -> (name: String, key: Node, node: Node)? {
            left.firstIndex { $0.name == name }.map { left.remove(at: $0) }
        }

        /// The value of a key that stays.
        func place(of name: String) -> Node? { left.first { $0.name == name }?.node }
    }

    func place(_ node: Node) -> Place { .file(document.file, document.place(node)?.start) }

    mutating func fields(_ node: Node, _ what: String) -> Fields? {
        guard let mapping = node.mapping else {
            document.report("LessonShape", .error, "A \(what) is a mapping of keys to values.", at: node)
            return nil
        }
        return Fields(mapping, node)
    }

    mutating func reportUnknown(_ fields: Fields, in what: String) {
        for field in fields.left {
            document.report(
                .unknownKey(field.name, of: what, known: fields.asked, at: place(field.key))
            )
        }
    }

    /// A text exactly as it stands; white space around it does not count.
    mutating func text(_ name: String, _ fields: inout Fields, isRequired: Bool = true) -> String? {
        guard let node = fields.take(name) else {
            if isRequired { document.report("MissingKey", .error, "`\(name)` is missing.", at: fields.node) }
            return nil
        }
        guard let scalar = node.scalar else {
            document.report("LessonShape", .error, "`\(name)` is not a single text.", at: node)
            return nil
        }
        let text = scalar.string.trimmingBlanks
        let isNull = scalar.style == .plain && (text.isEmpty || text == "~" || text == "null")
        if text.isEmpty || isNull {
            if isRequired { document.report("MissingKey", .error, "`\(name)` is empty.", at: node) }
            return nil
        }
        return text
    }

    mutating func integer(_ name: String, _ fields: inout Fields, isRequired: Bool) -> Int? {
        guard let node = fields.take(name) else {
            if isRequired { document.report("MissingKey", .error, "`\(name)` is missing.", at: fields.node) }
            return nil
        }
        guard let written = node.scalar?.string, let number = Self.integer(written), number >= 0 else {
            document.report("LessonShape", .error, "`\(name)` is not a whole number from 0 to 999999.", at: node)
            return nil
        }
        return number
    }

    /// A decimal number of at most six digits; `010` is ten here.
    static func integer(_ text: String) -> Int? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard (1...6).contains(digits.count), digits.allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
        return Int(text)
    }

    mutating func boolean(_ name: String, _ fields: inout Fields) -> Bool? {
        guard let node = fields.take(name) else { return nil }
        switch node.scalar?.string {
        case "true": return true
        case "false": return false
        default:
            document.report("LessonShape", .error, "`\(name)` is neither `true` nor `false`.", at: node)
            return nil
        }
    }

    mutating func list(_ name: String, _ fields: inout Fields, isRequired: Bool = false) -> [Node] {
        guard let node = fields.take(name) else {
            if isRequired { document.report("MissingKey", .error, "`\(name)` is missing.", at: fields.node) }
            return []
        }
        guard let sequence = node.sequence else {
            document.report("LessonShape", .error, "`\(name)` is not a list.", at: node)
            return []
        }
        return Array(sequence)
    }

    mutating func strings(_ name: String, _ fields: inout Fields) -> [String] {
        var texts: [String] = []
        for node in list(name, &fields) {
            if let text = node.scalar?.string.trimmingBlanks {
                texts.append(text)
            } else {
                document.report(
                    "LessonShape",
                    .error,
                    "An entry of `\(name)` is not a text. Are quotes missing around it?",
                    at: node
                )
            }
        }
        return texts
    }
}

extension String {
    /// The text without blanks, tabs and line feeds around it.
    var trimmingBlanks: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
