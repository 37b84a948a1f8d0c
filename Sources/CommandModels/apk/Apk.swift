// SPDX-License-Identifier: Apache-2.0
//
// Source: apk-tools 2.14: apk(8), measured.

import Diagnostics
import OCISpec
import ShellMachine

/// Alpine's `apk`; `ApkAddition` and `ApkRemoval` have the two long ones.
enum Apk: CommandModel {
    static let names = ["apk"]
    static let flavors: Set<ProgramFlavor> = [.gnu]
    static let scope = Unknown.Scope.systemPackages
    static let noCache = CommandOption.flag("no-cache")
    static let virtual = CommandOption.value("virtual", "t")
    static let root = CommandOption.value("p", "root", is: .path)
    static let version = CommandOption.flag("version", "V")
    static let printArchitecture = CommandOption.flag("print-arch")
    static let repository = CommandOption.value("X", "repository", repeatable: true)
    static let noNetwork = CommandOption.flag("no-network")
    static let options: OptionTable? = OptionTable(
        [
            noCache, .flag("U", "update-cache"), .flag("u", "upgrade"), virtual, .flag("q", "quiet"),
            .flag("v", "verbose"), repository, .flag("allow-untrusted"),
            .flag("f", "force"), .flag("force-overwrite"), root, .flag("purge"), .flag("rdepends"),
            .flag("l", "latest"),
            .flag("i", "interactive"), .flag("no-progress"), noNetwork, .value("cache-max-age"),
            .value("cache-dir", is: .path), .flag("no-scripts"), .flag("s", "simulate"), .flag("a", "available"),
            .value("keys-dir", is: .path), .value("repositories-file", is: .path), .value("arch"), .flag("initdb"),
            .flag("no-commit-hooks"), .value("wait", is: .number), version, .flag("h", "help"), printArchitecture,
            .flag("cache-packages"), .flag("no-check-certificate"), .flag("force-refresh"),
            .value("timeout", is: .number),
        ],
        isWhole: false
    )

    /// What only prints.
    private static let readers: Set = [
        "info", "search", "list", "policy", "version", "stats", "manifest", "fetch", "dot", "verify", "audit", "query",
    ]

    /// An option that is not known here may be one that apk has.
    static func refuse(_ problem: ParsedOptions.Problem, _ call: inout Invocation) -> Outcome {
        let reads = call.arguments.contains { readers.contains($0) }
        return call.unknown("apk: \(problem.busyboxMessage)", reads ? .output : .systemPackages)
    }

    static func run(_ call: inout Invocation) -> Outcome {
        if call.has(printArchitecture) {
            call.out(call.world.machine + "\n")
            return .success
        }
        if call.has(version) || call.has(root) {
            return call.unknown("this use of apk is not followed", .systemPackages)
        }
        guard let command = call.operands.first else { return .code(1) }
        if readers.contains(command) { return call.unknown("what apk \(command) prints is not known", .output) }
        guard call.world.isRoot else {
            call.err(
                "ERROR: Unable to lock database: Permission denied\nERROR: Failed to open apk database: Permission denied\n"
            )
            return .code(99, reason: .notPermitted("/lib/apk/db/lock"))
        }
        let names = Array(call.operands.dropFirst())
        switch command {
        case "update":
            if !call.world.hasNetwork {
                call.err(
                    "WARNING: updating: temporary error (try again later)\n2 unavailable, 0 stale; 0 distinct packages available\n"
                )
                return .code(2, reason: .noNetwork("apk"))
            }
            if !call.has(noCache) {
                let place: ImagePath = "/var/cache/apk"
                call.world.doubt("apk update keeps an index whose content is not modelled", .files, in: [place])
            }
            return .success
        case "cache": return .success
        case "upgrade", "fix":
            guard call.world.hasNetwork else { return .success }
            call.world.noteSystemPackages(
                "apk \(command) takes the newest packages of a network; which they are is not known"
            )
            return .success
        case "add", "del":
            do throws(Ending) {
                let database = try ApkDatabase(&call, isNeeded: command == "add")
                return command == "add" ? database.add(names, &call) : database.remove(names, &call)
            } catch {
                return error.outcome
            }
        default:
            call.err("apk: '\(command)' is not an apk command. See 'apk --help'.\n")
            return .code(1)
        }
    }
}
