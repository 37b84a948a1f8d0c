// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import Judgements
import SeaworthyTestSupport
import Testing
import Workspaces

@testable import LessonChecks

@Suite("Paths in evidence")
struct EvidencePathsTests {
    static let works: [(name: String, files: [String: String])] = [
        ("nothing", [:]),
        ("a good file", ["Dockerfile": CheckFixture.classic("")]),
        ("a file that cannot be parsed", ["Dockerfile": "FRM a\n"]),
        ("a source that is not there", ["Dockerfile": "FROM node:lts-slim\nCOPY nowhere/ /x/\n"]),
        ("a source above the folder", ["Dockerfile": "FROM node:lts-slim\nCOPY ../../x /x\n"]),
        ("a command that fails", ["Dockerfile": "FROM node:lts-slim\nRUN adduser -D app\n"]),
        ("a file in a folder below", ["deep/er/Dockerfile": "FROM node:lts-slim\n"]),
        ("an archive that is none", ["image.tar": "no tar", "Dockerfile": "FROM scratch\n"]),
    ]

    @Test("are the same wherever the work lies", arguments: works)
    func relative(name: String, files: [String: String]) throws {
        var reports: [[StepReport]] = []
        for depth in ["x", "somewhere/else/y"] {
            let scratch = try ScratchFolder()
            _ = try scratch.write(depth + "/README", "")
            for (path, text) in files { _ = try scratch.write(depth + "/" + path, text) }
            let folder = scratch.path + "/" + depth
            let steps = try CheckFixture.judge().judgeSubmission(
                try WorkFiles(reading: folder, limits: .submission)
            )
            let text = String(decoding: try JSONEncoder().encode(steps), as: UTF8.self).replacing("\\/", with: "/")
            #expect(!text.contains(scratch.path), "\(name)")
            for evidence in steps.flatMap(\.checks).flatMap(\.evidence)
            where [.dockerfile, .workspaceFile].contains(evidence.kind) {
                #expect(evidence.file.flatMap { WorkPath($0) } != nil, "\(evidence)")
            }
            reports.append(steps)
        }
        #expect(reports[0] == reports[1], "\(name)")
    }
}
