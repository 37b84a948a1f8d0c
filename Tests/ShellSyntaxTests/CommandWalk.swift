// SPDX-License-Identifier: Apache-2.0

import ShellSyntax

/// Every command of a tree, those in words and here-documents among them.
struct CommandWalk {
    private(set) var commands: [ShellCommand] = []

    init(_ script: [ShellCompleteCommand]) { add(script) }

    private mutating func add(_ script: [ShellCompleteCommand]) { for command in script { add(command.statements) } }

    private mutating func add(_ statements: [ShellStatement]) {
        for statement in statements {
            for command in statement.first.commands + statement.rest.flatMap(\.pipeline.commands) { add(command) }
        }
    }

    private mutating func add(_ command: ShellCommand) {
        commands.append(command)
        for redirection in command.redirections {
            switch redirection.kind {
            case .read(let word), .write(let word, _), .append(let word), .readWrite(let word), .duplicate(let word, _),
                .both(let word, _), .hereString(let word):
                add(word.parts)
            case .hereDocument(let parts): add(parts)
            }
        }
        switch command.kind {
        case .simple(let assignments, let words):
            for assignment in assignments {
                add(assignment.index ?? [])
                for word in [assignment.value] + (assignment.elements ?? []) { add(word.parts) }
            }
            for word in words { add(word.parts) }
        case .subshell(let body), .group(let body): add(body)
        case .conditional(let branches, let otherwise):
            for branch in branches { add(branch.condition + branch.body) }
            add(otherwise ?? [])
        case .loop(_, let condition, let body): add(condition + body)
        case .forEach(_, let words, let body):
            for word in words ?? [] { add(word.parts) }
            add(body)
        case .forArithmetic(let start, let condition, let step, let body):
            add(start + condition + step)
            add(body)
        case .caseOf(let word, let items):
            add(word.parts)
            for item in items {
                for pattern in item.patterns { add(pattern.parts) }
                add(item.body)
            }
        case .function(_, let body): add(body)
        case .test(let expression): add(expression)
        case .arithmetic(let parts): add(parts)
        }
    }

    private mutating func add(_ expression: ShellCommand.TestExpression) {
        switch expression {
        case .word(let word), .unary(_, let word): add(word.parts)
        case .binary(_, let left, let right): add(left.parts + right.parts)
        case .not(let inner): add(inner)
        case .and(let left, let right), .or(let left, let right):
            add(left)
            add(right)
        }
    }

    private mutating func add(_ parts: [WordPart]) {
        for part in parts {
            switch part {
            case .literal: break
            case .parameter(let expansion, _): add(expansion)
            case .command(let body, _, _), .process(let body, _, _): add(body)
            case .arithmetic(let inner, _, _): add(inner)
            }
        }
    }

    private mutating func add(_ expansion: ParameterExpansion) {
        add(expansion.index ?? [])
        switch expansion.operation {
        case .useDefault(let word, _), .assignDefault(let word, _), .failUnlessSet(let word, _),
            .useAlternative(let word, _), .removePrefix(let word, _), .removeSuffix(let word, _):
            add(word.parts)
        case .replace(let pattern, let replacement, _): add(pattern.parts + replacement.parts)
        case .substring(let offset, let length): add(offset + (length ?? []))
        case .changeCase(_, _, let pattern): add(pattern.parts)
        case nil, .transform, .names, .bad: break
        }
    }
}
