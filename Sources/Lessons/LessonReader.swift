// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Yams

/// Turns `lesson.yaml` into a lesson, and keeps everything that is wrong with it.
///
/// It goes on after a problem, so that an author sees all of them at once.
struct LessonReader {
    var document: YAMLDocument
    private let kinds: (any CheckVocabulary)?

    /// What is wrong with the file, in the order of the file.
    var findings: [Finding] { document.findings }

    /// Takes a file's text.
    ///
    /// - Parameter kinds: what knows the kinds of checks; nil when any kind may be named, with any further keys.
    init(text: String, file: String, kinds: (any CheckVocabulary)?) throws {
        document = try YAMLDocument(text: text, file: file)
        self.kinds = kinds
    }

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
            privateFiles: strings("private", &fields),
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
                fix: "Write `format: \(Lesson.supportedFormats.upperBound)` at the top."
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
                fix: "Update Seaworthy."
            )
        }
        if format < supported.lowerBound {
            throw Failure(
                .malformedInput,
                "The lesson is too old for this program",
                at: place(node),
                why: "it is in format \(format), and the oldest that is read here is \(supported.lowerBound)",
                fix: "Ask the lesson's author for a newer edition."
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
        let prompt = text("prompt", &fields) ?? ""
        let value = text("default", &fields, isRequired: false)
        let accepts = text("accepts", &fields, isRequired: false)
        let form = accepts.map { LessonVariable.Form(rawValue: $0) } ?? .line
        if let accepts, form == nil {
            let known = LessonVariable.Form.allCases.map(\.rawValue).joined(separator: ", ")
            document.report(
                "VariableForm",
                .error,
                "`\(accepts)` is no form of a value: use one of \(known).",
                at: node
            )
        }
        let variable = LessonVariable(name: name, prompt: prompt, defaultValue: value, form: form ?? .line)
        if let value, let problem = variable.problem(with: value) {
            document.report("VariableForm", .error, "The default of `\(name)` does not fit: \(problem).", at: node)
        }
        reportUnknown(fields, in: "a variable")
        return variable
    }

    private mutating func step(_ node: Node) -> LessonStep? {
        guard var fields = fields(node, "step") else { return nil }
        let id = text("id", &fields) ?? ""
        let step = LessonStep(
            id: id,
            title: text("title", &fields) ?? "",
            file: text("file", &fields) ?? "",
            hints: strings("hints", &fields),
            solution: text("solution", &fields, isRequired: false),
            checks: list("checks", &fields).compactMap { check($0) },
            questions: list("questions", &fields).compactMap { question($0) },
            place: place(node)
        )
        reportUnknown(fields, in: "a step")
        return step
    }

    private mutating func check(_ node: Node) -> LessonCheck? {
        guard var fields = fields(node, "check") else { return nil }
        let id = text("id", &fields) ?? ""
        let title = text("title", &fields) ?? ""
        let points = integer("points", &fields, isRequired: true) ?? 0
        let requires = strings("requires", &fields)
        let requiresOneOf = strings("requires-one-of", &fields)
        let kindPlace = fields.place(of: "kind").map { place($0) }
        let kind = text("kind", &fields) ?? ""
        let message = text("message", &fields) ?? ""
        let expected = text("expected", &fields, isRequired: false)
        let fix = text("fix", &fields, isRequired: false)
        let isAdvisory = boolean("advisory", &fields) ?? false
        if let needs = fields.remove("needs") {
            document.report(
                "UnknownKey",
                .error,
                "`needs` is no key of a check: its kind says what it is judged from.",
                at: needs.key,
                fix: "Take the line out."
            )
        }
        let check = LessonCheck(
            id: id,
            title: title,
            points: max(0, points),
            requires: requires,
            requiresOneOf: requiresOneOf,
            kind: kind,
            parameters: parameters(fields),
            message: message,
            expected: expected,
            fix: fix,
            isAdvisory: isAdvisory,
            place: place(node),
            kindPlace: kindPlace
        )
        if let kinds, !kind.isEmpty {
            for problem in kinds.problems(of: check, commonKeys: fields.asked) { document.report(problem) }
        }
        return check
    }

    private mutating func question(_ node: Node) -> Question? {
        guard var fields = fields(node, "question") else { return nil }
        let id = text("id", &fields) ?? ""
        let question = Question(
            id: id,
            text: text("text", &fields) ?? "",
            options: list("options", &fields, isRequired: true).compactMap { option($0) },
            answer: text("answer", &fields) ?? "",
            place: place(node)
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
    private mutating func parameters(_ fields: Fields) -> [LessonParameter] {
        var parameters: [LessonParameter] = []
        for field in fields.left {
            let value: LessonParameter.Value
            switch field.node {
            case .scalar(let scalar): value = Self.value(scalar)
            case .sequence(let sequence) where sequence.allSatisfy { $0.scalar != nil }:
                value = .strings(sequence.compactMap { $0.scalar?.string })
            case .sequence, .mapping, .alias:
                document.report(
                    "CheckParameter",
                    .error,
                    "`\(field.name)` is neither a single value nor a list of texts.",
                    at: field.node
                )
                continue
            }
            parameters.append(
                LessonParameter(
                    key: field.name,
                    at: place(field.key),
                    value: value,
                    at: place(field.node)
                )
            )
        }
        return parameters
    }

    private static func value(_ scalar: Node.Scalar) -> LessonParameter.Value {
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
