// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Submissions

@Suite("Repositories of GitHub Classroom")
struct GitHubClassroomLayoutTests {
    private static let mended = HandedIn.mended

    @Test("are a person each, with the user's name for the roster")
    func read() throws {
        let files = [
            "hw3-ada-l/Dockerfile": Self.mended, "hw3-ada-l/.git/HEAD": "ref",
            "hw3-ada-l/.github/classroom/autograding.json": "{}",
            "hw3-bob/README.md": "x", "hw3-bob/.git/HEAD": "ref",
            "hw3-cleo-main/hw3-cleo-main/app/Dockerfile": Self.mended,
            "classroom_roster.csv": "identifier,github_username\n",
        ]
        #expect(
            try described(files) == [
                "hw3-ada-l: Dockerfile", "hw3-bob: ungradable", "hw3-cleo: hw3-cleo-main/app/Dockerfile",
                "ignored classroom_roster.csv",
            ]
        )
        let handedIn = try HandedIn()
        for (name, text) in files { try handedIn.write("submissions/" + name, text) }
        let logins = try handedIn.find().submissions.flatMap(\.owner.people).flatMap(\.identifiers)
            .filter { $0.kind == .guess }.map(\.value)
        #expect(logins == ["ada-l", "bob", "cleo"])
    }

    @Test("are not seen in names without an assignment in front")
    func plain() throws {
        #expect(
            try described(["ada-l/Dockerfile": Self.mended, "bob/Dockerfile": Self.mended])
                == ["ada-l: Dockerfile", "bob: Dockerfile"]
        )
    }
}
