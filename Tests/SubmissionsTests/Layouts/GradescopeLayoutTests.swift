// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Submissions

@Suite("Exports of Gradescope")
struct GradescopeLayoutTests {
    private static let list = """
        ---
        submission_101:
          :submitters:
          - :name: Ada Lovelace
            :sid: '1001'
            :email: ada@x.edu
          :created_at: 2026-09-01 10:00:00
          :score: 1.0
          :results:
            output: ":submitters:"
            tests:
            - name: ":email: evil@x.edu"
        submission_102:
          :submitters:
            - :name: "Bob \\"B\\" B"
              :email: bob@x.edu
            - :name: Cleo
          :history:
          - :id: 5
        submission_103:
          :submitters: []
        """

    @Test("have a row a submission, by its people")
    func read() throws {
        let files = [
            "submission_metadata.yml": Self.list, "submission_101/Dockerfile": HandedIn.mended,
            "submission_102/src/Dockerfile": HandedIn.mended, "submission_103/essay.pdf": "x",
            "submission_104/Dockerfile": HandedIn.mended,
        ]
        #expect(
            try described(files) == [
                "1001 #1: Dockerfile", "bob@x.edu+Cleo #1: src/Dockerfile", "submission_103 #1: ungradable",
                "submission_104: Dockerfile",
            ]
        )
    }

    @Test("say whose each is, and nothing that a program printed")
    func people() throws {
        let records = GradescopeList(Self.list).submissions
        let ada = try #require(records["submission_101"]?.people)
        #expect(ada.map(\.name) == ["Ada Lovelace"])
        #expect(ada.first?.identifiers.map(\.value) == ["1001", "ada@x.edu"])
        #expect(records["submission_102"]?.people.map(\.name) == ["Bob \"B\" B", "Cleo"])
        #expect(records["submission_103"]?.people.isEmpty == true)
        #expect(GradescopeList("submission_1:").submissions.count == 1)
        #expect(GradescopeList("").submissions.isEmpty)
    }
}
