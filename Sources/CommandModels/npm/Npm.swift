// SPDX-License-Identifier: Apache-2.0
//
// Source: npm 10 and 11: npm-ci, npm-install, npm-run-script, folders; behaviour measured.

import Diagnostics
import ImageFilesystem
import JSONValues
import OCISpec
import ShellMachine

/// `npm`: installs packages of Node.js; what it runs of them is not followed.
enum Npm: CommandModel {
    static let names = ["npm"]
    static let flavors: Set<ProgramFlavor> = [.gnu]
    static let scope = Unknown.Scope.languagePackages
    /// npm reads its words in a way of its own: `NpmRequest`.
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        let words = call.arguments
        if words.contains("--version") || words == ["-v"] || words.first == "version" {
            call.out("0.0.0\n", isUnknown: true)
            return .success
        }
        let request = NpmRequest(call)
        let command = request.command
        guard !command.isEmpty else {
            call.out("npm <command>\n", isUnknown: true)
            return .code(1)
        }
        guard let verb = verbs[command] else {
            call.err("Unknown command: \"\(command)\"\n\nTo see a list of supported npm commands, run:\n  npm help\n")
            return .code(1)
        }
        switch verb {
        case .cleanInstall: return NpmInstall(request, in: call.world).ci(&call)
        case .install: return install(request, &call)
        case .prune: return NpmInstall(request, in: call.world, ignoresScripts: true).prune(&call)
        case .cache: return cache(request, &call)
        case .configuration: return setConfiguration(request, &call)
        case .script: return runScript(request, &call)
        case .remove: return NpmRegistry.remove(request, &call)
        case .installAndTest: return call.unknown("npm \(command) runs the package's tests", .languagePackages)
        case .audit:
            return request.operands.first == "fix"
                ? call.unknown("npm audit fix changes packages in a way that is not known", .languagePackages)
                : call.unknown("what npm audit finds is not known", .output)
        case .print:
            call.out([], isUnknown: true)
            return command == "help" || command == "get" ? .success : .unknown
        case .changePackages, .runPackages:
            let what = ([command] + request.operands.prefix(1)).joined(separator: " ")
            return call.unknown(
                "npm \(what) runs programs of packages, which is not followed",
                .languagePackages
            )
        }
    }

    /// What a command of npm comes to.
    private enum Verb {
        case cleanInstall, install, installAndTest, prune, cache, configuration, print, audit, remove, script
        case changePackages, runPackages
    }

    /// The commands with all their other names.
    private static let verbs: [String: Verb] = {
        let names: [(Verb, String)] = [
            (.cleanInstall, "ci clean-install ic install-clean isntall-clean"),
            (.install, "install i in ins inst insta instal isnt isnta isntal isntall add"),
            (.installAndTest, "install-test it install-ci-test cit clean-install-test"), (.prune, "prune"),
            (.cache, "cache"), (.configuration, "config set c"),
            (
                .print,
                "get ls list ll la view info show outdated root prefix bin whoami ping help doctor explain why fund search"
            ),
            (.audit, "audit"), (.remove, "uninstall remove rm r un unlink"),
            (.script, "run run-script rum urn test t tst stop start"),
            (.changePackages, "update up upgrade udpate dedupe ddp link ln"),
            (.runPackages, "restart exec x rebuild rb pkg init create innit pack publish shrinkwrap"),
        ]
        var result: [String: Verb] = [:]
        for (verb, list) in names { for name in list.split(separator: " ") { result[String(name)] = verb } }
        return result
    }()

    private static func install(_ request: NpmRequest, _ call: inout Invocation) -> Outcome {
        if request.isDryRun { return .success }
        if request.isGlobal || !request.operands.isEmpty { return NpmRegistry.install(request, &call) }
        if request.onlyLock { return call.unknown("the lock file that npm writes is not known", .files) }
        return NpmInstall(request, in: call.world).install(&call)
    }

    /// `npm run`: what a script does is not followed, but that there is none is an error that is known.
    private static func runScript(_ request: NpmRequest, _ call: inout Invocation) -> Outcome {
        let aliases = ["t": "test", "tst": "test", "stop": "stop", "start": "start", "test": "test"]
        let named = aliases[request.command] ?? request.operands.first
        let project = NpmProject(folder: request.folder)
        let unknown =
            "npm \(aliases[request.command] ?? "run \(named ?? "")") runs programs of packages, which is not followed"
        switch project.read("package.json", &call.world) {
        case .missing: return project.noPackageFile(&call)
        case .broken: return project.brokenJSON("package.json", &call)
        case .unknown: return call.unknown(unknown, .languagePackages)
        case .value(let document):
            guard let named else {
                call.out([], isUnknown: true)
                return .success
            }
            let isWorkspace = call.arguments.contains { $0.hasPrefix("--workspace") || $0 == "-w" || $0 == "-ws" }
            guard document["scripts"]?[named] == nil, named != "env", !isWorkspace else {
                return call.unknown(unknown, .languagePackages)
            }
            if named == "start", (try? call.world.resolve(project.folder.appending("server.js")))?.node != nil {
                return call.unknown("node runs server.js, which is not followed", .languagePackages)
            }
            if call.arguments.contains("--if-present") { return .success }
            call.err(
                "npm error Missing script: \"\(named)\"\nnpm error\nnpm error To see a list of scripts, run:\n"
                    + "npm error   npm run\n"
            )
            return .code(1)
        }
    }

    private static func cache(_ request: NpmRequest, _ call: inout Invocation) -> Outcome {
        guard let first = request.operands.first, ["clean", "clear", "verify"].contains(first) else { return .success }
        let path = ImagePath((call.environment["HOME"]?.string ?? "/root") + "/.npm/_cacache")
        if call.world.tree.node(at: path) != nil { call.world.removeTree(path) }
        call.err("npm warn using --force Recommended protections disabled.\n")
        return .success
    }

    private static func setConfiguration(_ request: NpmRequest, _ call: inout Invocation) -> Outcome {
        let words = request.command == "set" ? ["set"] + request.operands : request.operands
        guard words.first == "set" || words.first == "delete" else {
            call.out([], isUnknown: true)
            return .success
        }
        let home = call.environment["HOME"]?.string ?? "/root"
        do throws(FileError) {
            let place = try call.world.openFile(home + "/.npmrc", truncates: false)
            let pairs = Array(words.dropFirst())
            var lines = ""
            if pairs.first?.contains("=") == true {
                for pair in pairs { lines += pair + "\n" }
            } else if pairs.count >= 2 {
                lines = "\(pairs[0])=\(pairs[1])\n"
            }
            call.world.append(Array(lines.utf8), isUnknown: false, to: place)
            return .success
        } catch {
            call.err("npm error code EACCES\n")
            return .code(243)
        }
    }
}
