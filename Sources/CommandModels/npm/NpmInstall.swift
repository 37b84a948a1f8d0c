// SPDX-License-Identifier: Apache-2.0
//
// Source: npm 10, @npmcli/arborist: what `npm ci`, `npm install` and `npm prune` do with package-lock.json.

import Diagnostics
import ImageFilesystem
import JSONValues
import OCISpec
import ShellMachine

/// Installs what a lock file names into `node_modules`; writing is in `+Files`.
struct NpmInstall {
    let project: NpmProject
    let omits: Set<String>
    let ignoresScripts: Bool
    private let isDryRun: Bool
    private let ignoresLock: Bool
    private let hasOwnCache: Bool

    init(_ request: NpmRequest, in world: World, ignoresScripts: Bool? = nil) {
        project = NpmProject(folder: request.folder)
        omits = request.omits
        self.ignoresScripts = ignoresScripts ?? request.ignoresScripts
        isDryRun = request.isDryRun
        ignoresLock = request.ignoresLock
        hasOwnCache = request.hasOwnCache
    }

    /// `npm ci`.
    func ci(_ call: inout Invocation) -> Outcome {
        var lock = project.read("package-lock.json", &call.world)
        if case .missing = lock {
            lock = project.read("npm-shrinkwrap.json", &call.world)
        } else if case .value(let shrinkwrap) = project.read("npm-shrinkwrap.json", &call.world) {
            lock = .value(shrinkwrap)
        }
        let package = project.read("package.json", &call.world)
        if case .unknown = package { return project.unknownLock(&call) }
        if case .unknown = lock { return project.unknownLock(&call) }
        guard case .value(let document) = lock, let version = NpmLock(document: document).version, version >= 1 else {
            // npm looks for the lock first.
            if case .missing = package, case .missing = lock { return project.missingLock(&call) }
            if case .broken = package { return project.brokenJSON("package.json", &call) }
            return project.missingLock(&call)
        }
        switch package {
        case .missing: return project.noPackageFile(&call)
        case .broken: return project.brokenJSON("package.json", &call)
        case .unknown: return project.unknownLock(&call)
        case .value(let wanted):
            let locked = NpmLock(document: document)
            let problems = locked.differences(from: wanted)
            guard problems.isEmpty else { return project.outOfStep(problems, &call) }
            if isDryRun { return .success }
            if let refusal = checkWritable(&call) ?? reach(locked, &call) { return refusal }
            if call.world.tree.node(at: project.modules) != nil { call.world.removeTree(project.modules) }
            return put(locked, wanted, &call)
        }
    }

    /// `npm install` without names.
    func install(_ call: inout Invocation) -> Outcome {
        let package = project.read("package.json", &call.world)
        let lock = ignoresLock ? .missing : project.read("package-lock.json", &call.world)
        switch (package, lock) {
        case (.unknown, _), (_, .unknown): return project.unknownLock(&call)
        case (.missing, .missing):
            call.out("\nup to date\n", isUnknown: true)
            return .success
        case (.missing, _): return project.noPackageFile(&call)
        case (.broken, _): return project.brokenJSON("package.json", &call)
        case (.value(let wanted), .value(let document)):
            let locked = NpmLock(document: document)
            if let refusal = checkWritable(&call) ?? reach(locked, &call) { return refusal }
            return installLocked(locked, wanted, &call)
        case (.value(let wanted), _):
            if let refusal = checkWritable(&call) { return refusal }
            return installNewest(wanted, &call)
        }
    }

    private func installLocked(_ lock: NpmLock, _ wanted: JSONValue, _ call: inout Invocation) -> Outcome {
        let outcome = put(lock, wanted, &call)
        guard !lock.differences(from: wanted).isEmpty else { return outcome }
        call.world.doubt(
            "package.json asks for packages that the lock file does not have; which versions npm takes is not known",
            .languagePackages,
            in: places
        )
        return outcome.exit.isSuccess ? .unknown : outcome
    }

    /// Without a lock file the registry decides which versions come.
    private func installNewest(_ wanted: JSONValue, _ call: inout Invocation) -> Outcome {
        let names = ["dependencies", "optionalDependencies"] + (omits.contains("dev") ? [] : ["devDependencies"])
        guard names.contains(where: { wanted[$0]?.object?.members.isEmpty == false }) else {
            call.out("\nup to date, audited 1 package in 1s\n", isUnknown: true)
            return .success
        }
        if let refusal = NpmProject.unreachable(hasOwnCache: hasOwnCache, &call) { return refusal }
        let lock = ignoresLock ? "npm does not look at the lock file" : "there is no lock file"
        call.world.doubt(
            "\(lock), so which versions npm install takes from the registry is not known",
            .languagePackages,
            in: ignoresLock ? [project.modules] : places
        )
        call.out("\nadded packages\n", isUnknown: true)
        return .unknown
    }

    /// Fails where packages of a lock file would have to be fetched and there is no network; nil where nothing stands in the way.
    private func reach(_ lock: NpmLock, _ call: inout Invocation) -> Outcome? {
        let isFetched = lock.packages.contains { package in
            !package.isOmitted(by: omits) && !package.has("link") && !package.has("inBundle")
                && package.entry["resolved"]?.string?.hasPrefix("file:") != true
        }
        return isFetched ? NpmProject.unreachable(hasOwnCache: hasOwnCache, &call) : nil
    }

    /// What the registry decides.
    private var places: [ImagePath] { [project.modules, project.folder.appending("package-lock.json")] }

    /// Takes out of node_modules what the lock file does not have, or has for omitted kinds only.
    func prune(_ call: inout Invocation) -> Outcome {
        let unknown = "which packages npm prune keeps is not known"
        guard case .value(let document) = project.read("package-lock.json", &call.world),
            case .value(let wanted) = project.read("package.json", &call.world)
        else {
            return call.unknown(unknown, .languagePackages)
        }
        guard call.world.tree.node(at: project.modules) != nil else { return .success }
        if call.world.isUncertain(project.modules) { return call.unknown(unknown, .languagePackages) }
        if let refusal = checkWritable(&call) { return refusal }
        call.world.removeTree(project.modules)
        return put(NpmLock(document: document), wanted, verb: "removed", &call)
    }

    private func checkWritable(_ call: inout Invocation) -> Outcome? {
        let world = call.world
        let isAllowed: Bool
        if let node = world.tree.node(at: project.modules) {
            isAllowed = world.tree.resolvedNode(at: project.folder) != nil && world.isAllowed(3, node)
        } else {
            isAllowed = world.tree.resolvedNode(at: project.folder).map { world.isAllowed(3, $0) } ?? false
        }
        return isAllowed ? nil : NpmProject.denied(project.modules, &call)
    }
}
