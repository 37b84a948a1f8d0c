// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import ImageFilesystem
import OCISpec
import SymbolicBuild

/// The final image holds the application, and its command names it.
///
/// The files decide, not the words: what the command names has to be a file of the build context, the folder that it belongs to has
/// to be there whole, and node has to find the packages of the lock file from there.
enum Application: CheckKind {
    static let name = "application"
    static let claim =
        "The final image holds the application: its source files, the packages of its lock file, and a command that names one of "
        + "those files."
    static let needs: Set<CheckNeed> = [.work]
    static let example = "source: src\nlock: package-lock.json"

    struct Parameters: CheckParameters {
        private static let sourceKey = CheckParameter.relativePath(
            "source",
            "The folder of the build context that holds the application's own files."
        )
        private static let lockKey = CheckParameter.relativePath(
            "lock",
            "The lock file of npm whose packages node has to find; none are asked for when left out."
        )
        static let documentation = [sourceKey.required, lockKey.optional]

        let source: ImagePath
        let lock: String?

        init(_ reader: ParameterReader) throws(ParameterProblem) {
            source = ImagePath(try reader.value(Self.sourceKey).value)
            lock = try reader.optional(Self.lockKey)?.value
        }
    }

    static func judge(_ parameters: Parameters, _ input: CheckInput) throws -> Judgement {
        guard let work = input.work else { return input.noDockerfile }
        if let absent = work.absentImage { return absent }
        guard let target = work.finalState else { return work.noFinalStage }
        let folder = String(decoding: parameters.source.components.last ?? [], as: UTF8.self)
        let files = ApplicationFiles(parameters.source, of: work)
        guard !files.isEmpty else {
            return Judgement(.unknown, "The build context has no \(folder), so the application cannot be recognised.")
        }
        let search = Search(parameters: parameters, folder: folder, files: files, work: work, target: target)
        return search.judgement
    }

    /// One look for the application in an image.
    private struct Search {
        let parameters: Parameters
        let folder: String
        let files: ApplicationFiles
        let work: WorkEvidence
        let target: StageState

        var judgement: Judgement {
            var near: Judgement?
            var foreign: ImagePath?
            for path in named {
                switch files.place(of: path, in: target.tree) {
                case .below(let root):
                    let found = whole(root, path)
                    if found.verdict == .passed { return found }
                    near = near ?? found
                case .outside: foreign = foreign ?? path
                case .other: break
                }
            }
            if let near { return near }
            if let foreign {
                return Judgement(
                    .unknown,
                    "The command names \(foreign), which is not of \(folder): whether that is the application cannot be said.",
                    found: words,
                    evidence: proof
                )
            }
            return notNamed
        }

        /// What the command names of the image that the base does not bring.
        private var named: [ImagePath] {
            var base: FileTree?
            if case .image(let image) = target.base { base = image.tree }
            return CommandFiles(of: target).paths.filter { base?.resolvedNode(at: $0) == nil }
        }

        private var words: String {
            let config = target.configuration.config
            return GoList.text((config.entrypoint ?? []) + (config.cmd ?? []))
        }

        private var proof: [Evidence] {
            let range = target.commandRange ?? target.entrypointRange
            return range.map { [work.evidence($0, words)] } ?? [Evidence(kind: .image, detail: words)]
        }

        /// The folder is there whole, and node finds the packages from the file that is started, and may read all of it.
        private func whole(_ root: ImagePath, _ entry: ImagePath) -> Judgement {
            let lacking = files.missing(below: root, in: target.tree)
            if let first = lacking.first {
                let isIgnored = files.isIgnored(first)
                return failed(
                    "\(first)\(lacking.count > 1 ? " and \(lacking.count - 1) more file\(lacking.count > 2 ? "s" : "")" : "") of \(folder) "
                        + "\(lacking.count > 1 ? "are" : "is") not in the final image"
                        + (isIgnored ? ": the ignore file leaves \(lacking.count > 1 ? "them" : "it") out." : "."),
                    found: "\(root) without \(first)",
                    fix: isIgnored ? "Take what leaves \(first) out of `.dockerignore`." : nil,
                    places: [ImagePath(first, relativeTo: root)]
                )
            }
            var needed = files.places(below: root)
            if let lock = parameters.lock, let packages = LockedPackages(lock, work) {
                let found = packages.found(from: entry.parent, and: target.nodePath, in: target.tree)
                let missing = found.filter { $0.place == nil }.map(\.name)
                if let first = missing.first {
                    return failed(
                        "\(LockedPackages.sentence(missing)) not where node looks for the packages of \(lock): in "
                            + "`node_modules` beside or above \(entry).",
                        found: "Packages of \(lock) that are missing: \(missing.prefix(3).joined(separator: ", "))",
                        places: places(of: first, from: entry.parent)
                    )
                }
                needed += found.compactMap(\.place)
            }
            if let refused = unreadable(needed) { return refused }
            return Judgement(
                .passed,
                "The command starts \(entry), and the application is whole.",
                found: words,
                evidence: proof + [
                    Evidence(kind: .imageFile, file: entry.description, detail: "the file that the command names")
                ]
            )
        }

        /// Where node looks for a package.
        private func places(of package: String, from folder: ImagePath) -> [ImagePath] {
            var folders: [ImagePath] = [folder]
            while let last = folders.last, !last.isRoot { folders.append(last.parent) }
            return (folders.map { $0.appending("node_modules") } + target.nodePath).map {
                ImagePath(package, relativeTo: $0)
            }
        }

        /// What is so where the container's user may not read a file of the application.
        private func unreadable(_ needed: [ImagePath]) -> Judgement? {
            let access = ContainerAccess(target)
            guard let place = needed.lazy.compactMap({ access.obstacle(to: $0) }).first else { return nil }
            return Judgement(
                .failed,
                "The container runs as \(access.name), who may not read \(place): \(access.words(place)).",
                found: "\(place), \(access.words(place))",
                fix: "Leave `--chmod` out, or let everybody read: `--chmod=755`.",
                evidence: proof + [
                    Evidence(kind: .imageFile, file: place.description, detail: access.words(place))
                ]
            )
        }

        /// Wrong where all is known; else what is missing may be there.
        ///
        /// - Parameter places: where what is missing would have to be; nil for anywhere.
        private func failed(_ message: String, found: String, fix: String? = nil, places: [ImagePath]? = nil)
            -> Judgement
        {
            let doubt = target.unknowns.first { unknown in
                places.map { $0.contains { unknown.mayTouch($0.description) } } ?? unknown.touches(.files)
            }
            if let doubt {
                return Judgement(
                    .unknown,
                    message.dropLast() + " as far as the image is known: \(doubt.reason).",
                    found: found,
                    evidence: proof + [work.evidence(doubt)]
                )
            }
            return Judgement(.failed, message, found: found, fix: fix, evidence: proof)
        }

        /// What a word of the exec form says to who expected a shell to read it.
        private var unread: String {
            let config = target.configuration.config
            let words = (config.entrypoint ?? []) + (config.cmd ?? [])
            guard words.count < 3 || words[1] != "-c", let word = words.first(where: { $0.contains("$") }) else {
                return ""
            }
            return " No shell replaces `\(word)` in the exec form."
        }

        private var notNamed: Judgement {
            if let root = files.anyPlace(in: target.tree) {
                return failed(
                    "The command names no file of \(folder), which is at \(root) in the final image.\(unread)",
                    found: words
                )
            }
            return failed(
                "\(folder) is not in the final image, and the command names none of its files.\(unread)",
                found: words
            )
        }
    }
}
