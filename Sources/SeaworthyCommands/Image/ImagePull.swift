// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import ImageLayouts
import OCISpec
import Reporting
import Workbench

/// `seaworthy image pull`: fetches a real image into the local store, from a registry or from an engine of this machine.
struct ImagePull: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull",
        abstract: "Fetch an image from a registry, or from the engine of this machine, into the local store.",
        discussion: """
            This command asks the network. The image of one platform comes, with what is attested about it; every byte is held \
            against its digest, and nothing is kept of an image that is not right. Builds then start from it, and not from a \
            model of the same name.

            Logins are taken from $DOCKER_CONFIG/config.json, else ~/.docker/config.json; proxies from HTTPS_PROXY, HTTP_PROXY \
            and NO_PROXY; the authority of a certificate of one's own from SSL_CERT_FILE. `engine://REF` asks Docker or Podman \
            through the socket of DOCKER_HOST, or where it usually is.

            Other commands ask no registry unless SEAWORTHY_REGISTRY=allowed is set, or the line registry=allowed stands in \
            $SEAWORTHY_HOME/settings.
            """
    )

    @Argument(help: "The image, such as node:24-alpine or localhost:5000/acme/app:1; engine://REF asks the engine.")
    var image: String

    @Option(help: "The platform, such as linux/arm64; this machine's when not given.")
    var platform: String?

    @Flag(name: [.short, .long], help: "Print the image's full name only.")
    var quiet = false

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let (origin, text) = try Self.origin(of: image)
        let reference = try Self.reference(text, shown: image)
        let wanted = try platform.map { text in
            guard let parsed = Platform(parsing: text) else { throw Failure.invalidPlatform(text) }
            return parsed
        }
        let display = PullDisplay(runtime.console)
        let fetcher = ImageFetcher(runtime.workbench) { [quiet] in if !quiet { display.show($0) } }
        let pulled: ImageFetcher.Pulled
        do {
            defer { display.finish() }
            pulled = try fetcher.pull(reference, from: origin, platform: wanted)
        }
        for finding in pulled.image.mismatches { runtime.console.remark("note: " + finding.message.harmless) }
        if printing.json {
            try runtime.console.print(json: Result(pulled))
        } else if quiet {
            runtime.console.print(pulled.name.description)
        } else {
            let status = pulled.wasCurrent ? "Image is up to date for" : "Downloaded newer image for"
            runtime.console.print(
                "Digest: \(pulled.digest)\nStatus: \(status) \(pulled.name.familiar)\n\(pulled.name.description)"
            )
        }
        return .success
    }

    /// Where a text says that the image is, and its name.
    private static func origin(of text: String) throws -> (ImageFetcher.Origin, String) {
        guard let mark = text.firstRange(of: "://") else { return (.registry, text) }
        let rest = String(text[mark.upperBound...])
        switch text[..<mark.lowerBound] {
        case "registry": return (.registry, rest)
        case "engine": return (.engine, rest)
        default:
            throw Failure(
                .usage,
                "nothing is fetched from there",
                at: .reference(text),
                fix: "write the image alone, registry://REF or engine://REF; `seaworthy image load` takes archives"
            )
        }
    }

    private static func reference(_ text: String, shown: String) throws -> ImageReference {
        do throws(ImageReference.ValidationError) {
            return try ImageReference(parsing: text)
        } catch {
            throw Failure(
                .usage,
                "invalid reference format",
                at: .reference(shown.count > 120 ? shown.prefix(120) + "…" : shown),
                why: error.sentence,
                fix: "write the image as name:tag, in small letters"
            )
        }
    }

    private struct Result: Encodable {
        let reference: String
        let digest: String
        let manifestDigest: String
        let platform: String
        let layers: Int
        let sizeBytes: Int
        let attestations: [String]
        let isNew: Bool

        init(_ pulled: ImageFetcher.Pulled) {
            reference = pulled.name.description
            digest = pulled.digest.description
            manifestDigest = pulled.image.manifestDigest.description
            platform = pulled.image.platform.description
            layers = pulled.image.layers.count
            sizeBytes = pulled.image.layers.reduce(0) { $0 + $1.descriptor.size }
            attestations = pulled.image.attestations.map(\.statement.predicateType)
            isNew = !pulled.wasCurrent
        }
    }
}
