// SPDX-License-Identifier: Apache-2.0

// The expected scores of the long table were computed with an independent calculator from random vectors.

import SeaworthyTestSupport
import Testing

@testable import Advisories

@Suite("CVSS")
struct CVSSTests {
    @Test("Scores of all versions agree with an independent calculator")
    func scoresAgree() throws {
        for line in Self.table.split(separator: "\n") {
            let parts = line.split(separator: " ").map(String.init)
            let vector = try CVSSVector(parsing: parts[0])
            #expect(vector.scoreText == parts[1], "\(parts[0])")
        }
    }

    @Test(
        "Well-known vectors have their published scores and bands",
        arguments: [
            ("AV:N/AC:L/Au:N/C:P/I:N/A:N", "5.0", CVSSVector.Band.medium),
            ("(AV:N/AC:L/Au:N/C:C/I:C/A:C)", "10.0", .high),
            ("AV:L/AC:H/Au:M/C:N/I:N/A:N", "0.0", .low),
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", "7.5", .high),
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", "10.0", .critical),
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", "0.0", .none),
            ("CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:L", "3.7", .low),
            ("CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", "8.8", .high),
            ("CVSS:3.1/A:H/I:H/C:H/S:U/UI:N/PR:N/AC:L/AV:N", "9.8", .critical),
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:H/E:U/RL:O/MAV:P", "9.1", .critical),
            ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:L/VA:N/SC:N/SI:N/SA:N", "6.9", .medium),
            ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", "10.0", .critical),
            ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", "0.0", .none),
            ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N", "8.7", .high),
        ]
    )
    func knownVectors(text: String, score: String, band: CVSSVector.Band) throws {
        let vector = try CVSSVector(parsing: text)
        #expect(vector.scoreText == score)
        #expect(vector.band == band)
    }

    @Test(
        "What is no vector is refused with the reason",
        arguments: rows(
            [
                ("", CVSSVector.ValidationError.metricMalformed("")),
                ("CVSS:3.1", .metricMissing("AV")),
                ("CVSS:3.1/", .metricMalformed("")),
                ("CVSS:3.2/AV:N", .versionUnknown),
                ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N", .metricMissing("A")),
                ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N/A:N", .metricTwice("A")),
                ("CVSS:3.1/AV:Q/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", .metricUnknown("AV:Q")),
                ("CVSS:3.1/AV:N/AC:L/Au:N/C:P/I:N/A:N", .metricUnknown("Au:N")),
                ("CVSS:3.1/AV:N//AC:L", .metricMalformed("")),
                ("CVSS:3.1/AV:N:N", .metricMalformed("AV:N:N")),
                ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:S/SA:N", .metricUnknown("SI:S")),
                ("cvss:3.1/AV:N", .metricUnknown("cvss:3.1")),
                ("7.5", .metricMalformed("7.5")),
                (String(repeating: "A", count: 5000), .tooLong),
            ] as [(String, CVSSVector.ValidationError)]
        )
    )
    func refused(row: NumberedRow<(String, CVSSVector.ValidationError)>) {
        let (text, expected) = row.value
        #expect(throws: expected) { try CVSSVector(parsing: text) }
    }

    @Test(
        "A worse value of one metric never lowers a base score",
        arguments: [
            "CVSS:3.1/AV:L/AC:H/PR:L/UI:R/S:U/C:L/I:L/A:L",
            "CVSS:4.0/AV:L/AC:H/AT:P/PR:L/UI:P/VC:L/VI:L/VA:L/SC:L/SI:L/SA:L",
        ]
    )
    func isMonotone(text: String) throws {
        let start = try CVSSVector(parsing: text).scoreTenths
        for (better, worse) in [
            ("AV:L", "AV:N"), ("AC:H", "AC:L"), ("PR:L", "PR:N"), ("UI:R", "UI:N"), ("UI:P", "UI:N"), ("AT:P", "AT:N"),
            ("/C:L", "/C:H"), ("/I:L", "/I:H"), ("/A:L", "/A:H"), ("VC:L", "VC:H"), ("SA:L", "SA:H"),
        ] where text.contains(better) {
            let changed = text.replacing(better, with: worse)
            #expect(try CVSSVector(parsing: changed).scoreTenths >= start, "\(changed)")
        }
    }

    private static let table = """
        AV:A/AC:H/Au:S/C:C/I:N/A:N 4.3
        AV:N/AC:H/Au:S/C:C/I:N/A:C 6.6
        AV:L/AC:H/Au:M/C:P/I:P/A:N 2.3
        AV:L/AC:H/Au:N/C:P/I:N/A:C 4.7
        AV:L/AC:H/Au:N/C:C/I:C/A:N 5.6
        AV:N/AC:L/Au:S/C:N/I:N/A:N 0.0
        AV:N/AC:H/Au:S/C:P/I:N/A:C 5.6
        AV:L/AC:L/Au:S/C:C/I:C/A:N 6.2
        AV:L/AC:L/Au:N/C:C/I:N/A:P 5.6
        AV:L/AC:L/Au:N/C:N/I:C/A:N 4.9
        AV:N/AC:H/Au:S/C:C/I:C/A:P 6.8
        AV:A/AC:M/Au:N/C:P/I:P/A:P 5.4
        AV:L/AC:H/Au:N/C:N/I:N/A:C 4.0
        AV:A/AC:L/Au:S/C:P/I:C/A:P 6.7
        AV:A/AC:L/Au:M/C:N/I:C/A:P 5.7
        AV:L/AC:M/Au:M/C:P/I:P/A:N 2.7
        AV:N/AC:H/Au:N/C:C/I:P/A:P 6.6
        AV:N/AC:M/Au:N/C:P/I:C/A:P 8.3
        AV:L/AC:H/Au:S/C:P/I:C/A:C 5.7
        AV:L/AC:H/Au:N/C:C/I:P/A:C 5.9
        AV:N/AC:L/Au:S/C:P/I:C/A:P 8.0
        AV:N/AC:M/Au:M/C:P/I:P/A:N 4.3
        AV:N/AC:H/Au:S/C:N/I:N/A:P 2.1
        AV:L/AC:L/Au:M/C:P/I:P/A:P 4.0
        CVSS:3.0/AV:N/AC:L/PR:L/UI:R/S:C/C:N/I:L/A:H 7.6
        CVSS:3.1/AV:L/AC:H/PR:L/UI:R/S:U/C:N/I:N/A:N 0.0
        CVSS:3.0/AV:A/AC:L/PR:H/UI:N/S:U/C:L/I:H/A:N 5.2
        CVSS:3.1/AV:L/AC:H/PR:N/UI:N/S:C/C:H/I:L/A:H 8.1
        CVSS:3.0/AV:L/AC:L/PR:H/UI:N/S:C/C:H/I:H/A:L 8.1
        CVSS:3.1/AV:P/AC:H/PR:L/UI:N/S:C/C:H/I:L/A:N 5.6
        CVSS:3.0/AV:A/AC:L/PR:N/UI:R/S:U/C:N/I:L/A:H 6.3
        CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:H/A:N 8.2
        CVSS:3.0/AV:N/AC:L/PR:H/UI:R/S:U/C:H/I:L/A:L 5.7
        CVSS:3.1/AV:L/AC:H/PR:N/UI:N/S:C/C:L/I:L/A:L 5.6
        CVSS:3.0/AV:L/AC:L/PR:N/UI:N/S:C/C:H/I:L/A:L 8.5
        CVSS:3.1/AV:A/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:N 7.3
        CVSS:3.0/AV:L/AC:L/PR:H/UI:R/S:C/C:N/I:L/A:N 2.8
        CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:H/A:N 5.1
        CVSS:3.0/AV:A/AC:H/PR:L/UI:N/S:U/C:L/I:L/A:L 4.6
        CVSS:3.1/AV:A/AC:H/PR:L/UI:R/S:C/C:N/I:N/A:N 0.0
        CVSS:3.0/AV:A/AC:H/PR:N/UI:R/S:U/C:L/I:H/A:H 6.7
        CVSS:3.1/AV:N/AC:H/PR:H/UI:R/S:U/C:H/I:N/A:L 4.8
        CVSS:3.0/AV:A/AC:H/PR:N/UI:R/S:C/C:N/I:H/A:L 6.4
        CVSS:3.1/AV:P/AC:H/PR:H/UI:N/S:U/C:N/I:N/A:N 0.0
        CVSS:3.0/AV:A/AC:H/PR:H/UI:N/S:C/C:H/I:L/A:N 6.2
        CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N 4.3
        CVSS:3.0/AV:N/AC:H/PR:N/UI:R/S:U/C:H/I:L/A:L 6.4
        CVSS:3.1/AV:P/AC:L/PR:N/UI:R/S:C/C:H/I:H/A:H 7.3
        CVSS:3.0/AV:P/AC:L/PR:H/UI:N/S:U/C:L/I:N/A:H 4.6
        CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:N 10.0
        CVSS:3.0/AV:N/AC:H/PR:H/UI:R/S:U/C:H/I:N/A:N 4.2
        CVSS:3.1/AV:A/AC:H/PR:N/UI:N/S:C/C:H/I:N/A:N 6.1
        CVSS:3.0/AV:P/AC:H/PR:H/UI:N/S:C/C:L/I:H/A:H 6.8
        CVSS:3.1/AV:P/AC:L/PR:H/UI:R/S:U/C:L/I:N/A:L 2.8
        CVSS:3.0/AV:N/AC:H/PR:L/UI:R/S:U/C:H/I:N/A:L 5.4
        CVSS:3.1/AV:N/AC:L/PR:H/UI:R/S:U/C:N/I:H/A:H 6.1
        CVSS:3.0/AV:L/AC:L/PR:L/UI:N/S:C/C:N/I:H/A:N 6.5
        CVSS:3.1/AV:P/AC:H/PR:N/UI:N/S:U/C:H/I:L/A:H 6.0
        CVSS:3.0/AV:P/AC:H/PR:L/UI:N/S:C/C:L/I:N/A:H 5.6
        CVSS:3.1/AV:L/AC:L/PR:L/UI:R/S:C/C:H/I:N/A:L 6.7
        CVSS:3.0/AV:L/AC:H/PR:H/UI:N/S:U/C:N/I:N/A:N 0.0
        CVSS:3.1/AV:L/AC:H/PR:N/UI:N/S:C/C:N/I:L/A:H 6.7
        CVSS:3.0/AV:L/AC:H/PR:N/UI:R/S:C/C:N/I:L/A:N 2.7
        CVSS:3.1/AV:A/AC:H/PR:N/UI:R/S:U/C:H/I:N/A:L 5.4
        CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:N/VC:L/VI:H/VA:L/SC:N/SI:L/SA:L 7.2
        CVSS:4.0/AV:A/AC:L/AT:N/PR:N/UI:N/VC:L/VI:H/VA:H/SC:H/SI:L/SA:N 8.4
        CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:A/VC:N/VI:H/VA:L/SC:L/SI:H/SA:L/E:X/CR:X/IR:X/AR:H/MAV:P/MPR:H/MVC:H/MSI:L/MSA:X 5.3
        CVSS:4.0/AV:P/AC:H/AT:P/PR:H/UI:P/VC:N/VI:H/VA:H/SC:L/SI:H/SA:N 5.8
        CVSS:4.0/AV:A/AC:H/AT:P/PR:N/UI:N/VC:H/VI:H/VA:N/SC:N/SI:L/SA:L 7.6
        CVSS:4.0/AV:A/AC:L/AT:N/PR:H/UI:P/VC:N/VI:N/VA:L/SC:N/SI:H/SA:N/E:P/CR:X/IR:L/AR:H/MAV:N/MPR:L/MVC:N/MSI:X/MSA:H 5.2
        CVSS:4.0/AV:L/AC:H/AT:P/PR:N/UI:N/VC:L/VI:H/VA:L/SC:H/SI:H/SA:L 7.2
        CVSS:4.0/AV:P/AC:L/AT:P/PR:L/UI:A/VC:N/VI:H/VA:H/SC:N/SI:H/SA:H 5.9
        CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:A/VC:H/VI:L/VA:H/SC:L/SI:L/SA:N/E:A/CR:X/IR:H/AR:L/MAV:A/MPR:H/MVC:H/MSI:H/MSA:N 6.8
        CVSS:4.0/AV:A/AC:L/AT:P/PR:H/UI:A/VC:N/VI:H/VA:N/SC:N/SI:N/SA:H 5.6
        CVSS:4.0/AV:A/AC:L/AT:N/PR:N/UI:N/VC:N/VI:L/VA:H/SC:L/SI:L/SA:N 7.1
        CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:P/VC:H/VI:L/VA:H/SC:N/SI:N/SA:N/E:X/CR:X/IR:L/AR:M/MAV:X/MPR:L/MVC:H/MSI:S/MSA:S 9.3
        CVSS:4.0/AV:P/AC:H/AT:P/PR:N/UI:P/VC:N/VI:L/VA:H/SC:N/SI:N/SA:N 4.3
        CVSS:4.0/AV:A/AC:L/AT:N/PR:L/UI:P/VC:N/VI:N/VA:N/SC:L/SI:N/SA:N 2.4
        CVSS:4.0/AV:A/AC:L/AT:P/PR:N/UI:P/VC:L/VI:N/VA:H/SC:N/SI:H/SA:N/E:U/CR:M/IR:M/AR:L/MAV:L/MPR:H/MVC:X/MSI:N/MSA:S 1.4
        CVSS:4.0/AV:L/AC:L/AT:P/PR:N/UI:P/VC:L/VI:H/VA:N/SC:L/SI:L/SA:L 5.8
        CVSS:4.0/AV:A/AC:L/AT:N/PR:H/UI:N/VC:H/VI:N/VA:N/SC:L/SI:L/SA:H 8.3
        CVSS:4.0/AV:L/AC:L/AT:P/PR:N/UI:P/VC:L/VI:L/VA:H/SC:H/SI:H/SA:L/E:U/CR:L/IR:M/AR:H/MAV:L/MPR:L/MVC:N/MSI:H/MSA:X 1.5
        CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:P/VC:H/VI:H/VA:N/SC:H/SI:N/SA:L 6.8
        CVSS:4.0/AV:L/AC:H/AT:N/PR:L/UI:P/VC:N/VI:H/VA:L/SC:L/SI:L/SA:H 5.8
        CVSS:4.0/AV:L/AC:L/AT:N/PR:H/UI:P/VC:N/VI:H/VA:H/SC:L/SI:L/SA:N/E:P/CR:H/IR:M/AR:L/MAV:X/MPR:H/MVC:H/MSI:X/MSA:X 5.0
        CVSS:4.0/AV:P/AC:H/AT:N/PR:H/UI:P/VC:L/VI:H/VA:N/SC:H/SI:H/SA:L 5.9
        CVSS:4.0/AV:P/AC:H/AT:P/PR:L/UI:P/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N 1.0
        CVSS:4.0/AV:A/AC:H/AT:P/PR:H/UI:A/VC:L/VI:H/VA:H/SC:N/SI:H/SA:H/E:A/CR:L/IR:H/AR:L/MAV:A/MPR:H/MVC:N/MSI:S/MSA:N 6.7
        CVSS:4.0/AV:A/AC:L/AT:N/PR:N/UI:P/VC:N/VI:H/VA:L/SC:H/SI:L/SA:L 8.4
        CVSS:4.0/AV:A/AC:L/AT:P/PR:L/UI:P/VC:N/VI:N/VA:H/SC:L/SI:L/SA:L 4.1
        CVSS:4.0/AV:N/AC:H/AT:P/PR:H/UI:P/VC:H/VI:N/VA:N/SC:N/SI:N/SA:H/E:X/CR:M/IR:H/AR:L/MAV:L/MPR:H/MVC:N/MSI:H/MSA:X 2.1
        CVSS:4.0/AV:A/AC:L/AT:P/PR:H/UI:P/VC:N/VI:L/VA:H/SC:H/SI:L/SA:N 5.7
        CVSS:4.0/AV:P/AC:H/AT:N/PR:N/UI:N/VC:H/VI:H/VA:N/SC:N/SI:H/SA:N 6.7
        CVSS:4.0/AV:P/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:H/SC:N/SI:N/SA:L/E:A/CR:M/IR:L/AR:X/MAV:X/MPR:X/MVC:L/MSI:N/MSA:N 4.9
        CVSS:4.0/AV:A/AC:H/AT:P/PR:N/UI:A/VC:H/VI:H/VA:N/SC:L/SI:L/SA:L 7.2
        CVSS:4.0/AV:L/AC:L/AT:P/PR:H/UI:N/VC:N/VI:H/VA:H/SC:L/SI:N/SA:N 5.7
        CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:P/VC:N/VI:N/VA:L/SC:H/SI:L/SA:H/E:U/CR:M/IR:H/AR:L/MAV:X/MPR:L/MVC:N/MSI:H/MSA:L 1.0
        CVSS:4.0/AV:A/AC:L/AT:P/PR:H/UI:A/VC:H/VI:H/VA:L/SC:H/SI:L/SA:H 7.1
        CVSS:4.0/AV:A/AC:H/AT:N/PR:L/UI:P/VC:H/VI:N/VA:L/SC:N/SI:H/SA:H 5.8
        CVSS:4.0/AV:P/AC:H/AT:N/PR:H/UI:N/VC:L/VI:H/VA:H/SC:H/SI:N/SA:H/E:U/CR:X/IR:X/AR:H/MAV:L/MPR:H/MVC:L/MSI:X/MSA:X 3.7
        CVSS:4.0/AV:A/AC:H/AT:N/PR:N/UI:A/VC:N/VI:N/VA:L/SC:H/SI:L/SA:N 4.5
        CVSS:4.0/AV:P/AC:H/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:L/SI:H/SA:L 7.0
        CVSS:4.0/AV:P/AC:L/AT:N/PR:L/UI:P/VC:L/VI:L/VA:H/SC:H/SI:N/SA:L/E:A/CR:M/IR:L/AR:H/MAV:A/MPR:L/MVC:N/MSI:X/MSA:L 6.7
        CVSS:4.0/AV:A/AC:H/AT:N/PR:L/UI:N/VC:L/VI:H/VA:H/SC:L/SI:H/SA:N 7.1
        CVSS:4.0/AV:N/AC:H/AT:P/PR:L/UI:P/VC:N/VI:H/VA:L/SC:N/SI:N/SA:N 5.9
        CVSS:4.0/AV:L/AC:H/AT:P/PR:N/UI:A/VC:N/VI:N/VA:H/SC:H/SI:H/SA:H/E:U/CR:L/IR:L/AR:M/MAV:L/MPR:H/MVC:H/MSI:L/MSA:S 1.7
        CVSS:4.0/AV:N/AC:H/AT:N/PR:H/UI:N/VC:L/VI:L/VA:L/SC:L/SI:N/SA:H 4.8
        CVSS:4.0/AV:A/AC:H/AT:N/PR:N/UI:P/VC:H/VI:N/VA:H/SC:L/SI:N/SA:N 5.9
        CVSS:4.0/AV:L/AC:L/AT:P/PR:N/UI:N/VC:L/VI:N/VA:H/SC:H/SI:H/SA:L/E:U/CR:L/IR:H/AR:H/MAV:N/MPR:H/MVC:N/MSI:N/MSA:S 5.7
        CVSS:4.0/AV:N/AC:H/AT:P/PR:L/UI:A/VC:L/VI:L/VA:L/SC:N/SI:L/SA:H 4.5
        CVSS:4.0/AV:P/AC:L/AT:N/PR:N/UI:N/VC:H/VI:L/VA:N/SC:H/SI:L/SA:H 7.0
        CVSS:4.0/AV:P/AC:H/AT:N/PR:H/UI:A/VC:H/VI:N/VA:H/SC:N/SI:L/SA:H/E:X/CR:X/IR:L/AR:H/MAV:L/MPR:L/MVC:X/MSI:H/MSA:S 7.0
        CVSS:4.0/AV:N/AC:L/AT:N/PR:H/UI:A/VC:H/VI:H/VA:L/SC:N/SI:H/SA:L 9.2
        CVSS:4.0/AV:L/AC:L/AT:N/PR:H/UI:A/VC:N/VI:N/VA:L/SC:H/SI:H/SA:L 4.5
        CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:P/VC:H/VI:N/VA:N/SC:N/SI:H/SA:H/E:P/CR:L/IR:M/AR:H/MAV:P/MPR:L/MVC:X/MSI:S/MSA:X 5.3
        CVSS:4.0/AV:P/AC:H/AT:N/PR:L/UI:N/VC:L/VI:N/VA:N/SC:H/SI:N/SA:N 1.8
        CVSS:4.0/AV:N/AC:L/AT:P/PR:H/UI:P/VC:L/VI:L/VA:N/SC:L/SI:L/SA:H 4.8
        CVSS:4.0/AV:L/AC:H/AT:P/PR:L/UI:N/VC:L/VI:N/VA:H/SC:L/SI:N/SA:L/E:A/CR:X/IR:L/AR:H/MAV:L/MPR:X/MVC:X/MSI:L/MSA:N 5.7
        CVSS:4.0/AV:L/AC:H/AT:N/PR:N/UI:N/VC:H/VI:N/VA:H/SC:N/SI:L/SA:H 7.1
        CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:P/VC:H/VI:N/VA:H/SC:H/SI:H/SA:L 7.1
        CVSS:4.0/AV:P/AC:L/AT:P/PR:N/UI:N/VC:L/VI:L/VA:H/SC:N/SI:N/SA:L/E:X/CR:H/IR:H/AR:L/MAV:P/MPR:N/MVC:N/MSI:S/MSA:N 5.4
        CVSS:4.0/AV:A/AC:L/AT:P/PR:H/UI:N/VC:L/VI:L/VA:H/SC:H/SI:H/SA:N 7.1
        CVSS:4.0/AV:A/AC:L/AT:N/PR:H/UI:P/VC:H/VI:L/VA:N/SC:L/SI:N/SA:N 5.2
        CVSS:4.0/AV:L/AC:H/AT:P/PR:H/UI:N/VC:L/VI:L/VA:N/SC:L/SI:L/SA:N/E:U/CR:H/IR:X/AR:X/MAV:P/MPR:H/MVC:N/MSI:S/MSA:L 1.0
        CVSS:4.0/AV:P/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:L/SC:L/SI:L/SA:H 7.0
        CVSS:4.0/AV:P/AC:L/AT:N/PR:H/UI:N/VC:H/VI:N/VA:L/SC:N/SI:N/SA:H 6.7
        CVSS:4.0/AV:N/AC:H/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:H/SI:H/SA:H/E:U/CR:M/IR:H/AR:H/MAV:X/MPR:L/MVC:L/MSI:S/MSA:H 2.9
        CVSS:4.0/AV:L/AC:H/AT:N/PR:L/UI:A/VC:L/VI:H/VA:N/SC:L/SI:N/SA:N 4.3
        CVSS:4.0/AV:A/AC:H/AT:P/PR:N/UI:N/VC:H/VI:L/VA:H/SC:N/SI:L/SA:N 6.1
        CVSS:4.0/AV:L/AC:H/AT:N/PR:L/UI:N/VC:N/VI:H/VA:N/SC:L/SI:L/SA:N/E:X/CR:M/IR:L/AR:M/MAV:A/MPR:H/MVC:L/MSI:N/MSA:S 7.1
        CVSS:4.0/AV:L/AC:H/AT:N/PR:L/UI:N/VC:H/VI:N/VA:N/SC:H/SI:L/SA:N 6.9
        CVSS:4.0/AV:L/AC:H/AT:P/PR:H/UI:N/VC:N/VI:H/VA:H/SC:H/SI:L/SA:N 6.9
        CVSS:4.0/AV:P/AC:H/AT:P/PR:N/UI:N/VC:L/VI:H/VA:N/SC:N/SI:H/SA:H/E:X/CR:X/IR:M/AR:M/MAV:X/MPR:L/MVC:H/MSI:L/MSA:N 5.2
        CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:A/VC:L/VI:H/VA:H/SC:H/SI:H/SA:N 7.0
        """
}
