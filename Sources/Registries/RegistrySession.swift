// SPDX-License-Identifier: Apache-2.0

// Source: distribution specification 1.1, "Determining Support" and "Pull"; RFC 9110 §15.

import Archives
import Diagnostics
import OCISpec

/// One conversation with a registry about one repository: who we are, what to do when it is busy, where it sends us.
///
/// Credentials go to the registry, and to where its challenge sends them, encrypted wherever the registry is; a redirect to
/// another host gets none.
final class RegistrySession {
    let reference: ImageReference
    let place: Place
    let limits: TransferLimits
    private let carrier: PatientCarrier
    private let endpoint: RegistryEndpoint
    private let authority: RegistryAuthority
    private var base: HTTPURL

    /// What a path is asked for.
    struct Question {
        let path: String
        var accept: [String] = []
        /// The seconds that it may take in all; nil where only standing still is bounded.
        var seconds: Int?
        /// What is thrown when the registry does not have it.
        let absent: Failure
    }

    /// Asks whether a registry is there, and logs in where it wants that at once.
    init(
        _ reference: ImageReference,
        carrier: PatientCarrier,
        credentials: @escaping () throws -> RegistryCredentials
    ) throws {
        self.reference = reference
        self.carrier = carrier
        limits = carrier.limits
        place = .reference(reference.familiar)
        guard let endpoint = RegistryEndpoint(reference), let first = endpoint.bases.first else {
            throw Failure(.usage, "the registry's name is no host", at: .reference(reference.familiar))
        }
        self.endpoint = endpoint
        base = first
        authority = RegistryAuthority(reference, carrier: carrier, credentials: credentials)
        try open()
    }

    private func open() throws {
        for (index, candidate) in endpoint.bases.enumerated() {
            base = candidate
            let isLast = index == endpoint.bases.count - 1
            guard let url = candidate.resolving("/v2/") else { continue }
            let answer = try carrier.send(HTTPRequest(url, seconds: limits.documentSeconds), at: place)
            switch answer.head.status {
            case 200, 300..<400: return
            case 401: return try authority.answer(answer.head, of: base)
            // What Go's servers say to plain HTTP on a port for HTTPS.
            case 400 where !isLast: continue
            case let status:
                throw Failure(
                    .unavailable,
                    "no registry answers there",
                    at: place,
                    why: "\(url) answered \(status)" + answer.said,
                    fix: "look at the name of the registry, \(reference.domain)"
                )
            }
        }
    }

    /// Asks for a path until it is here.
    ///
    /// - Parameter body: where the bytes go, told the head; asked anew each time that the request is sent again.
    func get(
        _ question: Question,
        body: @escaping (HTTPResponse) throws -> any ByteSink
    ) throws -> HTTPResponse {
        guard var url = base.resolving(question.path) else {
            throw Failure(.usage, "the name cannot be asked for", at: place)
        }
        var redirects = 0
        var hasLoggedIn = false
        while true {
            var request = HTTPRequest(url, seconds: question.seconds)
            request.fields = question.accept.map { HTTPField("Accept", $0) }
            let isRegistry = url.hasSameOrigin(as: base)
            if isRegistry, let authorization = authority.authorization {
                request.fields.append(HTTPField("Authorization", authorization))
            }
            let answer = try carrier.send(request, at: place, body: body)
            switch answer.head.status {
            case 200: return answer.head
            case 401 where isRegistry && !hasLoggedIn:
                hasLoggedIn = true
                try authority.answer(answer.head, of: base)
            case 401, 403: throw isRegistry ? authority.refusal(answer) : refusal(answer, url)
            case 404: throw isRegistry ? absent(question.absent, answer) : refusal(answer, url)
            case 301, 302, 303, 307, 308:
                redirects += 1
                url = try target(of: answer.head, from: url, redirects)
            default: throw refusal(answer, url)
            }
        }
    }

    private func target(of head: HTTPResponse, from url: HTTPURL, _ count: Int) throws -> HTTPURL {
        guard count <= limits.redirects else {
            throw Failure(
                .malformedInput,
                "the registry sends us from place to place",
                at: place,
                why: "more than \(limits.redirects) redirects, the last to \(url.withoutQuery)"
            )
        }
        guard let location = head.value("Location"), let next = url.resolving(location) else {
            throw Failure(
                .malformedInput,
                "the registry sends us to no place",
                at: place,
                why: "\(url.withoutQuery) answered \(head.status) without a Location that can be asked"
            )
        }
        guard next.scheme == .https || base.scheme == .http else {
            throw Failure(
                .hostileInput,
                "the registry sends us out of the encrypted connection",
                at: place,
                why: "from \(url.withoutQuery) to \(next.withoutQuery)"
            )
        }
        return next
    }

    private func absent(_ failure: Failure, _ answer: PatientCarrier.Answer) -> Failure {
        let said = answer.said.isEmpty ? nil : "the registry says" + answer.said
        return Failure(failure.reason, failure.what, at: place, why: failure.why ?? said, fix: failure.fix)
    }

    private func refusal(_ answer: PatientCarrier.Answer, _ url: HTTPURL) -> Failure {
        Failure(
            .unavailable,
            "the registry does not hand it out",
            at: place,
            why: "\(url.withoutQuery) answered \(answer.head.status)" + answer.said
        )
    }
}
