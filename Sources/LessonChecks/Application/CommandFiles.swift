// SPDX-License-Identifier: Apache-2.0

import ImageFilesystem
import JSONValues
import OCISpec
import SymbolicBuild

/// The files of an image that its command names: by themselves, in a shell's words, through a script of `package.json`, or through
/// a shell script that the command starts.
struct CommandFiles {
    /// The paths without links, each once, in the order in which they are met.
    private(set) var paths: [ImagePath] = []
    private let tree: FileTree
    private let environment: (String) -> String?

    /// More than this is no command that a person wrote.
    private static let mostWords = 2_000
    private static let deepest = 4
    private static let endings = ["", ".js", ".mjs", ".cjs", ".json"]
    private static let managers: Set<String> = ["npm", "yarn", "pnpm"]
    private var wordCount = 0

    /// Follows the entrypoint and the command of a stage.
    init(of state: StageState) {
        tree = state.tree
        let config = state.configuration.config
        environment = { config.environmentValue($0) }
        let folder = ImagePath(config.workingDir ?? "/")
        follow((config.entrypoint ?? []) + (config.cmd ?? []), in: folder, depth: 0, isShells: false)
    }

    /// - Parameter isShells: whether a shell reads the words, and so replaces variables.
    private mutating func follow(_ words: [String], in start: ImagePath, depth: Int, isShells: Bool) {
        guard depth < Self.deepest else { return }
        var folder = start
        for (index, word) in words.enumerated() {
            wordCount += 1
            guard wordCount < Self.mostWords else { return }
            // Of an exec form's words a shell reads the one behind its `-c`.
            let isRead = isShells || index > 0 && Self.handsToShell(words[index - 1])
            let text = isRead ? substituted(word) : word
            if text.contains(where: { " \t\n;|&()".contains($0) }) {
                follow(Self.split(text), in: folder, depth: depth + 1, isShells: isRead)
                continue
            }
            if index > 0, words[index - 1] == "cd" {
                folder = ImagePath(text, relativeTo: folder)
                continue
            }
            let name = text.split(separator: "/").last.map(String.init) ?? text
            if Self.managers.contains(name) {
                followScript(Array(words[(index + 1)...]), in: folder, depth: depth)
            }
            guard text.hasPrefix("-") else {
                look(for: text, in: folder, depth: depth)
                continue
            }
            // `--require=./trace.js` names a file as well.
            if let value = text.split(separator: "=", maxSplits: 1).dropFirst().first {
                look(for: String(value), in: folder, depth: depth)
            }
        }
    }

    /// Whether a word is an option that makes a shell read the next one: `-c`, also among others as in `-ec`.
    private static func handsToShell(_ word: String) -> Bool {
        word.hasPrefix("-") && !word.hasPrefix("--") && word.hasSuffix("c")
    }

    private mutating func look(for text: String, in folder: ImagePath, depth: Int) {
        guard !text.isEmpty else { return }
        let path = ImagePath(text, relativeTo: folder)
        for ending in Self.endings {
            guard let name = path.name else { break }
            let candidate = path.parent.appending(name + Array(ending.utf8))
            if let found = tree.resolve(candidate), let node = found.node, !node.isDirectory {
                take(found.path, in: folder, depth: depth)
                return
            }
        }
        // Of a folder node starts what its package.json calls `main`, or its index.js.
        guard tree.resolvedNode(at: path)?.isDirectory == true else { return }
        let main = member("main", ofPackageIn: path)?.string ?? "index.js"
        for ending in ["", ".js", "/index.js"] {
            if let found = tree.resolve(ImagePath(main + ending, relativeTo: path)), let node = found.node,
                !node.isDirectory
            {
                take(found.path, in: folder, depth: depth)
                return
            }
        }
    }

    private mutating func take(_ path: ImagePath, in folder: ImagePath, depth: Int) {
        guard !paths.contains(path) else { return }
        paths.append(path)
        guard let bytes = tree.bytes(at: path), bytes.count < 64 << 10, Self.isShellScript(bytes) else { return }
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        let words = lines.filter { !$0.drop { $0 == " " || $0 == "\t" }.hasPrefix("#") }.flatMap {
            Self.split(String($0))
        }
        follow(words, in: folder, depth: depth + 1, isShells: true)
    }

    private static func isShellScript(_ bytes: [UInt8]) -> Bool {
        guard bytes.starts(with: [0x23, 0x21]) else { return false }
        let line = String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
        return line.split { " /".contains($0) }.contains { ["sh", "bash", "ash", "dash"].contains($0) }
    }

    /// What `npm start`, `yarn run serve` and their like would start.
    private mutating func followScript(_ words: [String], in start: ImagePath, depth: Int) {
        var folder = start
        var names: [String] = []
        var index = 0
        while index < words.count, names.count < 2 {
            let word = words[index]
            if ["--prefix", "-C", "--cwd", "--dir"].contains(word), index + 1 < words.count {
                folder = ImagePath(words[index + 1], relativeTo: folder)
                index += 1
            } else if word.hasPrefix("--prefix=") {
                folder = ImagePath(String(word.dropFirst(9)), relativeTo: folder)
            } else if !word.hasPrefix("-") {
                names.append(word)
            }
            index += 1
        }
        guard let first = names.first else { return }
        let script = ["run", "run-script", "exec"].contains(first) ? names.dropFirst().first : first
        guard let script else { return }
        if let line = member("scripts", ofPackageIn: folder)?[script]?.string {
            follow(Self.split(line), in: folder, depth: depth + 1, isShells: true)
        } else if script == "start" {
            follow(["node", "server.js"], in: folder, depth: depth + 1, isShells: false)
        }
    }

    private func member(_ name: String, ofPackageIn folder: ImagePath) -> JSONValue? {
        guard let bytes = tree.bytes(at: folder.appending("package.json")), bytes.count < 1 << 20,
            let document = try? JSONValue(parsing: bytes)
        else { return nil }
        return document[name]
    }

    /// The words of a shell's line as far as file names go: quotes and operators part them.
    private static func split(_ text: String) -> [String] {
        text.split { " \t\n\r;|&()'\"`<>".contains($0) }.map(String.init)
    }

    /// A word with `$NAME` and `${NAME}` replaced where the environment has them.
    private func substituted(_ word: String) -> String {
        guard word.contains("$") else { return word }
        var result = ""
        var rest = word[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            let isBraced = rest.first == "{"
            if isBraced { rest = rest.dropFirst() }
            let name = rest.prefix { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) }
            rest = rest.dropFirst(name.count)
            if isBraced { rest = rest.drop { $0 != "}" }.dropFirst() }
            result += environment(String(name)) ?? ""
        }
        return result + rest
    }
}
