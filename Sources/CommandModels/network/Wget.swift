// SPDX-License-Identifier: Apache-2.0
//
// Source: GNU wget 1.21, wget(1).

import Diagnostics
import ShellMachine

/// `wget`: what comes from a network is never known; where a file is named, only that file is.
enum Wget: CommandModel {
    static let names = ["wget"]
    static let scope = Unknown.Scope.files
    static let output = CommandOption.value("O", "output-document", is: .path)
    static let folder = CommandOption.value("P", "directory-prefix", is: .path)
    static let recursive = CommandOption.flag("r", "recursive")
    static let input = CommandOption.value("i", "input-file", is: .path)
    static let spider = CommandOption.flag("spider")
    static let options: OptionTable? = OptionTable(
        [
            output, folder, .flag("q", "quiet"), .flag("v", "verbose"), .flag("nv", "no-verbose"),
            .flag("c", "continue"), .value("t", "tries"), .value("T", "timeout"), .flag("S", "server-response"),
            .flag("no-check-certificate"), .value("header"), .value("U", "user-agent"), recursive,
            .flag("N", "timestamping"), .flag("show-progress"), .value("progress"), input,
            .value("secure-protocol"), .flag("https-only"), .flag("retry-connrefused"), .value("waitretry"),
            spider, .value("max-redirect"), .flag("content-disposition"), .value("n"),
        ],
        isWhole: false
    )

    static func run(_ call: inout Invocation) -> Outcome {
        let url = call.operands.first ?? ""
        if !call.has(input), let host = Download.unreachable(call) {
            return call.isBusybox
                ? call.fail("bad address '\(host)'", reason: .noNetwork("wget"))
                : call.fail("unable to resolve host address ‘\(host)’", code: 4, reason: .noNetwork("wget"))
        }
        let reason = "wget fetches \(url) from a network: what comes is not known"
        if call.has(recursive) || call.has(input) { return call.unknown(reason, .files) }
        if call.has(spider) { return call.unknown(reason, .output) }
        do throws(FileError) {
            if let file = call.value(output) {
                guard file != "-" else { return call.unknown(reason, .output) }
                try Download.put(file, reason, &call)
                return .unknown
            }
            let folder = call.value(folder).map { $0 + "/" } ?? ""
            for operand in call.operands { try Download.put(folder + Download.name(of: operand), reason, &call) }
            return .unknown
        } catch {
            let file = call.value(output) ?? Download.name(of: url)
            return call.fail("\(file): \(error.message)", code: 3, reason: error.reason(file))
        }
    }
}
