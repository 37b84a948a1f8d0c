// SPDX-License-Identifier: Apache-2.0
//
// Source: docker buildx build, its options and what it says of wrong ones.

import ArgumentParser
import Diagnostics
import HostFiles
import OCISpec
import SymbolicBuild

/// The options of `docker build` that bring something from outside, or that speak of processes, networks and caches.
///
/// Nothing is run and nothing is cached here, so the latter are taken as docker takes them, and it is said that they do nothing.
struct DockerBuildOptions: ParsableArguments {
    @Option(name: .customLong("build-context"), help: "Further files or an image by name, NAME=PATH. Repeatable.")
    var buildContexts: [String] = []

    @Option(name: .customLong("secret"), help: "A secret for RUN lines, id=NAME[,src=FILE|,env=VARIABLE]. Repeatable.")
    var secrets: [String] = []

    @Option(name: .customLong("ssh"), help: "An SSH agent for RUN lines, default or NAME=SOCKET. Repeatable.")
    var agents: [String] = []

    @Option(
        name: .customLong("annotation"),
        help: "An annotation of the image, [manifest|index:]NAME=VALUE. Repeatable."
    )
    var annotations: [String] = []

    @Option(help: "What is done: build, check or targets.")
    var call: String = "build"

    @Option(help: "The network of RUN lines: default, none or host. Nothing is run here.")
    var network: String?

    @Option(name: .customLong("no-cache-filter"), help: "Accepted for compatibility: nothing is cached. Repeatable.")
    var noCacheFilters: [String] = []

    @Option(name: .customLong("cache-from"), help: "Accepted for compatibility: nothing is cached. Repeatable.")
    var cacheSources: [String] = []

    @Option(name: .customLong("cache-to"), help: "Accepted for compatibility: nothing is cached. Repeatable.")
    var cacheTargets: [String] = []

    @Option(name: .customLong("add-host"), help: "Accepted for compatibility: nothing is run. Repeatable.")
    var hosts: [String] = []

    @Option(name: .customLong("builder"), help: "Accepted for compatibility: there is one builder.")
    var builder: String?

    @OptionGroup var machine: MachineOptions

    /// Limits and manners of the processes of a build.
    struct MachineOptions: ParsableArguments {
        @Option(name: .customLong("allow"), help: .hidden)
        var allowed: [String] = []
        @Option(name: .customLong("cgroup-parent"), help: .hidden)
        var controlGroup: String?
        @Option(name: .customLong("cpu-period"), help: .hidden)
        var processorPeriod: String?
        @Option(name: .customLong("cpu-quota"), help: .hidden)
        var processorQuota: String?
        @Option(name: [.customShort("c"), .customLong("cpu-shares")], help: .hidden)
        var processorShares: String?
        @Option(name: .customLong("cpuset-cpus"), help: .hidden)
        var processors: String?
        @Option(name: .customLong("cpuset-mems"), help: .hidden)
        var memoryNodes: String?
        @Option(name: .customLong("isolation"), help: .hidden)
        var isolation: String?
        @Option(name: [.customShort("m"), .customLong("memory")], help: .hidden)
        var memory: String?
        @Option(name: .customLong("memory-swap"), help: .hidden)
        var swap: String?
        @Option(name: .customLong("security-opt"), help: .hidden)
        var security: [String] = []
        @Option(name: .customLong("shm-size"), help: .hidden)
        var sharedMemory: String?
        @Option(name: .customLong("ulimit"), help: .hidden)
        var limits: [String] = []
        @ArgumentParser.Flag(name: .customLong("compress"), help: .hidden)
        var compresses = false
        @ArgumentParser.Flag(name: .customLong("force-rm"), help: .hidden)
        var alwaysRemoves = false
        @ArgumentParser.Flag(name: .customLong("rm"), help: .hidden)
        var removes = false
        @ArgumentParser.Flag(name: .customLong("squash"), help: .hidden)
        var squashes = false

        /// The names of those that were given.
        var given: [String] {
            let texts: [(String, String?)] = [
                ("--cgroup-parent", controlGroup), ("--cpu-period", processorPeriod), ("--cpu-quota", processorQuota),
                ("--cpu-shares", processorShares), ("--cpuset-cpus", processors), ("--cpuset-mems", memoryNodes),
                ("--isolation", isolation), ("--memory", memory), ("--memory-swap", swap),
                ("--shm-size", sharedMemory),
            ]
            let lists = [("--allow", allowed), ("--security-opt", security), ("--ulimit", limits)]
            let flags = [
                ("--compress", compresses), ("--force-rm", alwaysRemoves), ("--rm", removes), ("--squash", squashes),
            ]
            return texts.filter { $0.1 != nil }.map(\.0) + lists.filter { !$0.1.isEmpty }.map(\.0)
                + flags.filter(\.1).map(\.0)
        }
    }
}

extension DockerBuildOptions {
    /// What `--call` may ask for.
    enum Call: Equatable {
        case build, check, targets
    }

    /// What is to be done.
    func wantedCall() throws -> Call {
        let word = call.split(separator: ",", maxSplits: 1).first.map(String.init) ?? ""
        switch word {
        case "build", "": return .build
        case "check", "lint": return .check
        case "targets": return .targets
        case "outline":
            throw Failure(
                .unavailable,
                "an outline is not printed here",
                at: .option("--call=outline"),
                fix: "use `seaworthy dockerfile parse`, or --call=targets for the stages"
            )
        default:
            throw Failure(
                .usage,
                "invalid call \"\(word)\"",
                at: .option("--call=\(call)"),
                fix: "use build, check or targets"
            )
        }
    }

    /// Refuses what docker refuses, and says of the rest what does nothing here.
    ///
    /// - Parameter noCache: whether `--no-cache` was given.
    /// - Returns: what to say, a sentence each.
    func remarks(noCache: Bool) throws -> [String] {
        _ = try wantedCall()
        if noCache, !noCacheFilters.isEmpty {
            throw Failure(
                .usage,
                "cannot currently specify both --no-cache and --no-cache-filter",
                fix: "leave one of them out"
            )
        }
        if let network, !["default", "none", "host", ""].contains(network) {
            throw Failure(
                .usage,
                "network mode \"\(network)\" not supported by buildkit",
                at: .option("--network"),
                fix: "use default, none or host"
            )
        }
        for host in hosts where !host.contains(":") && !host.contains("=") {
            throw Failure(
                .usage,
                "invalid host \(host)",
                at: .option("--add-host"),
                fix: "write it as NAME:ADDRESS"
            )
        }
        var result: [String] = []
        let caches = [
            ("--cache-from", cacheSources), ("--cache-to", cacheTargets), ("--no-cache-filter", noCacheFilters),
        ].filter { !$0.1.isEmpty }.map(\.0)
        if !caches.isEmpty {
            result.append(
                "\(caches.joined(separator: ", ")): nothing is cached between builds here, so it does nothing"
            )
        }
        var run = machine.given
        if !hosts.isEmpty { run.append("--add-host") }
        if let network, !network.isEmpty { run.append("--network") }
        if !run.isEmpty {
            result.append("\(run.joined(separator: ", ")): no process is started here, so it does nothing")
        }
        if let builder, builder != "default" { result.append("--builder: there is one builder here, the symbolic one") }
        return result
    }
}

// MARK: What comes from outside

extension DockerBuildOptions {
    /// The names of the secrets that are at hand.
    ///
    /// - Throws: a `Failure`: `usage` for one that cannot be read, `noInput` for a file that is not there.
    func secretNames(environment: [String: String], resolve: (String) -> String) throws -> Set<String> {
        var names: Set<String> = []
        for text in secrets {
            var fields: [String: String] = [:]
            for part in text.split(separator: ",") {
                let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
                guard pair.count == 2, ["type", "id", "source", "src", "env"].contains(pair[0].lowercased()) else {
                    throw secretFailure(text, "unexpected key '\(pair.first ?? "")' in '\(part)'")
                }
                fields[pair[0].lowercased()] = pair[1]
            }
            if let type = fields["type"], !["file", "env"].contains(type) {
                throw secretFailure(text, "unsupported secret type \"\(type)\"")
            }
            guard let id = fields["id"], !id.isEmpty else { throw secretFailure(text, "the id is missing") }
            names.insert(id)
            var file = fields["source"] ?? fields["src"]
            if fields["type"] == "env" || fields["env"] != nil {
                file = nil
            } else if file == nil, environment[id] == nil {
                file = id
            }
            if let file, HostFile.kind(of: resolve(file)) == nil {
                throw Failure(
                    .noInput,
                    "failed to stat \(file): no such file or directory",
                    at: .option("--secret \(text)"),
                    fix: "name the file that holds it with src="
                )
            }
        }
        return names
    }

    private func secretFailure(_ text: String, _ what: String) -> Failure {
        Failure(
            .usage,
            "invalid secret: \(what)",
            at: .option("--secret \(text)"),
            fix: "write it as id=NAME,src=FILE or id=NAME,env=VARIABLE"
        )
    }

    /// The names of the SSH agents that are at hand.
    var agentNames: Set<String> {
        Set(agents.compactMap { $0.split(separator: "=", maxSplits: 1).first.map(String.init) })
    }

    /// Images and files by the names that FROM and `--from` know them by.
    ///
    /// - Throws: a `Failure`: `usage` for one that cannot be read, `noInput` for a folder that is not there.
    func namedContexts(limits: Limits, resolve: (String) -> String) throws -> [String: NamedContext] {
        var result: [String: NamedContext] = [:]
        for text in buildContexts {
            let pair = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard pair.count == 2, !pair[0].isEmpty, !pair[1].isEmpty else {
                throw Failure(
                    .usage,
                    "invalid context value: \(text), expected key=value",
                    at: .option("--build-context"),
                    fix: "write it as NAME=FOLDER or NAME=docker-image://IMAGE"
                )
            }
            result[pair[0].lowercased()] = try context(pair[1], text, limits, resolve)
        }
        return result
    }

    private func context(
        _ value: String,
        _ text: String,
        _ limits: Limits,
        _ resolve: (String) -> String
    ) throws -> NamedContext {
        if let name = value.dropping(prefix: "docker-image://") {
            do {
                return .image(try ImageReference(parsing: name).withDefaultTag)
            } catch {
                throw Failure(
                    .usage,
                    "invalid reference format",
                    at: .option("--build-context \(text)"),
                    fix: "write the image as name:tag"
                )
            }
        }
        if value.contains("://") || value.hasPrefix("git@") || value.hasSuffix(".git") || value.hasPrefix("target:") {
            return .unknown("what stands at \(value) is not known to a symbolic build")
        }
        let folder = resolve(value)
        guard HostFile.kind(of: folder) == .directory else {
            throw Failure(
                .noInput,
                "failed to get build context path \(value): no such file or directory",
                at: .option("--build-context \(text)"),
                fix: "name a folder"
            )
        }
        return .files(try FolderContext(dockerfile: folder + "/Dockerfile", folder: folder, limits: limits))
    }

    /// Where an annotation can stand that is written here.
    enum AnnotationPlace: String {
        case manifest, index
    }

    /// The annotations of the manifest and of the index.
    func wantedAnnotations() throws -> (manifest: [String: String], index: [String: String]) {
        var manifest: [String: String] = [:]
        var index: [String: String] = [:]
        for text in annotations {
            let pair = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard pair.count == 2, !pair[0].isEmpty else {
                throw Failure(
                    .usage,
                    "invalid annotation \"\(text)\", expected key=value",
                    at: .option("--annotation"),
                    fix: "write it as NAME=VALUE"
                )
            }
            let parts = pair[0].split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                manifest[pair[0]] = pair[1]
                continue
            }
            for word in parts[0].split(separator: ",") {
                let type = word.prefix { $0 != "[" }
                switch type {
                case "manifest": manifest[parts[1]] = pair[1]
                case "index": index[parts[1]] = pair[1]
                case "manifest-descriptor", "index-descriptor":
                    throw Failure(
                        .unavailable,
                        "annotations of descriptors are not written here",
                        at: .option("--annotation \(text)"),
                        fix: "use manifest: or index:"
                    )
                default:
                    throw Failure(
                        .usage,
                        "unknown annotation type \"\(type)\"",
                        at: .option("--annotation \(text)"),
                        fix: "use manifest: or index:"
                    )
                }
            }
        }
        return (manifest, index)
    }
}

extension String {
    /// The rest behind a prefix; nil where it does not begin so.
    fileprivate func dropping(prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
