// SPDX-License-Identifier: Apache-2.0

// Source: distribution specification 1.1, "Pull"; OCI image specification 1.1; containerd's choice of platforms.

public import Archives
public import OCISpec

/// Fetches images from registries.
///
/// One image for one platform is fetched, with its index and the attestations of just that manifest; every manifest and every blob
/// is held against its digest while it comes in. A registry is believed nothing else.
public struct RegistryClient: Sendable {
    private let limits: TransferLimits
    private let credentials: @Sendable () throws -> RegistryCredentials
    private let transport: @Sendable () throws -> any HTTPTransport
    private let wait: @Sendable (_ seconds: Int) throws -> Void

    /// A client; nothing is opened yet.
    ///
    /// - Parameters:
    ///   - credentials: asked for when a registry wants a login.
    ///   - transport: makes what carries the requests of one image.
    ///   - wait: waits so many seconds.
    public init(
        limits: TransferLimits,
        credentials: @escaping @Sendable () throws -> RegistryCredentials,
        transport: @escaping @Sendable () throws -> any HTTPTransport,
        wait: @escaping @Sendable (_ seconds: Int) throws -> Void
    ) {
        self.limits = limits
        self.credentials = credentials
        self.transport = transport
        self.wait = wait
    }

    /// Where blobs are put, and which ones are there already.
    public struct Staging {
        /// A folder on the disk that they are to stay on in the end.
        let folder: String
        /// A blob that need not be fetched; what it holds is verified with the image.
        let held: (Descriptor) throws -> ByteSource?

        /// Names the folder, and what is there already.
        public init(folder: String, held: @escaping (Descriptor) throws -> ByteSource? = { _ in nil }) {
            self.folder = folder
            self.held = held
        }
    }

    /// Fetches an image.
    ///
    /// - Parameters:
    ///   - reference: its digest decides where it has one, else its tag, else `latest`.
    ///   - platform: must be there; nil means the host's.
    /// - Throws: a `Failure`: `noSuchImage` when the registry has no such image, or none for the platform; `unavailable` when it
    ///   cannot be reached, is busy, or refuses us; `malformedInput`, `hostileInput` and `overLimit` for what it answers.
    public func fetch(
        _ reference: ImageReference,
        platform: Platform? = nil,
        staging: Staging,
        report: @escaping (PullEvent) -> Void = { _ in }
    ) throws -> FetchedImage {
        let carrier = PatientCarrier(try transport(), limits: limits, wait: wait, report: report)
        let session = try RegistrySession(reference, carrier: carrier, credentials: credentials)
        var download = ImageDownload(session, staging: staging, report: report)
        return try download.run(platform)
    }
}
