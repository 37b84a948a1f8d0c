// SPDX-License-Identifier: Apache-2.0
//
// Source: apt-get(8), apt(8) of apt 2.6; dpkg(1).

import BaseImages
import Diagnostics
import ImageFilesystem
import OCISpec
import Packages

/// Debian's `apt-get` and `apt`.
enum AptCommands: CommandFamily {
    static let models: [String: LegacyModel] = [
        "apt-get": LegacyModel(.packages, apt),
        "apt": LegacyModel(.packages, apt),
        "apt-mark": LegacyModel(.packages) { _ in .code(0) },
        "apt-key": LegacyModel(.files) {
            $0.unknown("apt-key changes the keyring in a way that is not followed", .files)
        },
        "add-apt-repository": LegacyModel(.files) {
            $0.unknown("add-apt-repository adds a source of packages", .files)
        },
        "dpkg-reconfigure": LegacyModel(.files) {
            $0.unknown("dpkg-reconfigure changes files in a way that is not followed", .files)
        },
    ]

    private static let status: ImagePath = "/var/lib/dpkg/status"
    private static let lists: ImagePath = "/var/lib/apt/lists"

    private static func apt(_ context: CommandContext) -> Exit {
        let options = CommandOptions(
            context.arguments,
            "y,yes,assume-yes q,quiet=? no-install-recommends no-install-suggests install-recommends install-suggests o,option= f,fix-broken "
                + "m,ignore-missing,fix-missing s,simulate,dry-run d,download-only u,show-upgraded V purge reinstall t,default-release= "
                + "allow-unauthenticated allow-downgrades allow-remove-essential allow-change-held-packages force-yes auto-remove,autoremove "
                + "no-upgrade only-upgrade print-uris c,config-file= assume-no trivial-only h,help v,version with-new-pkgs update "
                + "no-remove error-on="
        )
        if let problem = options.problem {
            return fail(
                context,
                problem.gnu.replacingFirst("unrecognized option '", "Command line option ").replacingFirst(
                    "'",
                    " is not understood in combination with the other options"
                )
            )
        }
        if options.has("h") || options.has("v") { return .code(0) }
        var names = options.operands
        guard let command = names.first else { return .code(0) }
        names.removeFirst()
        let execution = context.execution
        if context.name == "apt" {
            context.err("\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n")
        }
        if ["list", "show", "search", "policy", "check", "changelog", "showsrc", "rdepends", "depends"].contains(
            command
        ) {
            return context.unknown("what \(context.name) \(command) prints is not known", .output)
        }
        if ["clean", "autoclean", "auto-clean", "distclean"].contains(command), context.isRoot { return .code(0) }
        guard context.isRoot else {
            let place = command == "update" ? "/var/lib/apt/lists/lock" : "/var/lib/dpkg/lock-frontend"
            context.err("E: Could not open lock file \(place) - open (13: Permission denied)\n")
            context.err(
                command == "update"
                    ? "E: Unable to lock directory /var/lib/apt/lists/\n"
                    : "E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n"
            )
            return .code(100)
        }
        switch command {
        case "update":
            let name = PackageInstall.distribution(execution.world.tree).codename ?? "stable"
            let file = lists.appending("deb.debian.org_debian_dists_\(name)_InRelease")
            execution.world.put(
                FileNode(
                    kind: .file(.unknown(Unknown(reason: "a package list comes from a network", scope: .output))),
                    mode: 0o644,
                    modificationTime: execution.world.epochSeconds
                ),
                at: file
            )
            context.out("Reading package lists...\n", isUnknown: true)
            return .code(0)
        case "install", "reinstall", "build-dep", "satisfy":
            if command != "install", command != "reinstall" {
                return context.unknown(
                    "\(context.name) \(command) installs packages in a way that is not followed",
                    .packages
                )
            }
            return install(names, options, context)
        case "remove", "purge", "autoremove", "auto-remove", "autopurge":
            return remove(names, command, options, context)
        case "upgrade", "dist-upgrade", "full-upgrade":
            execution.world.note(
                "\(context.name) \(command) takes the newest packages of a network; which they are is not known",
                .packages
            )
            return .code(0)
        case "download", "source", "edit-sources":
            return context.unknown("\(context.name) \(command) is not followed", .files)
        default: return fail(context, "Invalid operation \(command)")
        }
    }

    private static func fail(_ context: CommandContext, _ message: String) -> Exit {
        context.err("E: \(message)\n")
        return .code(100)
    }

    private static func hasLists(_ execution: Execution) -> Bool {
        if execution.world.isUncertain(lists) { return true }
        return (execution.world.tree.entries(of: lists) ?? []).contains { name in
            name != Array("lock".utf8) && execution.world.tree.node(at: lists.appending(name))?.isDirectory == false
        }
    }

    private static func plain(_ word: String) -> String {
        let end = word.firstIndex { "=/:".contains($0) } ?? word.endIndex
        return String(word[..<end])
    }

    private static func install(_ names: [String], _ options: CommandOptions, _ context: CommandContext) -> Exit {
        let execution = context.execution
        if names.contains(where: { $0.hasPrefix("/") || $0.hasPrefix("./") }) {
            return context.unknown("\(context.name) installs a package from a file that is not known", .packages)
        }
        guard let text = AccountFiles.text(execution.world.tree, status) else {
            return context.unknown("the package database is not known", .packages)
        }
        var installed = Set<String>()
        for stanza in PackageInstall.stanzas(text)
        where PackageInstall.field(stanza, "Status:")?.hasSuffix(" installed") == true {
            if let name = PackageInstall.field(stanza, "Package:") { installed.insert(name) }
        }
        // A version that is asked for and is not the one that is known: what comes then is not known.
        let other = names.filter { word in
            guard let equals = word.firstIndex(of: "=") else { return false }
            let version = String(word[word.index(after: equals)...])
            return !PackageInstall.isKnown(version, of: plain(word), .deb, installed: text, execution)
        }
        if !other.isEmpty {
            guard hasLists(execution) else {
                for word in other { context.err("E: Unable to locate package \(plain(word))\n") }
                return .code(100)
            }
            PackageInstall.note(other, context.name, execution)
            return .unknown
        }
        let removed = names.filter { $0.hasSuffix("-") && !installed.contains($0) }
        let wanted = names.filter { !removed.contains($0) }.map(plain)
        let missing = wanted.filter { !installed.contains($0) }
        context.out("Reading package lists...\nBuilding dependency tree...\nReading state information...\n")
        if !missing.isEmpty, !hasLists(execution) {
            for name in missing { context.err("E: Unable to locate package \(name)\n") }
            return .code(100)
        }
        guard !missing.isEmpty else {
            for name in wanted { context.out("\(name) is already the newest version.\n", isUnknown: true) }
            return .code(0)
        }
        let (packages, unknown) = PackageInstall.closure(missing, installed: installed, type: .deb, execution)
        let isAgreed = options.has("y") || options.has("force-yes") || assumesYes(options, execution)
        if options.has("s") || options.has("d") { return .code(0) }
        if !isAgreed, packages.count > missing.count || !unknown.isEmpty || context.name == "apt" {
            // apt asks when more comes than was named; nobody answers in a build.
            if unknown.isEmpty || packages.count > missing.count {
                context.out("Do you want to continue? [Y/n] Abort.\n")
                return .code(1)
            }
            return context.unknown(
                "without -y \(context.name) asks before it installs more than was named, and stops; whether it asks here is not known",
                .packages
            )
        }
        var database = text
        if !database.isEmpty, !database.hasSuffix("\n\n") { database += database.hasSuffix("\n") ? "\n" : "\n\n" }
        for package in packages {
            context.out("Setting up \(package.name) (\(package.version)) ...\n", isUnknown: true)
            PackageInstall.putFiles(package, execution)
            database += stanza(package)
            var list = "/.\n"
            var seen: Set<ImagePath> = []
            for file in package.files {
                var path = ImagePath(file.path)
                while !path.isRoot, seen.insert(path).inserted { path = path.parent }
            }
            for path in seen.sorted() { list += path.description + "\n" }
            PackageInstall.write(list, at: ImagePath("/var/lib/dpkg/info/\(package.name).list"), execution)
            if !package.license.isEmpty {
                let license = package.license
                PackageInstall.write(
                    "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nSource: \(package.origin)\n"
                        + "Comment: written by a model of the package; it names the recorded licences and no more.\n\n"
                        + "Files: *\nCopyright: see the package\nLicense: \(license)\n",
                    at: ImagePath("/usr/share/doc/\(package.name)/copyright"),
                    execution
                )
            }
        }
        if !packages.isEmpty { PackageInstall.write(database, at: status, execution) }
        guard unknown.isEmpty else {
            PackageInstall.note(unknown, context.name, execution)
            return .unknown
        }
        if !options.has("no-install-recommends"), !packages.isEmpty {
            execution.world.note(
                "packages that are only recommended come too without --no-install-recommends; they are not modelled",
                .packages
            )
        }
        return .code(0)
    }

    /// Whether a configuration file or `-o` says yes for everybody.
    private static func assumesYes(_ options: CommandOptions, _ execution: Execution) -> Bool {
        if options.values("o").contains(where: {
            $0.lowercased().hasPrefix("apt::get::assume-yes=") && !$0.lowercased().hasSuffix("false")
        }) {
            return true
        }
        let folder: ImagePath = "/etc/apt/apt.conf.d"
        for name in execution.world.tree.entries(of: folder) ?? [] {
            let text = AccountFiles.text(execution.world.tree, folder.appending(name))?.lowercased() ?? ""
            if text.contains("assume-yes \"true\"") || text.contains("assume-yes \"1\"") { return true }
        }
        return false
    }

    private static func stanza(_ package: RepositoryPackage) -> String {
        var lines = [
            "Package: \(package.name)", "Status: install ok installed", "Priority: optional", "Section: misc",
            "Maintainer: Debian", "Architecture: \(package.architecture)",
        ]
        if package.origin != package.name, !package.origin.isEmpty { lines.append("Source: \(package.origin)") }
        lines.append("Version: \(package.version)")
        if !package.depends.isEmpty { lines.append("Depends: " + package.depends.joined(separator: ", ")) }
        lines.append("Description: \(package.summary)")
        return lines.joined(separator: "\n") + "\n\n"
    }

    private static func remove(
        _ names: [String],
        _ command: String,
        _ options: CommandOptions,
        _ context: CommandContext
    ) -> Exit {
        let execution = context.execution
        guard let text = AccountFiles.text(execution.world.tree, status) else {
            return context.unknown("the package database is not known", .packages)
        }
        let isAutomatic = command.hasPrefix("auto") || options.has("auto-remove")
        guard !names.isEmpty else {
            if isAutomatic { return .code(0) }
            return .code(0)
        }
        var stanzas = PackageInstall.stanzas(text)
        let wanted = Set(names.map(plain))
        let present = stanzas.filter { wanted.contains(PackageInstall.field($0, "Package:") ?? "") }
        let known = Set(present.compactMap { PackageInstall.field($0, "Package:") })
        if let missing = wanted.subtracting(known).sorted().first {
            if execution.world.isUncertain(status) {
                return context.unknown("whether \(missing) is installed is not known", .packages)
            }
            if !hasLists(execution) { return fail(context, "Unable to locate package \(missing)") }
        }
        guard !known.isEmpty else { return .code(0) }
        if let essential = present.first(where: { PackageInstall.field($0, "Essential:") == "yes" }),
            !options.has("allow-remove-essential")
        {
            _ = essential
            return fail(context, "Essential packages were removed and -y was used without --allow-remove-essential.")
        }
        guard options.has("y") || options.has("force-yes") || assumesYes(options, execution) else {
            context.out("Do you want to continue? [Y/n] Abort.\n")
            return .code(1)
        }
        // What needs a removed package goes too.
        var gone = known
        var isGrowing = true
        while isGrowing {
            isGrowing = false
            for stanza in stanzas {
                guard let name = PackageInstall.field(stanza, "Package:"), !gone.contains(name),
                    let depends = PackageInstall.field(stanza, "Depends:")
                else { continue }
                let needs = depends.split(separator: ",").contains { part in
                    let choices = part.split(separator: "|").map {
                        plain(String($0).trimmed.split(separator: " ").first.map(String.init) ?? "")
                    }
                    return choices.allSatisfy(gone.contains)
                }
                if needs {
                    gone.insert(name)
                    isGrowing = true
                }
            }
        }
        for name in gone.sorted() {
            context.out("Removing \(name) ...\n", isUnknown: true)
            let list = [name, "\(name):amd64", "\(name):arm64"].map { ImagePath("/var/lib/dpkg/info/\($0).list") }
            for path in list {
                guard let files = AccountFiles.text(execution.world.tree, path) else { continue }
                let places = files.split(separator: "\n").map { ImagePath(String($0)) }
                for place in places.reversed() {
                    guard let (real, node) = execution.world.tree.resolve(place, followLast: false), let node,
                        !real.isRoot
                    else { continue }
                    if node.isDirectory {
                        if execution.world.tree.entries(of: real)?.isEmpty == true, real.components.count > 2 {
                            execution.world.take(real)
                        }
                    } else {
                        FileWork.remove(execution, real)
                    }
                }
                execution.world.take(path)
            }
        }
        stanzas.removeAll { gone.contains(PackageInstall.field($0, "Package:") ?? "") }
        PackageInstall.write(stanzas.map { $0 + "\n\n" }.joined(), at: status, execution)
        if isAutomatic {
            execution.world.note(
                "\(context.name) also removes packages that nobody needs any more; which they are is not modelled",
                .packages
            )
        }
        return .code(0)
    }
}

extension String {
    /// The text with the first occurrence of a part replaced.
    func replacingFirst(_ part: String, _ other: String) -> String {
        guard let range = firstRange(of: part) else { return self }
        return replacingCharacters(in: range, other)
    }

    private func replacingCharacters(in range: Range<String.Index>, _ other: String) -> String {
        String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
    }
}
