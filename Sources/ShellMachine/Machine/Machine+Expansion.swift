// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.6 "Word Expansions".

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax
import SystemFiles

extension Machine {
    enum ArithmeticResult {
        case value(Int)
        case unknown
        case failed
    }

    /// The bytes that separate fields.
    var separators: [UInt8] { shell.variables["IFS"].map { $0.scalar?.bytes ?? [] } ?? [0x20, 0x09, 0x0A] }

    /// Expands words into fields: braces, tilde, parameters, commands, arithmetic, splitting, file names. Nil when one fails.
    func expand(_ words: [ShellWord]) -> [Text]? {
        var result: [Text] = []
        for word in words {
            if dialect == .bash {
                for single in BraceExpansion.expand(word) {
                    guard charge() else { return nil }
                    guard let fields = expand(single) else { return nil }
                    result += fields
                }
            } else {
                guard let fields = expand(word) else { return nil }
                result += fields
            }
        }
        return result
    }

    /// Expands one word into fields.
    func expand(_ word: ShellWord) -> [Text]? {
        if let plain = word.plainLiteral, !plain.isEmpty, !plain.contains(UInt8(ascii: "~")),
            !plain.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[") })
        {
            return [Text(plain)]
        }
        var builder = FieldBuilder(separators: separators)
        guard add(tilde(word.parts, isDeclaration: dialect == .bash), to: &builder, splitsLiterals: false) else {
            return nil
        }
        var result: [Text] = []
        for field in builder.finish() {
            if field.hasWildcard, !shell.options.noGlob, !field.isUnknown {
                let names = glob(field.pattern)
                if !names.isEmpty {
                    result += names.map { Text($0) }
                    continue
                }
                if shell.options.nullGlob { continue }
            }
            result.append(Text(field.bytes, isUnknown: field.isUnknown))
        }
        return result
    }

    /// Expands a word that is not split, such as the right side of an assignment.
    func expandToText(_ word: ShellWord, isAssignment: Bool = false, isDeclaration: Bool = false) -> Text? {
        var builder = FieldBuilder(separators: nil)
        let parts = tilde(word.parts, isAssignment: isAssignment, isDeclaration: isDeclaration)
        guard add(parts, to: &builder, splitsLiterals: false) else { return nil }
        let field = builder.joined()
        return Text(field.bytes, isUnknown: field.isUnknown)
    }

    /// Expands a word to a pattern; what was quoted in it is behind backslashes.
    func expandToPattern(_ word: ShellWord) -> Text? {
        var builder = FieldBuilder(separators: nil)
        guard add(tilde(word.parts), to: &builder, splitsLiterals: false) else { return nil }
        let field = builder.joined()
        return Text(field.pattern, isUnknown: field.isUnknown)
    }

    /// Replaces `~` and `~user` at the start of a word, and behind `:` in an assignment.
    ///
    /// - Parameter isDeclaration: the name and `=` stand in the word itself, as behind `export`.
    func tilde(_ parts: [WordPart], isAssignment: Bool = false, isDeclaration: Bool = false) -> [WordPart] {
        guard case .literal(var bytes, false)? = parts.first, bytes.contains(UInt8(ascii: "~")) else { return parts }
        var result: [WordPart] = []
        var isAssignment = isAssignment
        if isDeclaration, let equals = bytes.firstIndex(of: UInt8(ascii: "=")), ShellParser.isName(bytes[..<equals]) {
            isAssignment = true
            result.append(.literal(Array(bytes[...equals]), quoted: false))
            bytes.removeSubrange(...equals)
        }
        let pieces =
            isAssignment ? bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false) : [bytes[...]]
        for (index, piece) in pieces.enumerated() {
            if index > 0 { result.append(.literal([UInt8(ascii: ":")], quoted: false)) }
            let isOpenEnd = index == pieces.count - 1 && parts.count > 1
            guard piece.first == UInt8(ascii: "~") else {
                if !piece.isEmpty { result.append(.literal(Array(piece), quoted: false)) }
                continue
            }
            let end = piece.firstIndex(of: 0x2F) ?? piece.endIndex
            let user = String(decoding: piece[piece.index(after: piece.startIndex)..<end], as: UTF8.self)
            var home: [UInt8]?
            if end == piece.endIndex, isOpenEnd {
                home = nil
            } else if user.isEmpty {
                home = value(of: "HOME")?.bytes
                if home == nil, dialect == .bash {
                    home = accountHome { $0.uid == world.user.uid }
                }
            } else {
                home = accountHome { $0.name == user }
            }
            if let home {
                result.append(.literal(home, quoted: true))
                if end < piece.endIndex { result.append(.literal(Array(piece[end...]), quoted: false)) }
            } else {
                result.append(.literal(Array(piece), quoted: false))
            }
        }
        return result + parts.dropFirst()
    }

    /// The home folder of the first account that is meant; nil where the image has none.
    private func accountHome(where isMeant: (PasswdEntry) -> Bool) -> [UInt8]? {
        let file = AccountFile(world.tree.bytes(at: AccountFile.Name.passwd.path) ?? [])
        return file.rows.lazy.compactMap { PasswdEntry($0) }.first(where: isMeant).map { Array($0.home.utf8) }
    }

    /// Expands parts into a builder; false when an expansion failed.
    func add(_ parts: [WordPart], to builder: inout FieldBuilder, splitsLiterals: Bool) -> Bool {
        for (index, part) in parts.enumerated() {
            guard !isStopped else { return false }
            switch part {
            case .literal(let bytes, let quoted):
                if quoted, bytes.isEmpty, index + 1 < parts.count,
                    case .parameter(let expansion, true) = parts[index + 1], givesFields(expansion)
                {
                    // `"$@"` without parameters is no field at all, and so is what is taken of them.
                    continue
                }
                if splitsLiterals, !quoted {
                    builder.split(bytes, isLiteral: true)
                } else {
                    builder.add(bytes, isQuoted: quoted, isLiteral: true)
                }
            case .parameter(let expansion, let quoted):
                guard add(expansion, quoted, to: &builder) else { return false }
            case .command(let commands, let quoted, let place):
                let output = substitute(commands, at: place)
                if quoted {
                    builder.add(output.bytes, isQuoted: true, isUnknown: output.isUnknown)
                } else {
                    builder.split(output.bytes, isUnknown: output.isUnknown)
                }
            case .arithmetic(let inner, let quoted, let place):
                let kept = offset
                offset = place
                switch arithmetic(inner) {
                case .value(let value):
                    let bytes = Array(String(value).utf8)
                    if quoted { builder.add(bytes, isQuoted: true) } else { builder.split(bytes) }
                case .unknown: builder.add([0x30], isQuoted: true, isUnknown: true)
                case .failed:
                    if status == .code(0) || dialect != .bash || !shell.options.unsetIsError {
                        status = .code(dialect == .dash ? 2 : 1)
                    }
                    return false
                }
                offset = kept
            case .process(let commands, let isRead, let place):
                guard isRead else {
                    world.note("process substitution is not followed", .filesystem, at: place)
                    world.makeUncertain(.root)
                    builder.add(Array("/dev/fd/63".utf8), isQuoted: true, isUnknown: true)
                    continue
                }
                builder.add(substituteFile(commands, at: place), isQuoted: true)
            }
        }
        return true
    }

    /// Whether an expansion in quotes gives a field for each of several values, and none where there are none.
    private func givesFields(_ expansion: ParameterExpansion) -> Bool {
        // For dash and BusyBox whatever is made of `$@` is a field, only `"$@"` alone may be none.
        if dialect != .bash, expansion.operation != nil { return false }
        switch expansion.operation {
        case .names(let isStar): return !isStar
        case .useAlternative: if positionalList(expansion)?.isEmpty != true { return false }
        default: break
        }
        return !expansion.isLength && (expansion.name == "@" || expansion.index.map(isAt) == true)
    }

    /// Runs `<( )` and puts what it prints into a file, whose name is answered. The file goes away with the machine.
    private func substituteFile(_ commands: [ShellCompleteCommand], at place: Int) -> [UInt8] {
        let kept = last
        let output = substitute(commands, at: place, keepsLineEnds: true)
        last = kept
        let folder: ImagePath = "/dev/fd"
        for path in [folder.parent, folder] where world.tree.node(at: path) == nil {
            world.tree.insert(.directory(), at: path)
            substitutedFiles.append(path)
        }
        let file = ImagePath("/dev/fd/\(63 - min(substitutedFiles.count, 60))")
        let unknown = Unknown(reason: "the output of a process substitution is not known", scope: .output)
        let kind = FileNode.Kind.file(output.isUnknown ? .unknown(unknown) : .bytes(output.bytes))
        world.tree.insert(FileNode(kind: kind, mode: 0o600, uid: world.user.uid, gid: world.user.gid), at: file)
        substitutedFiles.append(file)
        return file.bytes
    }

    private func isAt(_ parts: [WordPart]) -> Bool {
        guard parts.count == 1, case .literal(let bytes, _)? = parts.first else { return false }
        return bytes == [UInt8(ascii: "@")]
    }

    private func positionalList(_ expansion: ParameterExpansion) -> [Text]? {
        guard expansion.operation == nil, !expansion.isLength, !expansion.isIndirect else { return nil }
        if expansion.name == "@" { return shell.positional }
        guard expansion.index != nil else { return nil }
        return (ownVariable(expansion.name) ?? shell.variables[expansion.name])?.list ?? []
    }

    /// Runs a command substitution and answers its output without the line ends at the end.
    func substitute(
        _ commands: [ShellCompleteCommand],
        at place: Int,
        keepsLineEnds: Bool = false
    ) -> Text {
        world.flushAll()
        if dialect == .bash, !keepsLineEnds, let file = fileRead(by: commands) {
            return Text(Self.withoutLineEnds(file.bytes), isUnknown: file.isUnknown)
        }
        let output = world.open(OpenFile(.capture))
        subshell {
            self.world.process.descriptors[1] = output
            self.control.uncheckedDepth = 0
            if self.dialect == .bash { self.shell.options.errorExit = false }
            for command in commands {
                let flow = self.run(command.statements, isFatal: false)
                if flow != .normal { return flow }
            }
            if commands.isEmpty { self.status = .code(0) }
            return .normal
        }
        last.substitutionStatus = status
        let written = world.file(output)
        world.forget(output)
        if keepsLineEnds { return Text(written.bytes, isUnknown: written.isUnknown) }
        return Text(Self.withoutLineEnds(written.bytes), isUnknown: written.isUnknown)
    }

    private static func withoutLineEnds(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        while bytes.last == 0x0A { bytes.removeLast() }
        if bytes.contains(0) { bytes.removeAll { $0 == 0 } }
        return bytes
    }

    /// What is read when a substitution is nothing but `< file`; nil when it is something else or cannot be read.
    private func fileRead(by commands: [ShellCompleteCommand]) -> Text? {
        guard commands.count == 1, let statement = commands[0].statements.first, commands[0].statements.count == 1,
            statement.rest.isEmpty, statement.first.commands.count == 1, let command = statement.first.commands.first,
            case .simple(let assignments, let words) = command.kind, assignments.isEmpty, words.isEmpty,
            command.redirections.count == 1, case .read(let word) = command.redirections[0].kind,
            let target = expandToText(word), !target.isUnknown, let text = try? world.readFile(target.string)
        else { return nil }
        last.substitutionStatus = .code(0)
        return text
    }

    /// Evaluates an arithmetic expression; a message is written when it cannot be.
    func arithmetic(_ parts: [WordPart]) -> ArithmeticResult {
        var builder = FieldBuilder(separators: nil)
        guard add(parts, to: &builder, splitsLiterals: false) else { return .failed }
        let text = builder.joined()
        guard !text.isUnknown else { return .unknown }
        guard charge(1 + text.bytes.count / 64) else { return .failed }
        var usedUnknown = false
        var failedAssignment = false
        var usedUnset = false
        var evaluation = ShellArithmetic(text.bytes, isBash: dialect != .dash, isDash: dialect == .dash) { name in
            guard let value = self.operand(name) else {
                if self.dialect == .bash, self.shell.options.unsetIsError, !usedUnset {
                    usedUnset = true
                    self.shellError("\(name): unbound variable")
                }
                return nil
            }
            if value.isUnknown { usedUnknown = true }
            return value.isUnknown ? [0x30] : value.bytes
        } assign: { name, value throws(ShellArithmetic.Problem) in
            if !self.setOperand(name, value) { failedAssignment = true }
        }
        do {
            let value = try evaluation.evaluate()
            if usedUnset { status = .code(control.subshellDepth > 0 ? 1 : 127) }
            if failedAssignment || usedUnset { return .failed }
            return usedUnknown ? .unknown : .value(value)
        } catch {
            if usedUnknown { return .unknown }
            let expression = String(decoding: text.bytes, as: UTF8.self)
            switch dialect {
            case .dash:
                shellError(error.isNumber ? error.message : "\(error.message): \"\(expression)\"")
            case .ash: self.error("\(shell.name): \(error.message)\n")
            case .bash: shellError("\(expression): \(error.message)")
            }
            return .failed
        }
    }
}
