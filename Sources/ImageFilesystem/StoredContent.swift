// SPDX-License-Identifier: Apache-2.0

public import Archives
public import Diagnostics
public import OCISpec

/// Loads the bytes of files that were not kept when the layers were read.
public enum StoredContent {
    /// Opens the layer with a digest of uncompressed bytes and hands its reader on.
    public typealias LayerOpener = (_ diffID: Digest, _ body: (ArchiveReader) throws -> Void) throws -> Void

    /// Reads files of a tree; each layer is read at most once.
    ///
    /// - Parameters:
    ///   - paths: links are followed; what is no file, or has no bytes, is left out of the result.
    ///   - opener: opens a layer, such as `LoadedImage.withLayer` on the layer of that digest.
    /// - Throws: a `Failure`: what the reader throws, `overLimit` when a file is larger than `limits.entryBytes`, or all together
    ///   are larger than four such files.
    public static func read(
        _ paths: some Sequence<ImagePath>,
        of tree: FileTree,
        limits: Limits,
        opener: LayerOpener
    ) throws -> [ImagePath: [UInt8]] {
        var result: [ImagePath: [UInt8]] = [:]
        var keptBytes = 0
        var wanted: [Digest: [ImagePath: [ImagePath]]] = [:]
        for path in paths {
            switch tree.resolvedNode(at: path)?.kind {
            case .file(.bytes(let bytes))?: result[path] = bytes
            case .file(.stored(let layer, let entry, _))?: wanted[layer, default: [:]][entry, default: []].append(path)
            default: continue
            }
        }
        for (layer, entries) in wanted.sorted(by: { $0.key < $1.key }) {
            try opener(layer) { reader in
                while let entry = try reader.next() {
                    guard entry.kind == .file, let names = entries[ImagePath(entry.path)] else { continue }
                    // An entry of the same path later in the layer replaces this one, as it does in the tree.
                    let bytes = try reader.readAll(limit: limits.entryBytes)
                    keptBytes += bytes.count
                    guard keptBytes / 4 <= limits.entryBytes else {
                        throw Failure(.overLimit, "the files to look at are too large together", why: entry.displayPath)
                    }
                    for name in names { result[name] = bytes }
                }
            }
        }
        return result
    }
}
