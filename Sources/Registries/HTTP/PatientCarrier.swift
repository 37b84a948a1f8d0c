// SPDX-License-Identifier: Apache-2.0

// Source: RFC 9110 §15.5 and §15.6, RFC 6585 §4; distribution specification 1.1, "Error Codes".

import Archives
import Diagnostics
import JSONValues

/// Carries requests out, and again when a server is busy or a connection breaks: a few times, each wait bounded.
final class PatientCarrier {
    let limits: TransferLimits
    private let transport: any HTTPTransport
    private let wait: (_ seconds: Int) throws -> Void
    private let report: (PullEvent) -> Void

    init(
        _ transport: any HTTPTransport,
        limits: TransferLimits,
        wait: @escaping (_ seconds: Int) throws -> Void,
        report: @escaping (PullEvent) -> Void
    ) {
        self.transport = transport
        self.limits = limits
        self.wait = wait
        self.report = report
    }

    /// An answer: its head, and its body where that was not handed on.
    struct Answer {
        let head: HTTPResponse
        let body: [UInt8]

        /// What it says is wrong, behind a colon; empty when it says nothing that can be read.
        var said: String {
            struct Errors: Decodable {
                let errors: [Item]?
                let message: String?
                let details: String?
            }
            struct Item: Decodable {
                let code: String?
                let message: String?
            }
            let limits = JSONLimits(sizeBytes: 64 << 10, depth: 16)
            guard let document = try? JSONReader.decode(Errors.self, from: body, limits: limits) else { return "" }
            let item = document.errors?.first
            let words = [item?.code, item?.message, document.message ?? document.details].compactMap(\.self)
                .filter { !$0.isEmpty }.joined(separator: ": ")
            return words.isEmpty ? "" : ": " + String(words.prefix(200))
        }
    }

    /// Carries a request out.
    ///
    /// - Parameter body: where the body of a 200 goes; kept in the answer when nil, as those of all others are.
    /// - Throws: a `Failure`: `unavailable` when no answer comes or the server stays busy, `malformedInput` when what comes is no
    ///   HTTP, `overLimit`, and what `body` throws.
    func send(
        _ request: HTTPRequest,
        at place: Place,
        body: ((HTTPResponse) throws -> any ByteSink)? = nil
    ) throws -> Answer {
        for attempt in 1... {
            let isLast = attempt >= limits.attempts
            let kept = BoundedSink("the answer of \(request.url.withoutQuery)", most: limits.answerBytes)
            do {
                let head = try transport.send(request) { head in
                    if head.status == 200, let body { return try body(head) }
                    return kept
                }
                let answer = Answer(head: head, body: kept.bytes)
                guard [429, 500, 502, 503, 504].contains(head.status) else { return answer }
                let status = "\(request.url.withoutQuery) answered \(head.status)" + answer.said
                let asked = RetryAfter.seconds(head)
                if isLast || (asked ?? 0) > limits.retrySeconds { throw busy(status, asked, at: place) }
                try pause(asked ?? 1 << (attempt - 1), status)
            } catch let error as TransportError {
                guard error.isPassing, !isLast else { throw failure(error, request, at: place) }
                try pause(1 << (attempt - 1), error.detail)
            } catch let failure as Failure {
                throw failure.located(at: place)
            }
        }
        throw Failure(.internalFault, "a request was never sent", at: place)
    }

    private func pause(_ seconds: Int, _ why: String) throws {
        report(.waiting(seconds: seconds, why: why))
        try wait(seconds)
    }

    private func busy(_ status: String, _ seconds: Int?, at place: Place) -> Failure {
        Failure(
            .unavailable,
            "the server has no time for us",
            at: place,
            why: status,
            fix: seconds.map { "it asks to be left alone for \($0) seconds; try again then" } ?? "try again later"
        )
    }

    private func failure(_ error: TransportError, _ request: HTTPRequest, at place: Place) -> Failure {
        let host = request.socketPath ?? request.url.authority
        func failure(_ reason: Failure.Reason, _ what: String, _ fix: String?) -> Failure {
            // Of a socket, libcurl's sentence speaks of the host that stands for it.
            let isSocket = request.socketPath != nil && error.kind == .refused
            let why = isSocket ? "nobody listens at the socket, or it may not be opened" : error.detail
            return Failure(reason, what, at: place, why: why, fix: fix, cause: error)
        }
        switch error.kind {
        case .unresolved:
            return failure(.unavailable, "\(host) is not known", "look at the name, and whether there is a network")
        case .refused: return failure(.unavailable, "\(host) cannot be reached", "look whether it runs there")
        case .timedOut: return failure(.unavailable, "\(host) does not answer in time", "try again later")
        case .broken: return failure(.unavailable, "\(host) breaks the connection off", "try again later")
        case .untrusted:
            return failure(
                .unavailable,
                "the connection to \(host) cannot be trusted",
                "where it has a certificate of one's own, name the file of its authority in SSL_CERT_FILE"
            )
        case .malformed: return failure(.malformedInput, "what \(host) answers is no HTTP", nil)
        case .other: return failure(.unavailable, "\(host) cannot be asked", nil)
        }
    }
}
