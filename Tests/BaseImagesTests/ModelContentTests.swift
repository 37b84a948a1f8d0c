// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Foundation
import ImageFilesystem
import OCISpec
import SeaworthyTestSupport
import Testing

@Suite("What the models hold")
struct ModelContentTests {
    static let counts: [(name: String, count: Int)] = [
        ("node:lts-slim", 88), ("debian:bookworm-slim", 88), ("debian:bookworm-20241202-slim", 88),
        ("debian:trixie-slim", 78), ("node:24-trixie-slim", 78), ("debian:bullseye-slim", 96),
        ("alpine:3.22", 16), ("alpine:latest", 16), ("alpine:3.21", 15), ("alpine:3.23", 16),
        ("node:24-alpine", 18), ("node:24-alpine3.22", 18), ("docker/dhi-node:24-alpine3.22", 6),
    ]

    @Test("as many packages as recorded, each once", arguments: counts)
    func packageCounts(name: String, count: Int) throws {
        let image = try #require(try KitFixture().image(name))
        #expect(image.packageNames.count == count)
        #expect(Set(image.packageNames).count == count)
    }

    @Test(
        "dpkg-query reads the database without a complaint",
        arguments: [
            "node:lts-slim", "debian:trixie-slim", "debian:bullseye-slim", "dhi.io/node:24", "dhi.io/node:24-dev",
        ]
    )
    func dpkgQuery(name: String) throws {
        let image = try #require(try KitFixture().image(name))
        try KitFixture.inScratchFolder { folder in
            let database = ImagePath("/var/lib/dpkg")
            image.tree.walk(from: database) { path, node in
                guard case .file(.bytes(let bytes)) = node.kind else { return true }
                let target = folder + path.description.dropFirst(database.description.count)
                try? KitFixture.write(String(decoding: bytes, as: UTF8.self), to: target)
                return true
            }
            guard let output = try KitFixture.output("/usr/bin/dpkg-query", ["--admindir=" + folder, "-W"]) else {
                return
            }
            #expect(output.status == 0)
            #expect(!output.text.contains("warning"), "\(output.text)")
            let names = output.text.split(separator: "\n").compactMap { line in
                line.split(separator: "\t").first.map { $0.split(separator: ":").first.map(String.init) ?? "" }
            }
            #expect(names.sorted() == image.packageNames.sorted())
            let list = try KitFixture.output("/usr/bin/dpkg-query", ["--admindir=" + folder, "-L", "libc6:amd64"])
            #expect(list?.text.contains("/usr/lib/x86_64-linux-gnu/libc.so.6") == true)
        }
    }

    @Test("versions, sources and licences are the recorded ones")
    func facts() throws {
        let node = try #require(try KitFixture().image("node:lts-slim"))
        let status = try #require(node.text("/var/lib/dpkg/status"))
        #expect(status.contains("Package: base-files\nEssential: yes\nStatus: install ok installed\n"))
        #expect(status.contains("Version: 12.4+deb12u15\n"))
        #expect(status.contains("Source: bash (5.2.15-2)\nVersion: 5.2.15-2+b13\n"))
        #expect(node.text("/usr/share/doc/zlib1g/copyright")?.contains("License: Zlib\n") == true)
        #expect(!node.has("/usr/share/doc/libcrypt1/copyright"))
        let alpine = try #require(try KitFixture().image("alpine:3.22"))
        let installed = try #require(alpine.text("/lib/apk/db/installed"))
        #expect(installed.contains("P:zlib\nV:1.3.2-r0\nA:x86_64\n"))
        #expect(installed.contains("\nL:Zlib\no:zlib\n"))
        #expect(installed.contains("P:libcrypto3\nV:3.5.8-r0\n"))
        #expect(installed.contains("F:bin\nR:busybox\na:0:0:755\n"))
        #expect(installed.hasSuffix("\n\n"))
    }

    static let present: [(name: String, paths: [String])] = [
        (
            "node:lts-slim",
            [
                "/bin/sh", "/bin/bash", "/usr/bin/dash", "/bin/ls", "/usr/sbin/adduser", "/usr/sbin/addgroup",
                "/sbin/useradd",
                "/usr/sbin/groupadd", "/usr/bin/apt-get", "/usr/bin/dpkg", "/usr/local/bin/node", "/usr/local/bin/npm",
                "/usr/local/bin/npx", "/usr/local/bin/corepack", "/usr/local/bin/yarn",
                "/usr/local/bin/docker-entrypoint.sh",
                "/etc/login.defs", "/etc/adduser.conf", "/etc/skel/.bashrc", "/etc/os-release", "/etc/debian_version",
                "/home/node/.profile", "/lib64/ld-linux-x86-64.so.2", "/tmp", "/usr/bin/passwd",
                "/usr/share/zoneinfo/Europe/Berlin", "/usr/share/common-licenses/Apache-2.0",
                "/var/lib/dpkg/info/bash.md5sums",
            ]
        ),
        (
            "node:24-alpine3.22",
            [
                "/bin/sh", "/bin/busybox", "/bin/ls", "/usr/bin/wget", "/usr/sbin/adduser", "/usr/sbin/addgroup",
                "/sbin/apk",
                "/usr/local/bin/node", "/usr/local/bin/npm", "/usr/lib/libstdc++.so.6", "/lib/ld-musl-x86_64.so.1",
                "/home/node",
            ]
        ),
        (
            "docker/dhi-node:24-alpine3.22-dev",
            [
                "/bin/sh", "/sbin/apk", "/usr/bin/git", "/usr/local/bin/npm", "/usr/local/bin/npx",
                "/usr/local/bin/yarn", "/app",
            ]
        ),
        (
            "docker/dhi-node:24-alpine3.22",
            ["/usr/local/bin/node", "/opt/nodejs/node-v24.19.0/bin/node", "/usr/bin/env", "/app"]
        ),
        ("dhi.io/node:24", ["/usr/bin/node", "/bin/node", "/lib/x86_64-linux-gnu/libc.so.6", "/app"]),
        ("node:24-trixie-slim", ["/usr/sbin/useradd", "/usr/sbin/groupadd", "/bin/sh"]),
    ]

    @Test("the programs that builds need are where the real image has them", arguments: rows(present))
    func hasPrograms(row: NumberedRow<(name: String, paths: [String])>) throws {
        let (name, paths) = row.value
        let image = try #require(try KitFixture().image(name))
        for path in paths { #expect(image.has(path), "\(path)") }
    }

    static let absent: [(name: String, paths: [String])] = [
        ("node:24-trixie-slim", ["/usr/sbin/adduser", "/usr/sbin/addgroup", "/etc/adduser.conf"]),
        ("node:26-slim", ["/usr/local/bin/yarn", "/usr/local/bin/corepack"]),
        ("alpine:3.22", ["/usr/sbin/useradd", "/bin/bash", "/usr/bin/curl"]),
        ("node:lts-slim", ["/usr/bin/curl", "/usr/bin/git", "/usr/bin/python3", "/usr/bin/sudo"]),
    ]

    @Test("what the real image lacks, the model lacks", arguments: absent)
    func lacks(name: String, paths: [String]) throws {
        let image = try #require(try KitFixture().image(name))
        for path in paths { #expect(!image.has(path), "\(path)") }
    }

    @Test(
        "a hardened runtime has no shell, no package manager and no npm",
        arguments: ["docker/dhi-node:24-alpine3.22", "dhi.io/node:24-debian13"]
    )
    func hardenedRuntime(name: String) throws {
        let image = try #require(try KitFixture().image(name))
        let forbidden: Set<String> = [
            "sh", "bash", "dash", "ash", "busybox", "apk", "apt", "apt-get", "dpkg", "npm", "npx", "yarn", "corepack",
        ]
        image.tree.walk { path, node in
            let name = path.name.map { String(decoding: $0, as: UTF8.self) } ?? ""
            #expect(node.isDirectory || !forbidden.contains(name), "\(path)")
            return true
        }
        let config = image.configuration.config
        #expect(config.user == "node")
        #expect(config.entrypoint == nil)
        #expect(config.cmd == ["node"])
        #expect(config.workingDir == "/app")
        #expect(config.labels?["com.docker.dhi.name"] == "dhi/node")
        #expect(config.labels?["com.docker.dhi.shell"] == "")
        #expect(config.labels?["com.docker.dhi.package-manager"] == "")
        #expect(image.text("/etc/os-release")?.contains("NAME=\"Docker Hardened Images (") == true)
    }

    @Test("a hardened -dev image runs as root and still has the account node")
    func hardenedBuild() throws {
        let image = try #require(try KitFixture().image("dhi.io/node:24-alpine3.22-dev"))
        #expect(image.configuration.config.user == "root")
        #expect(image.text("/etc/passwd")?.contains("node:x:1000:1000:") == true)
        #expect(image.configuration.config.labels?["com.docker.dhi.variant"] == "dev")
        #expect(image.configuration.config.env?.contains("NPM_CONFIG_UPDATE_NOTIFIER=false") == true)
    }

    static let nodeImages = [
        "node:lts-slim", "node:24-trixie-slim", "node:24-alpine", "node:24-alpine3.22", "node:22-slim",
        "node:18-alpine",
        "dhi.io/node:24", "dhi.io/node:24-dev", "docker/dhi-node:24-alpine3.22",
    ]

    @Test("the account node is there with its home, and shadow is not for everybody", arguments: nodeImages)
    func accounts(name: String) throws {
        let image = try #require(try KitFixture().image(name))
        let passwd = try #require(image.text("/etc/passwd"))
        #expect(passwd.split(separator: "\n").filter { $0.hasPrefix("node:x:1000:1000:") }.count == 1)
        #expect(image.text("/etc/group")?.contains("\nnode:x:1000:") == true)
        #expect(image.text("/etc/shadow")?.contains("\nnode:!:") == true)
        let home = image.tree.node(at: "/home/node")
        #expect(home?.isDirectory == true && home?.uid == 1000 && home?.gid == 1000)
        let shadow = image.tree.node(at: "/etc/shadow")
        #expect(shadow?.mode == 0o640 && shadow?.gid == 42)
        // Every line has its fields.
        for line in passwd.split(separator: "\n") {
            #expect(line.split(separator: ":", omittingEmptySubsequences: false).count == 7, "\(line)")
        }
    }

    @Test("configuration and history are the recorded ones")
    func configuration() throws {
        let image = try #require(try KitFixture().image("node:lts-slim"))
        let config = image.configuration.config
        #expect(config.user == nil)
        #expect(config.entrypoint == ["docker-entrypoint.sh"])
        #expect(config.cmd == ["node"])
        #expect(config.environmentValue("NODE_VERSION") == "24.21.0")
        #expect(config.environmentValue("YARN_VERSION") == "1.22.22")
        #expect(image.model?.recordedSizeBytes == 80_815_687)
        #expect(image.model?.recordedSizeOf == nil)
        #expect(image.manifest.layers.count == 5)
        let history = image.configuration.history
        #expect(history.first?.createdBy == "# debian.sh --arch 'amd64' out/ 'bookworm' '@1789689600'")
        #expect(
            history.dropFirst().first?.createdBy
                == "RUN /bin/sh -c groupadd --gid 1000 node && useradd --uid 1000 --gid node --shell /bin/bash --create-home node # buildkit"
        )
        #expect(history.last?.createdBy == "CMD [\"node\"]")
        #expect(image.tree.node(at: "/etc/passwd")?.layerIndex == 1)
        #expect(image.tree.node(at: "/usr/local/bin/node")?.layerIndex == 2)
        #expect(image.tree.node(at: "/bin")?.layerIndex == 0)
        #expect(
            image.tree.node(at: "/usr/local/bin/node").map { $0.kind }
                == .file(.modelled(sizeBytes: 0, of: "/usr/local/bin/node"))
        )
    }

    @Test("sizes that were recorded of another image say of which")
    func sizeOfRelative() throws {
        let runtime = try #require(try KitFixture().image("docker/dhi-node:24-alpine3.22"))
        #expect(runtime.model?.recordedSizeBytes == 41_000_000)
        #expect(runtime.model?.recordedSizeOf?.hasPrefix("dhi.io/node:22-debian13") == true)
        #expect(runtime.configuration.config.labels?[BaseImage.ModelLabel.sizeOf] == runtime.model?.recordedSizeOf)
        let alpine = try #require(try KitFixture().image("node:24-alpine3.22"))
        #expect(alpine.model?.recordedSizeOf?.contains("24-alpine3.23") == true)
        #expect(alpine.model?.recordedDigest == nil)
    }

    @Test("the entry point decides as the real one does")
    func entrypoint() throws {
        let image = try #require(try KitFixture().image("node:lts-slim"))
        let script = try #require(image.text("/usr/local/bin/docker-entrypoint.sh"))
        try KitFixture.inScratchFolder { folder in
            try KitFixture.write(script, to: folder + "/entry.sh")
            try KitFixture.write("#!/bin/sh\necho node \"$@\"\n", to: folder + "/bin/node")
            try KitFixture.write("data", to: folder + "/app.js")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/bin/node")
            let table: [(arguments: String, expected: String)] = [
                ("node x", "node x\n"), ("app.js", "node app.js\n"), ("./app.js", "node ./app.js\n"),
                ("--version", "node --version\n"),
                ("", "node\n"), ("echo hi", "hi\n"), ("nothing-like-it a", "node nothing-like-it a\n"),
            ]
            for (arguments, expected) in table {
                let line = "cd \(folder) && PATH=\(folder)/bin:$PATH sh entry.sh \(arguments)"
                let output = try KitFixture.output("/bin/sh", ["-c", line])
                #expect(output?.text == expected, "\(arguments)")
            }
        }
    }
}
