// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import Testing

@testable import HostFiles

@Suite("What a system call said")
struct FailurePOSIXTests {
    struct Row: Sendable, CustomStringConvertible {
        let number: Int32
        let reason: Failure.Reason
        let creating: Failure.Reason
        var description: String { String(cString: strerror(number)) }
    }

    static let table = [
        Row(number: ENOENT, reason: .noInput, creating: .cannotCreate),
        Row(number: ENOTDIR, reason: .noInput, creating: .cannotCreate),
        Row(number: EEXIST, reason: .inputOutput, creating: .cannotCreate),
        Row(number: EISDIR, reason: .inputOutput, creating: .cannotCreate),
        Row(number: EACCES, reason: .inputOutput, creating: .cannotCreate),
        Row(number: EROFS, reason: .inputOutput, creating: .cannotCreate),
        Row(number: ENOSPC, reason: .inputOutput, creating: .inputOutput),
        Row(number: ELOOP, reason: .hostileInput, creating: .hostileInput),
        Row(number: EIO, reason: .inputOutput, creating: .inputOutput),
        Row(number: 0, reason: .inputOutput, creating: .inputOutput),
        Row(number: -1, reason: .inputOutput, creating: .inputOutput),
    ]

    @Test("has one reason for an error number, and another only where something was to be made", arguments: table)
    func reasons(row: Row) {
        let read = Failure.posix("cannot open it", at: "a/b", number: row.number)
        let made = Failure.posix("cannot make it", at: "a/b", creating: true, number: row.number)
        #expect(read.reason == row.reason)
        #expect(made.reason == row.creating)
        for failure in [read, made] {
            #expect(failure.place == .file("a/b"))
            #expect(failure.why?.isEmpty == false)
            if let fix = failure.fix { #expect(fix.hasSuffix(".") && fix.first?.isUppercase == true) }
        }
    }

    @Test("names the way out where there is one", arguments: [EACCES, EPERM, EROFS, ENOSPC, EDQUOT, EFBIG, ELOOP])
    func fixes(number: Int32) {
        #expect(Failure.posix("cannot write it", at: "a", number: number).fix != nil)
    }
}
