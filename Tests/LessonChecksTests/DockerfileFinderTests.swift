// SPDX-License-Identifier: Apache-2.0

import Judgements
import Testing

@Suite("Finding the Dockerfile")
struct DockerfileFinderTests {
    /// Names of a Dockerfile in a workspace, and whether it is found.
    static let names: [(name: String, isFound: Bool)] = [
        ("Dockerfile", true), ("dockerfile", true), ("DockerFile", true), ("Containerfile", true),
        ("Dockerfile.txt", true), ("mine.Dockerfile", true), ("Dockerfile (1)", true), ("Dockerfile - Copy", true),
        ("app/Dockerfile", true), ("Dockerfile.dockerignore", false), ("file", false), ("Dockerfiles", false),
    ]

    @Test("finds it under the names that people give it", arguments: names)
    func finds(name: String, isFound: Bool) throws {
        let result = try CheckFixture.check("user-non-root", nil, files: [name: CheckFixture.classic("USER node")])
        #expect((result.state == .passed) == isFound, "\(name): \(result.message)")
    }

    @Test("keeps to the .dockerignore that was handed in, also for the starter's files behind it")
    func ignored() throws {
        let text = CheckFixture.classic("USER node")
        let all = try CheckFixture.check("user-non-root", text, files: [".dockerignore": "*.md\n"])
        #expect(all.state == .passed, "\(all.message)")
        let none = try CheckFixture.check("user-non-root", text, files: [".dockerignore": "src\npackage*.json\n"])
        #expect(none.state == .failed && none.message.contains("The image does not build"), "\(none.message)")
    }
}
