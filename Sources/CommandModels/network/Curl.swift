// SPDX-License-Identifier: Apache-2.0
//
// Source: curl 7.88, curl(1).

import Diagnostics
import ShellMachine

/// `curl`: what comes from a network is never known; where a file is named, only that file is.
enum Curl: CommandModel {
    static let names = ["curl"]
    static let scope = Unknown.Scope.files
    static let output = CommandOption.value("o", "output", is: .path)
    static let remoteName = CommandOption.flag("O", "remote-name")
    static let outputFolder = CommandOption.value("output-dir", is: .path)
    static let options: OptionTable? = OptionTable(
        [
            output, remoteName, .flag("f", "fail"), .flag("s", "silent"), .flag("S", "show-error"),
            .flag("L", "location"), .flag("v", "verbose"), .flag("k", "insecure"), .value("H", "header"),
            .value("d", "data"), .value("X", "request"), .value("u", "user"), .value("A", "user-agent"),
            .flag("I", "head"), .flag("G", "get"), .flag("J", "remote-header-name"), .value("C", "continue-at"),
            .value("x", "proxy"), .value("retry"), .value("retry-delay"), .value("connect-timeout"),
            .value("m", "max-time"), .flag("compressed"), .value("proto"), .flag("tlsv1.2"), .flag("tlsv1.3"),
            .value("cacert"), .flag("i", "include"), .flag("fail-with-body"), .flag("retry-all-errors"),
            .flag("retry-connrefused"), .value("F", "form"), .value("T", "upload-file"), .value("b", "cookie"),
            .value("c", "cookie-jar"), .value("e", "referer"), .value("w", "write-out"), .flag("version"),
            .flag("V"), .flag("create-dirs"), outputFolder, .flag("Z"), .flag("n"), .flag("N"), .flag("g"),
            .value("z"), .flag("4"), .flag("6"), .flag("#", "progress-bar"), .value("retry-max-time"),
            .value("data-binary"), .value("data-raw"), .flag("http1.1"), .flag("ssl-reqd"),
            .flag("no-progress-meter"),
        ],
        isWhole: false
    )

    static func run(_ call: inout Invocation) -> Outcome {
        let url = call.operands.first ?? ""
        if let host = Download.unreachable(call) {
            return call.fail("(6) Could not resolve host: \(host)", code: 6, reason: .noNetwork("curl"))
        }
        let reason = "curl fetches \(url) from a network: what comes is not known"
        do throws(FileError) {
            if let file = call.value(output), file != "-" {
                try Download.put((call.value(outputFolder).map { $0 + "/" } ?? "") + file, reason, &call)
                return .unknown
            }
            if call.has(remoteName) {
                for operand in call.operands { try Download.put(Download.name(of: operand), reason, &call) }
                return .unknown
            }
        } catch {
            return call.fail(
                "(23) Failure writing output to destination",
                code: 23,
                reason: error.reason(call.value(output) ?? Download.name(of: url))
            )
        }
        return call.unknown(reason, .output)
    }
}
