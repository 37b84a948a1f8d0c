// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Yams

/// Turns `lesson.yaml` into a lesson, and keeps everything that is wrong with it.
///
/// It goes on after a problem, so that an author sees all of them at once.
struct LessonReader {
    private var document: YAMLDocument

    /// What is wrong with the file, in the order of the file.
    var findings: [Finding] { document.findings }

    init(text: String, file: String) throws {
        document = try YAMLDocument(text: text, file: file)
    }

    /// Where things stand, for those who look at the lesson as a whole: checks, steps and hints by id.
    private(set) var places: [String: SourceRange] = [:]

    /// Reads the lesson; nil when the file is not even a mapping.
    ///
    /// - Throws: a `Failure` when the format's version is missing, too old or too new, for then nothing else means anything.
    mutating func lesson() throws -> Lesson? {
        guard let root = document.root, let mapping = root.mapping else {
            document.report(
                "LessonShape",
                .error,
                "A lesson is a mapping with keys such as `id` and `steps`.",
                at: document.root
            )
            return nil
        }
        let format = try self.format(mapping, root)
        var fields = Fields(mapping, root)
        _ = fields.take("format")
        let lesson = Lesson(
            id: text("id", &fields) ?? "",
            title: text("title", &fields) ?? "",
            summary: text("summary", &fields) ?? "",
            minutes: integer("minutes", &fields, isRequired: false),
            format: format,
            variables: list("variables", &fields).compactMap { variable($0) },
            steps: list("steps", &fields, isRequired: true).compactMap { step($0) }
        )
        reportUnknown(fields, in: "a lesson")
        return lesson
    }

    // MARK: - Parts

    private mutating func format(_ mapping: Node.Mapping, _ root: Node) throws -> Int {
        guard let node = mapping["format"] else {
            throw Failure(
                .malformedInput,
                "The lesson does not say its format",
                at: place(root),
                fix: "Write `format: \(Lesson.supportedFormats.upperBound)` at the top"
            )
        }
        guard let written = node.scalar?.string, let format = Self.integer(written) else {
            throw Failure(.malformedInput, "The format is not a number", at: place(node))
        }
        let supported = Lesson.supportedFormats
        if format > supported.upperBound {
            throw Failure(
                .malformedInput,
                "The lesson is newer than this program",
                at: place(node),
                why: "it is in format \(format), and the newest that is read here is \(supported.upperBound)",
                fix: "Update Seaworthy"
            )
        }
        if format < supported.lowerBound {
            throw Failure(
                .malformedInput,
                "The lesson is too old for this program",
                at: place(node),
                why: "it is in format \(format), and the oldest that is read here is \(supported.lowerBound)",
                fix: "Ask the lesson's author for a newer edition"
            )
        }
        return format
    }

    private mutating func variable(_ node: Node) -> LessonVariable? {
        guard var fields = fields(node, "variable") else { return nil }
        let name = text("name", &fields) ?? ""
        let isName =
            name.first.map { $0 == "_" || ("A"..."Z").contains($0) } ?? false
            && name.allSatisfy { $0 == "_" || ("A"..."Z").contains($0) || ("0"..."9").contains($0) }
        if !name.isEmpty, !isName {
            document.report(
                "VariableName",
                .error,
                "`\(name)` is not a name for a variable: use capitals, digits and underscores.",
                at: node
            )
        }
        let variable = LessonVariable(
            name: name,
            prompt: text("prompt", &fields) ?? "",
            defaultValue: text("default", &fields, isRequired: false)
        )
        reportUnknown(fields, in: "a variable")
        return variable
    }

    private mutating func step(_ node: Node) -> LessonStep? {
        guard var fields = fields(node, "step") else { return nil }
        let id = text("id", &fields) ?? ""
        places["step " + id] = document.place(node)
        let step = LessonStep(
            id: id,
            title: text("title", &fields) ?? "",
            file: text("file", &fields) ?? "",
            hints: strings("hints", &fields),
            solution: text("solution", &fields, isRequired: false),
            checks: list("checks", &fields).compactMap { check($0) },
            questions: list("questions", &fields).compactMap { question($0) }
        )
        reportUnknown(fields, in: "a step")
        return step
    }

    private mutating func check(_ node: Node) -> LessonCheck? {
        guard var fields = fields(node, "check") else { return nil }
        let id = text("id", &fields) ?? ""
        places["check " + id] = document.place(node)
        let isAdvisory = boolean("advisory", &fields) ?? false
        let needs = text("needs", &fields) ?? ""
        let source = LessonCheck.Source(rawValue: needs)
        if source == nil, !needs.isEmpty {
            document.report("CheckNeeds", .error, "`\(needs)` is none of `work`, `record` and `image`.", at: node)
        }
        let points = integer("points", &fields, isRequired: true) ?? 0
        return LessonCheck(
            id: id,
            title: text("title", &fields) ?? "",
            points: max(0, points),
            requires: strings("requires", &fields),
            kind: text("kind", &fields) ?? "",
            message: text("message", &fields) ?? "",
            expected: text("expected", &fields, isRequired: false),
            fix: text("fix", &fields, isRequired: false),
            isAdvisory: isAdvisory,
            needs: source ?? .work
        ).with(parameters: parameters(fields))
    }

    private mutating func question(_ node: Node) -> Question? {
        guard var fields = fields(node, "question") else { return nil }
        let id = text("id", &fields) ?? ""
        places["question " + id] = document.place(node)
        let question = Question(
            id: id,
            text: text("text", &fields) ?? "",
            options: list("options", &fields, isRequired: true).compactMap { option($0) },
            answer: text("answer", &fields) ?? ""
        )
        reportUnknown(fields, in: "a question")
        return question
    }

    private mutating func option(_ node: Node) -> Question.Option? {
        guard var fields = fields(node, "option") else { return nil }
        let option = Question.Option(
            id: text("id", &fields) ?? "",
            text: text("text", &fields) ?? "",
            explanation: text("explanation", &fields) ?? ""
        )
        reportUnknown(fields, in: "an option")
        return option
    }

    /// Everything that a check says beyond what every check says is for its evaluator.
    private mutating func parameters(_ fields: Fields) -> [String: LessonParameter] {
        var parameters: [String: LessonParameter] = [:]
        for (name, node) in fields.left {
            switch node {
            case .scalar(let scalar): parameters[name] = Self.parameter(scalar)
            case .sequence(let sequence) where sequence.allSatisfy { $0.scalar != nil }:
                parameters[name] = .strings(sequence.compactMap { $0.scalar?.string })
            case .sequence, .mapping, .alias:
                document.report(
                    "CheckParameter",
                    .error,
                    "`\(name)` is neither a single value nor a list of texts.",
                    at: node
                )
            }
        }
        return parameters
    }

    private static func parameter(_ scalar: Node.Scalar) -> LessonParameter {
        guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
        switch scalar.string {
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        default: break
        }
        let isDecimal = scalar.string.allSatisfy { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }
        if isDecimal, let number = Double(scalar.string), number.isFinite {
            return .numeric(number, written: scalar.string)
        }
        return .string(scalar.string)
    }
}

// MARK: - Fields

extension LessonReader {
    /// The keys of a mapping that nobody has asked for yet.
    private struct Fields {
        let node: Node
        private(set) var left: [(name: String, node: Node)] = []

        init(_ mapping: Node.Mapping, _ node: Node) {
            self.node = node
            for (key, value) in mapping { left.append((key.scalar?.string ?? "", value)) }
        }

        mutating func take(_ name: String) -> Node? {
            guard let index = left.firstIndex(where: { $0.name == name }) else { return nil }
            return left.remove(at: index).node
        }
    }

    private func place(_ node: Node) -> Place {
        .file(document.file, document.place(node)?.start)
    }

    private mutating func fields(_ node: Node, _ what: String) -> Fields? {
        guard let mapping = node.mapping else {
            document.report("LessonShape", .error, "A \(what) is a mapping of keys to values.", at: node)
            return nil
        }
        return Fields(mapping, node)
    }

    private mutating func reportUnknown(_ fields: Fields, in what: String) {
        for (name, node) in fields.left {
            document.report(
                "UnknownKey",
                .warning,
                "`\(name)` is not a key of \(what), so it does nothing.",
                at: node
            )
        }
    }

    /// A text exactly as it stands; white space around it does not count.
    private mutating func text(_ name: String, _ fields: inout Fields, isRequired: Bool = true) -> String? {
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

    private mutating func integer(_ name: String, _ fields: inout Fields, isRequired: Bool) -> Int? {
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
    private static func integer(_ text: String) -> Int? {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard (1...6).contains(digits.count), digits.allSatisfy({ ("0"..."9").contains($0) }) else { return nil }
        return Int(text)
    }

    private mutating func boolean(_ name: String, _ fields: inout Fields) -> Bool? {
        guard let node = fields.take(name) else { return nil }
        switch node.scalar?.string {
        case "true": return true
        case "false": return false
        default:
            document.report("LessonShape", .error, "`\(name)` is neither `true` nor `false`.", at: node)
            return nil
        }
    }

    private mutating func list(_ name: String, _ fields: inout Fields, isRequired: Bool = false) -> [Node] {
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

    private mutating func strings(_ name: String, _ fields: inout Fields) -> [String] {
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

extension LessonCheck {
    fileprivate func with(parameters: [String: LessonParameter]) -> LessonCheck {
        LessonCheck(
            id: id,
            title: title,
            points: points,
            requires: requires,
            kind: kind,
            parameters: parameters,
            message: message,
            expected: expected,
            fix: fix,
            isAdvisory: isAdvisory,
            needs: needs
        )
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
