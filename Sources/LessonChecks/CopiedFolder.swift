// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import DockerfileSyntax
import ImageFilesystem
import OCISpec
import SymbolicBuild

/// How a folder such as `node_modules` gets from a build stage into the final one.
struct CopiedFolder {
    /// The folder's name, maybe with folders in front.
    let path: String
    private let work: WorkEvidence
    private let wanted: [ImagePath.Name]

    init(_ path: String, _ work: WorkEvidence) {
        self.path = path
        self.work = work
        wanted = ImagePath(path).components
    }

    /// What a COPY means for the folder.
    enum Outcome {
        /// It brings the folder from a stage, by itself or within another folder.
        case comes(stage: Int, within: String?)
        /// It takes the folder from the build context.
        case host
        /// It takes the folder from what is no stage that can be copied from.
        case elsewhere(String)
        /// It takes the folder from where the stage does not have it.
        case missing(stage: Int)
        /// It spills the folder's content into another folder.
        case spilled(ImagePath)
        /// It spills the content of each folder in it into one.
        case flattened
        /// It leaves something of the folder behind.
        case incomplete(String)
        /// It has nothing to do with the folder.
        case other
    }

    /// Looks at a COPY of a stage that the image is made of.
    func outcome(of copy: CopyInstruction, _ instruction: Instruction, in stage: Stage) -> Outcome {
        let layer = work.finalState?.layers.first { $0.range == instruction.range }
        let sources = copy.paths.map(\.text) + (layer?.copied?.sources ?? [])
        let names = sources.contains { takes($0) }
        guard let from = copy.from else { return names ? .host : .other }
        guard let index = work.stageIndex(from, before: stage.index) else { return names ? .elsewhere(from) : .other }
        let state = work.outcome.stages[index]
        let within = state.flatMap { state in
            sources.first { source in
                state.tree.resolvedNode(at: ImagePath(source).appending(path))?.isDirectory == true
            }
        }
        // What a pattern takes, the files that came tell.
        let isMatched =
            sources.contains { $0.contains { "*?[".contains($0) } } && layer.map { !places(in: $0).isEmpty } == true
        guard names || isMatched || within != nil || sources.contains(where: { isBelow($0) }) else { return .other }
        if let layer, let state {
            let places = places(in: layer)
            if let content = content(of: state), !content.isEmpty {
                return arrived(content, places, copy, names: names, within: within, index)
            }
            if !places.isEmpty { return .comes(stage: index, within: names ? nil : within) }
        }
        if work.outcome.problem?.range == instruction.range, state != nil { return .missing(stage: index) }
        guard names else { return within == nil ? .other : .comes(stage: index, within: within) }
        if flattens(copy), !copy.keepsParents { return .flattened }
        return isPlacedByName(copy) ? .comes(stage: index, within: nil) : .spilled(destination(copy))
    }

    /// Whether a copy takes all that is in the folder one by one, so that each folder there gives its content.
    private func flattens(_ copy: CopyInstruction) -> Bool {
        copy.paths.contains { ImagePath($0.text).components.last == [0x2A] }
    }

    /// Whether all that the stage has in the folder is in one of the places of the final image.
    private func arrived(
        _ content: [ImagePath.Name],
        _ places: [ImagePath],
        _ copy: CopyInstruction,
        names: Bool,
        within: String?,
        _ index: Int
    ) -> Outcome {
        guard let tree = work.finalState?.tree else { return .other }
        var missing: [ImagePath.Name]?
        for place in places {
            let there = Set(tree.entries(of: place) ?? [])
            let lacking = content.filter { !there.contains($0) }
            if lacking.isEmpty { return .comes(stage: index, within: names ? nil : within) }
            if lacking.count < missing?.count ?? .max { missing = lacking }
        }
        guard let missing else { return names ? (flattens(copy) ? .flattened : .spilled(destination(copy))) : .other }
        if flattens(copy) { return .flattened }
        if missing.count == content.count { return .spilled(destination(copy)) }
        let first = missing.first.map { String(decoding: $0, as: UTF8.self) } ?? path
        return .incomplete(missing.count > 1 ? "\(first) and \(missing.count - 1) more are" : "\(first) is")
    }

    /// The folders of the wanted name in the final image that an instruction put something into.
    func places(of instruction: Instruction) -> [ImagePath] {
        work.finalState?.layers.first { $0.range == instruction.range }.map { places(in: $0) } ?? []
    }

    /// The folders of the wanted name that a layer put something into.
    private func places(in layer: BuiltLayer) -> [ImagePath] {
        var places: [ImagePath] = []
        for change in layer.changes where change.node != nil {
            let parts = change.path.components
            guard parts.count >= wanted.count else { continue }
            for start in 0...(parts.count - wanted.count)
            where parts[start..<(start + wanted.count)].elementsEqual(wanted) {
                let place = parts[..<(start + wanted.count)].reduce(ImagePath.root) { $0.appending($1) }
                if places.last != place, !places.contains(place) { places.append(place) }
                break
            }
        }
        return places + modules(in: layer).filter { !places.contains($0) }
    }

    /// The folders of `NODE_PATH` that a layer put something into: for node each is what `node_modules` is, whatever its name.
    private func modules(in layer: BuiltLayer) -> [ImagePath] {
        guard wanted.last == Array("node_modules".utf8) else { return [] }
        return (work.finalState?.nodePath ?? []).filter { folder in
            layer.changes.contains { $0.node != nil && $0.path != folder && $0.path.isInside(folder) }
        }
    }

    /// What a stage has in the folder, hidden files apart; nil when it has none of that name in its working folder.
    private func content(of state: StageState) -> [ImagePath.Name]? {
        place(in: state).flatMap { state.tree.entries(of: $0) }?.filter { $0.first != 0x2E }
    }

    /// Where a stage has the folder.
    private func place(in state: StageState) -> ImagePath? {
        let place = ImagePath(state.configuration.config.workingDir ?? "/").appending(path)
        return state.tree.resolvedNode(at: place)?.isDirectory == true ? place : nil
    }

    /// Whether a source is the wanted folder or all that is in it.
    private func takes(_ source: String) -> Bool {
        var parts = ImagePath(source).components
        if parts.last == [0x2A] { parts.removeLast() }
        while let last = parts.last, last.last == 0x2A, last.count > 1 {
            parts[parts.count - 1] = ImagePath.Name(last.dropLast())
        }
        return parts.count >= wanted.count && parts.suffix(wanted.count).elementsEqual(wanted)
    }

    /// Whether a source is something in the wanted folder.
    private func isBelow(_ source: String) -> Bool {
        let parts = ImagePath(source).components
        guard parts.count > wanted.count else { return false }
        return (0..<(parts.count - wanted.count)).contains { start in
            parts[start..<(start + wanted.count)].elementsEqual(wanted)
        }
    }

    /// Whether the words of a copy put the folder under its own name.
    private func isPlacedByName(_ copy: CopyInstruction) -> Bool {
        if copy.keepsParents { return true }
        let parts = destination(copy).components
        return parts.count >= wanted.count && parts.suffix(wanted.count).elementsEqual(wanted)
    }

    private func destination(_ copy: CopyInstruction) -> ImagePath {
        let folder = work.finalState?.configuration.config.workingDir ?? "/"
        return ImagePath(copy.destination.text, relativeTo: ImagePath(folder))
    }
}

extension CopiedFolder {
    /// The line that would bring the folder over; nil when there is no stage to bring it from.
    var line: String? {
        let stages = work.outcome.graph.stages.dropLast()
        let states = stages.compactMap { work.outcome.stages[$0.index] }
        let holder = states.last { place(in: $0) != nil }
        guard
            let stage = stages.last(where: { $0.index == holder?.index }) ?? stages.last(where: Self.installs)
                ?? stages.last
        else { return nil }
        let folder = Self.folder(of: stage)
        let source = holder.flatMap { place(in: $0)?.description } ?? "\(folder == "/" ? "" : folder)/\(path)"
        return "COPY --from=\(stage.name ?? String(stage.index)) \(source) ./\(path)"
    }

    /// The working folder that a stage's own words name.
    private static func folder(of stage: Stage) -> String {
        var folder = ImagePath.root
        for instruction in stage.instructions {
            if case .workdir(let token) = instruction.content { folder = ImagePath(token.text, relativeTo: folder) }
        }
        return folder.description
    }

    private static func installs(_ stage: Stage) -> Bool {
        stage.instructions.contains { if case .run = $0.content { true } else { false } }
    }

    /// The change that brings the folder over, as a diff.
    func diff(replacing instruction: Instruction?) -> String? {
        guard let line, let edit = DockerfileEdit(work), let stage = work.finalChain.first else { return nil }
        if let instruction {
            return edit.replacing(instruction.startLine, through: instruction.range.lastLine, with: [line])?.diff
        }
        let anchor = stage.instructions.first { [.copy, .add, .expose, .entrypoint, .cmd].contains($0.keyword) }
        let place =
            anchor.map { $0.startLine - 1 } ?? (stage.instructions.last ?? stage.instruction).range.lastLine
        return edit.inserting([line], behind: place)?.diff
    }
}
