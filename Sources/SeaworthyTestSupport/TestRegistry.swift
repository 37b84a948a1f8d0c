// SPDX-License-Identifier: Apache-2.0

// Source: distribution specification 1.1; distribution's token authentication.

import Archives
import Foundation
import JSONValues
public import OCISpec

/// What a registry answers that does everything right; tests turn single answers into wrong ones.
public struct TestRegistry: Sendable {
    /// Who may read.
    public enum Login: Sendable, Hashable {
        /// Everybody, without a token.
        case open
        /// Everybody who fetches a token.
        case anonymousToken
        /// Who fetches a token with this name and password.
        case token(user: String, password: String)
        /// Who shows this name and password.
        case basic(user: String, password: String)
        /// Who trades this identity token for a token.
        case identity(String)
    }

    /// The token that it hands out.
    public static let token = "token-for-reading"
    /// Who may read.
    public var login = Login.open
    /// The manifests and indexes by repository and tag or digest, such as `acme/app:1` and `acme/app@sha256:…`.
    public var manifests: [String: [UInt8]] = [:]
    /// The blobs by digest.
    public var blobs: [String: [UInt8]] = [:]

    /// An empty registry.
    public init(login: Login = .open) { self.login = login }

    /// Takes the image of a layout in under a name, such as `acme/app:1`.
    ///
    /// - Returns: the digest of its index or manifest.
    @discardableResult
    public mutating func push(_ layout: TestLayout, as name: String) throws -> Digest {
        guard case .bytes(let front)? = layout.files["index.json"],
            let root = try JSONReader.decode(ImageIndex.self, from: front, limits: .own).manifests.first
        else { throw NotALayout() }
        let repository = String(name.prefix { $0 != ":" })
        for (path, content) in layout.files where path.hasPrefix("blobs/") {
            guard case .bytes(let bytes) = content, let hex = path.split(separator: "/").last else { continue }
            blobs["sha256:" + hex] = bytes
            manifests["\(repository)@sha256:\(hex)"] = bytes
        }
        manifests[name] = blobs[root.digest.description]
        return root.digest
    }

    /// A layout without a front page, or without an image.
    public struct NotALayout: Error {}

    /// Answers a request.
    public func answer(_ request: LoopbackServer.Request) -> LoopbackServer.Reply {
        if request.path == "/token" { return tokenAnswer(request) }
        guard isAllowed(request) else {
            return .answer(401, [("WWW-Authenticate", challenge(request))], Self.error("UNAUTHORIZED"))
        }
        if request.path == "/v2/" { return .answer(200, [], Array("{}".utf8)) }
        let parts = request.path.split(separator: "/").map(String.init)
        guard parts.count >= 5, parts[0] == "v2" else { return .answer(404, [], Self.error("NAME_UNKNOWN")) }
        let repository = parts[1..<(parts.count - 2)].joined(separator: "/")
        let last = parts[parts.count - 1]
        if parts[parts.count - 2] == "blobs" {
            guard let blob = blobs[last] else { return .answer(404, [], Self.error("BLOB_UNKNOWN")) }
            return .answer(200, [("Content-Type", "application/octet-stream")], blob)
        }
        guard let manifest = manifests[repository + (last.contains(":") ? "@" : ":") + last] else {
            return .answer(404, [], Self.error("MANIFEST_UNKNOWN"))
        }
        return .answer(
            200,
            [
                ("Content-Type", Self.mediaType(of: manifest)),
                ("Docker-Content-Digest", Digest.sha256(of: manifest).description),
            ],
            manifest
        )
    }

    /// What a document says it is.
    public static func mediaType(of document: [UInt8]) -> String {
        struct Head: Decodable { let mediaType: String? }
        let head = try? JSONReader.decode(Head.self, from: document, limits: .own)
        return head?.mediaType ?? MediaType.manifest
    }

    /// An error as registries write it.
    public static func error(_ code: String) -> [UInt8] {
        Array(#"{"errors":[{"code":"\#(code)","message":"as the test wants it"}]}"#.utf8)
    }

    private func isAllowed(_ request: LoopbackServer.Request) -> Bool {
        switch login {
        case .open: true
        case .basic(let user, let password): request.fields["authorization"] == Self.basic(user, password)
        case .anonymousToken, .token, .identity: request.fields["authorization"] == "Bearer " + Self.token
        }
    }

    private func challenge(_ request: LoopbackServer.Request) -> String {
        if case .basic = login { return #"Basic realm="registry""# }
        let host = request.fields["host"] ?? ""
        return #"Bearer realm="http://\#(host)/token",service="test registry",scope="registry:catalog:*""#
    }

    private func tokenAnswer(_ request: LoopbackServer.Request) -> LoopbackServer.Reply {
        let mayRead =
            switch login {
            case .open, .anonymousToken, .basic: true
            case .token(let user, let password): request.fields["authorization"] == Self.basic(user, password)
            case .identity(let token):
                request.method == "POST" && request.body.contains("grant_type=refresh_token")
                    && request.body.contains("refresh_token=" + token)
            }
        guard mayRead else { return .answer(401, [], Self.error("UNAUTHORIZED")) }
        return .answer(200, [("Content-Type", "application/json")], Array(#"{"token":"\#(Self.token)"}"#.utf8))
    }

    private static func basic(_ user: String, _ password: String) -> String {
        "Basic " + Data((user + ":" + password).utf8).base64EncodedString()
    }
}
