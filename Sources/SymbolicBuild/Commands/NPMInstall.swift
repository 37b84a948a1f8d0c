// SPDX-License-Identifier: Apache-2.0
//
// Source: npm 10, @npmcli/arborist: what `npm ci` and `npm install` put into node_modules from package-lock.json.

import Diagnostics
import ImageFilesystem
import JSONValues
import OCISpec
import Packages

/// Installs what a lock file names into `node_modules`.
struct NPMInstall {
    let context: CommandContext
    let execution: Execution
    let omits: Set<String>
    let ignoresScripts: Bool
    let folder: ImagePath

    init(_ context: CommandContext, omits: Set<String>, ignoresScripts: Bool, prefix: String?) {
        self.context = context
        execution = context.execution
        self.omits = omits
        self.ignoresScripts = ignoresScripts
        folder = prefix.map { context.execution.world.path($0) } ?? context.execution.world.workingDirectory
    }

    /// What reading a JSON file comes to.
    enum Source {
        case value(JSONValue)
        case missing
        case unknown
        case broken
    }

    func read(_ name: String) -> Source {
        let path = folder.appending(name)
        guard let node = execution.world.tree.resolvedNode(at: path) else {
            return execution.world.isUncertain(path) ? .unknown : .missing
        }
        guard case .file(.bytes(let bytes)) = node.kind else { return .unknown }
        guard bytes.count <= execution.world.limits.entryBytes else { return .unknown }
        execution.world.charge(bytes.count / 4_096)
        guard let value = try? JSONValue(parsing: bytes, depth: min(execution.world.limits.depth, 64)),
            value.object != nil
        else {
            return .broken
        }
        return .value(value)
    }

    static func denied(_ context: CommandContext, _ path: ImagePath) -> Exit {
        context.err(
            """
            npm error code EACCES
            npm error syscall mkdir
            npm error path \(path)
            npm error errno -13
            npm error Error: EACCES: permission denied, mkdir '\(path)'

            """
        )
        return .code(243)
    }

    func noPackageFile() -> Exit {
        context.err(
            """
            npm error code ENOENT
            npm error syscall open
            npm error path \(folder.appending("package.json"))
            npm error errno -2
            npm error enoent Could not read package.json: Error: ENOENT: no such file or directory, open '\(folder.appending("package.json"))'
            npm error enoent This is related to npm not being able to find a file.
            npm error enoent

            """
        )
        return .code(254)
    }

    func brokenJSON(_ name: String) -> Exit {
        context.err(
            """
            npm error code EJSONPARSE
            npm error path \(folder.appending(name))
            npm error JSON.parse Failed to parse JSON data.
            npm error JSON.parse Note: package.json must be actual JSON, not just JavaScript.

            """
        )
        return .code(1)
    }

    // MARK: npm ci

    func ci(isDryRun: Bool) -> Exit {
        var lock = read("package-lock.json")
        if case .missing = lock {
            lock = read("npm-shrinkwrap.json")
        } else if case .value = read("npm-shrinkwrap.json") {
            lock = read("npm-shrinkwrap.json")
        }
        let package = read("package.json")
        if case .unknown = package { return unknownLock() }
        if case .unknown = lock { return unknownLock() }
        guard case .value(let locked) = lock, let version = lockVersion(locked), version >= 1 else {
            if case .missing = package, case .missing = lock {
                // npm looks for the lock first.
                return missingLock()
            }
            if case .broken = package { return brokenJSON("package.json") }
            return missingLock()
        }
        switch package {
        case .missing: return noPackageFile()
        case .broken: return brokenJSON("package.json")
        case .value(let wanted):
            let problems = differences(wanted, locked)
            guard problems.isEmpty else {
                context.err(
                    "npm error code EUSAGE\nnpm error\nnpm error `npm ci` can only install packages when your package.json and "
                        + "package-lock.json or npm-shrinkwrap.json are in sync. Please update your lock file with `npm install` "
                        + "before continuing.\nnpm error\n"
                        + problems.map { "npm error \($0)\n" }.joined() + "npm error\n"
                )
                return .code(1)
            }
            if isDryRun { return .code(0) }
            let modules = folder.appending("node_modules")
            if let exit = checkWritable(modules) { return exit }
            if execution.world.tree.node(at: modules) != nil { FileWork.remove(execution, modules) }
            return put(locked, wanted)
        case .unknown: return unknownLock()
        }
    }

    func unknownLock() -> Exit {
        context.unknown(
            "package.json or its lock file is not known, so neither are the packages that npm installs",
            .packages
        )
    }

    func missingLock() -> Exit {
        context.err(
            """
            npm error code EUSAGE
            npm error
            npm error The `npm ci` command can only install with an existing package-lock.json or
            npm error npm-shrinkwrap.json with lockfileVersion >= 1. Run an install with npm@5 or
            npm error later to generate a package-lock.json file, then try again.

            """
        )
        return .code(1)
    }

    func lockVersion(_ lock: JSONValue) -> Int? { lock["lockfileVersion"]?.int }

    func checkWritable(_ modules: ImagePath) -> Exit? {
        guard let parent = execution.world.tree.resolvedNode(at: folder) else { return Self.denied(context, modules) }
        if let node = execution.world.tree.node(at: modules), !execution.world.isAllowed(3, node) {
            return Self.denied(context, modules)
        }
        if execution.world.tree.node(at: modules) == nil, !execution.world.isAllowed(3, parent) {
            return Self.denied(context, modules)
        }
        return nil
    }

    // MARK: npm install

    func install() -> Exit {
        let package = read("package.json")
        let lock = read("package-lock.json")
        switch (package, lock) {
        case (.unknown, _), (_, .unknown): return unknownLock()
        case (.missing, .missing):
            context.out("\nup to date\n", isUnknown: true)
            return .code(0)
        case (.missing, _): return noPackageFile()
        case (.broken, _): return brokenJSON("package.json")
        case (.value(let wanted), .value(let locked)):
            let modules = folder.appending("node_modules")
            if let exit = checkWritable(modules) { return exit }
            if !differences(wanted, locked).isEmpty {
                let exit = put(locked, wanted)
                execution.world.note(
                    "package.json asks for packages that the lock file does not have; which versions npm takes is not known",
                    .packages
                )
                execution.world.makeUncertain(modules)
                execution.world.makeUncertain(folder.appending("package-lock.json"))
                return exit.isSuccess ? .unknown : exit
            }
            return put(locked, wanted)
        case (.value(let wanted), _):
            let modules = folder.appending("node_modules")
            if let exit = checkWritable(modules) { return exit }
            let names = ["dependencies", "optionalDependencies"] + (omits.contains("dev") ? [] : ["devDependencies"])
            guard names.contains(where: { wanted[$0]?.object?.members.isEmpty == false }) else {
                context.out("\nup to date, audited 1 package in 1s\n", isUnknown: true)
                return .code(0)
            }
            execution.world.note(
                "there is no lock file, so which versions npm install takes from the registry is not known",
                .packages
            )
            execution.world.makeUncertain(modules)
            execution.world.makeUncertain(folder.appending("package-lock.json"))
            context.out("\nadded packages\n", isUnknown: true)
            return .unknown
        }
    }

    /// Takes out of node_modules what the lock file does not have, or has for omitted kinds only.
    func prune() -> Exit {
        guard case .value(let locked) = read("package-lock.json"), case .value(let wanted) = read("package.json") else {
            return context.unknown("which packages npm prune keeps is not known", .packages)
        }
        let modules = folder.appending("node_modules")
        guard execution.world.tree.node(at: modules) != nil else { return .code(0) }
        if execution.world.isUncertain(modules) {
            return context.unknown("which packages npm prune keeps is not known", .packages)
        }
        if let exit = checkWritable(modules) { return exit }
        FileWork.remove(execution, modules)
        return put(locked, wanted, verb: "removed")
    }

    // MARK: Reading the lock

    struct Locked {
        var path: String
        var name: String
        var entry: JSONValue
    }

    /// The packages of a lock file by path; of version 1 by walking its tree.
    func packages(_ lock: JSONValue) -> [Locked] {
        if let members = lock["packages"]?.object?.members {
            var seen: Set<String> = []
            return members.reversed().compactMap { member in
                guard member.name.hasPrefix("node_modules/") || member.name.contains("/node_modules/"),
                    seen.insert(member.name).inserted, let name = Self.name(of: member.name)
                else { return nil }
                return Locked(path: member.name, name: member.value["name"]?.string ?? name, entry: member.value)
            }.reversed()
        }
        var result: [Locked] = []
        func visit(_ dependencies: JSONValue?, _ prefix: String, _ depth: Int) {
            guard depth < 32 else { return }
            for member in dependencies?.object?.members ?? [] where Self.isPlainName(member.name) {
                let path = prefix + "node_modules/" + member.name
                result.append(Locked(path: path, name: member.name, entry: member.value))
                visit(member.value["dependencies"], path + "/", depth + 1)
            }
        }
        visit(lock["dependencies"], "", 0)
        return result
    }
}
