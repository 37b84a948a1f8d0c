// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import OCISpec
import SeaworthyTestSupport
import Testing

@testable import Registries

@Suite("Logins of config.json")
struct RegistryCredentialsTests {
    private static let ada = Data("ada:secret:with colon".utf8).base64EncodedString()
    private static let padded = Data("ada:secret\0\0".utf8).base64EncodedString()

    /// The file, the reference, and who one is there.
    static let rows: [(file: String, reference: String, credential: RegistryCredentials.Credential?)] = [
        (
            #"{"auths":{"localhost:5000":{"auth":"\#(ada)"}}}"#, "localhost:5000/acme/app:1",
            .password(user: "ada", password: "secret:with colon")
        ),
        (
            #"{"auths":{"https://index.docker.io/v1/":{"auth":"\#(padded)"}}}"#, "node:24",
            .password(user: "ada", password: "secret")
        ),
        (
            #"{"auths":{"https://registry.example.com/v2/":{"username":"u","password":"p"}}}"#,
            "registry.example.com/a/b", .password(user: "u", password: "p")
        ),
        (
            #"{"auths":{"r.example":{"username":"u","password":"p"},"r.example/acme":{"username":"v","password":"q"}}}"#,
            "r.example/acme/app", .password(user: "v", password: "q")
        ),
        (#"{"auths":{"r.example/acme":{"username":"v","password":"q"}}}"#, "r.example/acmes/app", nil),
        (#"{"auths":{"r.example":{"username":"u","password":"p"}}}"#, "r.example:5000/app", nil),
        (
            #"{"auths":{"r.example":{"auth":"PHRva2VuPjo=","identitytoken":"abc"}}}"#, "r.example/a",
            .identityToken("abc")
        ),
        (#"{"auths":{"r.example":{}},"credsStore":"desktop"}"#, "r.example/a", .helper("desktop")),
        (#"{"credsStore":"desktop","credHelpers":{"gcr.io":"gcloud"}}"#, "gcr.io/a", .helper("gcloud")),
        (#"{"credHelpers":{"gcr.io":"gcloud"}}"#, "quay.io/a", nil),
        (#"{"auths":null,"HttpHeaders":{"a":1}}"#, "quay.io/a", nil), ("{}", "node", nil),
    ]

    @Test("are found for a reference", arguments: rows.indices)
    func finds(index: Int) throws {
        let row = Self.rows[index]
        let credentials = try RegistryCredentials(parsing: Array(row.file.utf8), path: "config.json")
        #expect(credentials.credential(for: try ImageReference(parsing: row.reference)) == row.credential)
    }

    @Test(
        "that cannot be read are refused with their place, and never shown",
        arguments: [
            "", "[]", "{", #"{"auths":[]}"#, #"{"auths":{"r":{"auth":"c2VjcmV0"}}}"#,
            #"{"auths":{"r":{"auth":"!secret!"}}}"#,
            #"{"auths":{"r":{"auth":7}}}"#, #"{"auths":{"r":"secret"}}"#, #"{"credsStore":["secret"]}"#,
            #"{"auths":{"r":{"auth":"OnNlY3JldA=="}}}"#,
        ]
    )
    func refuses(text: String) throws {
        let failure = #expect(throws: Failure.self) {
            try RegistryCredentials(parsing: Array(text.utf8), path: "/x/config.json")
        }
        #expect(failure?.code == .malformedInput)
        #expect(failure?.place?.file == "/x/config.json")
        #expect(failure?.description.contains("secret") == false)
        #expect(failure?.description.contains("c2VjcmV0") == false)
    }

    @Test("are looked for where docker keeps them")
    func places() throws {
        let scratch = try ScratchFolder()
        let file = #"{"auths":{"r.example":{"username":"u","password":"p"}}}"#
        try scratch.write("home/.docker/config.json", file)
        try scratch.write("other/config.json", file.replacing("\"u\"", with: "\"w\""))
        let reference = try ImageReference(parsing: "r.example/a")
        func read(_ environment: [String: String]) throws -> RegistryCredentials.Credential? {
            try RegistryCredentials.read(environment: environment, limits: .standard).credential(for: reference)
        }
        let home = scratch.path("home")
        #expect(try read(["HOME": home]) == .password(user: "u", password: "p"))
        #expect(
            try read(["HOME": home, "DOCKER_CONFIG": scratch.path("other")]) == .password(user: "w", password: "p")
        )
        #expect(try read(["HOME": home, "DOCKER_CONFIG": scratch.path("none")]) == nil)
        #expect(try read([:]) == nil)
    }
}
