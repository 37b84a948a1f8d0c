// SPDX-License-Identifier: Apache-2.0
//
// Source: npm 10: what it says of a package.json that is missing or broken, measured.

import Diagnostics
import ImageFilesystem
import JSONValues
import OCISpec
import ShellMachine

/// The folder of a package of Node.js, with its `package.json` and lock file.
struct NpmProject {
    let folder: ImagePath

    /// What reading a JSON file comes to.
    enum Source {
        case value(JSONValue)
        case missing
        case unknown
        case broken
    }

    /// Where the packages go.
    var modules: ImagePath { folder.appending("node_modules") }

    /// Reads a JSON file of the folder.
    func read(_ name: String, _ world: inout World) -> Source {
        let path = folder.appending(name)
        guard let node = world.tree.resolvedNode(at: path) else {
            return world.isUncertain(path) ? .unknown : .missing
        }
        guard case .file(.bytes(let bytes)) = node.kind else { return .unknown }
        guard bytes.count <= world.limits.entryBytes else { return .unknown }
        world.charge(bytes.count / 4_096)
        guard let value = try? JSONValue(parsing: bytes, depth: min(world.limits.depth, 64)), value.object != nil
        else {
            return .broken
        }
        return .value(value)
    }

    /// What npm says where its user may not write.
    static func denied(_ path: ImagePath, _ call: inout Invocation) -> Outcome {
        call.err(
            """
            npm error code EACCES
            npm error syscall mkdir
            npm error path \(path)
            npm error errno -13
            npm error Error: EACCES: permission denied, mkdir '\(path)'

            """
        )
        return .code(243, reason: .notPermitted(path.description))
    }

    /// What becomes of fetching packages without a network; nil where there is one. What was fetched before lies in npm's cache.
    static func unreachable(hasOwnCache: Bool, _ call: inout Invocation) -> Outcome? {
        let cache = ImagePath((call.environment["HOME"]?.string ?? "/root") + "/.npm")
        guard !call.world.hasNetwork else {
            call.world.makeUncertain(cache)
            return nil
        }
        if hasOwnCache || call.world.tree.resolvedNode(at: cache) != nil || call.world.isUncertain(cache) {
            return call.unknown(
                "whether npm has all packages in its cache is not known, and there is no network",
                .languagePackages
            )
        }
        call.err(
            """
            npm error code EAI_AGAIN
            npm error syscall getaddrinfo
            npm error errno EAI_AGAIN
            npm error request to https://registry.npmjs.org/ failed, reason: getaddrinfo EAI_AGAIN registry.npmjs.org

            """
        )
        return .code(1, reason: .noNetwork("npm"))
    }

    func noPackageFile(_ call: inout Invocation) -> Outcome {
        let path = folder.appending("package.json")
        call.err(
            """
            npm error code ENOENT
            npm error syscall open
            npm error path \(path)
            npm error errno -2
            npm error enoent Could not read package.json: Error: ENOENT: no such file or directory, open '\(path)'
            npm error enoent This is related to npm not being able to find a file.
            npm error enoent

            """
        )
        return .code(254, reason: .fileMissing(path.description))
    }

    func brokenJSON(_ name: String, _ call: inout Invocation) -> Outcome {
        call.err(
            """
            npm error code EJSONPARSE
            npm error path \(folder.appending(name))
            npm error JSON.parse Failed to parse JSON data.
            npm error JSON.parse Note: package.json must be actual JSON, not just JavaScript.

            """
        )
        return .code(1)
    }

    func missingLock(_ call: inout Invocation) -> Outcome {
        call.err(
            """
            npm error code EUSAGE
            npm error
            npm error The `npm ci` command can only install with an existing package-lock.json or
            npm error npm-shrinkwrap.json with lockfileVersion >= 1. Run an install with npm@5 or
            npm error later to generate a package-lock.json file, then try again.

            """
        )
        return .code(1, reason: .fileMissing(folder.appending("package-lock.json").description))
    }

    func outOfStep(_ problems: [String], _ call: inout Invocation) -> Outcome {
        call.err(
            "npm error code EUSAGE\nnpm error\nnpm error `npm ci` can only install packages when your package.json and "
                + "package-lock.json or npm-shrinkwrap.json are in sync. Please update your lock file with `npm install` "
                + "before continuing.\nnpm error\n"
                + problems.map { "npm error \($0)\n" }.joined() + "npm error\n"
        )
        return .code(1)
    }

    func unknownLock(_ call: inout Invocation) -> Outcome {
        call.unknown(
            "package.json or its lock file is not known, so neither are the packages that npm installs",
            .languagePackages
        )
    }
}
