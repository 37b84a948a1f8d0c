// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, test, "Operands"; the bash reference manual, "Bash Conditional Expressions".

import ImageFilesystem

/// The questions of which tests are made: the same for `test`, `[` and bash's `[[`.
public enum TestPrimary {
    /// A question about one operand; nil when the answer is not known.
    ///
    /// Signs of the shell's own state (`-v`, `-o`) are not among them.
    public static func unary(_ sign: String, _ operand: Text, in world: inout World) -> Bool? {
        if operand.isUnknown { return nil }
        switch sign {
        case "-n": return !operand.bytes.isEmpty
        case "-z": return operand.bytes.isEmpty
        case "-t": return false
        default: break
        }
        world.flushAll()
        let text = operand.string
        if text == "/dev/null" || text == "/dev/stdout" || text == "/dev/stderr" || text == "/dev/stdin" {
            return ["-e", "-r", "-w", "-c"].contains(sign)
        }
        let kept = (world.missedUncertainly, world.foundPerhaps)
        world.forgetMisses()
        defer { (world.missedUncertainly, world.foundPerhaps) = kept }
        let found: FileNode?
        do throws(FileError) {
            found = try world.node(text, followLast: sign != "-L" && sign != "-h")
        } catch {
            return world.missedUncertainly ? nil : false
        }
        guard let found else {
            return world.missedUncertainly || world.isUncertain(world.path(text)) ? nil : false
        }
        // What may not be there answers no question, unless the answer is no in any case.
        let answer = answer(sign, found, world)
        return world.foundPerhaps && answer != false ? nil : answer
    }

    /// A question about a file that is there.
    private static func answer(_ sign: String, _ node: FileNode, _ world: World) -> Bool? {
        switch sign {
        case "-e", "-a": return true
        case "-f": if case .file = node.kind { return true } else { return false }
        case "-d": return node.isDirectory
        case "-L", "-h": if case .symlink = node.kind { return true } else { return false }
        case "-s":
            if node.isDirectory { return true }
            guard case .file(let content) = node.kind else { return false }
            return content.sizeBytes.map { $0 > 0 }
        case "-r": return world.isAllowed(4, node)
        case "-w": return world.isAllowed(2, node)
        case "-x": return world.isAllowed(1, node)
        case "-u": return node.mode & 0o4000 != 0
        case "-g": return node.mode & 0o2000 != 0
        case "-k": return node.mode & 0o1000 != 0
        case "-O": return node.uid == world.user.uid
        case "-G": return node.gid == world.user.gid
        case "-p": return node.kind == .fifo
        case "-b": if case .block = node.kind { return true } else { return false }
        case "-c": if case .character = node.kind { return true } else { return false }
        case "-S", "-N": return false
        default: return nil
        }
    }

    /// A question about two texts or two files; nil when the answer is not known. Numbers are not read here.
    public static func binary(_ sign: String, _ one: Text, _ two: Text, in world: inout World) -> Bool? {
        if one.isUnknown || two.isUnknown { return nil }
        switch sign {
        case "=", "==": return one.bytes == two.bytes
        case "!=": return one.bytes != two.bytes
        case "<": return one.bytes.lexicographicallyPrecedes(two.bytes)
        case ">": return two.bytes.lexicographicallyPrecedes(one.bytes)
        case "-ef": return isSameFile(one, two, in: &world)
        case "-nt", "-ot":
            world.flushAll()
            let first = (try? world.node(one.string)) ?? nil
            let second = (try? world.node(two.string)) ?? nil
            let isOpen = [(one, first), (two, second)].contains { text, node in
                node.map(\.isPerhaps) ?? world.isUncertain(world.path(text.string))
            }
            if isOpen { return nil }
            // All that a build makes is of one time here; in a real one it is not.
            if let first, let second, first.modificationTime == second.modificationTime,
                first.modificationTime == world.epochSeconds, isSameFile(one, two, in: &world) == false
            {
                return nil
            }
            return sign == "-nt" ? isNewer(first, than: second) : isNewer(second, than: first)
        default: return nil
        }
    }

    /// A file that is there is newer than one that is not.
    private static func isNewer(_ one: FileNode?, than two: FileNode?) -> Bool {
        guard let one else { return false }
        guard let two else { return true }
        return one.modificationTime > two.modificationTime
    }

    private static func isSameFile(_ one: Text, _ two: Text, in world: inout World) -> Bool {
        world.flushAll()
        guard let first = try? world.resolve(one.string), let second = try? world.resolve(two.string),
            first.node != nil
        else { return false }
        return world.writablePlace(first.path) == world.writablePlace(second.path)
    }

    /// Compares two numbers: `-eq`, `-ne`, `-lt`, `-le`, `-gt`, `-ge`.
    public static func integers(_ one: Int, _ sign: String, _ two: Int) -> Bool {
        switch sign {
        case "-eq": one == two
        case "-ne": one != two
        case "-lt": one < two
        case "-le": one <= two
        case "-gt": one > two
        default: one >= two
        }
    }
}
