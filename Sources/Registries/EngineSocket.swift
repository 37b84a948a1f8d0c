// SPDX-License-Identifier: Apache-2.0

// Source: Docker Engine API 1.41, `GET /images/{name}/get`, which Podman answers too; docker's DOCKER_HOST.

import Archives
import Diagnostics
import HostFiles
import ImageLayouts
public import OCISpec

/// The socket of a container engine on this machine, Docker or Podman, which hands out the images that it has.
public struct EngineSocket: Sendable {
    /// The socket's path.
    public let path: String
    private let limits: TransferLimits
    private let transport: @Sendable () throws -> any HTTPTransport

    /// Names a socket; nothing is opened yet.
    public init(
        path: String,
        limits: TransferLimits,
        transport: @escaping @Sendable () throws -> any HTTPTransport
    ) {
        self.path = path
        self.limits = limits
        self.transport = transport
    }

    /// The path of the socket that an environment names: of `DOCKER_HOST`, else of `CONTAINER_HOST`, else the first that is there of
    /// Docker's and Podman's own places.
    ///
    /// - Throws: a `Failure` (`unavailable`) when there is none, or the engine is not on this machine.
    public static func path(environment: [String: String]) throws -> String {
        for name in ["DOCKER_HOST", "CONTAINER_HOST"] {
            guard let host = environment[name], !host.isEmpty else { continue }
            guard host.hasPrefix("unix://"), host.utf8.count > 7 else {
                throw Failure(
                    .unavailable,
                    "the engine is not asked through a socket of this machine",
                    at: .name("\(name)=\(host)"),
                    fix:
                        "save the image there (`docker save -o FILE`) and load FILE with `seaworthy image load -i FILE`"
                )
            }
            return String(host.dropFirst(7))
        }
        var places = ["/var/run/docker.sock"]
        if let folder = environment["XDG_RUNTIME_DIR"], !folder.isEmpty {
            places += [folder + "/docker.sock", folder + "/podman/podman.sock"]
        }
        if let home = environment["HOME"], !home.isEmpty { places.append(home + "/.docker/run/docker.sock") }
        places.append("/run/podman/podman.sock")
        if let found = places.first(where: { HostFile.kind(of: $0) == .other }) { return found }
        throw Failure(
            .unavailable,
            "there is no engine on this machine",
            why: "none of \(places.joined(separator: ", ")) is a socket",
            fix: "start Docker or `podman system service`, or name its socket: DOCKER_HOST=unix:///PATH"
        )
    }

    /// Fetches an image that the engine has.
    ///
    /// - Parameters:
    ///   - platform: must be there; nil means the host's, else the first.
    ///   - folder: where the archive is put while it is read, under no name.
    /// - Throws: a `Failure`: `noSuchImage` when the engine has no such image; `unavailable` when nobody answers at the socket;
    ///   what opening an archive throws.
    public func fetch(
        _ reference: ImageReference,
        platform: Platform? = nil,
        folder: String,
        report: @escaping (PullEvent) -> Void = { _ in }
    ) throws -> FetchedImage {
        let place = Place.reference(reference.familiar)
        let carrier = PatientCarrier(try transport(), limits: limits, wait: { _ in }, report: report)
        let name = reference.withDefaultTag
        guard let url = HTTPURL(scheme: .http, authority: "localhost", target: "/images/\(name.asked)/get") else {
            throw Failure(.usage, "the name cannot be asked for", at: place)
        }
        var request = HTTPRequest(url)
        request.socketPath = path
        var sink: ArchiveSink?
        let most = limits.image.expandedBytes
        let answer = try carrier.send(request, at: place) { _ in
            let fresh = try ArchiveSink(in: folder, most: most) { report(.receivingArchive(bytes: $0)) }
            sink = fresh
            return fresh
        }
        switch answer.head.status {
        case 200: break
        case 404:
            throw Failure(
                .noSuchImage,
                "the engine has no such image",
                at: place,
                why: answer.said.isEmpty ? nil : "it says" + answer.said,
                fix: "`docker image ls` and `podman image ls` show what it has"
            )
        case let status:
            throw Failure(
                .unavailable,
                "the engine does not hand it out",
                at: place,
                why: "\(path) answered \(status)" + answer.said
            )
        }
        guard let sink else { throw Failure(.internalFault, "an archive was never asked for", at: place) }
        return try open(try sink.file.openForReading(as: place.description), name, platform)
    }

    private func open(_ file: OpenFile, _ name: ImageReference, _ platform: Platform?) throws -> FetchedImage {
        let place = Place.reference(name.familiar)
        let archive = try ImageSource.open(file, limits: limits.image)
        // An image that is asked for by digest comes without a name.
        let wanted = name.digest?.description ?? name.description
        let only = archive.entries.count == 1 && archive.names.isEmpty && name.digest == nil
        let image: LoadedImage
        do {
            image = try archive.image(reference: only ? nil : wanted, platform: platform)
        } catch let failure as Failure where failure.reason == .noSuchImage && platform == nil {
            throw Failure(
                .malformedInput,
                "the engine sent another image",
                at: place,
                why: failure.why,
                fix: name.digest == nil ? nil : "engines that keep no digests can be asked by name and tag"
            )
        }
        let bundle = try archive.bundle(reference: only ? nil : wanted)
        let kept = name.digest.map { ImageReference(domain: name.domain, path: name.path, tag: nil, digest: $0) }
        return FetchedImage(name: kept ?? name, bundle: bundle, image: image)
    }
}

extension ImageReference {
    /// The name in an address: engines know their images by the whole name.
    fileprivate var asked: String { digest == nil ? description : name + "@" + (digest?.description ?? "") }
}

/// Takes an archive into a file without a name, up to a bound.
private final class ArchiveSink: ByteSink {
    let file: TemporaryFile
    private let most: Int
    private let report: (Int) -> Void

    init(in folder: String, most: Int, report: @escaping (Int) -> Void) throws {
        file = try TemporaryFile.anonymous(in: folder)
        self.most = most
        self.report = report
    }

    func write(_ piece: UnsafeRawBufferPointer) throws {
        guard piece.count <= most - file.byteCount else {
            throw Failure(.overLimit, "the engine's archive is too large", why: "more than \(most) bytes came")
        }
        try file.write(piece)
        report(file.byteCount)
    }
}
