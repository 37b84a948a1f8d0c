// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU coreutils 9.1: id, whoami, groups, uname, date, nproc, hostname, pwd, ls.

import CivilTime
import Diagnostics
import ImageFilesystem
import OCISpec

/// Commands that only tell something.
enum FactCommands: CommandFamily {
    static let models: [String: LegacyModel] = [
        "id": LegacyModel(.output, id),
        "whoami": LegacyModel(.output, whoami),
        "groups": LegacyModel(.output, groups),
        "uname": LegacyModel(.output, uname),
        "arch": LegacyModel(.output) {
            $0.out($0.execution.world.machine + "\n"); return .code(0)
        },
        "date": LegacyModel(.output, date),
        "nproc": LegacyModel(.output) {
            $0.out("1\n", isUnknown: true); return .code(0)
        },
        "hostname": LegacyModel(.output) {
            $0.out("buildkitsandbox\n"); return .code(0)
        },
        "pwd": LegacyModel(.output) {
            $0.out($0.execution.world.workingDirectory.bytes + [0x0A]); return .code(0)
        },
        "ls": LegacyModel(.output, ls),
        "ldconfig": LegacyModel(.files) { _ in .code(0) },
        "update-ca-certificates": LegacyModel(.files, updateCertificates),
        "tty": LegacyModel(.output) {
            $0.out("not a tty\n"); return .code(1)
        },
        "dpkg": LegacyModel(.packages, dpkg),
        "getent": LegacyModel(.output, getent),
    ]

    private static func id(_ context: CommandContext) -> Exit {
        guard let options = context.options("u,user g,group G,groups n,name r,real z,zero a Z,context") else {
            return .code(1)
        }
        let files = AccountFiles(context.execution.world.tree)
        let user = context.execution.world.user
        var uid = Int(user.uid)
        var gid = Int(user.gid)
        var name = files.user(numbered: uid)?.name
        var further = user.groups.map(Int.init)
        if let wanted = options.operands.first {
            guard let account = files.user(named: wanted) ?? Int(wanted).flatMap({ files.user(numbered: $0) }) else {
                if files.isUnknown || context.execution.world.isUncertain("/etc/passwd") {
                    return context.unknown("whether the account \(wanted) is there is not known", .output)
                }
                return context.fail(context.isBusybox ? "unknown user \(wanted)" : "'\(wanted)': no such user")
            }
            uid = account.uid
            gid = account.gid
            name = account.name
            further = files.groups(of: account.name).map(\.gid)
        } else if further.isEmpty, let name {
            further = files.groups(of: name).map(\.gid)
        }
        let all = [gid] + further.filter { $0 != gid }
        func groupName(_ gid: Int) -> String? { files.group(numbered: gid)?.name }
        func shown(_ number: Int, _ name: String?) -> String { name.map { "\(number)(\($0))" } ?? String(number) }
        let text: String
        if options.has("u") {
            text = options.has("n") ? name ?? String(uid) : String(uid)
        } else if options.has("g") {
            text = options.has("n") ? groupName(gid) ?? String(gid) : String(gid)
        } else if options.has("G") {
            text = all.map { options.has("n") ? groupName($0) ?? String($0) : String($0) }.joined(separator: " ")
        } else {
            text =
                "uid=\(shown(uid, name)) gid=\(shown(gid, groupName(gid))) groups="
                + all.map { shown($0, groupName($0)) }.joined(separator: ",")
        }
        context.out(text + "\n")
        return .code(0)
    }

    private static func whoami(_ context: CommandContext) -> Exit {
        let uid = Int(context.execution.world.user.uid)
        guard let name = AccountFiles(context.execution.world.tree).user(numbered: uid)?.name else {
            return context.fail(
                context.isBusybox ? "unknown uid \(uid)" : "cannot find name for user ID \(uid)"
            )
        }
        context.out(name + "\n")
        return .code(0)
    }

    private static func groups(_ context: CommandContext) -> Exit {
        let files = AccountFiles(context.execution.world.tree)
        let uid = Int(context.execution.world.user.uid)
        guard
            let account = context.arguments.first.map({ files.user(named: $0) }) ?? files.user(numbered: uid)
        else { return context.fail("'\(context.arguments.first ?? String(uid))': no such user") }
        let main = files.group(numbered: account.gid)?.name ?? String(account.gid)
        let names = [main] + files.groups(of: account.name).map(\.name).filter { $0 != main }
        context.out((context.arguments.isEmpty ? "" : "\(account.name) : ") + names.joined(separator: " ") + "\n")
        return .code(0)
    }

    private static func uname(_ context: CommandContext) -> Exit {
        guard
            let options = context.options(
                "a,all s,kernel-name n,nodename r,kernel-release v,kernel-version m,machine p,processor i,hardware-platform "
                    + "o,operating-system"
            )
        else { return .code(1) }
        var parts: [String] = []
        let all = options.has("a")
        var isUnknown = false
        if all || options.has("s") || options.given.isEmpty { parts.append("Linux") }
        if all || options.has("n") { parts.append("buildkitsandbox") }
        if all || options.has("r") {
            parts.append("0")
            isUnknown = true
        }
        if all || options.has("v") {
            parts.append("0")
            isUnknown = true
        }
        if all || options.has("m") { parts.append(context.execution.world.machine) }
        if options.has("p") || options.has("i") { parts.append("unknown") }
        if all || options.has("o") { parts.append(context.isBusybox ? "Linux" : "GNU/Linux") }
        context.out(parts.joined(separator: " ") + "\n", isUnknown: isUnknown)
        return .code(0)
    }

    private static func date(_ context: CommandContext) -> Exit {
        guard
            let options = context.options(
                "u,utc,universal d,date= r,reference= R,rfc-email I,iso-8601=? rfc-3339= s,set="
            )
        else {
            return .code(1)
        }
        var seconds = context.now
        if let text = options.value("d") {
            guard text.hasPrefix("@"), let number = Int(text.dropFirst()), number.magnitude < 1 << 50 else {
                return context.unknown("date -d is not followed", .output)
            }
            seconds = number
        }
        let time = Instant(epochSeconds: seconds)
        let (year, month, day) = (time.day.year, time.day.month, time.day.day)
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : String(value) }
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let week = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][time.day.weekday]
        var format = options.operands.first ?? "+%a %b %e %H:%M:%S UTC %Y"
        if options.has("I") {
            format = options.value("I")?.hasPrefix("s") == true ? "+%Y-%m-%dT%H:%M:%S+00:00" : "+%Y-%m-%d"
        }
        if options.has("R") { format = "+%a, %d %b %Y %H:%M:%S +0000" }
        guard format.hasPrefix("+") else { return context.fail("invalid date '\(format)'") }
        var output = ""
        var scalars = format.unicodeScalars.dropFirst()
        while let scalar = scalars.popFirst() {
            guard scalar == "%", var letter = scalars.popFirst() else {
                output.unicodeScalars.append(scalar)
                continue
            }
            if letter == "-", let next = scalars.popFirst() { letter = next }
            switch letter {
            case "Y": output += String(year)
            case "y": output += two(((year % 100) + 100) % 100)
            case "m": output += two(month)
            case "d": output += two(day)
            case "e": output += day < 10 ? " \(day)" : String(day)
            case "H": output += two(time.hour)
            case "M": output += two(time.minute)
            case "S": output += two(time.second)
            case "s": output += String(seconds)
            case "F": output += time.day.description
            case "T": output += "\(two(time.hour)):\(two(time.minute)):\(two(time.second))"
            case "D": output += "\(two(month))/\(two(day))/\(two(((year % 100) + 100) % 100))"
            case "a": output += week
            case "b", "h": output += names[month - 1]
            case "Z": output += "UTC"
            case "z": output += "+0000"
            case "n": output += "\n"
            case "%": output += "%"
            default: return context.unknown("the date format %\(letter) is not followed", .output)
            }
        }
        context.out(output + "\n")
        return .code(0)
    }

    /// `getent`: the files of the accounts; other databases ask networks.
    private static func getent(_ context: CommandContext) -> Exit {
        let words = context.arguments.filter { !$0.hasPrefix("-") }
        let databases: [String: AccountFiles.File] = [
            "passwd": .passwd, "group": .group, "shadow": .shadow, "gshadow": .gshadow, "subid": .subuid,
        ]
        guard words.count == context.arguments.count, let name = words.first, name != "subid" else {
            return context.unknown("this use of getent is not followed", .output)
        }
        guard let file = databases[name] else {
            let others = [
                "ahosts", "ahostsv4", "ahostsv6", "aliases", "ethers", "hosts", "initgroups", "netgroup", "networks",
                "protocols", "rpc", "services",
            ]
            if others.contains(name) { return context.unknown("what getent \(name) finds is not known", .output) }
            context.err("Unknown database: \(name)\n")
            context.out("Try `getent --help' or `getent --usage' for more information.\n")
            return .code(1)
        }
        let files = AccountFiles(context.execution.world.tree)
        if files.isUnknown || context.execution.world.isUncertain("/etc/passwd") {
            return context.unknown("the accounts of the image are not known", .output)
        }
        let isSecret = name == "shadow" || name == "gshadow"
        let lines = isSecret && !context.isRoot ? [] : files.lines[file] ?? []
        guard words.count > 1 else {
            for line in lines where !line.isEmpty { context.out(line + "\n") }
            return .code(0)
        }
        var exit = 0
        for key in words.dropFirst() {
            let found = lines.first { line in
                let fields = line.split(separator: ":", omittingEmptySubsequences: false)
                if let number = Int(key), !isSecret { return fields.count > 2 && Int(fields[2]) == number }
                return fields.first.map(String.init) == key
            }
            if let found { context.out(found + "\n") } else { exit = 2 }
        }
        return .code(exit)
    }

    private static func ls(_ context: CommandContext) -> Exit {
        guard
            let options = context.options(
                "a,all A,almost-all l 1 d,directory R,recursive h,human-readable t r,reverse S n,numeric-uid-gid i s F,classify p "
                    + "L H color=? full-time time-style= g o q Q x C m U c u group-directories-first Z k b B G N"
            )
        else { return .code(2) }
        let execution = context.execution
        var exit = 0
        let operands = options.operands.isEmpty ? ["."] : options.operands
        let isLong = options.has("l") || options.has("n") || options.has("full-time")
        for (number, text) in operands.enumerated() {
            var found: (path: ImagePath, node: FileNode?)?
            do throws(FileError) {
                found = try execution.world.resolve(text, followLast: !isLong)
            } catch {
                if error != .missing {
                    context.warn("cannot access '\(text)': \(error.message)")
                    exit = context.isBusybox ? 1 : 2
                    continue
                }
            }
            if found?.node == nil { found = try? execution.world.resolve(text, followLast: false) }
            guard let (path, node) = found, let node else {
                context.warn(
                    context.isBusybox
                        ? "\(text): No such file or directory" : "cannot access '\(text)': No such file or directory"
                )
                exit = context.isBusybox ? 1 : 2
                continue
            }
            if isLong || options.has("R") || options.has("i") || options.has("s") {
                // Sizes of folders and link counts belong to the real disk.
                context.out("", isUnknown: true)
                continue
            }
            guard node.isDirectory, !options.has("d") else {
                context.out(text + "\n")
                continue
            }
            guard execution.world.isAllowed(4, node) else {
                context.warn("cannot open directory '\(text)': Permission denied")
                exit = 2
                continue
            }
            if operands.count > 1 { context.out((number > 0 ? "\n" : "") + text + ":\n") }
            var names = execution.world.tree.entries(of: path) ?? []
            if !options.has("a"), !options.has("A") { names.removeAll { $0.first == 0x2E } }
            if options.has("a") { names = [[0x2E], [0x2E, 0x2E]] + names }
            if options.has("r") { names.reverse() }
            for name in names {
                var line = name
                if options.has("F") || options.has("p"),
                    execution.world.tree.node(at: path.appending(name))?.isDirectory == true
                {
                    line.append(0x2F)
                }
                context.out(line + [0x0A])
            }
            if execution.world.isUncertain(path) { context.out("", isUnknown: true) }
        }
        return .code(exit)
    }

    private static func updateCertificates(_ context: CommandContext) -> Exit {
        context.execution.world.makeUncertain("/etc/ssl")
        context.execution.world.note(
            "the certificate bundle that update-ca-certificates writes is not modelled",
            .files
        )
        return .code(0)
    }

    private static func dpkg(_ context: CommandContext) -> Exit {
        let words = context.arguments
        if words == ["--print-architecture"] {
            let names = ["x86_64": "amd64", "aarch64": "arm64", "armv7l": "armhf", "i686": "i386"]
            context.out((names[context.execution.world.machine] ?? context.execution.world.machine) + "\n")
            return .code(0)
        }
        let readers = [
            "-l", "-L", "-s", "-S", "--list", "--status", "--listfiles", "--search", "--get-selections",
            "--compare-versions", "--version", "--print-foreign-architectures", "-V", "--audit",
        ]
        if let first = words.first, readers.contains(first) {
            return context.unknown("the output of dpkg is not known", .output)
        }
        guard context.isRoot else {
            return context.fail("error: requested operation requires superuser privilege", code: 2)
        }
        return context.unknown("dpkg installs or changes packages from files that are not known", .packages)
    }
}
