// SPDX-License-Identifier: Apache-2.0
//
// Source: ECMA-262, "Lexical Grammar"; Node.js 22, the documentation of the modules that are named here.

/// Whether a program on node's command line is certain to change nothing: it only reads and prints.
///
/// It is certain where every name is one of those that have no effect, nothing is called by a computed name, and nothing is asked for that
/// runs a file. Everything else may do anything.
enum NodeText {
    /// Words of the language by which nothing is called or brought in.
    private static let words: Set<String> = [
        "const", "let", "var", "if", "else", "typeof", "true", "false", "null", "undefined", "return", "in", "of",
        "for",
        "throw", "void",
    ]
    /// Names that read, print or compute, as an object, a function or a member.
    private static let harmless: Set<String> = [
        "console", "log", "error", "info", "warn", "process", "version", "versions", "arch", "platform", "env", "argv",
        "release", "node", "v8", "modules", "openssl", "pid", "cwd", "uptime", "memoryUsage", "exit", "exitCode",
        "stdout", "stderr", "write", "JSON", "stringify", "parse", "Math", "floor", "ceil", "round", "max", "min",
        "random", "abs", "Number", "String", "Boolean", "parseInt", "parseFloat", "toString", "length", "split", "join",
        "slice", "trim", "replace", "startsWith", "endsWith", "includes", "indexOf", "toUpperCase", "toLowerCase",
        "match", "test", "map", "filter", "sort", "keys", "values", "entries", "Object", "Date", "now", "toISOString",
        "randomBytes", "randomUUID", "createHash", "update", "digest", "base64", "hex", "cpus", "hostname", "totalmem",
        "freemem", "homedir", "tmpdir", "EOL", "basename", "dirname", "extname", "resolve", "name", "dependencies",
        "devDependencies", "engines", "scripts", "main", "license", "description", "private", "packageManager",
        "existsSync", "readFileSync", "statSync", "readdirSync", "size", "Error", "message", "new",
    ]
    /// Modules that can be asked for, with the names above alone.
    private static let modules: Set<String> = ["os", "crypto", "path", "fs", "url", "util", "v8", "process"]

    /// Whether a program is certain to change nothing.
    static func changesNothing(_ text: String) -> Bool {
        guard text.utf8.count <= 4_096, let tokens = tokens(Array(text.unicodeScalars)) else { return false }
        var own: Set<String> = []
        for (index, token) in tokens.enumerated() {
            func isMark(_ mark: String, at place: Int) -> Bool {
                tokens.indices.contains(place) && tokens[place] == .mark(mark)
            }
            switch token {
            case .text, .number: continue
            case .mark(let mark):
                // A member with a computed name may be any function: only an index is certain.
                guard mark == "[" else { continue }
                let isIndex =
                    tokens.indices.contains(index + 1) && tokens[index + 1].isLiteral && isMark("]", at: index + 2)
                let isList = index == 0 || tokens[index - 1].opensValue
                if !isIndex && !isList { return false }
                if isIndex, isMark("(", at: index + 3) { return false }
            case .name("require"):
                guard isMark("(", at: index + 1), tokens.indices.contains(index + 3),
                    case .text(let module) = tokens[index + 2], isMark(")", at: index + 3)
                else { return false }
                let plain = module.hasPrefix("node:") ? String(module.dropFirst(5)) : module
                guard modules.contains(plain) || module.hasSuffix(".json") else { return false }
            case .name(let name):
                if index > 0, case .name(let before) = tokens[index - 1], ["const", "let", "var"].contains(before) {
                    // A name that hides one of those that are known could stand for anything.
                    if harmless.contains(name) || words.contains(name) { return false }
                    own.insert(name)
                }
                let isMember = isMark(".", at: index - 1)
                if own.contains(name), !isMember, !isMark("(", at: index + 1) { continue }
                guard harmless.contains(name) || words.contains(name) else { return false }
                if isMark("=", at: index + 1), isMember { return false }
            }
        }
        return true
    }

    private enum Token: Equatable {
        case name(String)
        case number
        case text(String)
        case mark(String)

        var isLiteral: Bool {
            switch self {
            case .number, .text: true
            case .name, .mark: false
            }
        }

        /// Whether a value begins behind it, so that `[` is a list and no member.
        var opensValue: Bool {
            guard case .mark(let mark) = self else { return false }
            return ["(", ",", "=", ":", "[", "?", ";", "{", "&", "|", "+", "!"].contains(mark)
        }
    }

    /// The tokens; nil where the text has what is not read here: templates, regular expressions, escapes in names.
    private static func tokens(_ text: [Unicode.Scalar]) -> [Token]? {
        var result: [Token] = []
        var index = 0
        func isName(_ scalar: Unicode.Scalar) -> Bool {
            scalar == "_" || scalar == "$" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        }
        while index < text.count {
            let scalar = text[index]
            if scalar.properties.isWhitespace {
                index += 1
            } else if scalar == "'" || scalar == "\"" {
                guard let end = text[(index + 1)...].firstIndex(of: scalar) else { return nil }
                let inside = text[(index + 1)..<end]
                guard !inside.contains("\\"), !inside.contains("\n") else { return nil }
                result.append(.text(String(String.UnicodeScalarView(inside))))
                index = end + 1
            } else if ("0"..."9").contains(scalar) {
                while index < text.count, isName(text[index]) || text[index] == "." { index += 1 }
                result.append(.number)
            } else if isName(scalar) {
                let start = index
                while index < text.count, isName(text[index]) { index += 1 }
                result.append(.name(String(String.UnicodeScalarView(text[start..<index]))))
            } else if "`/\\@#".unicodeScalars.contains(scalar) {
                return nil
            } else {
                result.append(.mark(String(Character(scalar))))
                index += 1
            }
        }
        return result
    }
}
