// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language; the bash reference manual for what only bash has.

import Diagnostics
import ImageFilesystem
import OCISpec

/// A stretch of commands that the shell reads before it runs them: up to a line end outside of any construct.
struct ShellCompleteCommand: Sendable {
    var statements: [ShellStatement]
}

/// An and-or list with what stands behind it.
struct ShellStatement: Sendable {
    var first: ShellPipeline
    var rest: [(isAnd: Bool, pipeline: ShellPipeline)]
    var isBackground: Bool
}

/// Commands joined by `|`.
struct ShellPipeline: Sendable {
    var isNegated: Bool
    var commands: [ShellCommand]
}

/// One command with its redirections.
struct ShellCommand: Sendable {
    var kind: Kind
    var redirections: [ShellRedirection]
    /// Bytes from the start of the script.
    var offset: Int
    /// The line in the script, from 1.
    var line: Int

    indirect enum Kind: Sendable {
        case simple(assignments: [ShellAssignment], words: [ShellWord])
        case subshell([ShellStatement])
        case group([ShellStatement])
        case conditional(
            branches: [(condition: [ShellStatement], body: [ShellStatement])],
            otherwise: [ShellStatement]?
        )
        case loop(isUntil: Bool, condition: [ShellStatement], body: [ShellStatement])
        /// `words` is nil for `for x` without `in`: the positional parameters.
        case forEach(name: String, words: [ShellWord]?, body: [ShellStatement])
        case forArithmetic(start: [WordPart], condition: [WordPart], step: [WordPart], body: [ShellStatement])
        case caseOf(word: ShellWord, items: [CaseItem])
        case function(name: String, body: ShellCommand)
        case test(TestExpression)
        case arithmetic([WordPart])
    }

    struct CaseItem: Sendable {
        var patterns: [ShellWord]
        var body: [ShellStatement]
        /// `;&` goes on with the next body, `;;&` with the next patterns.
        var ending: Ending

        enum Ending: Sendable { case stop, fallThrough, testNext }
    }

    /// What stands between `[[` and `]]`.
    indirect enum TestExpression: Sendable {
        case word(ShellWord)
        case unary(String, ShellWord)
        case binary(String, ShellWord, ShellWord)
        case not(TestExpression)
        case and(TestExpression, TestExpression)
        case or(TestExpression, TestExpression)
    }
}

/// `name=word`, `name+=word`, `name[index]=word` or `name=(words)`.
struct ShellAssignment: Sendable {
    var name: String
    var index: [WordPart]?
    var value: ShellWord
    var elements: [ShellWord]?
    var appends: Bool
}

/// A redirection in the order of the text.
struct ShellRedirection: Sendable {
    var descriptor: Int?
    var kind: Kind
    var offset: Int

    enum Kind: Sendable {
        case read(ShellWord)
        case write(ShellWord, clobbers: Bool)
        case append(ShellWord)
        case readWrite(ShellWord)
        /// `n>&word`, `n<&word`.
        case duplicate(ShellWord, isInput: Bool)
        /// `&>word`, `&>>word`.
        case both(ShellWord, appends: Bool)
        case hereDocument([WordPart])
        case hereString(ShellWord)
    }
}

/// A word as written, before any expansion.
struct ShellWord: Sendable {
    var parts: [WordPart]
    var offset: Int

    /// The text when nothing in the word is quoted or expanded.
    var plainLiteral: [UInt8]? {
        guard parts.count == 1, case .literal(let bytes, false)? = parts.first else { return parts.isEmpty ? [] : nil }
        return bytes
    }

    static func literal(_ bytes: [UInt8], offset: Int) -> ShellWord {
        ShellWord(parts: [.literal(bytes, quoted: true)], offset: offset)
    }
}

indirect enum WordPart: Sendable {
    case literal([UInt8], quoted: Bool)
    case parameter(ParameterExpansion, quoted: Bool)
    case command([ShellCompleteCommand], quoted: Bool, offset: Int)
    case arithmetic([WordPart], quoted: Bool, offset: Int)
    /// `<(…)`, `>(…)`.
    case process([ShellCompleteCommand], offset: Int)
}

struct ParameterExpansion: Sendable {
    var name: String
    /// What stands in `[ ]`, in bash.
    var index: [WordPart]?
    var isLength = false
    var isIndirect = false
    var operation: Operation?
    var offset: Int

    enum Operation: Sendable {
        case useDefault(ShellWord, testsEmpty: Bool)
        case assignDefault(ShellWord, testsEmpty: Bool)
        case failUnlessSet(ShellWord, testsEmpty: Bool)
        case useAlternative(ShellWord, testsEmpty: Bool)
        case removePrefix(ShellWord, longest: Bool)
        case removeSuffix(ShellWord, longest: Bool)
        case replace(pattern: ShellWord, replacement: ShellWord, place: Place)
        case substring(offset: [WordPart], length: [WordPart]?)
        case changeCase(upper: Bool, all: Bool)
        /// `@Q` and its kin.
        case transform(UInt8)
        /// Text that the dialect does not know; the expansion fails as "bad substitution" when it is carried out.
        case bad

        enum Place: Sendable { case first, all, prefix, suffix }
    }
}

/// Why a script cannot be read.
struct ShellSyntaxError: Error, Sendable {
    /// The text behind `Syntax error: `, as dash has it.
    var message: String
    var offset: Int
    var line: Int
    /// Whether the text is too deep for the limits, which is no fault of the script.
    var isOverLimit = false
}
