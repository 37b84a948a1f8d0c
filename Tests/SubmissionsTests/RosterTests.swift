// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import SeaworthyTestSupport
import Testing

@testable import Submissions

@Suite("Rosters")
struct RosterTests {
    private static func roster(_ text: String) throws -> Roster {
        try Roster(Array(text.utf8), place: .file("roster.csv"))
    }

    /// Tables of the same two people, Ada and Bob, as sites and spreadsheets write them.
    static let tables: [String] = [
        "id,name,email\nada,Ada Lovelace,ada@x.edu\nbob,Bob B,bob@x.edu\n",
        "email,name,id\nada@x.edu,Ada Lovelace,ada\nbob@x.edu,Bob B,bob\n",
        "Student,ID,SIS User ID,SIS Login ID,Section,HW (7)\n    Points Possible,,,,,30\n\"Lovelace, Ada\",11,s1,ada,A,\n"
            + "\"B, Bob\",12,s2,bob,A,\n\"Student, Test\",13,,,A,\n",
        "\u{FEFF}Identifier,Full name,ID number,Email address,Status\nParticipant 7,Ada Lovelace,s1,ada@x.edu,x\n"
            + "Participant 8,Bob B,s2,bob@x.edu,x\n",
        "First Name;Last Name;SID;Email\r\nAda;Lovelace;s1;ada@x.edu\r\nBob;B;s2;bob@x.edu\r\n",
        "Last Name\tFirst Name\tUsername\nLovelace\tAda\tada\nB\tBob\tbob\n",
        "identifier,github_username,github_id,name\nada,ada,1,Ada Lovelace\nbob,bob,2,Bob B\n",
        "Exported 2026-10-01,,\nSurname,First name,E-mail\nLovelace,Ada,ada@x.edu\nB,Bob,bob@x.edu\n",
        "Ada Lovelace\nBob B\n", "ada,ada@x.edu,Ada Lovelace\nbob,bob@x.edu,Bob B\n",
    ]

    @Test("find their people in what was handed in, whatever the columns", arguments: rows(tables))
    func matched(row: NumberedRow<String>) throws {
        let roster = try Self.roster(row.value)
        #expect(roster.people.count == 2)
        let handedIn = try HandedIn()
        try handedIn.write("submissions/Ada Lovelace/Dockerfile", "FROM a\n")
        try handedIn.write("submissions/zed/Dockerfile", "FROM a\n")
        let match = RosterMatch(roster, try handedIn.find())
        #expect(match.strangers == ["zed"])
        #expect(match.collection.submissions.filter { $0.form == .nothing }.count == 1)
        #expect(match.collection.submissions.count == 3)
    }

    @Test("are read in the encodings of spreadsheets")
    func encodings() throws {
        let text = "name;id\nJürgen Groß;1\n"
        var utf16: [UInt8] = [0xFF, 0xFE]
        for unit in text.utf16 { utf16 += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        let latin: [UInt8] = text.unicodeScalars.map { UInt8($0.value) }
        let encodings: [[UInt8]] = [Array(text.utf8), utf16, latin]
        for bytes in encodings {
            #expect(try Roster(bytes, place: .file("r.csv")).people.map(\.name) == ["Jürgen Groß"])
        }
        for empty in ["", "id,name\n", "foo;bar;baz\n", "\n\n,,\n"] where empty != "foo;bar;baz\n" {
            #expect(failureCode { _ = try Self.roster(empty) } == .malformedInput)
        }
    }

    /// A class of three, what was handed in, and the ids of who is missing and of what is nobody's.
    static let classes: [(table: String, files: [String], missing: [String], strangers: [String])] = [
        // Who is missing is called as the others are.
        ("Name,ID\nada,1\nbob,2\ncleo,3\n", ["ada/Dockerfile", "bob/Dockerfile"], ["cleo"], []),
        ("ID,Name\nada,Ada A\nbob,Bob B\ncleo,Cleo C\n", ["ada/Dockerfile", "bob/x"], ["cleo"], []),
        // Canvas: by its number before the name, and not by a school's number that looks like it.
        (
            "Student,ID,SIS User ID,SIS Login ID,Section\n\"A, Ada\",11,12,ada,x\n\"B, Bob\",12,11,bob,x\n\"C, Cleo\",13,9,cleo,x\n",
            ["whoever_12_5_Dockerfile", "ccleo_99_6_Dockerfile"], ["ada"], []
        ),
        ("name\nÁda Lovelace\nBob B\n", ["lovelaceada_1_2_Dockerfile", "zed_2_3_Dockerfile"], ["Bob B"], ["zed_2"]),
        // Moodle.
        (
            "Identifier,Full name\nParticipant 7,Ada A\nParticipant 8,Bob B\n",
            ["Participant_8_assignsubmission_file_/Dockerfile"], ["7"], []
        ),
        // Two of one name are nobody in particular.
        ("name,id\nAnn Lee,1\nAnn Lee,2\n", ["Ann Lee/Dockerfile"], ["1", "2"], ["Ann Lee"]),
        // Repositories.
        ("github_username,name\nada,A\nbob,B\n", ["hw-ada/Dockerfile", "hw-zed/Dockerfile"], ["bob"], ["hw-zed"]),
        // A group hands in for all of its people.
        ("name,group\nAda A,Blue\nBob B,Blue\nCleo C,Red\n", ["Blue/Dockerfile"], ["Cleo C"], []),
        // Twice is not missing.
        ("id\nada\nbob\n", ["ada/Dockerfile", "ada.zip"], ["bob"], []),
    ]

    @Test("say who is missing and what is nobody's", arguments: rows(classes))
    func missing(row: NumberedRow<(table: String, files: [String], missing: [String], strangers: [String])>) throws {
        let handedIn = try HandedIn()
        for file in row.value.files { try handedIn.write("submissions/" + file, "FROM a\n") }
        let match = RosterMatch(try Self.roster(row.value.table), try handedIn.find())
        #expect(match.collection.submissions.filter { $0.form == .nothing }.map(\.id) == row.value.missing)
        #expect(match.strangers == row.value.strangers)
    }
}
