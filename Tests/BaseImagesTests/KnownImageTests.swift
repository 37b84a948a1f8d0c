// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import Foundation
import ImageFilesystem
import OCISpec
import Packages
import SystemFiles
import Testing

/// What is expected of an image that is known in part.
struct KnownRow: Sendable, CustomTestStringConvertible {
    let name: String
    let user: String
    let shell: String?
    let manager: String?
    /// The facets that are known in full, by their first letters; of the others a part, or behind a `!` nothing.
    let facets: String
    let command: [String]

    var testDescription: String { name }

    init(
        _ name: String,
        _ user: String = "",
        shell: String? = "/bin/sh",
        manager: String?,
        _ facets: String = "ca",
        command: [String] = []
    ) {
        self.name = name
        self.user = user
        self.shell = shell
        self.manager = manager
        self.facets = facets
        self.command = command
    }
}

@Suite("Base images that are known in part")
struct KnownImageTests {
    static let fixture = KitFixture()

    static let table: [KnownRow] = [
        // Bases whose files are recorded lie below these.
        KnownRow("python:3.12-slim", manager: "/usr/bin/apt-get", command: ["python3"]),
        KnownRow("python:3.14", manager: "/usr/bin/apt-get"),
        KnownRow("python:3.13-alpine", manager: "/sbin/apk"),
        KnownRow("python:3.9-slim", manager: "/usr/bin/apt-get", "a"),
        KnownRow("golang:1.24", manager: "/usr/bin/apt-get", command: ["bash"]),
        KnownRow("golang:1.26-alpine", manager: "/sbin/apk", command: ["/bin/sh"]),
        KnownRow("golang:1.25-bookworm", manager: "/usr/bin/apt-get"),
        KnownRow("node:22", manager: "/usr/bin/apt-get", command: ["docker-entrypoint.sh", "node"]),
        KnownRow("node:lts", manager: "/usr/bin/apt-get", command: ["docker-entrypoint.sh", "node"]),
        KnownRow("node:24", manager: "/usr/bin/apt-get"),
        KnownRow(
            "nginx:alpine",
            manager: "/sbin/apk",
            command: ["/docker-entrypoint.sh", "nginx", "-g", "daemon off;"]
        ),
        KnownRow("nginx:1.31.4", manager: "/usr/bin/apt-get"),
        KnownRow("nginx", manager: "/usr/bin/apt-get"),
        KnownRow("nginxinc/nginx-unprivileged:alpine", "101", manager: "/sbin/apk"),
        KnownRow("mcr.microsoft.com/dotnet/aspnet:8.0", manager: "/usr/bin/apt-get", command: ["bash"]),
        KnownRow("mcr.microsoft.com/dotnet/runtime-deps:9.0-alpine", manager: "/sbin/apk"),
        KnownRow("eclipse-temurin:21-jre-alpine", manager: "/sbin/apk"),
        KnownRow("debian:bullseye", manager: "/usr/bin/apt-get"),
        KnownRow("postgres:17", manager: "/usr/bin/apt-get", "a", command: ["docker-entrypoint.sh", "postgres"]),
        KnownRow("redis:alpine", manager: "/sbin/apk"),
        KnownRow("ruby:3.4", manager: "/usr/bin/apt-get", command: ["irb"]),
        KnownRow("rust:1", manager: "/usr/bin/apt-get"),
        KnownRow("php:8.3-fpm", manager: "/usr/bin/apt-get"),
        KnownRow("php:8.4-fpm-alpine", manager: "/sbin/apk", command: ["docker-php-entrypoint", "php-fpm"]),
        KnownRow("httpd:2.4", manager: "/usr/bin/apt-get", command: ["httpd-foreground"]),
        KnownRow("haproxy:latest", "haproxy", manager: "/usr/bin/apt-get"),
        KnownRow("memcached:latest", "memcache", manager: "/usr/bin/apt-get"),
        KnownRow("caddy:2", manager: "/sbin/apk"),
        KnownRow("wordpress:latest", manager: "/usr/bin/apt-get"),
        KnownRow("perl:5.44", manager: "/usr/bin/apt-get"),
        KnownRow("elixir:1.20", manager: "/usr/bin/apt-get", command: ["iex"]),
        KnownRow("bash:5.3", manager: "/sbin/apk"),
        KnownRow("openjdk:17-slim", manager: "/usr/bin/apt-get"),
        KnownRow("denoland/deno:latest", manager: "/usr/bin/apt-get"),
        // Values of the environment are left out by the source.
        KnownRow("adminer:latest", "adminer", manager: "/sbin/apk", "a"),
        // Systems of which accounts are recorded, and those of which they are not.
        KnownRow("ubuntu:24.04", manager: "/usr/bin/apt-get", "c!p", command: ["/bin/bash"]),
        KnownRow("ubuntu:22.04", manager: "/usr/bin/apt-get", "c!p"),
        KnownRow("ubuntu:jammy", manager: "/usr/bin/apt-get", "c!p"),
        KnownRow("ubuntu:focal", manager: "/usr/bin/apt-get", "c!p"),
        KnownRow("debian:buster-slim", manager: "/usr/bin/apt-get", "c!p"),
        KnownRow("alpine:3.20", manager: "/sbin/apk", "c!p", command: ["/bin/sh"]),
        KnownRow("busybox", manager: nil, "ca!p", command: ["sh"]),
        KnownRow("eclipse-temurin:21-jre", manager: "/usr/bin/apt-get", "c", command: ["/__cacert_entrypoint.sh"]),
        KnownRow("mariadb:11.8", manager: "/usr/bin/apt-get", "c"),
        KnownRow("tomcat:10.1", manager: "/usr/bin/apt-get", "c", command: ["catalina.sh", "run"]),
        KnownRow("gradle:jdk21", "root", manager: "/usr/bin/apt-get", "c"),
        KnownRow("mysql:8.4", manager: "/usr/bin/microdnf", ""),
        KnownRow("amazonlinux:2023", manager: "/usr/bin/dnf", "c!p"),
        KnownRow("fedora:44", manager: "/usr/bin/dnf", "c!p"),
        KnownRow("rockylinux:9", manager: "/usr/bin/dnf", "c!p"),
        KnownRow("public.ecr.aws/lambda/python:3.12", manager: "/usr/bin/dnf", "c!p"),
        KnownRow("quay.io/jupyter/base-notebook", "1000", manager: "/usr/bin/apt-get", "c"),
        // Nothing of ubi9-micro but that it exists is recorded.
        KnownRow("registry.access.redhat.com/ubi9-minimal", manager: "/usr/bin/microdnf", "c!ph"),
        KnownRow("redhat/ubi9", manager: "/usr/bin/dnf", "c!ph", command: ["/bin/bash"]),
        KnownRow("registry.access.redhat.com/ubi9/nodejs-22", "1001", manager: "/usr/bin/dnf", "c"),
        KnownRow("registry.access.redhat.com/ubi9-micro", manager: nil, "!cph"),
        // Images without a shell.
        KnownRow("gcr.io/distroless/static-debian12:nonroot", "65532", shell: nil, manager: nil),
        KnownRow("gcr.io/distroless/static:nonroot", "65532", shell: nil, manager: nil),
        KnownRow("gcr.io/distroless/base-debian12:nonroot", "65532", shell: nil, manager: nil),
        KnownRow("gcr.io/distroless/java21-debian13:nonroot", "65532", shell: nil, manager: nil),
        KnownRow(
            "gcr.io/distroless/nodejs24-debian13:debug",
            "0",
            shell: "/busybox/sh",
            manager: nil,
            command: ["/nodejs/bin/node"]
        ),
        KnownRow("ghcr.io/astral-sh/uv:latest", shell: nil, manager: nil, command: ["/uv"]),
        KnownRow("hello-world", shell: nil, manager: nil, command: ["/hello"]),
        KnownRow("cgr.dev/chainguard/static", "65532", shell: nil, manager: nil),
        KnownRow("cgr.dev/chainguard/node", "65532", manager: nil, command: ["/usr/bin/node", "--help"]),
        // Hardened images, by both names.
        KnownRow("dhi.io/node:24-alpine", "node", shell: nil, manager: nil, command: ["node"]),
        KnownRow("docker/dhi-node:24-alpine3.23", "node", shell: nil, manager: nil, command: ["node"]),
        KnownRow("dhi.io/node:24-alpine-dev", "root", manager: "/sbin/apk", command: ["node"]),
        KnownRow("acme/dhi-node:22-debian12", "node", shell: nil, manager: nil),
        KnownRow("dhi.io/python:3.12-alpine", "nonroot", shell: nil, manager: nil, command: ["python3"]),
        KnownRow("dhi.io/golang:1", "nonroot", manager: nil, command: ["go", "help"]),
        KnownRow("dhi.io/nginx:1-alpine", "nginx", manager: nil, command: ["nginx", "-g", "daemon off;"]),
        KnownRow("dhi.io/static:20260611-alpine", "nonroot", shell: nil, manager: nil),
        // Only the definition, without its environment.
        KnownRow("dhi.io/python:3.12-alpine3.22", "nonroot", shell: nil, manager: nil, "a"),
        // Other names of the same images.
        KnownRow("public.ecr.aws/docker/library/python:3.12-slim", manager: "/usr/bin/apt-get"),
        KnownRow("amd64/golang:1.26-alpine", manager: "/sbin/apk"),
    ]

    @Test("user, shell, package manager, command and facets are what is recorded", arguments: table)
    func isAsRecorded(row: KnownRow) throws {
        let image = try #require(try Self.fixture.image(row.name))
        let config = image.configuration.config
        #expect((config.user ?? "") == row.user)
        if !row.command.isEmpty { #expect((config.entrypoint ?? []) + (config.cmd ?? []) == row.command) }
        for shell in ["/bin/sh", "/busybox/sh"] { #expect(image.has(shell) == (shell == row.shell), "\(shell)") }
        let managers = ["/usr/bin/apt-get", "/sbin/apk", "/usr/bin/dnf", "/usr/bin/microdnf"]
        let found = managers.filter { image.has($0) }
        #expect(row.manager.map(found.contains) ?? found.isEmpty, "\(found)")
        if row.shell == nil { #expect(image.knowledge.absentPrograms.isSuperset(of: ["sh", "bash", "busybox"])) }
        if row.manager == nil { #expect(image.knowledge.absentPrograms.isSuperset(of: ["apk", "apt-get", "dnf"])) }
        let parts = row.facets.split(separator: "!", omittingEmptySubsequences: false)
        for facet in Facet.allCases {
            let letter = facet.rawValue.prefix(1)
            let expected: ImageKnowledge.Extent =
                parts[0].contains(letter) ? .known : parts.dropFirst().joined().contains(letter) ? .unknown : .inPart
            #expect(image.knowledge.extent(of: facet) == expected, "\(facet)")
        }
        let listed = try #require(try Self.fixture.kit.image(ImageReference(parsing: row.name).withDefaultTag))
        for facet in Facet.allCases { #expect(listed.extent(of: facet) == image.knowledge.extent(of: facet)) }
        #expect(!image.knowledge.unknowns.isEmpty)
        #expect(config.labels?[UnknownLabel.name]?.isEmpty == false)
    }

    @Test("there are rows of at least 25 repositories")
    func isBroad() throws {
        #expect(Self.table.count >= 60)
        #expect(try Set(Self.table.map { try ImageReference(parsing: $0.name).name }).count >= 25)
    }

    static let accounts: [(name: String, user: String, uid: UInt32?)] = [
        ("node:22", "node", 1000), ("node:20-alpine", "node", 1000), ("nginx:alpine", "nginx", 101),
        ("postgres:17", "postgres", 999), ("postgres:16-alpine", "postgres", 70), ("redis:alpine", "redis", 999),
        ("php:8.4-fpm-alpine", "www-data", 82), ("php:8.3-fpm", "www-data", 33), ("python:3.12-slim", "nobody", 65534),
        ("mcr.microsoft.com/dotnet/aspnet:8.0", "app", 1654), ("mcr.microsoft.com/dotnet/sdk:10.0", "app", 1654),
        ("gcr.io/distroless/java21-debian13:nonroot", "nonroot", 65532), ("ubuntu:24.04", "ubuntu", 1000),
        ("gradle:jdk21", "gradle", 1000), ("gradle:jdk21", "ubuntu", nil), ("mariadb:11.8", "ubuntu", nil),
        ("mariadb:11.8", "mysql", 999), ("adminer:latest", "adminer", 100), ("dhi.io/node:24-alpine", "node", 1000),
        ("dhi.io/nginx:1-alpine", "nginx", 65532), ("cgr.dev/chainguard/node", "node", 65532),
        ("registry.access.redhat.com/ubi9/nodejs-22", "default", 1001), ("python:3.12-slim", "python", nil),
        ("haproxy:latest", "haproxy", 99), ("hello-world", "root", nil),
        ("quay.io/jupyter/base-notebook", "jovyan", 1000),
        ("jenkins/jenkins:jdk21", "jenkins", 1000), ("wordpress:latest", "www-data", 33),
    ]

    @Test("accounts are those of the images below, with the changes of each", arguments: accounts)
    func hasAccounts(name: String, user: String, uid: UInt32?) throws {
        let image = try #require(try Self.fixture.image(name))
        let accounts = Accounts(image.tree)
        #expect(accounts.user(named: user)?.uid == uid)
        if let uid, uid != 0 { #expect(accounts.user(numbered: 0)?.name == "root") }
    }

    static let environments: [(name: String, entry: String)] = [
        ("python:3.12-slim", "PYTHON_VERSION=3.12.14"), ("golang:1.24", "GOLANG_VERSION=1.24.13"),
        ("golang:1.24", "PATH=/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
        ("wordpress:latest", "PHP_INI_DIR=/usr/local/etc/php"), ("mcr.microsoft.com/dotnet/sdk:10.0", "APP_UID=1654"),
        (
            "gcr.io/distroless/static:nonroot", "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"
        ),
    ]

    @Test("the environment is the parent's, with what an image sets laid over it", arguments: environments)
    func hasEnvironment(name: String, entry: String) throws {
        let env = try #require(try Self.fixture.image(name)?.configuration.config.env)
        #expect(env.contains(entry))
        let names = env.map { $0.prefix { $0 != "=" } }
        #expect(Set(names).count == names.count)
        #expect(env.allSatisfy { $0.contains("=") })
    }

    static let programs: [(name: String, path: String, isThere: Bool)] = [
        ("python:3.12-slim", "/usr/local/bin/python3", true), ("golang:1.24", "/usr/local/go/bin/go", true),
        ("node:22", "/usr/local/bin/node", true), ("nginx:alpine", "/usr/sbin/nginx", true),
        ("rust:1", "/usr/local/cargo/bin/cargo", true), ("ghcr.io/astral-sh/uv:latest", "/uv", true),
        ("ghcr.io/astral-sh/uv:latest", "/bin/sh", false), ("composer:2", "/usr/bin/composer", true),
        ("dhi.io/node:24-alpine", "/usr/bin/node", true), ("dhi.io/node:24-alpine", "/usr/bin/npm", false),
        ("dhi.io/node:24-alpine-dev", "/usr/bin/npm", true), ("dhi.io/node:24-alpine-dev", "/bin/busybox", true),
        ("python:3.12-slim", "/usr/sbin/useradd", true), ("python:3.12-alpine", "/bin/busybox", true),
        ("ubuntu:22.04", "/usr/sbin/useradd", true), ("ubuntu:22.04", "/usr/bin/env", true),
        ("eclipse-temurin:21-jre", "/opt/java/openjdk/bin/java", true), ("bash:5.3", "/usr/local/bin/bash", true),
    ]

    @Test("programs that are recorded are there", arguments: programs)
    func hasPrograms(name: String, path: String, isThere: Bool) throws {
        #expect(try #require(try Self.fixture.image(name)).has(path) == isThere)
    }

    static let systems: [(name: String, id: String?, version: String?)] = [
        ("python:3.12-slim", "debian", "13"), ("nginx:alpine", "alpine", "3.24.2"), ("ubuntu:22.04", "ubuntu", "22.04"),
        ("gcr.io/distroless/static-debian12", "debian", "12"), ("gcr.io/distroless/static", "debian", nil),
        ("amazonlinux:2023", "amzn", "2023"), ("redhat/ubi9", "rhel", "9"), ("dhi.io/node:24-alpine", "alpine", "3.24"),
        ("alpine:3.20", "alpine", "3.20"), ("cgr.dev/chainguard/node", "wolfi", nil), ("busybox", nil, nil),
        ("hello-world", nil, nil), ("debian:sid", "debian", nil),
    ]

    @Test("the distribution is the one that is recorded, its release only where that is certain", arguments: systems)
    func hasSystem(name: String, id: String?, version: String?) throws {
        let image = try #require(try Self.fixture.image(name))
        let distribution = OSRelease.paths.lazy.compactMap { image.tree.bytes(at: $0) }.first
            .flatMap { OSRelease($0).distribution }
        #expect(distribution?.id == id)
        #expect(distribution?.versionID == version)
    }
}
