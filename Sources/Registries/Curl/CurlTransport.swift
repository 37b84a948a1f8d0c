// SPDX-License-Identifier: Apache-2.0

// Source: libcurl's documentation of the easy interface.

public import Archives
import CCurl
import Diagnostics

/// Carries requests out with the system's libcurl.
///
/// It follows no redirect, sends no credentials of its own, decodes no content, takes proxies and certificates from the
/// environment it is given, and no proxy towards this machine itself.
public final class CurlTransport: HTTPTransport {
    private let library: CurlLibrary
    private let handle: UnsafeMutableRawPointer
    private let limits: TransferLimits
    private let environment: [String: String]
    private let userAgent: String

    /// Opens libcurl.
    ///
    /// - Parameters:
    ///   - environment: `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY` (in small letters, too) and `SSL_CERT_FILE` count.
    ///   - userAgent: how the program calls itself.
    /// - Throws: a `Failure` (`unavailable`) when this machine has no libcurl.
    public init(environment: [String: String], userAgent: String, limits: TransferLimits) throws {
        library = try CurlLibrary.get()
        guard let handle = library.make() else {
            throw Failure(.unavailable, "libcurl cannot be set up")
        }
        self.handle = handle
        self.limits = limits
        self.environment = environment
        self.userAgent = userAgent
    }

    deinit { library.cleanUp(handle) }

    /// Carries one request out.
    public func send(
        _ request: HTTPRequest,
        body: (HTTPResponse) throws -> any ByteSink
    ) throws -> HTTPResponse {
        guard request.fields.allSatisfy(\.isWhole) else {
            throw Failure(.hostileInput, "a field of the request would be two", at: .name(request.url.withoutQuery))
        }
        return try withoutActuallyEscaping(body) { body in
            let transfer = CurlTransfer(limits: limits, body: body)
            var list: UnsafeMutableRawPointer?
            defer { library.freeList(list) }
            // libcurl would add an Accept of its own, and no field is as good as an empty one.
            for field in request.fields { list = library.append(list, "\(field.name): \(field.value)") }
            prepare(request, list)
            let context = Unmanaged.passUnretained(transfer).toOpaque()
            library.set(.headContext, pointer: context, on: handle)
            library.set(.bodyContext, pointer: context, on: handle)
            let code = withExtendedLifetime(transfer) {
                transfer.errorText.withUnsafeMutableBufferPointer { text in
                    library.set(.errorText, pointer: UnsafeRawPointer(text.baseAddress), on: handle)
                    let code = library.perform(handle)
                    library.set(.errorText, pointer: nil, on: handle)
                    return code
                }
            }
            if let error = transfer.error { throw error }
            guard code == 0 else { throw error(code, transfer) }
            return try transfer.finish()
        }
    }

    private func prepare(_ request: HTTPRequest, _ list: UnsafeMutableRawPointer?) {
        // Connections outlive a reset, options do not.
        library.reset(handle)
        library.set(.sendsNoSignals, 1, on: handle)
        // CURLPROTO_HTTP and CURLPROTO_HTTPS
        library.set(.protocols, 3, on: handle)
        library.set(.url, text: request.url.description, on: handle)
        library.set(.userAgent, text: userAgent, on: handle)
        library.set(.fields, pointer: list, on: handle)
        library.set(.bufferSize, 1 << 18, on: handle)
        library.set(.connectMilliseconds, limits.connectSeconds * 1_000, on: handle)
        library.set(.lowSpeedLimit, limits.stallBytes, on: handle)
        library.set(.lowSpeedSeconds, limits.stallSeconds, on: handle)
        if let seconds = request.seconds { library.set(.totalMilliseconds, seconds * 1_000, on: handle) }
        if let form = request.form {
            library.set(.postsForm, 1, on: handle)
            library.set(.formLength, form.utf8.count, on: handle)
            library.set(.formToCopy, text: form, on: handle)
        }
        if let path = request.socketPath { library.set(.socketPath, text: path, on: handle) }
        if let file = environment["SSL_CERT_FILE"], !file.isEmpty {
            library.set(.certificates, text: file, on: handle)
        }
        let isHere = request.url.isLoopback || request.socketPath != nil
        library.set(.proxy, text: isHere ? "" : proxy(for: request.url), on: handle)
        library.set(.withoutProxy, text: isHere ? "*" : variable("NO_PROXY") ?? "", on: handle)
        library.set(.headReceiver, receiver: Self.receiveHead, on: handle)
        library.set(.bodyReceiver, receiver: Self.receiveBody, on: handle)
    }

    private func proxy(for url: HTTPURL) -> String {
        variable(url.scheme == .https ? "HTTPS_PROXY" : "HTTP_PROXY") ?? variable("ALL_PROXY") ?? ""
    }

    private func variable(_ name: String) -> String? {
        [name.lowercased(), name].lazy.compactMap { self.environment[$0] }.first { !$0.isEmpty }
    }

    private static var receiveHead: ccurl_receiver {
        { bytes, size, count, context in CurlTransport.receive(bytes, size * count, context) { $0.takeHead($1) } }
    }

    private static var receiveBody: ccurl_receiver {
        { bytes, size, count, context in CurlTransport.receive(bytes, size * count, context) { $0.takeBody($1) } }
    }

    /// Hands bytes to the transfer behind a context; fewer than came ends it.
    private static func receive(
        _ bytes: UnsafeMutablePointer<CChar>?,
        _ count: Int,
        _ context: UnsafeMutableRawPointer?,
        _ take: (CurlTransfer, UnsafeRawBufferPointer) -> Bool
    ) -> Int {
        guard let context else { return 0 }
        let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
        return take(transfer, UnsafeRawBufferPointer(start: bytes, count: count)) ? count : -1
    }

    private func error(_ code: Int32, _ transfer: CurlTransfer) -> TransportError {
        let said = transfer.errorText.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
        let detail = said.isEmpty ? library.text(of: code) : said
        let kind: TransportError.Kind =
            switch code {
            case 5, 6: .unresolved
            case 7: .refused
            case 28: .timedOut
            case 18, 52, 55, 56, 92, 95: .broken
            case 35, 51, 53, 54, 58, 59, 60, 64, 66, 77, 80, 82, 83, 90, 91: .untrusted
            case 1, 8, 16, 43, 61, 84: .malformed
            default: .other
            }
        return TransportError(kind, detail)
    }
}
