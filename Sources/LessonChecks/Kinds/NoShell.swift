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
        "rbash",
        "csh", "tcsh", "pwsh",
    ]

    static func judge(_ parameters: NoParameters, _ input: CheckInput) throws -> Judgement {
        try ProgramsAbsent.judge(programs, what: "shell", isAnywhere: true, input)
    }
}

/// Looks for programs where an image keeps them, and if asked wherever else they may lie.
enum ProgramsAbsent {
    static let folders = ["/bin", "/usr/bin", "/sbin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"]

    static func judge(_ programs: [String], what: String, isAnywhere: Bool = false, _ input: CheckInput) throws
        -> Judgement
    {
        guard let work = input.work else { return input.noDockerfile }
        if let stopped = work.buildStopped { return stopped }
        guard let target = work.finalState else { return work.noFinalStage }
        var found: [String] = []
        let own = (target.configuration.config.environmentValue("PATH") ?? "").split(separator: ":").map(String.init)
        let folders = folders + own.filter { $0.hasPrefix("/") && !Self.folders.contains($0) }
        for folder in folders {
            for program in programs {
                let path = ImagePath(folder + "/" + program)
                guard let node = target.tree.resolvedNode(at: path), !node.isDirectory else { continue }
                if !found.contains(path.description) { found.append(path.description) }
            }
        }
        if isAnywhere {
            let real = Set(found.compactMap { target.tree.resolve(ImagePath($0))?.path })
            let elsewhere = ProgramCopies(programs, work).places(in: target).filter { !real.contains($0) }
            found += elsewhere.map(\.description).filter { !found.contains($0) }
        }
        if !found.isEmpty {
            return Judgement(
                .failed,
                "The final image has a \(what): \(found.prefix(3).joined(separator: ", ")).",
                found: found[0],
                evidence: found.prefix(8).map { Evidence(kind: .imageFile, file: $0, detail: "a \(what)") }
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
            return isAnywhere && unknown.packageKinds.contains(.system) && !unknown.paths.isEmpty
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
}
