// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/dockerfile2llb/convert.go (what each instruction does to configuration and history).

import BaseImages
import CivilTime
import Diagnostics
import DockerfileSyntax
import ImageFilesystem
import OCISpec
import Packages

/// Carries out the instructions of one stage, one after another.
///
/// `+Configuration` has those that change the configuration only, `+Copy` and `+Run` those that make layers.
struct StageBuilder {
    let request: BuildRequest
    let escape: Unicode.Scalar
    let environment: BuilderEnvironment
    /// The values of the global scope, which an ARG without default takes.
    let globalValues: [String: String]
    /// Finds the state of an earlier stage for `COPY --from` and mounts; nil when the name is none of a stage.
    let stage: (String) throws -> StageState?
    var state: StageState
    /// What the instruction said while it was carried out.
    var log: [String] = []

    static let comment = "buildkit.dockerfile.v0"
    static let defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// Carries out one instruction.
    ///
    /// - Throws: a `BuildStop` when a real build would stop there; a `Failure` when the work could not be done.
    mutating func execute(_ instruction: Instruction) throws {
        let range = instruction.range
        switch instruction.content {
        case .add(let copy): try add(copy, instruction)
        case .arg(let argument): try declare(argument, range)
        case .cmd(let line): setCommand(line, range)
        case .copy(let copy): try self.copy(copy, instruction)
        case .entrypoint(let line): setEntrypoint(line, range)
        case .env(let pairs): try setEnvironment(pairs, range)
        case .expose(let expose): try self.expose(expose, range)
        case .from: break
        case .healthcheck(let check): setHealthcheck(check)
        case .label(let pairs): try setLabels(pairs, range)
        case .maintainer(let author): setAuthor(author.text)
        case .onbuild(let onbuild):
            state.configuration.config.onBuild = (state.configuration.config.onBuild ?? []) + [onbuild.expression]
        case .run(let run): try self.run(run, instruction)
        case .shell(let words): setShell(words.map(\.text))
        case .stopsignal(let signal): try setStopSignal(signal, range)
        case .user(let user): try setUser(user, range)
        case .volume(let paths): try setVolumes(paths, range)
        case .workdir(let path): try setWorkingDirectory(path, instruction)
        case .invalid: throw BuildStop("the instruction cannot be parsed", range: range)
        }
    }

    /// A word with its variables replaced.
    func expand(_ word: String, _ range: SourceRange) throws -> String { try expansion(word, range).value }

    /// A word with its variables replaced, and cut at blanks.
    func expansion(_ word: String, _ range: SourceRange) throws -> Expansion {
        do {
            return try state.scope.expand(word)
        } catch {
            throw BuildStop("failed to process \(GoQuote.quote(word)): \(error.description)", range: range)
        }
    }

    /// The value of a variable in this stage: ENV wins over ARG.
    func value(of name: String) -> String? { state.scope.value(of: name) }

    /// Writes a history line.
    mutating func record(_ createdBy: String, isEmpty: Bool) {
        state.configuration.history.append(
            HistoryEntry(
                created: Instant(epochSeconds: request.epochSeconds).rfc3339(),
                createdBy: createdBy,
                comment: Self.comment,
                emptyLayer: isEmpty ? true : nil
            )
        )
    }

    /// Writes a history line and the layer that belongs to it.
    mutating func recordLayer(
        _ createdBy: String,
        since before: FileTree,
        _ range: SourceRange,
        _ operation: LayerOperation
    ) {
        record(createdBy, isEmpty: false)
        let changes = state.tree.changes(since: before)
        let place = state.baseLayerCount + state.layers.count
        let origin = FileOrigin(stage: state.index, line: range.start.line)
        for change in changes where change.node != nil {
            state.tree.update(at: change.path) {
                $0.layerIndex = place
                // A copy keeps the origin of what it copies.
                if $0.origin == nil { $0.origin = origin }
            }
        }
        state.layers.append(
            BuiltLayer(changes: changes, tree: state.tree, createdBy: createdBy, range: range, operation: operation)
        )
    }

    /// Puts something that is not known on the record.
    mutating func note(_ reason: String, _ range: SourceRange, _ scope: Unknown.Scope) {
        let unknown = Unknown(reason: reason, range: range, scope: scope)
        if !state.unknowns.contains(unknown) { state.unknowns.append(unknown) }
    }

    /// What the stage stands on in the end, in a sentence.
    var baseLabel: String {
        if case .unknown(let reference?) = state.base { return "the image \(reference.familiar)" }
        return "the base of \(state.name.map { "stage " + $0 } ?? "this stage")"
    }

    /// Whether nothing is known of the image below.
    var isBaseUnknown: Bool {
        if case .unknown = state.base { true } else { false }
    }

    /// The folder that relative paths start from.
    var workingDirectory: ImagePath { ImagePath(state.configuration.config.workingDir ?? "/") }
}

/// What a build needs of the world.
struct BuilderEnvironment: Sendable {
    /// Finds base images.
    let provider: any BaseImageProvider
    /// Finds packages.
    let repository: any PackageRepository
}
