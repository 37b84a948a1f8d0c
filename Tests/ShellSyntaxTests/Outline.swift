// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ShellSyntax

/// A script's tree as a short text, for tables of tests.
///
/// Shape: a command is `[kind …]`, an expansion `<kind …>`, quoted bytes stand between `'`.
enum Outline {
    static func of(_ script: String, _ dialect: ShellDialect) throws(ShellSyntaxError) -> String {
        var parser = ShellParser(Array(script.utf8), dialect: dialect, limits: .submission)
        return text(try parser.allCommands())
    }

    static func text(_ commands: [ShellCompleteCommand]) -> String {
        commands.map { text($0.statements) }.joined(separator: " / ")
    }

    static func text(_ statements: [ShellStatement]) -> String {
        statements.map { statement in
            var result = text(statement.first)
            for (isAnd, pipeline) in statement.rest { result += (isAnd ? " && " : " || ") + text(pipeline) }
            return result + (statement.isBackground ? " &" : "")
        }
        .joined(separator: "; ")
    }

    static func text(_ pipeline: ShellPipeline) -> String {
        (pipeline.isNegated ? "! " : "") + pipeline.commands.map { text($0) }.joined(separator: " | ")
    }

    static func text(_ command: ShellCommand) -> String {
        "[" + ([kind(command.kind)] + command.redirections.map(text)).joined(separator: " ") + "]"
    }

    static func kind(_ kind: ShellCommand.Kind) -> String {
        switch kind {
        case .simple(let assignments, let words):
            return (assignments.map(text) + words.map(text)).joined(separator: " ")
        case .subshell(let body): return "subshell " + text(body)
        case .group(let body): return "group " + text(body)
        case .conditional(let branches, let otherwise):
            return branches.map { "if \(text($0.condition)) then \(text($0.body))" }.joined(separator: " ")
                + (otherwise.map { " else " + text($0) } ?? "")
        case .loop(let isUntil, let condition, let body):
            return (isUntil ? "until " : "while ") + text(condition) + " do " + text(body)
        case .forEach(let name, let words, let body):
            return "for \(name)" + (words.map { " in " + $0.map(text).joined(separator: " ") } ?? "") + " do "
                + text(body)
        case .forArithmetic(let start, let condition, let step, let body):
            return "for \(text(start));\(text(condition));\(text(step)) do " + text(body)
        case .caseOf(let word, let items):
            return "case \(text(word))"
                + items.map { " (\($0.patterns.map(text).joined(separator: "|"))) \(text($0.body)) \($0.ending)" }
                .joined()
        case .function(let name, let body): return "function \(name) " + text(body)
        case .test(let expression): return "test " + text(expression)
        case .arithmetic(let parts): return "arithmetic " + text(parts)
        }
    }

    static func text(_ expression: ShellCommand.TestExpression) -> String {
        switch expression {
        case .word(let word): text(word)
        case .unary(let sign, let word): "\(sign) \(text(word))"
        case .binary(let sign, let left, let right): "\(text(left)) \(sign) \(text(right))"
        case .not(let inner): "not(\(text(inner)))"
        case .and(let left, let right): "and(\(text(left)), \(text(right)))"
        case .or(let left, let right): "or(\(text(left)), \(text(right)))"
        }
    }

    static func text(_ assignment: ShellAssignment) -> String {
        let index = assignment.index.map { "[\(text($0))]" } ?? ""
        let value =
            assignment.elements.map { "(" + $0.map(text).joined(separator: " ") + ")" } ?? text(assignment.value)
        return assignment.name + index + (assignment.appends ? "+=" : "=") + value
    }

    static func text(_ redirection: ShellRedirection) -> String {
        let number = redirection.descriptor.map(String.init) ?? ""
        return switch redirection.kind {
        case .read(let word): "\(number)<\(text(word))"
        case .write(let word, let clobbers): "\(number)>\(clobbers ? "|" : "")\(text(word))"
        case .append(let word): "\(number)>>\(text(word))"
        case .readWrite(let word): "\(number)<>\(text(word))"
        case .duplicate(let word, let isInput): "\(number)\(isInput ? "<" : ">")&\(text(word))"
        case .both(let word, let appends): "&>\(appends ? ">" : "")\(text(word))"
        case .hereDocument(let parts): "\(number)<<{\(text(parts))}"
        case .hereString(let word): "\(number)<<<\(text(word))"
        }
    }

    static func text(_ word: ShellWord) -> String { text(word.parts) }

    static func text(_ parts: [WordPart]) -> String {
        parts.map { part in
            switch part {
            case .literal(let bytes, let isQuoted):
                isQuoted ? "'" + String(decoding: bytes, as: UTF8.self) + "'" : String(decoding: bytes, as: UTF8.self)
            case .parameter(let expansion, let isQuoted): text(expansion) + (isQuoted ? "q" : "")
            case .command(let body, let isQuoted, _): "<command \(text(body))>" + (isQuoted ? "q" : "")
            case .arithmetic(let inner, let isQuoted, _): "<arithmetic \(text(inner))>" + (isQuoted ? "q" : "")
            case .process(let body, _, _): "<process \(text(body))>"
            }
        }
        .joined()
    }

    static func text(_ expansion: ParameterExpansion) -> String {
        var result = "<" + (expansion.isLength ? "#" : "") + (expansion.isIndirect ? "!" : "") + expansion.name
        if let index = expansion.index { result += "[\(text(index))]" }
        switch expansion.operation {
        case nil: break
        case .useDefault(let word, let testsEmpty): result += (testsEmpty ? ":-" : "-") + text(word)
        case .assignDefault(let word, let testsEmpty): result += (testsEmpty ? ":=" : "=") + text(word)
        case .failUnlessSet(let word, let testsEmpty): result += (testsEmpty ? ":?" : "?") + text(word)
        case .useAlternative(let word, let testsEmpty): result += (testsEmpty ? ":+" : "+") + text(word)
        case .removePrefix(let word, let longest): result += (longest ? "##" : "#") + text(word)
        case .removeSuffix(let word, let longest): result += (longest ? "%%" : "%") + text(word)
        case .replace(let pattern, let replacement, let place):
            result += "/\(place) \(text(pattern)) by \(text(replacement))"
        case .substring(let offset, let length): result += ":\(text(offset))" + (length.map { ":" + text($0) } ?? "")
        case .changeCase(let upper, let all, let pattern):
            result += (upper ? "^" : ",") + (all ? "all" : "first") + (pattern.parts.isEmpty ? "" : " \(text(pattern))")
        case .transform(let letter): result += "@" + String(UnicodeScalar(letter))
        case .names(let isStar): result += isStar ? "*" : "@"
        case .bad: result += " bad"
        }
        return result + ">"
    }
}
