// SPDX-License-Identifier: Apache-2.0
//
// Source: apt-get(8), apt(8) of apt 2.6, measured.

import Diagnostics
import ImageFilesystem
import OCISpec
import Packages
import ShellMachine

/// What `apt-get` and `apt` do alike; `+Install` and `+Remove` have the two long ones.
enum AptProgram {
    private static let lists: ImagePath = "/var/lib/apt/lists"

    static func run(_ call: inout Invocation) -> Outcome {
        if call.has(AptGet.help) || call.has(AptGet.version) { return .success }
        guard let command = call.operands.first else { return .success }
        let names = Array(call.operands.dropFirst())
        switch command {
        case "list", "show", "search", "policy", "check", "changelog", "showsrc", "rdepends", "depends":
            return call.unknown("what \(call.name) \(command) prints is not known", .output)
        case _ where !call.world.isRoot: return denied(command, &call)
        case "clean", "autoclean", "auto-clean", "distclean": return .success
        case "update": return update(&call)
        case "install", "reinstall": return install(names, &call)
        case "build-dep", "satisfy":
            return call.unknown(
                "\(call.name) \(command) installs packages in a way that is not followed",
                .systemPackages
            )
        case "remove", "purge", "autoremove", "auto-remove", "autopurge": return remove(names, command, &call)
        case "upgrade", "dist-upgrade", "full-upgrade":
            call.world.noteSystemPackages(
                "\(call.name) \(command) takes the newest packages of a network; which they are is not known"
            )
            return .success
        case "download", "source", "edit-sources":
            return call.unknown("\(call.name) \(command) is not followed", .files)
        default: return fail("Invalid operation \(command)", &call)
        }
    }

    /// Says what is wrong with the options.
    static func refuse(_ problem: ParsedOptions.Problem, _ call: inout Invocation) -> Outcome {
        let end = "is not understood in combination with the other options"
        let message =
            switch problem {
            case .unknownLong(let argument, _), .ambiguous(let argument, _): "Command line option \(argument) \(end)"
            case .unknownLetter(let letter): "Command line option '\(letter)' [from -\(letter)] \(end)."
            case .unexpectedValue(let name): "Option --\(name) doesn't take an argument."
            case .longWithoutValue(let argument, _): "Option \(argument) requires an argument."
            case .letterWithoutValue(let letter): "Option -\(letter) requires an argument."
            }
        call.err("E: \(message)\n")
        return .code(
            100,
            reason: .optionUnknown(option: problem.option, program: call.name, isBusybox: false)
        )
    }

    static func fail(_ message: String, _ call: inout Invocation) -> Outcome {
        call.err("E: \(message)\n")
        return .code(100)
    }

    private static func denied(_ command: String, _ call: inout Invocation) -> Outcome {
        let place = command == "update" ? "/var/lib/apt/lists/lock" : "/var/lib/dpkg/lock-frontend"
        call.err("E: Could not open lock file \(place) - open (13: Permission denied)\n")
        call.err(
            command == "update"
                ? "E: Unable to lock directory /var/lib/apt/lists/\n"
                : "E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n"
        )
        return .code(100, reason: .notPermitted(place))
    }

    private static func update(_ call: inout Invocation) -> Outcome {
        // apt warns of lists that cannot be fetched, and ends well.
        guard call.world.hasNetwork else {
            call.err(
                "W: Failed to fetch http://deb.debian.org/debian/dists/  Temporary failure resolving 'deb.debian.org'\n"
            )
            call.err("W: Some index files failed to download. They have been ignored, or old ones used instead.\n")
            return .success
        }
        let name = PackageSetup(.deb, in: call.world).distribution.codename ?? "stable"
        let unknown = Unknown(reason: "a package list comes from a network", scope: .output)
        let node = FileNode(
            kind: .file(.unknown(unknown)),
            mode: 0o644,
            modificationTime: call.world.epochSeconds
        )
        call.world.put(node, at: lists.appending("deb.debian.org_debian_dists_\(name)_InRelease"))
        call.out("Reading package lists...\n", isUnknown: true)
        return .success
    }

    /// Whether `apt-get update` has been run and what it brought is still there, as far as that is known.
    static func hasLists(_ world: World) -> Bool {
        if world.isUncertain(lists) { return true }
        return (world.tree.entries(of: lists) ?? []).contains { name in
            name != Array("lock".utf8) && world.tree.node(at: lists.appending(name))?.isDirectory == false
        }
    }

    /// The name of a package without the version, release or architecture that is asked for.
    static func plain(_ word: String) -> String {
        let end = word.firstIndex { "=/:".contains($0) } ?? word.endIndex
        return String(word[..<end])
    }

    /// Whether an option or a configuration file answers yes to everything.
    static func assumesYes(_ call: Invocation) -> Bool {
        if call.has(AptGet.yes) || call.has(AptGet.forceYes) { return true }
        let isSet = call.values(AptGet.setting).contains {
            $0.lowercased().hasPrefix("apt::get::assume-yes=") && !$0.lowercased().hasSuffix("false")
        }
        if isSet { return true }
        let folder: ImagePath = "/etc/apt/apt.conf.d"
        return (call.world.tree.entries(of: folder) ?? []).contains { name in
            let text = call.world.text(at: folder.appending(name))?.lowercased() ?? ""
            return text.contains("assume-yes \"true\"") || text.contains("assume-yes \"1\"")
        }
    }
}
