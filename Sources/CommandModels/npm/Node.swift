// SPDX-License-Identifier: Apache-2.0
//
// Source: Node.js 22, command-line options; behaviour measured.

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// `node`: tells its version, and is certain to change nothing where it only checks a file or prints a value; other programs that it
/// runs are not followed.
enum Node: CommandModel {
    static let names = ["node", "nodejs"]
    static let flavors: Set<ProgramFlavor> = [.gnu]
    static let scope = Unknown.Scope.filesystem
    /// Only a few words count, wherever they stand in front of the script.
    static let options: OptionTable? = nil

    /// Options that take the next word.
    private static let valued: Set<String> = [
        "-r", "--require", "--import", "-C", "--conditions", "--env-file", "--input-type", "--title", "--loader",
        "--experimental-loader",
    ]

    /// What node is asked to do, by the options in front of the script.
    private enum Request {
        case version
        case help
        case check(String?)
        case text(String)
        case script(String)
        case unfollowed
    }

    static func run(_ call: inout Invocation) -> Outcome {
        switch request(call.arguments) {
        case .version:
            if let version = call.environment["NODE_VERSION"]?.string.split(separator: "-").first {
                call.out("v\(version)\n")
            } else {
                call.out("v0.0.0\n", isUnknown: true)
            }
            return .success
        case .help:
            call.out("Usage: node [options] [ script.js ] [arguments]\n", isUnknown: true)
            return .success
        case .check(let file?): return check(file, &call)
        case .check(nil): return call.unknown("what node checks comes from its input", .output)
        case .text(let text):
            return NodeText.changesNothing(text)
                ? call.unknown("what a program of Node.js prints is not known", .output)
                : call.unknown("a program of Node.js is not followed", .filesystem)
        case .script(let file): return call.unknown("node runs \(file), which is not followed", .filesystem)
        case .unfollowed: return call.unknown("node runs a program that is not followed", .filesystem)
        }
    }

    private static func request(_ words: [String]) -> Request {
        var index = 0
        var checks = false
        var prints = false
        var loadsMore = false
        while index < words.count {
            let word = words[index]
            index += 1
            switch word {
            case "-v", "--version": return .version
            case "-h", "--help", "--v8-options": return .help
            case "-c", "--check": checks = true
            case "-p", "--print", "-pe", "-e", "--eval":
                prints = prints || word != "-e" && word != "--eval"
                // `-p -e TEXT` has its text behind the second one.
                guard index < words.count, !words[index].hasPrefix("-") || words[index].contains(" ") else { continue }
                return loadsMore ? .unfollowed : .text(words[index])
            case "-r", "--require", "--import", "--loader", "--experimental-loader":
                loadsMore = true
                index += 1
            case _ where valued.contains(word): index += 1
            case _ where word.hasPrefix("--eval=") || word.hasPrefix("--print="):
                let text = String(word[(word.firstIndex(of: "=") ?? word.startIndex)...].dropFirst())
                return loadsMore ? .unfollowed : .text(text)
            case _ where word.hasPrefix("--require=") || word.hasPrefix("--import=") || word.hasPrefix("--loader="):
                loadsMore = true
            case "-", "--": return checks ? .check(nil) : index < words.count ? .script(words[index]) : .unfollowed
            case _ where word.hasPrefix("-"): continue
            default: return checks ? .check(word) : .script(word)
            }
        }
        return checks ? .check(nil) : prints ? .unfollowed : .script("standard input")
    }

    /// `node --check FILE`: reads the file and writes nothing. What is in the file decides how it ends.
    private static func check(_ file: String, _ call: inout Invocation) -> Outcome {
        do throws(FileError) {
            for ending in ["", ".js", ".json", ".node", "/index.js"] {
                let (path, node) = try call.world.resolve(file + ending)
                guard let node, !node.isDirectory else { continue }
                if call.world.tree.bytes(at: path)?.isEmpty == true { return .success }
                return call.unknown("whether node finds a mistake in \(file) is not known", .output)
            }
        } catch {
            guard error == .missing || error == .notFolder else {
                return call.unknown("whether node can read \(file) is not known", .output)
            }
        }
        let path = call.world.path(file)
        call.err("node:internal/modules/cjs/loader\n\nError: Cannot find module '\(path)'\n")
        return .code(1, reason: .fileMissing(path.description))
    }
}
