// SPDX-License-Identifier: Apache-2.0

import Archives
import Diagnostics
import HostFiles
import Workspaces

/// Unpacks archives into a folder of ours and reads them from there.
struct Unpacker {
    let scratch: String
    let limits: Limits

    /// The folder of what was handed in as an archive, and of what is put together.
    var folder: String { scratch + "/submission" }

    func clean() {
        for depth in 0...WorkSearch.mostArchives { HostFile.remove(folder(depth)) }
    }

    private func folder(_ depth: Int) -> String { folder + (depth == 0 ? "" : "-\(depth)") }

    /// An archive that was handed in.
    func unpack(_ archive: OpenFile) throws -> WorkFiles { try unpack(archive, to: folder(0)) }

    /// An archive among files that were handed in.
    ///
    /// - Parameter depth: how many archives the files came out of.
    func unpack(_ path: String, of files: WorkFiles, depth: Int) throws -> WorkFiles {
        let content = try files.content(of: path)
        guard ArchiveKind(content) != nil else {
            throw SubmissionMaker.noArchive(path, isEmpty: content.sizeBytes == 0)
        }
        return try unpack(files.open(path, as: files.place + "/" + path), to: folder(depth + 1))
    }

    private func unpack(_ archive: OpenFile, to folder: String) throws -> WorkFiles {
        HostFile.remove(folder)
        let reader = try ArchiveReader(.file(archive), formats: [.tar, .zip], limits: limits)
        let refused: [SafeExtractor.Refusal]
        do {
            let extractor = SafeExtractor(limits: limits, strictness: .skipsRefusedSpecials, decodesNames: true)
            refused = try extractor.extract(reader, toNewFolder: folder).refused
        } catch let failure as Failure where failure.reason == .encrypted {
            throw Failure(
                .malformedInput,
                "the archive is locked with a password",
                at: .file(archive.place),
                fix: "Hand in an archive without a password."
            )
        }
        let files = try WorkFiles(reading: folder, limits: limits, keeping: .bytes)
        // A link that leads out of a tool's folder is nobody's harm. One in place of the work is, or where no work is.
        func couldBeWork(_ path: String) -> Bool {
            let name = HostName.last(of: path)
            return SubmissionName.isDockerfile(name) || SubmissionName.isArchive(name)
        }
        let hasWork = files.entries.contains { $0.kind != .directory && couldBeWork($0.path) }
        if let link = refused.first(where: { couldBeWork($0.displayPath) || !hasWork }) {
            throw Failure(
                .hostileInput,
                "the archive holds an entry that is not unpacked",
                at: .entry(SubmissionName.clean(link.displayPath), of: archive.place),
                why: link.reason
            )
        }
        return files
    }
}
