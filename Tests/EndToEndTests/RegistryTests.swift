// SPDX-License-Identifier: Apache-2.0

import Archives
import Foundation
import OCISpec
import SeaworthyTestSupport
import Testing

/// Somebody with a data home of their own, and the programs that they type.
private struct Person {
    let scratch: ScratchFolder
    var environment: [String: String?]

    init(_ more: [String: String?] = [:]) throws {
        scratch = try ScratchFolder()
        environment = [
            "SEAWORTHY_HOME": scratch.path("home"), "SEAWORTHY_CONTENT": Learner.root, "NO_COLOR": "1",
            "DOCKER_CONFIG": scratch.path("docker"), "SEAWORTHY_REGISTRY": nil, "SSL_CERT_FILE": nil,
            "SEAWORTHY_WORKSPACE": nil, "SOURCE_DATE_EPOCH": "1795000000", "CLICOLOR_FORCE": nil,
        ]
        environment.merge(more) { _, new in new }
    }

    func seaworthy(_ arguments: String...) throws -> SeaworthyBinary.Result {
        try SeaworthyBinary.run(arguments, in: scratch.path, environment: environment, timeout: 120)
    }

    /// Runs a command that must do its work, and gives its output.
    func done(_ arguments: String...) throws -> String {
        let result = try SeaworthyBinary.run(arguments, in: scratch.path, environment: environment, timeout: 120)
        try #require(result.status == 0, "\(arguments): \(result.error)")
        return result.output
    }

    /// Whether the store holds nothing, not even parts.
    func storeIsEmpty() throws -> Bool {
        try !scratch.listing().contains { $0.hasPrefix("home/images/blobs/sha256/") }
    }
}

@Suite(
    "Images of Debian's registry, pushed by skopeo",
    .enabled(if: Judge.areThere("docker-registry", "skopeo", "openssl"), Judge.remedy)
)
struct RegistryTests {
    /// An image that was built here, as an OCI archive.
    private static func archive(_ text: String, _ options: String..., by person: Person) throws -> String {
        try person.scratch.write(
            "context/Dockerfile",
            "FROM node:24-alpine3.22\nRUN echo \(text) > /etc/motd\nUSER node\n"
        )
        let path = person.scratch.path("\(text).tar")
        let built = try SeaworthyBinary.run(
            ["build", "-t", "acme/base:1", "-o", "type=oci,dest=\(path)"] + options + [person.scratch.path("context")],
            in: person.scratch.path,
            environment: person.environment
        )
        try #require(built.status == 0, "\(built.error)")
        return path
    }

    @Test("an index with attestations comes with every digest as it was, and is read as any image")
    func index() throws {
        let registry = try DebianRegistry()
        let maker = try Person()
        let archive = try Self.archive("one", "--sbom=true", "--provenance=mode=max", by: maker)
        try registry.push("oci-archive:\(archive)", as: "acme/base:1", "--all", "--preserve-digests")
        let name = "\(registry.authority)/acme/base:1"
        let raw = try Judge.skopeo("inspect", "--raw", "--tls-verify=false", "docker://\(name)")
        let person = try Person()
        let pulled = try person.done("image", "pull", name)
        #expect(pulled.contains("Digest: \(Digest.sha256(of: raw))"))
        #expect(pulled.contains("Downloaded newer image"))
        #expect(try person.done("image", "pull", name).contains("Image is up to date"))
        #expect(try person.done("image", "ls").contains("\(registry.authority)/acme/base"))
        #expect(try person.done("image", "inspect", name).contains("\"User\": \"node\""))
        #expect(try person.done("scout", "attestation", "list", name).contains("spdx"))
        let kept = try person.done("image", "save", "--format", "oci", "-o", "again.tar", name)
        #expect(kept.isEmpty || !kept.contains("error"))
        let again = try Judge.skopeo("inspect", "--raw", "oci-archive:\(person.scratch.path("again.tar"))")
        #expect(again == raw)
        #expect(try person.seaworthy("scout", "quickview", name).status == 0)
    }

    @Test("a single manifest, one in Docker's form, and one by its digest come, too", arguments: ["oci", "v2s2"])
    func single(form: String) throws {
        let registry = try DebianRegistry()
        let maker = try Person()
        let archive = try Self.archive("one", "--provenance=false", by: maker)
        try registry.push("oci-archive:\(archive)", as: "acme/base:1", "--format", form)
        let name = "\(registry.authority)/acme/base"
        let raw = try Judge.skopeo("inspect", "--raw", "--tls-verify=false", "docker://\(name):1")
        let digest = Digest.sha256(of: raw)
        let person = try Person()
        #expect(try person.done("image", "pull", "-q", "\(name):1") == "\(name):1\n")
        #expect(try person.done("image", "pull", "-q", "\(name)@\(digest)") == "\(name)@\(digest)\n")
        #expect(try person.done("image", "inspect", "\(name)@\(digest)").contains("\"User\": \"node\""))
        try person.scratch.write("app/Dockerfile", "FROM \(name)@\(digest)\nRUN cat /etc/motd\n")
        let built = try person.seaworthy("build", "-t", "acme/app", "app")
        #expect(built.status == 0 && built.error.contains("one"), "\(built.error)")
    }

    @Test("a build that names the network starts from the real image, and from the newest with --pull")
    func build() throws {
        let registry = try DebianRegistry()
        let maker = try Person()
        let name = "\(registry.authority)/acme/base:1"
        try registry.push("oci-archive:\(try Self.archive("one", by: maker))", as: "acme/base:1", "--all")
        let person = try Person()
        try person.scratch.write("app/Dockerfile", "FROM \(name)\nRUN cat /etc/motd\n")
        // Without being told, nothing is asked: the base is not known.
        let alone = try person.seaworthy("build", "--pull", "-t", "acme/app", "app")
        #expect(alone.status == 0 && alone.error.contains("no registry is asked"), "\(alone.error)")
        #expect(!alone.error.contains("#5 one\n"))
        let first = try person.seaworthy("build", "--pull", "--registry", "-t", "acme/app", "app")
        #expect(first.status == 0 && first.error.contains("#5 one\n"), "\(first.error)")
        try registry.push("oci-archive:\(try Self.archive("two", by: maker))", as: "acme/base:1", "--all")
        let kept = try person.seaworthy("build", "--registry", "-t", "acme/app", "app")
        #expect(kept.error.contains("#5 one\n"))
        let newest = try person.seaworthy("build", "--pull", "--registry", "-t", "acme/app", "app")
        #expect(newest.error.contains("#5 two\n"), "\(newest.error)")
        #expect(try person.done("image", "ls").contains("acme/app"))
        #expect(try person.done("image", "inspect", "acme/app").contains("\"User\": \"node\""))
        #expect(try person.seaworthy("scout", "quickview", "acme/app").status == 0)
    }

    @Test("a description is written of an image that is nowhere else")
    func describe() throws {
        let registry = try DebianRegistry()
        let maker = try Person()
        try registry.push("oci-archive:\(try Self.archive("one", by: maker))", as: "acme/base:1", "--all")
        let person = try Person()
        let name = "\(registry.authority)/acme/base:1"
        let output = try person.done("kit", "import", "registry://\(name)", "--name", "registry.example.com/base:1")
        #expect(output.contains("registry.example.com/base:1"))
        #expect(try person.storeIsEmpty())
        _ = try person.done("kit", "add", "kit")
        try person.scratch.write("app/Dockerfile", "FROM registry.example.com/base:1\nRUN id -u\n")
        let built = try person.seaworthy("build", "-t", "acme/app", "app")
        #expect(built.status == 0 && built.error.contains("1000"), "\(built.error)")
    }

    @Test("a login is taken from config.json, and a certificate of one's own from SSL_CERT_FILE")
    func guarded() throws {
        let registry = try DebianRegistry(asksForLogin: true, hasCertificate: true)
        let maker = try Person()
        let login = DebianRegistry.login
        try registry.push(
            "oci-archive:\(try Self.archive("one", by: maker))",
            as: "acme/base:1",
            "--all",
            "--dest-creds",
            "\(login.user):\(login.password)"
        )
        let name = "\(registry.authority)/acme/base:1"
        var person = try Person()
        let untrusted = try person.seaworthy("image", "pull", name)
        #expect(untrusted.status == 69 && untrusted.error.contains("SSL_CERT_FILE"), "\(untrusted.error)")
        person.environment["SSL_CERT_FILE"] = registry.certificate
        let stranger = try person.seaworthy("image", "pull", name)
        #expect(stranger.status == 69 && stranger.error.contains("docker login"), "\(stranger.error)")
        let auth = Data("\(login.user):\(login.password)".utf8).base64EncodedString()
        try person.scratch.write("docker/config.json", #"{"auths":{"\#(registry.authority)":{"auth":"\#(auth)"}}}"#)
        #expect(try person.done("image", "pull", name).contains("Downloaded"))
        #expect(!stranger.error.contains(login.password))
    }

    @Test("what is not there is 66, and nobody there is 69; nothing is kept")
    func absent() throws {
        var registry: DebianRegistry? = try DebianRegistry()
        let authority = try #require(registry?.authority)
        let person = try Person()
        let none = try person.seaworthy("image", "pull", "\(authority)/acme/none:1")
        #expect(none.status == 66 && none.error.contains("no such image"), "\(none.error)")
        registry = nil
        let gone = try person.seaworthy("image", "pull", "\(authority)/acme/none:1")
        #expect(gone.status == 69 && gone.error.contains(authority), "\(gone.error)")
        #expect(try person.storeIsEmpty())
    }
}

@Suite("docker pull in the lesson's shell")
struct DockerPullTests {
    private let registry: LoopbackServer
    private let image: TestImage

    init() throws {
        image = try TestImage([["etc/motd": .text("real")]])
        var filled = TestRegistry()
        try filled.push(try image.ociLayout(), as: "acme/app:1")
        let answers = filled
        registry = try LoopbackServer { answers.answer($0) }
    }

    @Test("is not answered, and asks nobody", arguments: [["pull"], ["push"], ["image", "pull"], ["image", "push"]])
    func refused(words: [String]) throws {
        let person = try Person()
        let line = (["docker"] + words).joined(separator: " ") + " \(registry.authority)/acme/app:1"
        let result = try person.seaworthy("shell", "--", line)
        #expect(result.status == 69, "\(result.error)")
        #expect(registry.requests.isEmpty)
    }

    @Test("is answered where the setting allows it, by variable or by file")
    func allowed() throws {
        let name = "\(registry.authority)/acme/app:1"
        let byVariable = try Person(["SEAWORTHY_REGISTRY": "allowed"])
        let pulled = try byVariable.seaworthy("shell", "--", "docker pull \(name)")
        #expect(pulled.status == 0 && pulled.output.contains("Digest: \(image.manifestDigest)"), "\(pulled.error)")
        let byFile = try Person()
        try byFile.scratch.write("home/settings", "registry=allowed\n")
        #expect(try byFile.seaworthy("shell", "--", "docker image pull -q \(name)").output == name + "\n")
        #expect(try byFile.seaworthy("shell", "--", "docker push \(name)").status == 69)
        #expect(try byFile.seaworthy("shell", "--", "docker pull -a \(registry.authority)/acme/app").status == 64)
        try byFile.scratch.write("home/settings", "registry=maybe\n")
        let unclear = try byFile.seaworthy("shell", "--", "docker pull \(name)")
        #expect(unclear.status == 65 && unclear.error.contains("settings:1"), "\(unclear.error)")
    }
}
