// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport
import Testing

/// Debian's `docker-registry` on this machine, with a folder of its own; ended when nobody refers to it any more.
final class DebianRegistry {
    /// Its name in references.
    let authority: String
    let scratch: ScratchFolder
    private let process: ChildProcess

    /// Who may read and push, where not everybody may.
    static let login = (user: "ada", password: "open sesame")

    struct NotStarted: Error, CustomStringConvertible {
        let description: String
    }

    /// Starts it and waits until it answers.
    ///
    /// - Parameters:
    ///   - asksForLogin: whether `login` is needed.
    ///   - hasCertificate: whether it is asked over HTTPS, with a certificate that nobody knows: `certificate`.
    init(asksForLogin: Bool = false, hasCertificate: Bool = false) throws {
        scratch = try ScratchFolder()
        guard let program = SeaworthyBinary.find("docker-registry") else { throw NotStarted(description: "not there") }
        // Its port is free now; nobody else asks for one that was just given out.
        let port = try LoopbackServer.freePort()
        authority = "localhost:\(port)"
        var text = """
            version: 0.1
            log:
              level: error
            storage:
              filesystem:
                rootdirectory: \(scratch.path("registry"))
            http:
              addr: 127.0.0.1:\(port)

            """
        if hasCertificate {
            try Judge.run(
                "openssl",
                [
                    "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost", "-keyout", scratch.path("key.pem"),
                    "-out", scratch.path("certificate.pem"),
                ]
            )
            text += "  tls:\n    certificate: \(scratch.path("certificate.pem"))\n    key: \(scratch.path("key.pem"))\n"
        }
        if asksForLogin {
            // bcrypt of the password above.
            try scratch.write("htpasswd", "ada:$2y$05$abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW\n")
            text += "auth:\n  htpasswd:\n    realm: test\n    path: \(scratch.path("htpasswd"))\n"
        }
        try scratch.write("config.yml", text)
        process = try ChildProcess(program, ["serve", scratch.path("config.yml")], isSilent: true)
        let end = Date(timeIntervalSinceNow: 20)
        while !LoopbackServer.isListening(port) {
            guard process.poll() == nil, Date() < end else { throw NotStarted(description: "docker-registry ended") }
            usleep(20_000)
        }
    }

    deinit {
        process.terminate()
        _ = process.wait(timeout: 5)
    }

    /// The file of its certificate.
    var certificate: String { scratch.path("certificate.pem") }

    /// Pushes an image with skopeo.
    func push(_ source: String, as name: String, _ options: String...) throws {
        try Judge.run(
            "skopeo",
            ["--insecure-policy", "copy", "-q", "--dest-tls-verify=false"] + options
                + [source, "docker://\(authority)/\(name)"]
        )
    }
}
