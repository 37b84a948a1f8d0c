// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Submissions

@Suite("Names of Dockerfiles")
struct DockerfileNameTests {
    static let names: [(name: String, kind: DockerfileName.Kind?, owner: String?)] = [
        ("Dockerfile", .plain, nil), ("dockerfile", .plain, nil), ("DOCKERFILE", .plain, nil),
        ("DockerFile", .plain, nil),
        ("Containerfile", .plain, nil), ("Dockerfile.txt", .plain, nil), ("dockerfile.TXT.txt", .plain, nil),
        ("Docker file", .plain, nil), ("docker-file.txt", .plain, nil),
        ("HW3_Dockerfile", .named, "HW3"), ("ada-dockerfile", .named, "ada"), ("Dockerfile_ada", .named, "ada"),
        ("Dockerfile-ada", .named, "ada"), ("Ada Dockerfile", .named, "Ada"), ("DockerfileAda", .named, "Ada"),
        ("mydockerfile", .named, "my"), ("ada.Dockerfile", .named, "ada"), ("Dockerfile.ada", .named, "ada"),
        ("Dockerfile.docker", .named, "docker"), ("Dockerfile.step4", .named, "step4"),
        ("Dockerfile.v1.2", .named, "v1.2"),
        ("Dockerfile copy", .named, nil), ("Dockerfile copy 2", .named, nil), ("Dockerfile (1)", .named, nil),
        ("Dockerfile(2).txt", .named, nil), ("Dockerfile - Copy", .named, nil), ("Dockerfile - Kopie", .named, nil),
        ("Copy of Dockerfile", .named, nil), ("Dockerfile-1", .named, nil), ("Dockerfile2", .named, nil),
        ("Jürgens Dockerfile", .named, "Jürgens"), ("Dockerfile.Ünal", .named, "Ünal"),
        ("Dockerfile.dev", .forAnotherPurpose, "dev"), ("test.Dockerfile", .forAnotherPurpose, "test"),
        ("Dockerfile.bak", nil, "bak"), ("Dockerfile.orig", nil, "orig"), ("Dockerfile.old.txt", nil, "old"),
        ("Dockerfile~", nil, nil),
        ("old_Dockerfile", nil, "old"), (".Dockerfile.swp", nil, nil), ("._Dockerfile", nil, nil),
        ("#Dockerfile#", nil, nil),
        ("Dockerfile.dockerignore", nil, nil), ("ada.Dockerfile.pdf", nil, nil), ("Dockerfile.docx", nil, nil),
        ("Dockerfile.png", nil, nil), ("Dockerfile.md", nil, nil), ("Dockerfile.zip", nil, nil),
        ("Dockerfile.tar.gz", nil, nil),
        ("Dockerfile.diff", nil, nil), ("Dockerfiles", nil, nil), ("dockerfilelint", nil, nil),
        ("docker-compose.yml", nil, nil),
        ("compose.yaml", nil, nil), ("docker", nil, nil), ("file", nil, nil), ("", nil, nil), ("README", nil, nil),
    ]

    @Test("are told from other names, and say whose the file is", arguments: names)
    func told(name: String, kind: DockerfileName.Kind?, owner: String?) {
        #expect(DockerfileName.kind(name) == kind)
        if kind != nil { #expect(DockerfileName.owner(name) == owner) }
        #expect(DockerfileName.isBare(name) == (kind != nil && owner == nil))
    }
}
