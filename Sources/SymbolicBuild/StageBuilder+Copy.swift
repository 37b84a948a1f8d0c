// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/dockerfile2llb/convert.go, dispatchCopy; Dockerfile reference, "COPY", "ADD".

import BaseImages
import Diagnostics
import DockerfileSyntax
import ImageFilesystem
import OCISpec
import SystemFiles

extension StageBuilder {
    mutating func copy(_ instruction: CopyInstruction, _ whole: Instruction) throws {
        let createdBy = try copyHistory("COPY", instruction)
        let words = try CopyWords(instruction, self, whole.range)
        guard request.followsCommands else { return recordUnfollowed(createdBy, words, whole) }
        if let from = instruction.from {
            let (tree, unknown) = try source(from, instruction.fromRange ?? whole.range)
            try copy(words, whole, createdBy: createdBy, from: tree, unknown: unknown) { _, content in content }
        } else {
            let context = request.context
            let unknown = context.isUnknown ? "the files of the build context are not known" : nil
            try copy(words, whole, createdBy: createdBy, from: context.tree, unknown: unknown) { path, content in
                guard case .modelled = content else { return content }
                return .bytes(try context.load(path))
            }
        }
    }

    /// What an instruction says after expansion.
    struct CopyWords {
        let instruction: CopyInstruction
        let paths: [String]
        let destination: String
        let owner: (uid: UInt32, gid: UInt32)?
        let mode: ((FileNode) -> UInt16)?
        let excludes: IgnoreFile?

        var heredocs: [Heredoc] {
            instruction.sources.compactMap { if case .heredoc(let heredoc) = $0 { heredoc } else { nil } }
        }

        init(_ instruction: CopyInstruction, _ builder: StageBuilder, _ range: SourceRange) throws {
            self.instruction = instruction
            paths = try instruction.paths.map { try builder.expand($0.text, $0.range) }
            destination = try builder.expand(instruction.destination.text, instruction.destination.range)
            let chown = try instruction.chown.map { try builder.expand($0, range) } ?? ""
            owner = chown.isEmpty ? nil : try builder.owner(chown, range)
            let chmod = try instruction.chmod.map { try builder.expand($0, range) } ?? ""
            mode = chmod.isEmpty ? nil : try builder.mode(chmod, range)
            let patterns = try instruction.excludes.map { try builder.expand($0, range) }
            do {
                excludes = patterns.isEmpty ? nil : try IgnoreFile(patterns: patterns)
            } catch {
                throw BuildStop("\(error.description): \(error.pattern)", range: range)
            }
        }
    }

    /// A copy of a build whose files do not matter: only the history line and its layer.
    mutating func recordUnfollowed(_ createdBy: String, _ words: CopyWords, _ whole: Instruction) {
        recordLayer(createdBy, since: state.tree, whole.range, operation(words))
    }

    func operation(_ words: CopyWords) -> LayerOperation {
        .copy(
            sources: words.paths,
            destination: ImagePath(words.destination, relativeTo: workingDirectory).description,
            from: words.instruction.from
        )
    }

    func engine(
        _ words: CopyWords,
        _ source: FileTree,
        _ content: @escaping (ImagePath, FileContent) throws -> FileContent
    ) -> TreeCopy {
        TreeCopy(
            source: source,
            content: content,
            owner: words.owner,
            mode: words.mode,
            keepsParents: words.instruction.keepsParents,
            excludes: words.excludes,
            epochSeconds: request.epochSeconds
        )
    }

    /// Copies paths and here-documents and records the layer.
    ///
    /// - Parameter unknown: why the source may hold more or less than its tree says; nil when it does not.
    private mutating func copy(
        _ words: CopyWords,
        _ whole: Instruction,
        createdBy: String,
        from source: FileTree,
        unknown: String?,
        _ content: @escaping (ImagePath, FileContent) throws -> FileContent
    ) throws {
        let before = state.tree
        let engine = engine(words, source, content)
        if !words.paths.isEmpty {
            if let unknown {
                note(unknown, whole.range, scope(ofUnknown: words.paths, in: source, at: words.destination))
            }
            let isMixed = !words.heredocs.isEmpty && !TreeCopy.namesFolder(words.destination)
            let destination = isMixed ? words.destination + "/" : words.destination
            let missing = try placed(whole.range) { () throws in
                try engine.copy(words.paths, to: destination, workingDirectory: workingDirectory, into: &state.tree)
            }
            if let missing {
                guard unknown != nil else { throw missingSource(missing, words.instruction, whole) }
                placeUnknown(words.paths, in: source, at: words.destination, whole.range)
            }
        }
        for heredoc in words.heredocs { try write(heredoc, words, engine, whole.range) }
        recordLayer(createdBy, since: before, whole.range, operation(words))
    }

    /// Puts the instruction's place on a problem that has none.
    func placed<T>(_ range: SourceRange, _ work: () throws -> T) throws -> T {
        do {
            return try work()
        } catch let stop as BuildStop where stop.problem.range == nil {
            throw BuildStop(stop.problem.message, range: range, fix: stop.problem.fix)
        }
    }

    mutating func write(_ heredoc: Heredoc, _ words: CopyWords, _ engine: TreeCopy, _ range: SourceRange) throws {
        let text = heredoc.isExpanded ? try expandBody(heredoc.content.text, range) : heredoc.content.text
        let target = ImagePath(words.destination, relativeTo: workingDirectory)
        let isFolder = words.instruction.sources.count > 1 || TreeCopy.namesFolder(words.destination)
        var node = FileNode.file(Array(text.utf8))
        node.modificationTime = request.epochSeconds
        try placed(range) { () throws in
            let place = try engine.place(of: Array(heredoc.name.utf8), target, isFolder: isFolder, in: &state.tree)
            try engine.write(node, from: target, to: place, into: &state.tree)
        }
    }

    /// The variables of a here-document's body; quotes mean nothing there.
    private func expandBody(_ text: String, _ range: SourceRange) throws -> String {
        // The expander reads quotes, so they are hidden from it behind characters that the text does not have.
        let free = (0xE000..<0xF8FF).lazy.compactMap(Unicode.Scalar.init).filter { !text.unicodeScalars.contains($0) }
        guard let single = free.first(where: { _ in true }), let double = free.first(where: { $0 != single }) else {
            return text
        }
        let hidden = Self.replaced(text, ["'": single, "\"": double])
        do {
            // Here the escape is a backslash, whatever the directive says.
            let expanded = try WordExpander().expand(hidden) { value(of: $0) }.value
            return Self.replaced(expanded, [single: "'", double: "\""])
        } catch {
            throw BuildStop("failed to process the here-document: \(error.description)", range: range)
        }
    }

    private static func replaced(_ text: String, _ pairs: [Unicode.Scalar: Unicode.Scalar]) -> String {
        var view = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { view.append(pairs[scalar] ?? scalar) }
        return String(view)
    }

    func missingSource(_ path: String, _ instruction: CopyInstruction, _ whole: Instruction) -> BuildStop {
        let shown = ImagePath(path).description
        var fix: String?
        if instruction.from == nil {
            fix =
                request.context.isIgnored(ImagePath(path))
                ? "`.dockerignore` leaves it out; change that file, or copy something else"
                : "put the file into the build context, or copy it with `--from` from the stage that makes it"
        }
        return BuildStop(
            "failed to compute cache key: failed to calculate checksum of ref: \(GoQuote.quote(shown)): not found",
            range: whole.range,
            fix: fix
        )
    }

    /// The tree behind `--from`, and what is not known of it.
    mutating func source(_ from: String, _ range: SourceRange) throws -> (tree: FileTree, unknown: String?) {
        if from == "scratch" { return (FileTree(), nil) }
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
        guard let image = try environment.provider.baseImage(reference.withDefaultTag, platform: request.platform)
        else {
            return (FileTree(), "nothing is known of the image \(reference.familiar)")
        }
        if !state.copiedImages.contains(where: { $0.manifestDigest == image.manifestDigest }) {
            state.copiedImages.append(image)
        }
        return (image.tree, nil)
    }

    /// `COPY [--parents ][--chown=…][--chmod=…]SRC… DST # buildkit`.
    func copyHistory(_ keyword: String, _ instruction: CopyInstruction) throws -> String {
        var text = keyword + " "
        if instruction.keepsParents { text += "--parents " }
        for (name, value) in [("chown", instruction.chown), ("chmod", instruction.chmod)] {
            guard let value else { continue }
            let expanded = try expand(value, instruction.destination.range)
            if !expanded.isEmpty { text += "--\(name)=\(expanded) " }
        }
        for path in instruction.paths { text += try expand(path.text, path.range) + " " }
        for case .heredoc(let heredoc) in instruction.sources { text += "<<\(heredoc.name) " }
        return text + (try expand(instruction.destination.text, instruction.destination.range)) + " # buildkit"
    }

    /// `--chown`: names are looked up in the image as it is so far.
    func owner(_ text: String, _ range: SourceRange) throws -> (uid: UInt32, gid: UInt32) {
        if let owner = fileOwner(text) { return owner }
        let accounts = state.accounts
        let isDoubted = accounts.userDoubt != nil || accounts.groupDoubt != nil
        if isBaseUnknown || isDoubted || !request.followsCommands { return (0, 0) }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let user = parts.first ?? ""
        let isUser = Self.number(user) == nil && accounts.user(named: user) == nil
        let (what, name) = isUser ? ("user", user) : ("group", parts.last ?? "")
        throw BuildStop(
            "unable to convert uid/gid chown string to host mapping: can't find \(isUser ? "uid" : "gid") for \(what) \(name): "
                + "no such \(what): \(name)",
            range: range,
            fix: "create \(name) before this line, or use numbers"
        )
    }

    /// Who a file belongs to by the text of `--chown` or of USER: a number stands for itself and, alone, for the group too.
    ///
    /// - Returns: nil when a name is not in the image.
    func fileOwner(_ text: String) -> (uid: UInt32, gid: UInt32)? {
        guard !text.isEmpty else { return (0, 0) }
        let accounts = state.accounts
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let uid: UInt32
        var gid: UInt32
        if let number = Self.number(parts[0]) {
            (uid, gid) = (number, number)
        } else if let account = accounts.user(named: parts[0]) {
            (uid, gid) = (account.uid, account.gid)
        } else {
            return nil
        }
        guard parts.count == 2, !parts[1].isEmpty else { return (uid, gid) }
        if let number = Self.number(parts[1]) {
            gid = number
        } else if let group = accounts.group(named: parts[1]) {
            gid = group.gid
        } else {
            return nil
        }
        return (uid, gid)
    }

    /// A number as the builder takes it; `root` needs no account file.
    private static func number(_ text: String) -> UInt32? { text == "root" ? 0 : Accounts.number(text) }

    /// `--chmod`: octal or symbolic.
    func mode(_ text: String, _ range: SourceRange) throws -> (FileNode) -> UInt16 {
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
