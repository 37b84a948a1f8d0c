// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import HostFiles
import Workspaces

/// Finds the work in what one person handed in: through outer folders, and in archives where no Dockerfile lies open.
struct WorkSearch {
    /// The Dockerfile that the lesson begins with; nil when there is none.
    let starter: [UInt8]?
    let unpacker: Unpacker

    /// How many archives in one another are gone into: a course site's download of a zip in which somebody's zip was zipped again.
    static let mostArchives = 3

    /// Finds it.
    ///
    /// - Parameters:
    ///   - folder: where the files lie in what was handed in.
    ///   - depth: how many archives they came out of.
    /// - Throws: an `UnjudgedSubmission`, or the `Failure` of what cannot be read.
    func work(in files: WorkFiles, folder: String = "", depth: Int = 0) throws -> SubmittedWork {
        let inner = SubmissionShape.inner(files)
        let below = String(inner.place.dropFirst(files.place.count).drop { $0 == "/" })
        let folder = [folder, below].filter { !$0.isEmpty }.joined(separator: "/")
        let isWorkspace = inner[".seaworthy"]?.kind == .directory
        switch try DockerfileChoice.choose(in: inner, starter: starter, isWorkspace: isWorkspace) {
        case .several(let paths): throw UnjudgedSubmission.ambiguous(paths.map { Self.path($0, in: folder) })
        case .leadsAway(let link):
            throw Failure(
                .hostileInput,
                "a symbolic link leads out of the submission",
                at: .file(SubmissionName.clean(link)),
                fix: "Hand in the file itself."
            )
        case .one(let choice):
            let work = Self.work(inner, folder, choice)
            guard choice.isUntouched else { return work }
            return try inArchives(of: inner, folder, depth).work?.adding(
                "\(SubmissionName.clean(choice.path)) beside it is still as the lesson began."
            ) ?? work
        case .none:
            let (work, failures) = try inArchives(of: inner, folder, depth, takesUntouched: true)
            if let work { return work }
            if let image = try image(in: inner, folder) { return image }
            throw failures.first ?? Self.nothing(in: inner)
        }
    }

    private static func work(_ files: WorkFiles, _ folder: String, _ choice: DockerfileChoice?) -> SubmittedWork {
        SubmittedWork(
            files: files,
            folder: folder,
            dockerfile: choice.flatMap { WorkPath($0.path) },
            isUntouched: choice?.isUntouched ?? false,
            archives: ImageArchives.find(in: files, beside: choice?.path),
            notes: choice?.note.map { [$0] } ?? []
        )
    }

    private static func path(_ path: String, in folder: String) -> String {
        folder.isEmpty ? path : folder + "/" + path
    }

    /// The work in the archives of a folder: the one that somebody worked on; several that differ are too many.
    private func inArchives(of files: WorkFiles, _ folder: String, _ depth: Int, takesUntouched: Bool = false) throws
        -> (work: SubmittedWork?, failures: [any Error])
    {
        guard depth < Self.mostArchives else { return (nil, []) }
        var found: [(name: String, work: SubmittedWork)] = []
        var failures: [any Error] = []
        for entry in files.entries where isArchive(entry, of: files) {
            let inner = Self.path(entry.path, in: folder)
            do {
                let unpacked = try unpacker.unpack(entry.path, of: files, depth: depth)
                found.append((inner, try work(in: unpacked, folder: inner, depth: depth + 1)))
            } catch let failure as UnjudgedSubmission where failure.kind == .ambiguous {
                throw failure
            } catch {
                failures.append(error)
            }
        }
        let worked = found.filter { $0.work.dockerfile != nil && !$0.work.isUntouched }
        let texts = Set(try worked.map { try Self.text($0.work) })
        if texts.count > 1 { throw UnjudgedSubmission.ambiguous(worked.map { $0.work.shownDockerfile ?? $0.name }) }
        if let best = worked.first?.work {
            let others = found.map(\.name).filter { !best.folder.hasPrefix($0) }
            return (best.adding(others.isEmpty ? nil : "\(DockerfileChoice.list(others)) was not judged."), failures)
        }
        guard takesUntouched else { return (nil, failures) }
        return (found.first { $0.work.dockerfile != nil }?.work ?? found.first?.work, failures)
    }

    private static func text(_ work: SubmittedWork) throws -> [UInt8] {
        guard let path = work.dockerfile?.description, let file = work.files.resolvedFile(path) else { return [] }
        return DockerfileText.normalised(try work.files.bytes(of: file, limit: 4 << 20))
    }

    /// Whether an entry is the archive of a folder, or should be one: at the top or one folder down.
    private func isArchive(_ entry: WorkFiles.Entry, of files: WorkFiles) -> Bool {
        let names = entry.path.split(separator: "/")
        guard entry.kind == .file, names.count <= 2, let name = names.last.map(String.init),
            !names.contains(where: { SubmissionName.isClutter(String($0)) }), names.first != "node_modules",
            SubmissionName.document(name) == nil, !Self.isPackage(name)
        else { return false }
        if SubmissionName.foreignArchive(name) != nil { return true }
        guard let content = try? files.content(of: entry.path) else { return false }
        return switch ArchiveKind(content) {
        case .folder: true
        case .image: false
        case nil: SubmissionName.isArchive(name)
        }
    }

    /// Whether a name is that of a program's or tool's file that is a zip inside.
    private static func isPackage(_ name: String) -> Bool {
        let lower = name.lowercased()
        return [".jar", ".war", ".apk", ".epub", ".whl", ".vsix", ".xpi", ".nupkg"].contains { lower.hasSuffix($0) }
    }

    /// An image's archive that is all there is; nil when there is none.
    private func image(in files: WorkFiles, _ folder: String) throws -> SubmittedWork? {
        let isLayout = files["oci-layout"]?.kind == .file
        if isLayout {
            let outer = WorkFiles.joined([(name: "image", files: files)], place: files.place)
            return Self.work(outer, folder, nil)
        }
        let images = ImageArchives.find(in: files, beside: nil).filter { ImageArchives.isImage($0, in: files) }
        if images.count > 1 { throw UnjudgedSubmission.ambiguous(images.map { Self.path($0, in: folder) }) }
        return images.isEmpty ? nil : Self.work(files, folder, nil)
    }

    /// What there is to say where nothing could be the work.
    private static func nothing(in files: WorkFiles) -> UnjudgedSubmission {
        let names = files.entries.filter { entry in
            entry.kind != .directory
                && !entry.path.split(separator: "/").contains { SubmissionName.isClutter(String($0)) }
        }.map(\.path)
        guard let first = names.first else { return .missing }
        let leftover = names.first { DockerfileName.isLeftover($0) }
        let document = names.count == 1 ? SubmissionName.document(first) : nil
        let why: String
        if let document {
            why = "\(SubmissionName.clean(first)) is \(document)"
        } else if let leftover {
            why = "\(SubmissionName.clean(leftover)) is a backup"
        } else {
            why = "there is \(DockerfileChoice.list(names))"
        }
        return UnjudgedSubmission(
            .ungradable,
            Failure(
                .noInput,
                "there is no Dockerfile in it",
                why: why,
                fix: "Ask for the Dockerfile itself, or a zip of its folder."
            )
        )
    }
}
