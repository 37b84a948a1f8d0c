// SPDX-License-Identifier: Apache-2.0

// Source: distribution's token authentication (docs/spec/auth/token.md, oauth.md); RFC 7617.

import Diagnostics
import Foundation
import JSONValues
import OCISpec

/// Answers a registry's challenges: with a token for reading this one repository, or with name and password.
final class RegistryAuthority {
    /// The value of `Authorization`; nil while none is asked for.
    private(set) var authorization: String?
    private let reference: ImageReference
    private let place: Place
    private let carrier: PatientCarrier
    private let credentials: () throws -> RegistryCredentials
    private var file = ""
    private var known: RegistryCredentials.Credential?

    init(
        _ reference: ImageReference,
        carrier: PatientCarrier,
        credentials: @escaping () throws -> RegistryCredentials
    ) {
        self.reference = reference
        self.carrier = carrier
        self.credentials = credentials
        place = .reference(reference.familiar)
    }

    /// Does what the challenge of a 401 asks for.
    func answer(_ head: HTTPResponse, of base: HTTPURL) throws {
        let credentials = try credentials()
        file = credentials.path
        known = credentials.credential(for: reference)
        let challenges = head.values("WWW-Authenticate").flatMap(AuthenticationChallenge.parse)
        if let bearer = challenges.first(where: { $0.scheme == "bearer" }) {
            authorization = "Bearer " + (try token(bearer, base))
        } else if challenges.contains(where: { $0.scheme == "basic" }) {
            guard case .password(let user, let password)? = known else { throw loginMissing("") }
            authorization = Self.basic(user, password)
        } else {
            throw Failure(
                .unavailable,
                "the registry wants a login of a kind that is not known here",
                at: place,
                why: challenges.isEmpty
                    ? "its answer has no challenge that can be read" : challenges.map(\.scheme).joined(separator: ", ")
            )
        }
    }

    /// What to say when an answer refuses us.
    func refusal(_ answer: PatientCarrier.Answer) -> Failure {
        switch known {
        case .password?, .identityToken?:
            Failure(
                .unavailable,
                "the registry refuses the login",
                at: place,
                why: "status \(answer.head.status)" + answer.said,
                fix: "look whether it may read \(reference.familiarName), or log in again; it is kept in \(file)"
            )
        case .helper?, nil: loginMissing(answer.said)
        }
    }

    private func loginMissing(_ said: String) -> Failure {
        if case .helper(let name)? = known {
            return Failure(
                .unavailable,
                "the registry wants a login",
                at: place,
                why: "\(file) leaves it to docker-credential-\(name), and no other program is started here",
                fix: "put the login into a config.json of its own (`auths`), and name its folder in DOCKER_CONFIG; "
                    + "or load the image from an archive"
            )
        }
        return Failure(
            .unavailable,
            "the registry wants a login, or has no such image",
            at: place,
            why: said.isEmpty ? nil : "it says" + said,
            fix: "look at the name; `docker login \(reference.domain)` keeps a login where it is looked for"
        )
    }

    private static func basic(_ user: String, _ password: String) -> String {
        "Basic " + Data((user + ":" + password).utf8).base64EncodedString()
    }

    private func token(_ challenge: AuthenticationChallenge, _ base: HTTPURL) throws -> String {
        guard let realm = challenge.parameters["realm"], let address = HTTPURL(parsing: realm) else {
            throw Failure(
                .malformedInput,
                "the registry does not say where a token is to be had",
                at: place,
                why: "its challenge has no realm that can be asked"
            )
        }
        guard address.scheme == .https || base.scheme == .http else {
            throw Failure(
                .hostileInput,
                "the registry wants the login over a connection that is not encrypted",
                at: place,
                why: "its tokens are at \(address.withoutQuery)"
            )
        }
        let answer = try carrier.send(try request(address, challenge), at: place)
        switch answer.head.status {
        case 200: return try read(answer, address)
        case 401, 403: throw refusal(answer)
        case let status:
            throw Failure(
                .unavailable,
                "no token is to be had",
                at: place,
                why: "\(address.withoutQuery) answered \(status)" + answer.said
            )
        }
    }

    private func request(_ address: HTTPURL, _ challenge: AuthenticationChallenge) throws -> HTTPRequest {
        // No more is asked for than is needed, whatever the challenge names.
        var parameters = [("scope", "repository:\(reference.path):pull")]
        if let service = challenge.parameters["service"] { parameters.append(("service", service)) }
        if case .identityToken(let token)? = known {
            parameters += [("grant_type", "refresh_token"), ("client_id", "seaworthy"), ("refresh_token", token)]
            var request = HTTPRequest(address, seconds: carrier.limits.documentSeconds)
            request.form = parameters.map { "\($0)=\(HTTPURL.escaped($1))" }.joined(separator: "&")
            return request
        }
        guard let url = address.appending(parameters.map { (name: $0.0, value: $0.1) }) else {
            throw Failure(.malformedInput, "the place of the tokens cannot be asked", at: place)
        }
        var request = HTTPRequest(url, seconds: carrier.limits.documentSeconds)
        if case .password(let user, let password)? = known {
            request.fields.append(HTTPField("Authorization", Self.basic(user, password)))
        }
        return request
    }

    private func read(_ answer: PatientCarrier.Answer, _ address: HTTPURL) throws -> String {
        struct Token: Decodable {
            let token: String?
            let accessToken: String?

            private enum CodingKeys: String, CodingKey {
                case token
                case accessToken = "access_token"
            }
        }
        func wrong(_ why: String) -> Failure {
            Failure(.malformedInput, "\(address.withoutQuery) answers without a token", at: place, why: why)
        }
        let document: Token
        do {
            let limits = JSONLimits(sizeBytes: carrier.limits.answerBytes, depth: 16)
            document = try JSONReader.decode(Token.self, from: answer.body, limits: limits)
        } catch {
            // The bytes may hold half a token, so none of them are shown.
            throw wrong("what it sends is not the JSON of one")
        }
        guard let token = [document.token, document.accessToken].compactMap(\.self).first(where: { !$0.isEmpty }) else {
            throw wrong("neither token nor access_token is in it")
        }
        guard token.utf8.count <= 32 << 10, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw wrong("what it calls one has \(token.utf8.count) bytes, or characters that no token has")
        }
        return token
    }
}
