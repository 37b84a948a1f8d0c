// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import SystemFiles
import Testing

@testable import SymbolicBuild

@Suite("The user of a RUN line")
struct RunUserTests {
    static let refused: [(user: String, message: String)] = [
        ("ghost", "unable to find user ghost: no matching entries in passwd file"),
        ("2147483648", "unable to find user 2147483648: no matching entries in passwd file"),
        ("node:nogroup", "unable to find group nogroup: no matching entries in group file"),
        ("node:-1", "unable to find group -1: no matching entries in group file"),
    ]

    @Test("stops the build where the runtime would not start it", arguments: refused)
    func refuses(user: String, message: String) throws {
        let outcome = try BuildFixture.build("FROM debian:12\nUSER \(user)\nRUN true\n")
        #expect(outcome.problem?.message == message)
        #expect(try BuildFixture.build("FROM debian:12\nUSER \(user)\n").problem == nil)
    }

    @Test("is somebody", arguments: ["", "root", "node:staff", "4711", "4711:4711", "app:"])
    func runs(user: String) throws {
        let line = user.isEmpty ? "" : "USER \(user)\n"
        #expect(try BuildFixture.build("FROM debian:12\n\(line)RUN true\n").problem == nil)
    }

    @Test("is not known where the accounts are not, which stops nothing", arguments: ["app", "4711:app", "4711"])
    func doubted(user: String) throws {
        var tree = BuildFixture.debian
        for path: ImagePath in ["/etc/passwd", "/etc/group"] {
            tree.insert(FileNode(kind: .file(.modelled(sizeBytes: 9)), mode: 0o644), at: path)
        }
        let provider = BuildFixture.Provider(images: ["debian:12": try BuildFixture.image("debian:12", tree: tree)])
        let request = BuildRequest(
            dockerfile: Array("FROM debian:12\nUSER \(user)\nRUN true\n".utf8),
            context: MemoryContext([:]),
            epochSeconds: BuildFixture.epoch,
            limits: .standard
        )
        let outcome = try Builder(provider: provider, repository: BuildFixture.NoPackages()).build(request)
        #expect(outcome.problem == nil)
        #expect(outcome.target?.unknowns.isEmpty == (user != "app"))
        #expect(outcome.target?.accounts.userDoubt != nil)
    }
}
