// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/dockerfile2llb/convert.go, dispatchCopy; solver/llbsolver/file/unpack.go.

import Archives
import Diagnostics
import DockerfileSyntax
import ImageFilesystem
import OCISpec
import ShellMachine

extension StageBuilder {
    /// ADD: as COPY, but archives of the context are unpacked and addresses are fetched, which a symbolic build cannot do.
    mutating func add(_ instruction: CopyInstruction, _ whole: Instruction) throws {
        let createdBy = try copyHistory("ADD", instruction)
        let words = try CopyWords(instruction, self, whole.range)
        try checkChecksum(instruction, words, whole.range)
        guard request.followsCommands else { return recordUnfollowed(createdBy, words, whole) }
        let before = state.tree
        let context = request.context
        let engine = engine(words, context.tree) { path, content in
            guard case .modelled = content else { return content }
            return .bytes(try context.load(path))
        }
        let isSeveral = instruction.sources.count > 1 && !TreeCopy.namesFolder(words.destination)
        let destination = isSeveral ? words.destination + "/" : words.destination
        let source = CopySource(context)
        try withTarget(words) { builder, tree in
            for path in words.paths {
                if CopyInstruction.isRemote(path) {
                    try builder.addRemote(path, words, to: destination, into: &tree, whole.range)
                    continue
                }
                let isUnpacked =
                    try instruction.unpacks != false
                    && builder.unpack(path, words, to: destination, into: &tree, whole.range)
                if isUnpacked { continue }
                try builder.put([path], from: source, words, engine, to: destination, into: &tree, whole)
            }
            for heredoc in words.heredocs { try builder.write(heredoc, words, engine, into: &tree, whole.range) }
        }
        recordLayer(createdBy, since: before, whole.range, operation(words))
    }

    /// A file from an address has a name and a place, but no content that is known; of a repository nothing is known.
    private mutating func addRemote(
        _ address: String,
        _ words: CopyWords,
        to destination: String,
        into tree: inout FileTree,
        _ range: SourceRange
    ) throws {
        let target = ImagePath(destination, relativeTo: workingDirectory)
        let path = address.prefix { $0 != "?" && $0 != "#" }
        let reason = "what stands at \(address) is not known to a symbolic build"
        var seen = SourcesSeen()
        seen.doubts = [Unknown(reason: reason, range: range, scope: .packages)]
        guard !Self.isRepository(address), words.instruction.unpacks != true else {
            seen.places = [target]
            seen.mayBringFolder = true
            note(seen, reason: reason, range)
            let place = try placed(range) { () throws in
                try self.engine(words, FileTree()) { $1 }.makeFolder(target, in: &tree)
            }
            state.uncertain.insert(place)
            return
        }
        let name = path.split(separator: "/").dropFirst(2).last.map { Array($0.utf8) } ?? Array("index.html".utf8)
        let engine = self.engine(words, FileTree()) { $1 }
        let isFolder = TreeCopy.namesFolder(destination)
        let place = try placed(range) { () throws in try engine.place(of: name, target, isFolder: isFolder, in: &tree) }
        seen.places = [place]
        note(seen, reason: reason, range)
        let unknown = Unknown(reason: reason, range: range, scope: .files, paths: [place.description])
        var node = FileNode(
            kind: .file(.unknown(unknown)),
            mode: 0o600,
            uid: words.owner?.uid ?? 0,
            gid: words.owner?.gid ?? 0
        )
        if let mode = words.mode { node.mode = mode(node) }
        node.modificationTime = request.epochSeconds
        tree.insert(node, at: place)
    }

    /// Refuses a `--checksum` that the builder does not take; whether it is the right one nobody knows here.
    private func checkChecksum(_ instruction: CopyInstruction, _ words: CopyWords, _ range: SourceRange) throws {
        let checksum = try instruction.checksum.map { try expand($0, range) } ?? ""
        guard !checksum.isEmpty else { return }
        guard instruction.sources.count == 1 else {
            throw BuildStop("checksum can't be specified for multiple sources", range: range)
        }
        guard let address = words.paths.first, CopyInstruction.isRemote(address) else {
            throw BuildStop("checksum can't be specified for non-HTTP(S) & non-Git sources", range: range)
        }
        guard !Self.isRepository(address) else { return }
        do {
            _ = try Digest(parsing: checksum)
        } catch {
            throw BuildStop(
                "invalid checksum digest format",
                range: range,
                fix: "write sha256: and the 64 hexadecimal digits of the file's hash"
            )
        }
    }

    private static func isRepository(_ address: String) -> Bool {
        address.prefix { $0 != "?" && $0 != "#" }.hasSuffix(".git") || address.hasPrefix("git")
            || address.hasPrefix("ssh://")
    }

    /// Unpacks a file of the context that is a tar, compressed or not.
    ///
    /// - Returns: whether it is one.
    private mutating func unpack(
        _ path: String,
        _ words: CopyWords,
        to destination: String,
        into tree: inout FileTree,
        _ range: SourceRange
    ) throws -> Bool {
        guard !PathPattern.hasWildcard(path), let node = request.context.tree.resolvedNode(at: ImagePath(path)),
            case .file(let content) = node.kind, content.sizeBytes ?? 0 > 0
        else { return false }
        let bytes = try request.context.load(ImagePath(path))
        guard ArchiveContext.isArchive(bytes), let reader = try? ArchiveReader(.bytes(bytes), limits: request.limits)
        else {
            return false
        }
        guard let first = try? reader.next() else { return false }
        let folders = TreeFolders(
            uid: words.owner?.uid ?? 0,
            gid: words.owner?.gid ?? 0,
            epochSeconds: request.epochSeconds,
            mode: words.folderMode
        )
        try placed(range) { () throws in
            let place = try folders.make(ImagePath(destination, relativeTo: workingDirectory), in: &tree)
            var next: ArchiveEntry? = first
            while let entry = next {
                try unpack(entry, reader, words, below: place, into: &tree)
                do {
                    next = try reader.next()
                } catch let failure as Failure where failure.code == .malformedInput {
                    throw BuildStop("failed to unpack \(path): \(failure.what)")
                }
            }
        }
        return true
    }

    private mutating func unpack(
        _ entry: ArchiveEntry,
        _ reader: ArchiveReader,
        _ words: CopyWords,
        below place: ImagePath,
        into tree: inout FileTree
    ) throws {
        if PathHazard(entry.path) == .climbs {
            throw BuildStop("failed to unpack: \(entry.displayPath) leads out of the folder")
        }
        let path = ImagePath(entry.path.drop { $0 == 0x2F }, relativeTo: place)
        // The archive's own root changes nothing of the folder that it is unpacked into.
        guard path != place else { return }
        let kind: FileNode.Kind
        switch entry.kind {
        case .directory: kind = .directory
        case .file: kind = .file(.bytes(try reader.readAll()))
        case .symlink(let target): kind = .symlink(target: target)
        case .hardLink(let target): kind = .hardLink(target: ImagePath(target.drop { $0 == 0x2F }, relativeTo: place))
        case .character(let major, let minor): kind = .character(major: major, minor: minor)
        case .block(let major, let minor): kind = .block(major: major, minor: minor)
        case .fifo: kind = .fifo
        default: return
        }
        let node = FileNode(
            kind: kind,
            mode: entry.mode,
            uid: words.owner?.uid ?? entry.uid,
            gid: words.owner?.gid ?? entry.gid,
            modificationTime: entry.modificationTime
        )
        let parent = try TreeFolders(uid: 0, gid: 0, epochSeconds: request.epochSeconds).make(
            path.parent,
            in: &tree
        )
        guard let name = path.name else { return }
        // What stands there is replaced, a link to a folder too; a folder only gets the mode and the owner that the archive has.
        tree.insert(node, at: parent.appending(name))
    }
}
