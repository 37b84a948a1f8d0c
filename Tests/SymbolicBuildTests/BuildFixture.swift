// SPDX-License-Identifier: Apache-2.0

import Archives
import BaseImages
import Diagnostics
import ImageFilesystem
import OCISpec
import Packages
import SymbolicBuild
import Testing

/// Small base images and builds on them; nothing of the kit, no shell is run unless a test says RUN.
enum BuildFixture {
    static let epoch = 1_764_000_000

    static let passwd = """
        root:x:0:0:root:/root:/bin/bash
        daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
        toor:x:0:0::/root:/bin/sh
        node:x:1000:1000::/home/node:/bin/bash
        app:x:1001:2001::/home/app:/bin/sh

        """
    static let group = "root:x:0:\nnode:x:1000:\nstaff:x:50:app\napps:x:2001:\n"

    /// A tree with accounts, a link to a folder, and a few files.
    static var debian: FileTree {
        var tree = FileTree()
        tree.insert(.file(Array(passwd.utf8)), at: "/etc/passwd")
        tree.insert(.file(Array(group.utf8)), at: "/etc/group")
        tree.insert(FileNode(kind: .file(.modelled(sizeBytes: 100)), mode: 0o755), at: "/usr/bin/dash")
        tree.insert(.symlink(to: "dash"), at: "/usr/bin/sh")
        tree.insert(.symlink(to: "usr/bin"), at: "/bin")
        tree.insert(.directory(mode: 0o1777), at: "/tmp")
        tree.insert(.file(Array("old".utf8)), at: "/srv/old.txt")
        tree.insert(.directory(mode: 0o700, uid: 1000, gid: 1000), at: "/srv/data")
        tree.insert(.symlink(to: "/srv/data"), at: "/data")
        tree.insert(.symlink(to: "/srv/old.txt"), at: "/srv/alias.txt")
        return tree
    }

    static func settings(_ env: [String]) -> ContainerConfiguration {
        var config = ContainerConfiguration()
        config.env = env
        return config
    }

    static func image(
        _ name: String,
        tree: FileTree = debian,
        config: ContainerConfiguration = settings(["PATH=/usr/bin", "BASE=1"]),
        history: [HistoryEntry] = [HistoryEntry(createdBy: "base", comment: "theirs")],
        platform: Platform = .linuxAMD64
    ) throws -> BaseImage {
        let configuration = ImageConfiguration(
            created: "2001-01-01T00:00:00Z",
            author: "somebody",
            platform: platform,
            config: config,
            rootfs: RootFilesystem(diffIDs: [Digest.sha256(of: "layer of \(name)")]),
            history: history
        )
        let descriptor = Descriptor(
            mediaType: MediaType.configuration,
            digest: Digest.sha256(of: "config of \(name)"),
            size: 1
        )
        return BaseImage(
            reference: try ImageReference(parsing: name).withDefaultTag,
            manifestDigest: Digest.sha256(of: name),
            manifest: ImageManifest(config: descriptor, layers: []),
            configuration: configuration,
            tree: tree,
            model: nil
        )
    }

    struct Provider: BaseImageProvider {
        var images: [String: BaseImage] = [:]

        func baseImage(_ reference: ImageReference, platform: Platform) throws -> BaseImage? {
            images[reference.familiar]
        }
    }

    struct NoPackages: PackageRepository {
        func package(named name: String, type: PackageType, distribution: Distribution) -> RepositoryPackage? { nil }
    }

    static func provider() throws -> Provider {
        var onbuild = settings(["PATH=/usr/bin"])
        onbuild.onBuild = ["ENV TRIGGERED=yes", "WORKDIR /made", "COPY app.txt ./"]
        var rooted = settings(["PATH=/usr/bin"])
        rooted.user = "app"
        rooted.workingDir = "/srv"
        rooted.cmd = ["serve"]
        rooted.entrypoint = ["tool"]
        return Provider(images: [
            "debian:12": try image("debian:12"),
            "trigger:1": try image("trigger:1", config: onbuild),
            "configured:1": try image("configured:1", config: rooted),
            "bare:latest": try image("bare:latest", config: ContainerConfiguration()),
        ])
    }

    static func build(
        _ dockerfile: String,
        context: any BuildContext = MemoryContext([:]),
        _ change: (inout BuildRequest) -> Void = { _ in }
    ) throws -> BuildOutcome {
        var request = BuildRequest(
            dockerfile: Array(dockerfile.utf8),
            context: context,
            epochSeconds: epoch,
            limits: .standard
        )
        change(&request)
        return try Builder(provider: provider(), repository: NoPackages()).build(request)
    }

    /// Builds and answers the final stage; a problem is a failure of the test.
    static func stage(
        _ dockerfile: String,
        context: any BuildContext = MemoryContext([:]),
        _ change: (inout BuildRequest) -> Void = { _ in },
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> StageState {
        let outcome = try build(dockerfile, context: context, change)
        #expect(outcome.problem == nil, sourceLocation: sourceLocation)
        return try #require(outcome.target, sourceLocation: sourceLocation)
    }

    /// The history lines of the build's own instructions, only what stands in the Dockerfile followed.
    static func history(_ dockerfile: String, _ change: (inout BuildRequest) -> Void = { _ in }) throws -> [String] {
        let state = try stage(dockerfile, context: UnknownContext()) { request in
            request.followsCommands = false
            change(&request)
        }
        return state.configuration.history.dropFirst().map { entry in
            (entry.emptyLayer == true ? "" : "+ ") + (entry.createdBy ?? "")
        }
    }

    /// What a tree holds: path, kind, octal mode and owner, and the text of files.
    static func outline(_ tree: FileTree, below folder: ImagePath = .root) -> [String] {
        var lines: [String] = []
        tree.walk(from: folder) { path, node in
            if path == folder { return true }
            let mode = String(node.mode, radix: 8)
            let owner = node.uid == 0 && node.gid == 0 ? "" : " \(node.uid):\(node.gid)"
            switch node.kind {
            case .directory: lines.append("\(path)/ \(mode)\(owner)")
            case .symlink(let target): lines.append("\(path) -> \(String(decoding: target, as: UTF8.self))\(owner)")
            case .file(.bytes(let bytes)):
                lines.append("\(path) \(mode)\(owner) \(String(decoding: bytes, as: UTF8.self))")
            default: lines.append("\(path) \(mode)\(owner) ?")
            }
            return true
        }
        return lines
    }
}
