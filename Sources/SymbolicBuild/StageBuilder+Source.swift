// SPDX-License-Identifier: Apache-2.0
//
// Source: BuildKit frontend/dockerfile/dockerfile2llb/convert.go, dispatchCopy; Dockerfile reference, "COPY", "ADD".

import BaseImages
import Diagnostics
import DockerfileSyntax
import ImageFilesystem
import OCISpec

/// What `--from` names.
extension StageBuilder {
    /// What is behind `--from`.
    mutating func source(_ from: String, _ range: SourceRange) throws -> CopySource {
        if let context = request.namedContexts[from.lowercased()] {
            switch context {
            case .files(let files): return CopySource(try loaded(files), label: "the context \(from)")
            case .image(let reference): return try source(of: reference)
            case .unknown(let reason): return CopySource(unknown: reason, label: "the context \(from)")
            }
        }
        if from == "scratch" { return CopySource(FileTree(), label: "scratch") }
        if let other = try stage(from) { return CopySource(other, named: from) }
        let reference: ImageReference
        do {
            reference = try ImageReference(parsing: from)
        } catch {
            throw BuildStop("invalid reference format: \(GoQuote.quote(from))", range: range)
        }
        return try source(of: reference)
    }

    private mutating func source(of reference: ImageReference) throws -> CopySource {
        let label = "the image \(reference.familiar)"
        guard let image = try environment.provider.baseImage(reference.withDefaultTag, platform: request.platform)
        else {
            return CopySource(unknown: "nothing is known of \(label)", label: label, isImage: true)
        }
        if !state.copiedImages.contains(where: { $0.manifestDigest == image.manifestDigest }) {
            state.copiedImages.append(image)
        }
        return CopySource(image, named: reference.familiar)
    }

    /// A context's files with their bytes; larger ones than the limits allow stay sizes only.
    private func loaded(_ context: any BuildContext) throws -> FileTree {
        var tree = context.tree
        var files: [ImagePath] = []
        tree.walk { path, node in
            if case .file(.modelled(let size, _)) = node.kind, size <= request.limits.entryBytes { files.append(path) }
            return true
        }
        for path in files {
            let bytes = try context.load(path)
            tree.update(at: path) { $0.kind = .file(.bytes(bytes)) }
        }
        return tree
    }
}
