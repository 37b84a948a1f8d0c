// SPDX-License-Identifier: Apache-2.0
//
// Source: npm 10 and 11: npm-ci, npm-install, package-lock.json versions 2 and 3, folders; behaviour measured.

import Diagnostics
import ImageFilesystem
import JSONValues
import OCISpec
import Packages

/// `npm`, and what else installs packages of Node.js.
enum NPMCommands: CommandFamily {
    static let models: [String: LegacyModel] = [
        "npm": LegacyModel(.packages, npm),
        "npx": LegacyModel(.filesystem) { $0.unknown("npx runs a program that is not followed", .filesystem) },
        "yarn": LegacyModel(.packages, otherManager),
        "yarnpkg": LegacyModel(.packages, otherManager),
        "pnpm": LegacyModel(.packages, otherManager),
        "corepack": LegacyModel(.packages, corepack),
        "node": LegacyModel(.filesystem, node),
        "nodejs": LegacyModel(.filesystem, node),
    ]

    /// The options of npm that a build may have, and whether they take a word.
    private struct Options {
        var omits: Set<String> = []
        var operands: [String] = []
        var isGlobal = false
        var ignoresScripts = false
        var isDryRun = false
        var onlyLock = false
        var noSave = false
        var prefix: String?
        var command = ""

        init(_ context: CommandContext) {
            let words = context.arguments
            var given = Settings()
            var index = 0
            func value(_ word: String) -> String? {
                if let equals = word.firstIndex(of: "=") { return String(word[word.index(after: equals)...]) }
                guard index < words.count, !words[index].hasPrefix("-") else { return nil }
                index += 1
                return words[index - 1]
            }
            while index < words.count {
                let word = words[index]
                index += 1
                let name = word.split(separator: "=", maxSplits: 1).first.map(String.init) ?? word
                switch name {
                case "--":
                    operands += words[index...]
                    index = words.count
                case "--production", "--prod":
                    given.add("production", word.contains("=") ? value(word) ?? "true" : "true")
                case "--no-production": given.add("production", "false")
                case "--omit": if let text = value(word) { given.add("omit", text) }
                case "--include": if let text = value(word) { given.add("include", text) }
                case "--only": if let text = value(word) { given.add("only", text) }
                case "--also": if let text = value(word) { given.add("also", text) }
                case "--dev": given.add("dev", "true")
                case "--no-optional": given.add("optional", "false")
                case "-g", "--global", "--location": isGlobal = name != "--location" || value(word) == "global"
                case "--ignore-scripts": ignoresScripts = true
                case "--dry-run": isDryRun = true
                case "--package-lock-only": onlyLock = true
                case "--no-save": noSave = true
                case "--prefix", "-C": prefix = value(word)
                case "--cache", "--registry", "--loglevel", "--userconfig", "--fetch-retries", "--fetch-timeout",
                    "--network-timeout",
                    "--maxsockets", "--fetch-retry-mintimeout", "--fetch-retry-maxtimeout", "--workspace", "-w",
                    "--install-strategy",
                    "--tag", "--before", "--cpu", "--os", "--libc":
                    _ = value(word)
                default:
                    if word.hasPrefix("-") { continue }
                    if command.isEmpty { command = word } else { operands.append(word) }
                }
            }
            var layers = [given]
            var environment = Settings()
            for name in ["omit", "include", "production", "only", "ignore_scripts"] {
                for spelling in ["npm_config_\(name)", "NPM_CONFIG_\(name.uppercased())"] {
                    if let text = context.environment(spelling) {
                        environment.add(name.replacing("_", with: "-"), text)
                    }
                }
            }
            layers.append(environment)
            let execution = context.execution
            let folder = prefix.map { execution.world.path($0) } ?? execution.world.workingDirectory
            let home = execution.value(of: "HOME")?.string ?? "/root"
            for place in [folder.appending(".npmrc"), ImagePath(home + "/.npmrc"), "/usr/local/etc/npmrc"] {
                layers.append(Settings(file: AccountFiles.text(execution.world.tree, place) ?? ""))
            }
            if context.environment("NODE_ENV") == "production" { layers.append(Settings(file: "omit=dev")) }
            func all(_ name: String) -> [String] { layers.lazy.compactMap { $0.values[name] }.first ?? [] }
            let includes = all("include")
            omits = Set(all("omit").filter { !includes.contains($0) })
            let production = all("production").last
            if production == "true" || ["prod", "production"].contains(all("only").last ?? "") {
                omits.insert("dev")
            } else if production == "false" {
                omits.remove("dev")
            }
            if all("also").last?.hasPrefix("dev") == true || all("dev").last == "true" { omits.remove("dev") }
            if all("optional").last == "false" { omits.insert("optional") }
            if all("ignore-scripts").last == "true" { ignoresScripts = true }
        }
    }

    /// The settings of one place: the words of the command, the environment, or a `.npmrc`; the nearest place wins.
    private struct Settings {
        private(set) var values: [String: [String]] = [:]

        init() {}

        /// Reads the lines of a `.npmrc`.
        init(file: String) {
            for line in file.split(separator: "\n") where !line.hasPrefix("#") && !line.hasPrefix(";") {
                guard let equals = line.firstIndex(of: "=") else { continue }
                let name = String(line[..<equals]).trimmed
                add(
                    name.hasSuffix("[]") ? String(name.dropLast(2)) : name,
                    String(line[line.index(after: equals)...]).trimmed
                )
            }
        }

        mutating func add(_ name: String, _ value: String) { values[name, default: []].append(value) }
    }

    private static func npm(_ context: CommandContext) -> Exit {
        let words = context.arguments
        if words.contains("--version") || words == ["-v"] || words.first == "version" {
            context.out("0.0.0\n", isUnknown: true)
            return .code(0)
        }
        let options = Options(context)
        switch options.command {
        case "ci", "clean-install", "ic", "install-clean", "isntall-clean":
            return NPMInstall(
                context,
                omits: options.omits,
                ignoresScripts: options.ignoresScripts,
                prefix: options.prefix
            ).ci(
                isDryRun: options.isDryRun
            )
        case "install", "i", "in", "ins", "inst", "insta", "instal", "isnt", "isnta", "isntal", "isntall", "add":
            if options.isDryRun { return .code(0) }
            if options.isGlobal || !options.operands.isEmpty {
                return installNamed(context, options.operands, isGlobal: options.isGlobal)
            }
            if options.onlyLock { return context.unknown("the lock file that npm writes is not known", .files) }
            return NPMInstall(
                context,
                omits: options.omits,
                ignoresScripts: options.ignoresScripts,
                prefix: options.prefix
            ).install()
        case "install-test", "it", "install-ci-test", "cit", "clean-install-test":
            return context.unknown("npm \(options.command) runs the package's tests", .filesystem)
        case "prune":
            return NPMInstall(context, omits: options.omits, ignoresScripts: true, prefix: options.prefix).prune()
        case "cache":
            if options.operands.first == "clean" || options.operands.first == "clear"
                || options.operands.first == "verify"
            {
                cleanCache(context)
            }
            return .code(0)
        case "config", "set", "c":
            return setConfiguration(context, options)
        case "get", "ls", "list", "ll", "la", "view", "info", "show", "outdated", "root", "prefix", "bin", "whoami",
            "ping", "help",
            "doctor", "explain", "why", "fund", "search":
            context.out([], isUnknown: true)
            return options.command == "help" || options.command == "get" ? .code(0) : .unknown
        case "audit":
            return options.operands.first == "fix"
                ? context.unknown("npm audit fix changes packages in a way that is not known", .packages)
                : context.unknown("what npm audit finds is not known", .output)
        case "uninstall", "remove", "rm", "r", "un", "unlink":
            return remove(context, options)
        case "run", "run-script", "rum", "urn", "test", "t", "tst", "stop", "start":
            return runScript(context, options)
        case "restart", "exec", "x", "rebuild", "rb", "dedupe",
            "ddp", "link", "ln", "update", "up", "upgrade", "udpate", "pkg", "init", "create", "innit", "pack",
            "publish", "shrinkwrap":
            let what = ([options.command] + options.operands.prefix(1)).joined(separator: " ")
            let isPackages = ["update", "up", "upgrade", "udpate", "dedupe", "ddp", "link", "ln"].contains(
                options.command
            )
            return context.unknown(
                "npm \(what) runs programs of packages, which is not followed",
                isPackages ? .packages : .filesystem
            )
        case "":
            context.out("npm <command>\n", isUnknown: true)
            return .code(1)
        default:
            context.err(
                "Unknown command: \"\(options.command)\"\n\nTo see a list of supported npm commands, run:\n  npm help\n"
            )
            return .code(1)
        }
    }

    /// `npm run`: what a script does is not followed, but that there is none is an error that is known.
    private static func runScript(_ context: CommandContext, _ options: Options) -> Exit {
        let aliases = ["t": "test", "tst": "test", "stop": "stop", "start": "start", "test": "test"]
        let named = aliases[options.command] ?? options.operands.first
        let package = NPMInstall(context, omits: [], ignoresScripts: true, prefix: options.prefix)
        let unknown =
            "npm \(aliases[options.command] ?? "run \(named ?? "")") runs programs of packages, which is not followed"
        switch package.read("package.json") {
        case .missing: return package.noPackageFile()
        case .broken: return package.brokenJSON("package.json")
        case .unknown: return context.unknown(unknown, .filesystem)
        case .value(let document):
            guard let named else {
                context.out([], isUnknown: true)
                return .code(0)
            }
            let isWorkspace = context.arguments.contains { $0.hasPrefix("--workspace") || $0 == "-w" || $0 == "-ws" }
            guard document["scripts"]?[named] == nil, named != "env", !isWorkspace else {
                return context.unknown(unknown, .filesystem)
            }
            if named == "start",
                (try? context.execution.world.resolve(package.folder.appending("server.js")))?.node != nil
            {
                return context.unknown("node runs server.js, which is not followed", .filesystem)
            }
            if context.arguments.contains("--if-present") { return .code(0) }
            context.err(
                "npm error Missing script: \"\(named)\"\nnpm error\nnpm error To see a list of scripts, run:\n"
                    + "npm error   npm run\n"
            )
            return .code(1)
        }
    }

    private static func cleanCache(_ context: CommandContext) {
        let home = context.execution.value(of: "HOME")?.string ?? "/root"
        let path = ImagePath(home + "/.npm/_cacache")
        if context.execution.world.tree.node(at: path) != nil { FileWork.remove(context.execution, path) }
        context.err("npm warn using --force Recommended protections disabled.\n")
    }

    private static func setConfiguration(_ context: CommandContext, _ options: Options) -> Exit {
        let words = options.command == "set" ? ["set"] + options.operands : options.operands
        guard words.first == "set" || words.first == "delete" else {
            context.out([], isUnknown: true)
            return .code(0)
        }
        let home = context.execution.value(of: "HOME")?.string ?? "/root"
        do throws(FileError) {
            let place = try context.execution.world.openFile(home + "/.npmrc", truncates: false)
            let pairs = words.dropFirst().map { $0 }
            var lines = ""
            if pairs.first?.contains("=") == true {
                for pair in pairs { lines += pair + "\n" }
            } else if pairs.count >= 2 {
                lines = "\(pairs[0])=\(pairs[1])\n"
            }
            context.execution.world.append(Array(lines.utf8), isUnknown: false, to: place)
            return .code(0)
        } catch {
            context.err("npm error code EACCES\n")
            return .code(243)
        }
    }

    /// Packages by name come from a registry: which versions, and what they depend on, is not known.
    private static func installNamed(_ context: CommandContext, _ names: [String], isGlobal: Bool) -> Exit {
        let execution = context.execution
        let folder: ImagePath
        if isGlobal {
            let program = context.program ?? "/usr/local/lib/node_modules/npm/bin/npm-cli.js"
            let parts = program.components.map { String(decoding: $0, as: UTF8.self) }
            if let index = parts.firstIndex(of: "node_modules") {
                folder = ImagePath("/" + parts[...index].joined(separator: "/"))
            } else {
                folder = "/usr/local/lib/node_modules"
            }
        } else {
            folder = execution.world.workingDirectory.appending("node_modules")
        }
        if !context.isRoot {
            var parent = folder
            while execution.world.tree.node(at: parent) == nil, !parent.isRoot { parent = parent.parent }
            if let node = execution.world.tree.node(at: parent), !execution.world.isAllowed(3, node) {
                return NPMInstall.denied(context, folder)
            }
        }
        let list = names.isEmpty ? "the package here" : names.joined(separator: " ")
        execution.world.note(
            "npm installs \(list) from a registry; which versions come is not known",
            .packages
        )
        execution.world.makeUncertain(folder)
        if isGlobal {
            execution.world.makeUncertain(folder.parent.parent.appending("bin"))
        } else {
            for name in ["package.json", "package-lock.json"] {
                execution.world.makeUncertain(execution.world.workingDirectory.appending(name))
            }
        }
        context.out("\nadded packages\n", isUnknown: true)
        return .unknown
    }

    private static func remove(_ context: CommandContext, _ options: Options) -> Exit {
        let execution = context.execution
        guard options.isGlobal else {
            return context.unknown("npm \(options.command) changes packages in a way that is not followed", .packages)
        }
        let parts = (context.program ?? "/usr/local/lib/node_modules/npm").components.map {
            String(decoding: $0, as: UTF8.self)
        }
        guard let index = parts.firstIndex(of: "node_modules"), context.isRoot else {
            return context.unknown("npm \(options.command) changes packages in a way that is not followed", .packages)
        }
        let folder = ImagePath("/" + parts[...index].joined(separator: "/"))
        let bin = folder.parent.parent.appending("bin")
        for name in options.operands {
            let place = ImagePath(name, relativeTo: folder)
            guard place != folder, place.isInside(folder), execution.world.tree.node(at: place) != nil else { continue }
            FileWork.remove(execution, place)
            for entry in execution.world.tree.entries(of: bin) ?? [] {
                let link = bin.appending(entry)
                if case .symlink(let target)? = execution.world.tree.node(at: link)?.kind,
                    ImagePath(target, relativeTo: bin).isInside(place)
                {
                    execution.world.take(link)
                }
            }
        }
        context.out("\nremoved packages\n", isUnknown: true)
        return .code(0)
    }

    private static func otherManager(_ context: CommandContext) -> Exit {
        let words = context.arguments
        if words.contains("--version") || words.contains("-v") {
            context.out("0.0.0\n", isUnknown: true)
            return .code(0)
        }
        let command = words.first { !$0.hasPrefix("-") } ?? (context.name == "pnpm" ? "" : "install")
        switch command {
        case "cache", "config", "store", "": return .code(0)
        case "install", "add", "i", "ci", "global", "remove", "upgrade", "up", "import", "fetch", "deploy", "prune",
            "workspaces":
            let lock = context.name == "pnpm" ? "pnpm-lock.yaml" : "yarn.lock"
            let execution = context.execution
            if (command == "install" || command == "i"),
                ((try? execution.world.node("package.json")) ?? nil) == nil,
                !execution.world.isUncertain(execution.world.path("package.json"))
            {
                if context.name == "pnpm" {
                    context.out(
                        " ERR_PNPM_NO_PKG_MANIFEST  No package.json found in \(execution.world.workingDirectory)\n"
                    )
                    return .code(1)
                }
                return .code(0)
            }
            return context.unknown(
                "\(context.name) \(command) installs packages; \(lock) is not read, so which ones is not known",
                .packages
            )
        default:
            return context.unknown(
                "\(context.name) \(command) runs programs of packages, which is not followed",
                .filesystem
            )
        }
    }

    private static func corepack(_ context: CommandContext) -> Exit {
        switch context.arguments.first {
        case "enable", "disable":
            context.execution.world.note("corepack puts links of yarn and pnpm beside node", .files)
            for folder in ["/usr/local/bin", "/usr/bin"] { context.execution.world.makeUncertain(ImagePath(folder)) }
            return .code(0)
        default: return context.unknown("corepack fetches a package manager from a network", .packages)
        }
    }

    private static func node(_ context: CommandContext) -> Exit {
        let words = context.arguments
        if words.contains("--version") || words.contains("-v") {
            if let version = context.environment("NODE_VERSION")?.split(separator: "-").first {
                context.out("v\(version)\n")
            } else {
                context.out("v0.0.0\n", isUnknown: true)
            }
            return .code(0)
        }
        if words.contains("-e") || words.contains("-p") || words.contains("--eval") || words.contains("--print") {
            return context.unknown("a program of Node.js is not followed", .filesystem)
        }
        let script = words.first { !$0.hasPrefix("-") } ?? "standard input"
        return context.unknown("node runs \(script), which is not followed", .filesystem)
    }
}
