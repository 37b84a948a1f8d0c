// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import ImageFilesystem
import OCISpec
import SymbolicBuild

/// The final image has no shell.
enum NoShell: CheckKind {
    static let name = "no-shell"
    static let claim = "The final image has no shell."
    static let needs: Set<CheckNeed> = [.work]
    static let programs = [
        "sh", "bash", "ash", "dash", "zsh", "ksh", "fish", "busybox", "toybox", "mksh", "oksh", "loksh", "yash",
        "rbash", "csh", "tcsh", "pwsh",
    ]

    static func judge(_ parameters: NoParameters, _ input: CheckInput) throws -> Judgement {
        try ProgramsAbsent.judge(programs, what: "shell", input)
    }
}

/// Looks for programs wherever they may lie in an image, under whatever name.
enum ProgramsAbsent {
    static let folders = ["/bin", "/usr/bin", "/sbin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"]

    /// - Parameters:
    ///   - programs: those whose absence is known of some base images.
    ///   - scripts: files that node runs.
    static func judge(
        _ programs: [String],
        scripts: [String] = [],
        what: String,
        _ input: CheckInput
    ) throws -> Judgement {
        guard let work = input.work else { return input.noDockerfile }
        if let absent = work.absentImage { return absent }
        guard let target = work.finalState else { return work.noFinalStage }
        let own = (target.configuration.config.environmentValue("PATH") ?? "").split(separator: ":").map(String.init)
        let folders = folders + own.filter { $0.hasPrefix("/") && !Self.folders.contains($0) }
        let seen = ProgramPlaces(programs, scripts: scripts, work).found(in: target, unknownIn: folders)
        let found = ordered(seen.places, programs, folders, target)
        if !found.isEmpty {
            return Judgement(
                .failed,
                "The final image has a \(what): \(found.prefix(3).joined(separator: ", ")).",
                found: found[0],
                evidence: found.prefix(8).map { Evidence(kind: .imageFile, file: $0, detail: "a \(what)") }
            )
        }
        if let foreign = seen.foreign.first {
            return Judgement(
                .unknown,
                "No \(what) was found, but nobody here knows what \(foreign) is: the image that it was copied from is not known.",
                evidence: [
                    Evidence(kind: .imageFile, file: foreign.description, detail: "a program of an unknown image")
                ]
            )
        }
        let places = folders.flatMap { folder in programs.map { folder + "/" + $0 } }
        // What is not known of a base image cannot have brought programs that it is recorded not to have.
        var settled: Set<String> = []
        if case .image(let base) = target.base, base.knowledge.absentPrograms.isSuperset(of: programs) {
            settled = Set(base.knowledge.unknowns.map(\.cause))
        }
        let unknown = target.unknowns.first { unknown in
            guard !settled.contains(unknown.cause) else { return false }
            if places.contains(where: unknown.mayBringProgram) { return true }
            // Where whole folders of programs were copied to another place, there may be any.
            return unknown.packageKinds.contains(.system) && !unknown.paths.isEmpty
        }
        if let unknown {
            return Judgement(
                .unknown,
                "No \(what) was found, but the image is not fully known: \(unknown.reason).",
                evidence: [work.evidence(unknown)]
            )
        }
        return Judgement(
            .passed,
            "The final image has no \(what).",
            evidence: [
                Evidence(
                    kind: .image,
                    detail: "none of \(programs.joined(separator: ", ")) in \(folders.joined(separator: ", "))"
                )
            ]
        )
    }

    /// What was found as a person would look for it: by the names along the PATH, then wherever else it lies.
    private static func ordered(
        _ places: [ImagePath],
        _ programs: [String],
        _ folders: [String],
        _ target: StageState
    ) -> [String] {
        let real = Set(places)
        var found: [String] = []
        var shown: Set<ImagePath> = []
        for folder in folders {
            for program in programs {
                let path = ImagePath(folder + "/" + program)
                guard let place = target.tree.resolve(path)?.path, real.contains(place) else { continue }
                shown.insert(place)
                if !found.contains(path.description) { found.append(path.description) }
            }
        }
        return found + places.filter { !shown.contains($0) }.map(\.description)
    }
}
