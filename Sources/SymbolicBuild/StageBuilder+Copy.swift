// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/dockerfile2llb/convert.go, dispatchCopy; Dockerfile reference, "COPY", "ADD".

import Diagnostics
import DockerfileSyntax
import ImageFilesystem
import OCISpec
import ShellMachine

extension StageBuilder {
    mutating func copy(_ instruction: CopyInstruction, _ whole: Instruction) throws {
        let createdBy = try copyHistory("COPY", instruction)
        let words = try CopyWords(instruction, self, whole.range)
        guard request.followsCommands else { return recordUnfollowed(createdBy, words, whole) }
        if let from = instruction.from {
            let source = try source(from, instruction.fromRange ?? whole.range)
            try copy(words, whole, createdBy: createdBy, from: source) { _, content in content }
        } else {
            let context = request.context
            try copy(words, whole, createdBy: createdBy, from: CopySource(context)) { path, content in
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
        /// The mode of folders that are made on the way.
        let folderMode: UInt16
        let excludes: IgnoreFile?

        var heredocs: [Heredoc] {
            instruction.sources.compactMap { if case .heredoc(let heredoc) = $0 { heredoc } else { nil } }
        }

        init(_ instruction: CopyInstruction, _ builder: StageBuilder, _ range: SourceRange) throws {
            self.instruction = instruction
            paths = try instruction.paths.map { try builder.expand($0.text, $0.range) }
            destination = try builder.expand(instruction.destination.text, instruction.destination.range)
            let chown = try instruction.chown.map { try builder.expand($0, range) } ?? ""
            owner = chown.isEmpty ? nil : try builder.owner(chown, range, links: instruction.isLinked)
            let chmod = try instruction.chmod.map { try builder.expand($0, range) } ?? ""
            mode = chmod.isEmpty ? nil : try builder.mode(chmod, range)
            folderMode = chmod.isEmpty ? TreeFolders.usualMode : try builder.folderMode(chmod, range)
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
            folderMode: words.folderMode,
            keepsOwners: words.instruction.from != nil,
            uncertain: words.instruction.isLinked ? UncertainPlaces() : state.uncertain,
            keepsParents: words.instruction.keepsParents,
            excludes: words.excludes,
            epochSeconds: request.epochSeconds
        )
    }

    /// Copies paths and here-documents and records the layer.
    private mutating func copy(
        _ words: CopyWords,
        _ whole: Instruction,
        createdBy: String,
        from source: CopySource,
        _ content: @escaping (ImagePath, FileContent) throws -> FileContent
    ) throws {
        let before = state.tree
        let engine = engine(words, source.tree, content)
        try withTarget(words) { builder, tree in
            if !words.paths.isEmpty {
                let isMixed = !words.heredocs.isEmpty && !TreeCopy.namesFolder(words.destination)
                let destination = isMixed ? words.destination + "/" : words.destination
                try builder.put(words.paths, from: source, words, engine, to: destination, into: &tree, whole)
            }
            for heredoc in words.heredocs { try builder.write(heredoc, words, engine, into: &tree, whole.range) }
        }
        recordLayer(createdBy, since: before, whole.range, operation(words))
    }

    /// Gives the tree that a copy writes to: the stage's own, or with `--link` an empty one that is laid over it afterwards.
    mutating func withTarget(
        _ words: CopyWords,
        _ work: (inout StageBuilder, inout FileTree) throws -> Void
    ) throws {
        guard words.instruction.isLinked else {
            var tree = state.tree
            try work(&self, &tree)
            state.tree = tree
            return
        }
        var layer = FileTree()
        try work(&self, &layer)
        LinkedLayer.lay(layer, over: &state.tree)
    }

    /// Copies what the sources have, puts files of unknown content for what they may have, and says what is not known.
    mutating func put(
        _ paths: [String],
        from source: CopySource,
        _ words: CopyWords,
        _ engine: TreeCopy,
        to destination: String,
        into tree: inout FileTree,
        _ whole: Instruction
    ) throws {
        let seen = see(paths, in: source, at: destination, links: words.instruction.isLinked)
        if let missing = seen.missing { throw missingSource(missing, words.instruction, whole) }
        note(seen, from: source, whole.range)
        let isSeveral = paths.count > 1 && !TreeCopy.namesFolder(destination)
        let result = try placed(whole.range) { () throws in
            try engine.copy(
                seen.known,
                to: isSeveral ? destination + "/" : destination,
                workingDirectory: workingDirectory,
                into: &tree
            )
        }
        if let missing = result.missing, !seen.uncertain.contains(missing) {
            throw missingSource(missing, words.instruction, whole)
        }
        if let place = result.ambiguous {
            state.uncertain.insert(place)
            let reason = "whether \(place) is a folder is not known, and so not where the file comes to stand"
            let unknown = Unknown(reason: reason, range: whole.range, scope: .files, paths: [place.description])
            if !state.unknowns.contains(unknown) { state.unknowns.append(unknown) }
        }
        // A folder whose content is not known may have brought more than its tree has.
        for folder in seen.openFolders { state.uncertain.insert(tree.resolve(folder)?.path ?? folder) }
        try placeUnknown(seen.uncertain, from: source, words, at: destination, into: &tree, whole.range)
    }

    /// Puts the instruction's place on a problem that has none.
    func placed<T>(_ range: SourceRange, _ work: () throws -> T) throws -> T {
        do {
            return try work()
        } catch let stop as BuildStop where stop.problem.range == nil {
            throw BuildStop(stop.problem.message, range: range, fix: stop.problem.fix)
        }
    }

    mutating func write(
        _ heredoc: Heredoc,
        _ words: CopyWords,
        _ engine: TreeCopy,
        into tree: inout FileTree,
        _ range: SourceRange
    ) throws {
        let text = heredoc.isExpanded ? try expandBody(heredoc.content.text, range) : heredoc.content.text
        let target = ImagePath(words.destination, relativeTo: workingDirectory)
        let isFolder = words.instruction.sources.count > 1 || TreeCopy.namesFolder(words.destination)
        var node = FileNode.file(Array(text.utf8))
        node.modificationTime = request.epochSeconds
        try placed(range) { () throws in
            let place = try engine.place(of: Array(heredoc.name.utf8), target, isFolder: isFolder, in: &tree)
            try engine.write(node, from: target, to: place, into: &tree)
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
}
