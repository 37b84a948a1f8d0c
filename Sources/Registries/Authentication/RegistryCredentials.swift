// SPDX-License-Identifier: Apache-2.0

// Source: docker/cli, cli/config/configfile (`auths`, `credsStore`, `credHelpers`); containers-auth.json(5) for keys with a path.

public import Diagnostics
import Foundation
import HostFiles
import JSONValues
public import OCISpec

/// Who the user is at registries, as `docker login` keeps it in `config.json`.
public struct RegistryCredentials: Sendable {
    /// What is known for one registry.
    public enum Credential: Sendable, Hashable {
        /// A name and a password.
        case password(user: String, password: String)
        /// A token that stands for a login and is traded for others.
        case identityToken(String)
        /// A program keeps them, and none is started here.
        case helper(String)
    }

    /// The file, for messages.
    public let path: String
    private let entries: [String: Credential]
    private let helpers: [String: String]
    private let store: String?

    /// Nobody is logged in.
    public static let none = RegistryCredentials(path: "", entries: [:], helpers: [:], store: nil)

    private init(path: String, entries: [String: Credential], helpers: [String: String], store: String?) {
        self.path = path
        self.entries = entries
        self.helpers = helpers
        self.store = store
    }

    /// Reads `$DOCKER_CONFIG/config.json`, else `~/.docker/config.json`; nobody is logged in where neither is there.
    ///
    /// - Throws: a `Failure` when the file is there and cannot be read.
    public static func read(environment: [String: String], limits: Limits) throws -> RegistryCredentials {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        guard let folder = value("DOCKER_CONFIG") ?? value("HOME").map({ $0 + "/.docker" }) else { return .none }
        let path = folder + "/config.json"
        guard HostFile.kind(of: path) != nil else { return .none }
        return try RegistryCredentials(parsing: HostFile.read(path, limit: min(1 << 20, limits.entryBytes)), path: path)
    }

    /// Reads the bytes of such a file.
    ///
    /// - Throws: a `Failure` (`malformedInput`) with the place of what is wrong; it never holds a password.
    public init(parsing bytes: [UInt8], path: String) throws {
        let file: ConfigFile
        do {
            file = try JSONReader.decode(
                ConfigFile.self,
                from: bytes,
                limits: JSONLimits(sizeBytes: 1 << 20, depth: 32)
            )
        } catch {
            throw Failure(
                .malformedInput,
                "the file with the logins cannot be read",
                at: .file(path, error.position),
                why: "it should be the config.json that `docker login` writes",
                fix: "mend it, or name the folder of another one in DOCKER_CONFIG"
            )
        }
        var entries: [String: Credential] = [:]
        for (key, auth) in file.auths ?? [:] {
            guard let credential = try auth.credential(key: key, path: path) else { continue }
            entries[Self.normalized(key)] = credential
        }
        self.path = path
        self.entries = entries
        helpers = Dictionary(
            (file.credHelpers ?? [:]).map { (Self.normalized($0.key), $0.value) },
            uniquingKeysWith: { first, _ in first }
        )
        store = file.credsStore.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What is known for the registry of a reference: the entry with the longest path that it lies below, else the program that
    /// keeps the logins; nil when nothing is.
    public func credential(for reference: ImageReference) -> Credential? {
        let name = reference.domain + "/" + reference.path
        let own = entries.filter { name == $0.key || name.hasPrefix($0.key + "/") }
            .max { $0.key.utf8.count < $1.key.utf8.count }
        if let own { return own.value }
        return (helpers[reference.domain] ?? store).map { .helper($0) }
    }

    /// `https://index.docker.io/v1/` and its kin as references name the registry.
    private static func normalized(_ key: String) -> String {
        var text = key[...]
        if let mark = text.firstRange(of: "://") { text = text[mark.upperBound...] }
        var parts = text.split(separator: "/").map(String.init)
        guard let host = parts.first else { return key }
        if ["index.docker.io", "registry-1.docker.io", "docker.io"].contains(host) { return "docker.io" }
        if let last = parts.last, parts.count > 1, last == "v1" || last == "v2" { parts.removeLast() }
        return parts.joined(separator: "/")
    }

    private struct ConfigFile: Decodable {
        let auths: [String: Auth]?
        let credHelpers: [String: String]?
        let credsStore: String?
    }

    private struct Auth: Decodable {
        let auth: String?
        let username: String?
        let password: String?
        let identitytoken: String?

        func credential(key: String, path: String) throws -> Credential? {
            if let identitytoken, !identitytoken.isEmpty { return .identityToken(identitytoken) }
            if let username, let password, !username.isEmpty { return .password(user: username, password: password) }
            guard let auth, !auth.isEmpty else { return nil }
            let failure = Failure(
                .malformedInput,
                "the login for \(key) cannot be read",
                at: .file(path),
                why: "its `auth` should be name:password in base64",
                fix: "log in again with `docker login \(key)`"
            )
            guard let data = Data(base64Encoded: auth) else { throw failure }
            let text = String(decoding: data, as: UTF8.self)
            guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else { throw failure }
            var password = text[text.index(after: colon)...]
            // As docker does.
            while password.hasSuffix("\0") { password.removeLast() }
            return .password(user: String(text[..<colon]), password: String(password))
        }
    }
}
