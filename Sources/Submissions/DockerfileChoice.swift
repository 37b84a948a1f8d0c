// SPDX-License-Identifier: Apache-2.0

import HostFiles
package import Workspaces

/// Which file of a folder of work is the Dockerfile.
///
/// The folder itself counts before the folders in it. A file that is still the lesson's starter, or empty, stands back behind one
/// that somebody worked on. Files that hold the same work count as one; of several that differ none is chosen, unless the folder is a
/// lesson's workspace, where the lesson's own file is meant. Backups, what editors leave, and folders of tools are passed over.
package struct DockerfileChoice: Sendable, Hashable {
    /// The file's path in the folder; it may be a link to a file of the same folder.
    package let path: String
    /// Whether nobody worked on it: it is the starter's, or empty.
    package let isUntouched: Bool
    /// What there is to say about the choice, in one sentence; nil when there was nothing to choose.
    package let note: String?

    /// What was found.
    package enum Outcome: Sendable, Hashable {
        /// No file is a Dockerfile.
        case none
        /// A link that is named as a Dockerfile leads out of the folder, or nowhere.
        case leadsAway(String)
        case one(DockerfileChoice)
        /// Several that differ, and nothing says which is meant.
        case several([String])
    }

    private struct Candidate {
        let path: String
        let depth: Int
        let kind: DockerfileName.Kind
        let text: [UInt8]
        let isUntouched: Bool

        /// Whether docker reads it without being told.
        var isExact: Bool { path == "Dockerfile" || path.hasSuffix("/Dockerfile") }
    }

    private static let passedOver: Set<Substring> = ["node_modules", "__MACOSX", "vendor", "bower_components"]
    private static let mostFolders = 4
    private static let mostBytes = 4 << 20

    /// Chooses.
    ///
    /// - Parameters:
    ///   - starter: the Dockerfile that the lesson begins with; nil when there is none.
    ///   - isWorkspace: whether the folder is a lesson's workspace.
    /// - Throws: what reading throws.
    package static func choose(in files: WorkFiles, starter: [UInt8]?, isWorkspace: Bool = false) throws -> Outcome {
        let found = try candidates(in: files, starter: starter)
        guard let first = found.first else {
            if let link = leadingAway(in: files) { return .leadsAway(link) }
            return try byText(in: files, starter: starter)
        }
        for (_, tier) in tiers(found) {
            var worked = tier.filter { !$0.isUntouched }
            // Beside the plain file those of other purposes are what they say.
            if worked.contains(where: { $0.kind == .plain }) { worked.removeAll { $0.kind == .forAnotherPurpose } }
            guard let best = worked.first else { continue }
            let differs = worked.contains { $0.text != best.text }
            if differs, !(isWorkspace && best.kind == .plain) { return .several(worked.map(\.path)) }
            let passed = found.filter { $0.path != best.path && $0.text != best.text }
            return .one(
                DockerfileChoice(path: best.path, isUntouched: false, note: note(best.path, passed.map(\.path), found))
            )
        }
        return .one(DockerfileChoice(path: first.path, isUntouched: true, note: nil))
    }

    /// The file to look at where one has to be chosen, as the engine of a learner's own folder has to: the plain one first.
    package static func preferred(in files: WorkFiles) throws -> String? {
        let found = try candidates(in: files, starter: nil)
        return found.first?.path
    }

    /// What is named as a Dockerfile: the outermost first, plain names first.
    private static func candidates(in files: WorkFiles, starter: [UInt8]?) throws -> [Candidate] {
        let starter = starter.map(DockerfileText.normalised)
        var found: [Candidate] = []
        for entry in files.entries {
            let names = entry.path.split(separator: "/")
            guard let name = names.last, names.count <= mostFolders + 1, isLookedInto(names.dropLast()),
                let kind = DockerfileName.kind(String(name)), let file = files.resolvedFile(entry.path)
            else { continue }
            let text = DockerfileText.normalised(try files.bytes(of: file, limit: mostBytes))
            found.append(
                Candidate(
                    path: entry.path,
                    depth: names.count,
                    kind: kind,
                    text: text,
                    isUntouched: text.isEmpty || text == starter
                )
            )
        }
        return found.sorted { left, right in
            (left.depth, left.kind, left.isExact ? 0 : 1, left.path) < (
                right.depth, right.kind, right.isExact ? 0 : 1, right.path
            )
        }
    }

    private static func tiers(_ found: [Candidate]) -> [(depth: Int, candidates: [Candidate])] {
        Dictionary(grouping: found) { $0.depth }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private static func isLookedInto(_ folders: some Sequence<Substring>) -> Bool {
        folders.allSatisfy { !passedOver.contains($0) && !$0.hasPrefix(".") }
    }

    private static func note(_ path: String, _ passed: [String], _ all: [Candidate]) -> String? {
        guard !passed.isEmpty else { return nil }
        let untouched = all.filter { passed.contains($0.path) && $0.isUntouched }.map(\.path)
        let others = passed.filter { !untouched.contains($0) }
        var reasons: [String] = []
        if !untouched.isEmpty {
            reasons.append("\(list(untouched)) \(untouched.count == 1 ? "is" : "are") still as the lesson began")
        }
        if !others.isEmpty { reasons.append("\(list(others)) \(others.count == 1 ? "lies" : "lie") beside it") }
        return "\(path) was judged; \(reasons.joined(separator: "; "))."
    }

    /// Names joined for a sentence.
    package static func list(_ names: [String]) -> String {
        let shown = names.prefix(8).map(SubmissionName.clean).joined(separator: ", ")
        return names.count > 8 ? shown + " and \(names.count - 8) more" : shown
    }

    /// A link that is named as a Dockerfile and leads to no file of the folder.
    private static func leadingAway(in files: WorkFiles) -> String? {
        files.entries.first { entry in
            entry.kind == .symlink && !entry.path.contains("/") && DockerfileName.kind(entry.path) != nil
        }?.path
    }

    /// What reads like a Dockerfile, where no file is named as one.
    private static func byText(in files: WorkFiles, starter: [UInt8]?) throws -> Outcome {
        var found: [Candidate] = []
        for entry in files.entries where entry.kind == .file && entry.sizeBytes > 0 && entry.sizeBytes <= 1 << 16 {
            let names = entry.path.split(separator: "/")
            guard let name = names.last, names.count <= 2, isLookedInto(names.dropLast()),
                !DockerfileName.isLeftover(String(name)), !isOtherDocument(String(name))
            else { continue }
            let bytes = try files.bytes(of: entry.path, limit: mostBytes)
            guard DockerfileText.readsLikeOne(bytes) else { continue }
            let text = DockerfileText.normalised(bytes)
            let isUntouched = starter.map { DockerfileText.normalised($0) == text } ?? false
            found.append(
                Candidate(path: entry.path, depth: names.count, kind: .named, text: text, isUntouched: isUntouched)
            )
        }
        guard let best = found.first else { return .none }
        guard found.allSatisfy({ $0.text == best.text }) else { return .several(found.map(\.path)) }
        let note = "\(SubmissionName.clean(best.path)) reads like a Dockerfile, so it was judged as one."
        return .one(DockerfileChoice(path: best.path, isUntouched: best.isUntouched, note: note))
    }

    /// Whether a file's ending says that it is something else, whatever it reads like.
    private static func isOtherDocument(_ name: String) -> Bool {
        let lower = name.lowercased()
        return [".md", ".html", ".htm", ".json", ".yaml", ".yml", ".js", ".csv", ".rtf", ".log", ".dockerignore"]
            .contains { lower.hasSuffix($0) }
    }
}
