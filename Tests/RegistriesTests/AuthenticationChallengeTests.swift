// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Registries

@Suite("Authentication challenges")
struct AuthenticationChallengeTests {
    static let rows: [(text: String, challenges: [AuthenticationChallenge])] = [
        (
            #"Bearer realm="https://auth.docker.io/token",service="registry.docker.io""#,
            [
                .init(
                    scheme: "bearer",
                    parameters: ["realm": "https://auth.docker.io/token", "service": "registry.docker.io"]
                )
            ]
        ),
        (
            #"bearer Realm = "a, b=\"c\"" , scope="repository:x:pull,push""#,
            [.init(scheme: "bearer", parameters: ["realm": #"a, b="c""#, "scope": "repository:x:pull,push"])]
        ),
        (
            #"Basic realm="x", Bearer realm="y",service=z"#,
            [
                .init(scheme: "basic", parameters: ["realm": "x"]),
                .init(scheme: "bearer", parameters: ["realm": "y", "service": "z"]),
            ]
        ),
        ("Negotiate", [.init(scheme: "negotiate", parameters: [:])]),
        (
            "Negotiate, Basic realm=x",
            [.init(scheme: "negotiate", parameters: [:]), .init(scheme: "basic", parameters: ["realm": "x"])]
        ),
        // Cut in the middle: what stands before it counts.
        (
            #"Bearer realm="never ends"#,
            [.init(scheme: "bearer", parameters: [:]), .init(scheme: "realm", parameters: [:])]
        ),
        ("Bearer realm=", [.init(scheme: "bearer", parameters: [:]), .init(scheme: "realm", parameters: [:])]),
        ("", []), (",,, ", []), ("=\"x\"", []), ("\u{0}\u{1}", []),
    ]

    @Test("are taken apart", arguments: rows.indices)
    func parses(index: Int) {
        #expect(AuthenticationChallenge.parse(Self.rows[index].text) == Self.rows[index].challenges)
    }

    @Test("without an end do not take for ever")
    func long() {
        let text = String(repeating: "a b=c, ", count: 100_000)
        #expect(AuthenticationChallenge.parse(text).count == 16)
    }
}
