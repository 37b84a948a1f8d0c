// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017: env, nice, nohup, time, xargs; GNU coreutils 9.1; su(1), su-exec, gosu, sudo.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// Commands that run other commands.
enum LaunchCommands: CommandFamily {
    static let models: [String: LegacyModel] = [
        "env": LegacyModel(.filesystem, env),
        "printenv": LegacyModel(.output, printenv),
        "which": LegacyModel(.output, which),
        "xargs": LegacyModel(.filesystem, xargs),
        "nohup": LegacyModel(.filesystem) { launch($0, $0.words.dropFirst()) },
        "setsid": LegacyModel(.filesystem) { launch($0, $0.words.dropFirst()) },
        "time": LegacyModel(.filesystem) { launch($0, $0.words.dropFirst().drop { $0.string.hasPrefix("-") }) },
        "nice": LegacyModel(.filesystem, nice),
        "timeout": LegacyModel(.filesystem, timeout),
        "stdbuf": LegacyModel(.filesystem) { launch($0, $0.words.dropFirst().drop { $0.string.hasPrefix("-") }) },
        "su": LegacyModel(.filesystem, su),
        "gosu": LegacyModel(.filesystem, stepDown),
        "su-exec": LegacyModel(.filesystem, stepDown),
        "sudo": LegacyModel(.filesystem, sudo),
        "tini": LegacyModel(.filesystem) { launch($0, $0.words.dropFirst().drop { $0.string.hasPrefix("-") }) },
        "dumb-init": LegacyModel(.filesystem) { launch($0, $0.words.dropFirst().drop { $0.string.hasPrefix("-") }) },
    ]

    static func launch(_ context: CommandContext, _ words: some Sequence<Text>) -> Exit {
        let words = Array(words)
        guard let first = words.first else { return .code(0) }
        var exit = Exit.unknown
        let execution = context.execution
        let done = execution.nested {
            switch execution.findProgram(first.string) {
            case .found(let program): exit = execution.run(program, words)
            case .uncertain:
                exit = execution.unknownCommand("\(first.string) may or may not be installed", .filesystem)
            case .missing:
                context.err(
                    context.isBusybox
                        ? "\(context.name): can't execute '\(first.string)': No such file or directory\n"
                        : context.name == "env"
                            ? "env: '\(first.string)': No such file or directory\n"
                            : "\(context.name): failed to run command '\(first.string)': No such file or directory\n"
                )
                exit = .code(127)
            case .notExecutable, .folder:
                context.err("\(context.name): '\(first.string)': Permission denied\n")
                exit = .code(126)
            }
        }
        return done ? exit : .unknown
    }

    private static func env(_ context: CommandContext) -> Exit {
        let execution = context.execution
        var words = Array(context.words.dropFirst())
        let saved = execution.variables
        let savedDirectory = execution.world.workingDirectory
        defer {
            execution.variables = saved
            execution.world.workingDirectory = savedDirectory
        }
        func clear() { for key in execution.variables.keys { execution.variables[key]?.isExported = false } }
        while let first = words.first?.string {
            if first == "-i" || first == "-" || first == "--ignore-environment" {
                clear()
                words.removeFirst()
            } else if first == "-u" || first == "-C", words.count > 1 {
                if first == "-u" {
                    execution.variables[words[1].string]?.isExported = false
                } else {
                    execution.world.workingDirectory = execution.world.path(words[1].string)
                }
                words.removeFirst(2)
            } else if first == "-S", words.count > 1 {
                let pieces = words[1].string.split(separator: " ").map { Text(String($0)) }
                words.replaceSubrange(0...1, with: pieces)
            } else if first.hasPrefix("--unset=") {
                execution.variables[String(first.dropFirst(8))]?.isExported = false
                words.removeFirst()
            } else if first == "-0" || first == "--" {
                words.removeFirst()
            } else if let equals = first.firstIndex(of: "="), equals != first.startIndex {
                let name = String(first[..<equals])
                execution.variables[name] = ShellVariable(
                    value: Text(String(first[first.index(after: equals)...])),
                    isExported: true
                )
                words.removeFirst()
            } else {
                break
            }
        }
        guard words.isEmpty else { return launch(context, words) }
        for (name, variable) in execution.variables.sorted(by: { $0.key < $1.key }) where variable.isExported {
            guard let value = variable.scalar else { continue }
            context.out(Array(name.utf8) + [0x3D] + value.bytes + [0x0A], isUnknown: value.isUnknown)
        }
        return .code(0)
    }

    private static func printenv(_ context: CommandContext) -> Exit {
        let names = context.arguments.filter { !$0.hasPrefix("-") }
        guard !names.isEmpty else {
            return env(CommandContext(context.execution, [Text("env")], flavor: context.flavor, isBuiltin: false))
        }
        var exit = 0
        for name in names {
            if let variable = context.execution.variables[name], variable.isExported, let value = variable.scalar {
                context.out(value.bytes + [0x0A], isUnknown: value.isUnknown)
            } else {
                exit = 1
            }
        }
        return .code(exit)
    }

    private static func which(_ context: CommandContext) -> Exit {
        var exit = 0
        let words = context.arguments
        let showsAll = words.contains { $0.hasPrefix("-") && $0.contains("a") }
        for word in words where !word.hasPrefix("-") {
            switch context.execution.findProgram(word) {
            case .found(let program):
                context.out(program.typedPath + "\n")
                guard showsAll, !word.utf8.contains(0x2F) else { continue }
                let folders = (context.execution.value(of: "PATH")?.string ?? "").split(separator: ":").map(String.init)
                for folder in folders where "\(folder)/\(word)" != program.typedPath {
                    if case .found(let other) = context.execution.findProgram("\(folder)/\(word)") {
                        context.out(other.typedPath + "\n")
                    }
                }
            case .uncertain:
                context.out("", isUnknown: true)
                return .unknown
            default: exit = 1
            }
        }
        return .code(exit)
    }

    private static func xargs(_ context: CommandContext) -> Exit {
        let options = CommandOptions(
            context.arguments,
            "0,null r,no-run-if-empty n,max-args= I= i=? L= P,max-procs= t,verbose d,delimiter= a,arg-file= p x s=",
            stopsAtOperand: true
        )
        if let problem = options.problem { return context.fail(problem.gnu) }
        if options.has("a") || options.has("p") || options.has("s") {
            return context.unknown("this use of xargs is not followed", .filesystem)
        }
        let input = context.readInput()
        guard !input.isUnknown else { return context.unknown("what xargs reads is not known", .filesystem) }
        var items: [[UInt8]] = []
        if options.has("0") {
            items = input.bytes.split(separator: 0).map(Array.init)
        } else if let delimiter = options.value("d") {
            let byte = EscapeSequences.expand(Array(delimiter.utf8), style: .format).bytes.first ?? 0x0A
            items = input.bytes.split(separator: byte).map(Array.init)
        } else if options.has("I") {
            items = ReadingCommands.lines(input.bytes).map { Array($0.drop { $0 == 0x20 || $0 == 0x09 }) }.filter {
                !$0.isEmpty
            }
        } else {
            items = quotedWords(input.bytes)
        }
        var command = options.operands.map { Text($0) }
        if command.isEmpty { command = [Text("echo")] }
        var exits: [Exit] = []
        if let mark = options.value("I") {
            let pattern = Array(mark.utf8)
            for item in items {
                guard context.execution.world.charge() else { return .unknown }
                exits.append(launch(context, command.map { Text(replace(pattern, with: item, in: $0.bytes)) }))
            }
        } else {
            let size =
                options.value("n").flatMap { Int($0) } ?? options.value("L").flatMap { Int($0) } ?? max(1, items.count)
            guard size > 0 else { return context.fail("value 0 for -n option should be >= 1") }
            if items.isEmpty {
                if !options.has("r"), !context.isBusybox || true { exits.append(launch(context, command)) }
            }
            var start = 0
            while start < items.count {
                guard context.execution.world.charge() else { return .unknown }
                exits.append(launch(context, command + items[start..<min(items.count, start + size)].map { Text($0) }))
                start += size
            }
        }
        if exits.contains(.unknown) { return .unknown }
        let codes = exits.compactMap(\.code).filter { $0 != 0 }
        if let code = codes.first(where: { $0 == 127 || $0 == 126 }) { return .code(code) }
        return .code(codes.isEmpty ? 0 : 123)
    }

    private static func replace(_ pattern: [UInt8], with item: [UInt8], in bytes: [UInt8]) -> [UInt8] {
        guard !pattern.isEmpty else { return bytes }
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index...].starts(with: pattern) {
                result += item
                index += pattern.count
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    /// Words as xargs reads them: blanks divide, quotes and backslashes keep together.
    private static func quotedWords(_ bytes: [UInt8]) -> [[UInt8]] {
        var result: [[UInt8]] = []
        var current: [UInt8]?
        var quote: UInt8?
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if let open = quote {
                if byte == open { quote = nil } else { current?.append(byte) }
                continue
            }
            switch byte {
            case 0x20, 0x09, 0x0A:
                if let word = current { result.append(word) }
                current = nil
            case 0x22, 0x27:
                quote = byte
                current = current ?? []
            case 0x5C where index < bytes.count:
                current = (current ?? []) + [bytes[index]]
                index += 1
            default:
                if current == nil { current = [] }
                current?.append(byte)
            }
        }
        if let word = current { result.append(word) }
        return result
    }

    private static func nice(_ context: CommandContext) -> Exit {
        let options = CommandOptions(context.arguments, "n,adjustment=", stopsAtOperand: true)
        return launch(context, options.operands.map { Text($0) })
    }

    private static func timeout(_ context: CommandContext) -> Exit {
        let options = CommandOptions(
            context.arguments,
            "k,kill-after= s,signal= foreground preserve-status v,verbose",
            stopsAtOperand: true
        )
        guard options.operands.count > 1 else { return FolderCommands.missingOperand(context) }
        return launch(context, options.operands.dropFirst().map { Text($0) })
    }

    // MARK: As somebody else

    /// Runs something as another user; the files of the account say who that is.
    private static func become(_ context: CommandContext, _ user: World.User, _ home: String?, _ body: () -> Exit)
        -> Exit
    {
        let execution = context.execution
        let savedUser = execution.world.user
        let savedVariables = execution.variables
        execution.world.user = user
        if let home { execution.variables["HOME"] = ShellVariable(value: Text(home), isExported: true) }
        let exit = body()
        execution.world.flushAll()
        execution.world.user = savedUser
        execution.variables = savedVariables
        return exit
    }

    private static func account(_ files: AccountFiles, _ name: String) -> (World.User, AccountFiles.User)? {
        guard let found = files.user(named: name) else { return nil }
        let groups = files.groups(of: name).map { UInt32(clamping: $0.gid) }
        return (
            World.User(
                uid: UInt32(clamping: found.uid),
                gid: UInt32(clamping: found.gid),
                name: name,
                groups: groups
            ), found
        )
    }

    private static func su(_ context: CommandContext) -> Exit {
        let options = CommandOptions(
            context.arguments,
            "c,command= s,shell= l,login m,p,preserve-environment g,group= G,supp-group= f,fast P,pty w= - session-command="
        )
        if let problem = options.problem { return context.fail(problem.gnu) }
        let execution = context.execution
        let files = AccountFiles(execution.world.tree)
        var operands = options.operands
        if operands.first == "-" { operands.removeFirst() }
        let name = operands.first ?? "root"
        guard let (user, found) = account(files, name) else {
            if files.isUnknown || execution.world.isUncertain("/etc/passwd") {
                return context.unknown("whether the account \(name) is there is not known", .filesystem)
            }
            return context.fail(
                context.isBusybox
                    ? "unknown user \(name)"
                    : "user \(name) does not exist or the user entry does not contain all the required fields"
            )
        }
        guard context.isRoot else { return context.fail("Authentication failure") }
        let shell = options.value("s") ?? (found.shell.isEmpty ? "/bin/sh" : found.shell)
        if shell.hasSuffix("/nologin") || shell.hasSuffix("/false") {
            context.out(shell.hasSuffix("nologin") ? "This account is currently not available.\n" : "")
            return .code(1)
        }
        var words = [Text(shell)]
        if let command = options.value("c") { words += [Text("-c"), Text(command)] }
        words += operands.dropFirst().map { Text($0) }
        let isLogin = options.has("l") || context.arguments.contains("-")
        return become(context, user, options.has("m") ? nil : found.home) {
            func set(_ name: String, _ value: String) {
                execution.variables[name] = ShellVariable(value: Text(value), isExported: true)
            }
            if !options.has("m") {
                set("SHELL", shell)
                if isLogin || user.uid != 0 {
                    set("USER", user.name)
                    set("LOGNAME", user.name)
                }
            }
            guard isLogin else { return launch(context, words) }
            let place = execution.world.workingDirectory
            defer { execution.world.workingDirectory = place }
            if let (_, node) = try? execution.world.resolve(ImagePath(found.home)), node?.isDirectory == true {
                execution.world.workingDirectory = ImagePath(found.home)
            } else if !context.isBusybox {
                context.err("su: warning: cannot change directory to \(found.home): No such file or directory\n")
            }
            return launch(context, words)
        }
    }

    private static func stepDown(_ context: CommandContext) -> Exit {
        var words = Array(context.words.dropFirst())
        guard let target = words.first?.string, words.count > 1 else { return FolderCommands.missingOperand(context) }
        words.removeFirst()
        let files = AccountFiles(context.execution.world.tree)
        let parts = target.split(separator: ":").map(String.init)
        if let (user, found) = account(files, parts.first ?? "") {
            return become(context, user, found.home) { launch(context, words) }
        }
        guard let uid = parts.first.flatMap({ UInt32($0) }) else {
            return context.fail(
                "error: failed switching to \"\(target)\": unable to find user \(target): no matching entries in passwd file"
            )
        }
        let gid = parts.count > 1 ? UInt32(parts[1]) ?? 0 : 0
        return become(context, World.User(uid: uid, gid: gid, name: String(uid)), nil) { launch(context, words) }
    }

    private static func sudo(_ context: CommandContext) -> Exit {
        let options = CommandOptions(
            context.arguments,
            "u,user= g,group= E,preserve-env=? H,set-home n,non-interactive i,login s,shell S k b",
            stopsAtOperand: true
        )
        guard context.isRoot else {
            return context.unknown("whether sudo lets this user through is not known", .filesystem)
        }
        let words = options.operands.map { Text($0) }
        guard let name = options.value("u") else { return launch(context, words) }
        guard let (user, found) = account(AccountFiles(context.execution.world.tree), name) else {
            return context.fail("unknown user \(name)")
        }
        return become(context, user, found.home) { launch(context, words) }
    }
}
