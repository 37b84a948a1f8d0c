// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import SystemFiles
import Testing

@testable import ImagePolicies

@Suite("Default non-root user")
struct DefaultNonRootUserTests {
    @Test(
        "Root in every spelling fails, every other account passes, ignorance is no data",
        arguments: [
            (nil, Verdict.failed, "root (implicit)"), ("", .failed, "root (implicit)"),
            ("   ", .failed, "   "),
            (":node", .failed, "root (implicit)"), ("root", .failed, "root (explicit)"),
            ("root:root", .failed, "root (explicit)"),
            ("root:x", .failed, "root (explicit)"), (" root", .failed, " root"),
            ("root ", .failed, "root "),
            ("0", .failed, "root (explicit)"), ("0:0", .failed, "root (explicit)"), ("00", .failed, "root (explicit)"),
            ("+0", .failed, "root (explicit)"), ("-0", .failed, "root (explicit)"),
            ("0:1000", .failed, "root (explicit)"),
            ("000:node", .failed, "root (explicit)"), ("toor", .failed, "toor (uid 0)"),
            ("toor:x", .failed, "toor (uid 0)"),
            ("words", .failed, "words (uid 0)"), ("node:nogroup", .failed, "nogroup"),
            ("1000:nogroup", .failed, "nogroup"),
            ("node:-1", .failed, "-1"), ("nobody", .failed, "nobody"),
            ("Root", .failed, "Root"), ("node:node:node", .passed, ""), ("node", .passed, ""), ("node:0", .passed, ""),
            ("1000", .passed, ""), ("1000:1000", .passed, ""), ("01000", .passed, ""), ("65532", .passed, ""),
            ("99999999999999999999999999", .failed, "99999999999999999999999999"), ("2147483647", .passed, ""),
            ("2147483648", .failed, "2147483648"), ("-1", .failed, "-1"), ("0x0", .failed, "0x0"),
            ("\u{1B}[31mroot", .failed, "?[31mroot"),
        ] as [(String?, Verdict, String)]
    )
    func users(user: String?, state: Verdict, subject: String) throws {
        let result = try #require(Sample.with { $0.user = user }.judge("default-non-root-user"))
        #expect(result.state == state)
        #expect(result.cell == .empty)
        #expect(result.deviations.map(\.subject) == (state == .failed ? [subject] : []))
        #expect(result.title == (state == .failed ? "No default non-root user found" : "Default non-root user"))
        #expect((result.remediation == nil) == (state == .passed))
    }

    private static let unknown: Accounts = {
        let why = "line 4 ran a program without a model"
        return Accounts(passwd: nil, group: nil, userDoubt: why, groupDoubt: why)
    }()

    @Test("Unknown accounts leave names open, but not numbers, and root is root anyway")
    func unknownAccounts() throws {
        for (user, state) in [
            ("app", Verdict.unknown), ("1000", .passed), ("1000:1000", .passed), ("1000:app", .unknown),
            ("root", .failed),
            ("0", .failed), ("0:app", .failed), ("", .failed), ("2147483648", .failed),
        ] {
            let sample = Sample.with {
                $0.user = user
                $0.accounts = Self.unknown
            }
            #expect(sample.judge("default-non-root-user")?.state == state, "\(user)")
        }
    }

    @Test("An unset user on an unknown base may be the base's, so it is no data")
    func unknownBase() {
        let unknown = Unknown(reason: "acme/base:1 is not at hand", scope: .baseImage)
        for (user, state) in [(nil, Verdict.unknown), ("root", .failed), ("1000", .passed)] as [(String?, Verdict)] {
            let sample = Sample.with {
                $0.user = user
                $0.unknowns = [unknown]
            }
            #expect(sample.judge("default-non-root-user")?.state == state)
        }
    }

    @Test("Without /etc/passwd only numbers are somebody", arguments: [("app", Verdict.failed), ("65532", .passed)])
    func noPasswd(user: String, state: Verdict) {
        let sample = Sample.with {
            $0.user = user
            $0.accounts = Accounts(passwd: nil, group: nil)
        }
        #expect(sample.judge("default-non-root-user")?.state == state)
    }
}
