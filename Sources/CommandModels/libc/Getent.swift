// SPDX-License-Identifier: Apache-2.0
//
// Source: glibc 2.36, getent(1).

import Diagnostics
import OCISpec
import ShellMachine
import SystemFiles

/// `getent`: the files of the accounts; other databases ask networks.
enum Getent: CommandModel {
    static let names = ["getent"]
    static let scope = Unknown.Scope.output
    static let options: OptionTable? = nil

    private static let files: [String: AccountFile.Name] = [
        "passwd": .passwd, "group": .group, "shadow": .shadow, "gshadow": .gshadow,
    ]
    private static let others: Set<String> = [
        "ahosts", "ahostsv4", "ahostsv6", "aliases", "ethers", "hosts", "initgroups", "netgroup", "networks",
        "protocols", "rpc", "services",
    ]

    static func run(_ call: inout Invocation) -> Outcome {
        let words = call.arguments.filter { !$0.hasPrefix("-") }
        guard words.count == call.arguments.count, let name = words.first, name != "subid" else {
            return call.unknown("this use of getent is not followed", .output)
        }
        guard let file = files[name] else {
            if others.contains(name) { return call.unknown("what getent \(name) finds is not known", .output) }
            call.err("Unknown database: \(name)\n")
            call.out("Try `getent --help' or `getent --usage' for more information.\n")
            return .code(1)
        }
        let accounts = AccountFiles(call.world.tree)
        if accounts.isUnknown || call.world.isUncertain("/etc/passwd") {
            return call.unknown("the accounts of the image are not known", .output)
        }
        let isSecret = file == .shadow || file == .gshadow
        let lines = isSecret && !call.world.isRoot ? [] : accounts.lines[file] ?? []
        guard words.count > 1 else {
            for line in lines where !line.isEmpty { call.out(line + "\n") }
            return .success
        }
        var exit = 0
        for key in words.dropFirst() {
            let found = lines.first { line in
                let fields = line.split(separator: ":", omittingEmptySubsequences: false)
                if let number = Int(key), !isSecret { return fields.count > 2 && Int(fields[2]) == number }
                return fields.first.map(String.init) == key
            }
            if let found { call.out(found + "\n") } else { exit = 2 }
        }
        return .code(exit)
    }
}
