// SPDX-License-Identifier: Apache-2.0

// Source: docker-node's Dockerfile templates; Docker Hardened Images' definitions of node; Node.js' src/node_version.h.

public import ImageFilesystem
public import OCISpec
import Packages
import SystemFiles

/// Finds a Node.js that no package manager installed: `/usr/local/bin/node` of the official images, and
/// `/opt/nodejs/node-v<version>` of Docker Hardened Images on Alpine.
///
/// The version is, in this order, that of the folder, that of the header `node_version.h`, and `NODE_VERSION` of the image's
/// environment. The binary itself is not read.
public struct NodeRuntimeCataloger: Cataloger {
    /// `node-runtime`.
    public var name: String { "node-runtime" }

    private static let binary: ImagePath = "/usr/local/bin/node"
    private static let header: ImagePath = "/usr/local/include/node/node_version.h"
    private static let hardened: ImagePath = "/opt/nodejs"
    private static let prefix = Array("node-v".utf8)

    /// Makes the cataloger.
    public init() {}

    /// The binary, the header, and the folder of hardened images.
    public var places: [FileNames.Place] {
        [.file(Self.binary), .file(Self.header), .folder(Self.hardened, levels: 3)]
    }

    /// The presence of the binary, the bytes of the header.
    public func interest(in path: ImagePath) -> FileInterest {
        if path == Self.binary { return .presence }
        if path == Self.header { return .contents }
        return Self.hardenedVersion(path) == nil ? .none : .presence
    }

    /// Finds the binary and its version.
    public func catalog(_ paths: [ImagePath], in context: CatalogContext) -> CatalogerResult {
        var result = CatalogerResult()
        let hardened = paths.filter { Self.hardenedVersion($0) != nil }
        for path in hardened {
            if let version = Self.hardenedVersion(path) { add(version, at: path, in: context, to: &result) }
        }
        guard paths.contains(Self.binary) else { return result }
        let written = context.configuration.environment["NODE_VERSION"].flatMap(Self.version)
        if let version = headerVersion(paths, context, &result) ?? written {
            add(version, at: Self.binary, in: context, to: &result)
        } else if hardened.isEmpty {
            result.note("\(Self.binary) is a Node.js whose version neither its header nor NODE_VERSION says")
        } else if let version = Self.hardenedVersion(hardened[0]) {
            add(version, at: Self.binary, in: context, to: &result)
        }
        return result
    }

    private func headerVersion(_ paths: [ImagePath], _ context: CatalogContext, _ result: inout CatalogerResult)
        -> String?
    {
        guard paths.contains(Self.header) else { return nil }
        guard let (bytes, _) = context.bytes(at: Self.header, into: &result) else { return nil }
        return bytes.withUnsafeBufferPointer { buffer in
            var numbers: [String: String] = [:]
            for line in ByteLines(buffer) {
                let words = line.text(from: 0).split(whereSeparator: { $0 == " " || $0 == "\t" })
                guard words.count >= 3, words[0] == "#define" else { continue }
                if numbers[String(words[1])] == nil { numbers[String(words[1])] = String(words[2]) }
            }
            guard let major = numbers["NODE_MAJOR_VERSION"], let minor = numbers["NODE_MINOR_VERSION"],
                let patch = numbers["NODE_PATCH_VERSION"]
            else { return nil }
            return Self.version("\(major).\(minor).\(patch)")
        }
    }

    private func add(
        _ version: String,
        at path: ImagePath,
        in context: CatalogContext,
        to result: inout CatalogerResult
    ) {
        // A link that leads nowhere is still told of by its own path; a missing file just has no layer.
        let location =
            (try? context.resolver.file(at: path))?.location ?? Package.Location(path: path.description)
        result.packages.append(
            Package(
                // Node.js' own licence; that it bundles code under others is said in its LICENSE file, not in its metadata.
                type: .generic,
                name: "node",
                version: version,
                licenses: ["MIT"],
                locations: [location],
                summary: "Node.js JavaScript runtime",
                foundBy: name
            )
        )
    }

    /// The version in `/opt/nodejs/node-v24.19.0/bin/node`; nil for other paths.
    private static func hardenedVersion(_ path: ImagePath) -> String? {
        let parts = path.components
        guard parts.count == 5, parts[4] == [0x6E, 0x6F, 0x64, 0x65], parts[3] == [0x62, 0x69, 0x6E],
            path.isInside(hardened), parts[2].starts(with: prefix)
        else { return nil }
        return version(String(decoding: parts[2].dropFirst(prefix.count), as: UTF8.self))
    }

    /// Three numbers, a `v` in front and a build number of the packager (`-0`) behind them dropped.
    private static func version(_ text: String) -> String? {
        var text = text.utf8.trimmedText[...]
        if text.hasPrefix("v") { text = text.dropFirst() }
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let core = parts.first else { return nil }
        let numbers = core.split(separator: ".", omittingEmptySubsequences: false)
        let areNumbers = numbers.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }
        guard numbers.count == 3, areNumbers else { return nil }
        guard parts.count == 2 else { return String(core) }
        return parts[1].utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? String(core) : String(text)
    }
}
