// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/dockerfile2llb/convert.go, dispatchCopy; Dockerfile reference, "COPY", "ADD".

import BaseImages
import Diagnostics
import DockerfileSyntax
import ImageFilesystem
import OCISpec

extension StageBuilder {
    mutating func copy(_ instruction: CopyInstruction, _ whole: Instruction) throws {
        let createdBy = try copyHistory("COPY", instruction)
        if let from = instruction.from {
            let (tree, unknown) = try source(from, instruction.fromRange ?? whole.range)
            if let unknown { note(unknown, whole.range, .files) }
            try copy(instruction, whole, createdBy: createdBy, from: tree, isSourceUnknown: unknown != nil) { path, content in
                content
            }
        } else {
            let context = request.context
            try copy(
                instruction, whole, createdBy: createdBy, from: context.tree, isSourceUnknown: context.isUnknown
            ) { path, content in
                guard case .modelled = content else { return content }
                return .bytes(try context.load(path))
            }
        }
    }

    mutating func add(_ instruction: CopyInstruction, _ whole: Instruction) throws {
        let remote = instruction.paths.filter { CopyInstruction.isRemote($0.text) }
        let archives = try instruction.paths.filter { try isArchive(expand($0.text, $0.range)) }
        guard remote.isEmpty, archives.isEmpty || instruction.unpacks == false else {
            let before = state.tree
            let what = remote.first.map { "the file at \($0.text)" } ?? "what the archive \(archives.first?.text ?? "") holds"
            note("\(what) is not known to a symbolic build, so files may be missing from the model", whole.range, .files)
            recordLayer(
                try copyHistory("ADD", instruction), since: before, whole.range,
                .copy(
                    sources: instruction.paths.map(\.text), destination: instruction.destination.text, from: nil))
            return
        }
        let context = request.context
        try copy(
            instruction, whole, createdBy: try copyHistory("ADD", instruction), from: context.tree,
            isSourceUnknown: context.isUnknown
        ) { path, content in
            guard case .modelled = content else { return content }
            return .bytes(try context.load(path))
        }
    }

    /// Whether ADD would unpack a file of the context: its first bytes say so.
    private func isArchive(_ path: String) throws -> Bool {
        guard let node = request.context.tree.resolvedNode(at: ImagePath(path)), case .file = node.kind else { return false }
        let bytes = try request.context.load(ImagePath(path))
        let magic: [[UInt8]] = [[0x1F, 0x8B], [0x42, 0x5A, 0x68], [0xFD, 0x37, 0x7A, 0x58, 0x5A], [0x28, 0xB5, 0x2F, 0xFD]]
        if magic.contains(where: { bytes.starts(with: $0) }) { return true }
        return bytes.count > 262 && Array(bytes[257..<262]) == Array("ustar".utf8)
    }

    private mutating func copy(
        _ instruction: CopyInstruction,
        _ whole: Instruction,
        createdBy: String,
        from source: FileTree,
        isSourceUnknown: Bool,
        _ content: @escaping (ImagePath, FileContent) throws -> FileContent
    ) throws {
        let before = state.tree
        let destination = try expand(instruction.destination.text, instruction.destination.range)
        let owner = try instruction.chown.map { try self.owner(expand($0, whole.range), whole.range) }
        let mode = try instruction.chmod.map { try self.mode(expand($0, whole.range), whole.range) }
        let excludes = try instruction.excludes.map { PathPattern(ImagePath(try expand($0, whole.range))) }
        let engine = TreeCopy(
            source: source, content: content, owner: owner, mode: mode, keepsParents: instruction.keepsParents,
            excludes: excludes, epochSeconds: request.epochSeconds
        )
        var paths: [String] = []
        for token in instruction.paths { paths.append(try expand(token.text, token.range)) }
        let operation = LayerOperation.copy(
            sources: paths, destination: ImagePath(destination, relativeTo: workingDirectory).description, from: instruction.from)
        let heredocs = instruction.sources.compactMap { if case .heredoc(let heredoc) = $0 { heredoc } else { nil } }
        if !paths.isEmpty {
            let written = heredocs.isEmpty || destination.hasSuffix("/") ? destination : destination + "/"
            let missing = try engine.copy(paths, to: written, workingDirectory: workingDirectory, into: &state.tree)
            if let missing {
                guard !isSourceUnknown else {
                    recordLayer(createdBy, since: before, whole.range, operation)
                    return
                }
                throw missingSource(missing, instruction, whole)
            }
        }
        for heredoc in heredocs {
            try write(heredoc, to: destination, isFolder: instruction.sources.count > 1, owner, mode, whole.range)
        }
        recordLayer(createdBy, since: before, whole.range, operation)
    }

    private mutating func write(
        _ heredoc: Heredoc,
        to destination: String,
        isFolder: Bool,
        _ owner: (uid: UInt32, gid: UInt32)?,
        _ mode: ((FileNode) -> UInt16)?,
        _ range: SourceRange
    ) throws {
        let text = heredoc.isExpanded ? try expandBody(heredoc.content.text, range) : heredoc.content.text
        let target = ImagePath(destination, relativeTo: workingDirectory)
        let isInto = isFolder || destination.hasSuffix("/") || destination == "."
            || state.tree.resolve(target)?.node?.isDirectory == true
        let place = isInto ? target.appending(heredoc.name) : target
        var node = FileNode.file(Array(text.utf8), uid: owner?.uid ?? 0, gid: owner?.gid ?? 0)
        node.modificationTime = request.epochSeconds
        if let mode { node.mode = mode(node) }
        let real = state.tree.resolve(place)?.path ?? place
        state.tree.insert(node, at: real)
    }

    /// The variables of a here-document's body; quotes stay there.
    private func expandBody(_ text: String, _ range: SourceRange) throws -> String {
        do {
            return try WordExpander(escape: escape, keepsQuotes: true).expand(text) { value(of: $0) }.value
        } catch {
            throw BuildStop("failed to process the here-document: \(error.description)", range: range)
        }
    }

    private func missingSource(_ path: String, _ instruction: CopyInstruction, _ whole: Instruction) -> BuildStop {
        let shown = ImagePath(path).description
        var fix: String?
        if instruction.from == nil {
            fix = request.context.isIgnored(ImagePath(path))
                ? "`.dockerignore` leaves it out; change that file, or copy something else"
                : "put the file into the build context, or copy it with `--from` from the stage that makes it"
        }
        return BuildStop(
            "failed to compute cache key: failed to calculate checksum of ref: \(GoQuote.quote(shown)): not found",
            range: whole.range, fix: fix
        )
    }

    /// The tree behind `--from`, and what is not known of it.
    func source(_ from: String, _ range: SourceRange) throws -> (tree: FileTree, unknown: String?) {
        if let other = try stage(from) {
            let first = other.unknowns.first { $0.scope != .output }
            return (other.tree, first.map { "the stage \(from) is not fully known: \($0.reason)" })
        }
        let reference: ImageReference
        do {
            reference = try ImageReference(parsing: from)
        } catch {
            throw BuildStop("invalid reference format: \(GoQuote.quote(from))", range: range)
        }
        guard let image = try environment.provider.baseImage(reference.withDefaultTag, platform: request.platform) else {
            return (FileTree(), "nothing is known of the image \(reference.familiar)")
        }
        return (image.tree, nil)
    }

    /// `COPY [--parents ][--chown=…][--chmod=…]SRC… DST # buildkit`.
    private func copyHistory(_ keyword: String, _ instruction: CopyInstruction) throws -> String {
        var text = keyword + " "
        if instruction.keepsParents { text += "--parents " }
        if let chown = instruction.chown { text += "--chown=\(try expand(chown, instruction.destination.range)) " }
        if let chmod = instruction.chmod { text += "--chmod=\(try expand(chmod, instruction.destination.range)) " }
        for source in instruction.sources {
            switch source {
            case .path(let token): text += try expand(token.text, token.range) + " "
            case .heredoc(let heredoc): text += "<<\(heredoc.name) "
            }
        }
        return text + (try expand(instruction.destination.text, instruction.destination.range)) + " # buildkit"
    }

    /// `--chown`: names are looked up in the image as it is so far.
    private func owner(_ text: String, _ range: SourceRange) throws -> (uid: UInt32, gid: UInt32) {
        switch Accounts(state.tree).resolve(text) {
        case .user(let uid, let gid, let account):
            // A user without a group means the group of the same number, as for `chown` in a Dockerfile.
            return (uid, text.contains(":") ? gid : account?.gid ?? uid)
        case .noSuchUser(let name), .noSuchGroup(let name):
            if isBaseUnknown || state.isUnknown(.filesystem) { return (0, 0) }
            throw BuildStop(
                "unable to convert uid/gid chown string to host mapping: can't find uid for user \(name): no such user: \(name)",
                range: range, fix: "create \(name) before this line, or use numbers"
            )
        }
    }

    /// `--chmod`: octal or symbolic.
    private func mode(_ text: String, _ range: SourceRange) throws -> (FileNode) -> UInt16 {
        let parsed: CopyMode
        do {
            parsed = try CopyMode(parsing: text)
        } catch {
            throw BuildStop(error.description, range: range)
        }
        switch parsed {
        case .bits(let bits): return { _ in UInt16(truncatingIfNeeded: bits) }
        case .changes(let changes):
            let symbolic = SymbolicMode(changes)
            return { symbolic.applied(to: $0.mode, isDirectory: $0.isDirectory) }
        }
    }
}
