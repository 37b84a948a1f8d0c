// SPDX-License-Identifier: Apache-2.0

import Archives
import Foundation
package import ImageLayouts
package import OCISpec
package import Registries

/// Fetches images for commands that name the network, or an engine's socket. Nobody else makes one.
package struct ImageFetcher: Sendable {
    private let bench: Workbench
    private let report: @Sendable (PullEvent) -> Void

    /// Where an image comes from.
    package enum Origin: Sendable, Hashable {
        /// The registry that the reference names.
        case registry
        /// The container engine of this machine.
        case engine
    }

    /// An image that the local store has now.
    package struct Pulled: Sendable {
        /// The name it has there.
        package let name: ImageReference
        /// The digest of its index, or of its manifest where there is none.
        package let digest: Digest
        /// Whether the name led to the very same before.
        package let wasCurrent: Bool
        /// The image of the platform that was asked for.
        package let image: LoadedImage
    }

    /// Takes the workbench; nothing is opened yet.
    package init(_ bench: Workbench, report: @escaping @Sendable (PullEvent) -> Void = { _ in }) {
        self.bench = bench
        self.report = report
    }

    /// Fetches an image and reads it to the end; nothing is kept.
    ///
    /// - Throws: a `Failure`, as `RegistryClient.fetch` and `EngineSocket.fetch` do, and what is wrong with the image.
    package func fetch(
        _ reference: ImageReference,
        from origin: Origin = .registry,
        platform: Platform? = nil
    ) throws -> FetchedImage {
        let fetched =
            switch origin {
            case .registry: try fromRegistry(reference, platform)
            case .engine: try fromEngine(reference, platform)
            }
        _ = try fetched.image.fileTree(limits: bench.surroundings.limits)
        return fetched
    }

    /// Fetches an image into the local store. Nothing of it is kept unless all of it is right.
    package func pull(
        _ reference: ImageReference,
        from origin: Origin = .registry,
        platform: Platform? = nil
    ) throws -> Pulled {
        let fetched = try fetch(reference, from: origin, platform: platform)
        let store = try bench.store()
        let before = try store.find(fetched.name.description)?.descriptor.digest
        let digest = try store.put(fetched.bundle, names: [fetched.name])
        return Pulled(name: fetched.name, digest: digest, wasCurrent: before == digest, image: fetched.image)
    }

    private func fromRegistry(_ reference: ImageReference, _ platform: Platform?) throws -> FetchedImage {
        let surroundings = bench.surroundings
        let store = try bench.store()
        let limits = TransferLimits(surroundings.limits)
        let client = RegistryClient(
            limits: limits,
            credentials: {
                try RegistryCredentials.read(environment: surroundings.environment, limits: surroundings.limits)
            },
            transport: { try bench.transport(limits) },
            wait: { Thread.sleep(forTimeInterval: Double($0)) }
        )
        let staging = RegistryClient.Staging(folder: store.path + "/blobs/sha256") { descriptor in
            // What a disk has spoilt is fetched again, and mended when it is put.
            guard let source = store.source(of: descriptor),
                try source.digest(descriptor.digest.algorithm) == descriptor.digest
            else { return nil }
            return source
        }
        return try client.fetch(reference, platform: platform, staging: staging, report: report)
    }

    private func fromEngine(_ reference: ImageReference, _ platform: Platform?) throws -> FetchedImage {
        let limits = TransferLimits(bench.surroundings.limits)
        let path = try EngineSocket.path(environment: bench.surroundings.environment)
        let engine = EngineSocket(path: path, limits: limits) { try bench.transport(limits) }
        let folder = try bench.store().path + "/blobs/sha256"
        return try engine.fetch(reference, platform: platform, folder: folder, report: report)
    }
}
