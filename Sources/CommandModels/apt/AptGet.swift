// SPDX-License-Identifier: Apache-2.0
//
// Source: apt-get(8) of apt 2.6, measured.

import Diagnostics
import ShellMachine

/// Debian's `apt-get`; what it does is in `AptProgram`, which it shares with `apt`.
enum AptGet: CommandModel {
    static let names = ["apt-get"]
    static let flavors: Set<ProgramFlavor> = [.gnu]
    static let scope = Unknown.Scope.systemPackages
    static let yes = CommandOption.flag("y", "yes", "assume-yes")
    static let noRecommends = CommandOption.flag("no-install-recommends")
    static let setting = CommandOption.value("o", "option", repeatable: true)
    static let simulate = CommandOption.flag("s", "simulate", "dry-run")
    static let downloadOnly = CommandOption.flag("d", "download-only")
    static let removeEssential = CommandOption.flag("allow-remove-essential")
    static let forceYes = CommandOption.flag("force-yes")
    static let autoRemove = CommandOption.flag("auto-remove", "autoremove")
    static let help = CommandOption.flag("h", "help")
    static let version = CommandOption.flag("v", "version")
    static let options: OptionTable? = OptionTable([
        yes, .optionalValue("q", "quiet"), noRecommends, .flag("no-install-suggests"), .flag("install-recommends"),
        .flag("install-suggests"), setting, .flag("f", "fix-broken"), .flag("m", "ignore-missing", "fix-missing"),
        simulate, downloadOnly, .flag("u", "show-upgraded"), .flag("V"), .flag("purge"), .flag("reinstall"),
        .value("t", "default-release"), .flag("allow-unauthenticated"), .flag("allow-downgrades"), removeEssential,
        .flag("allow-change-held-packages"), forceYes, autoRemove, .flag("no-upgrade"), .flag("only-upgrade"),
        .flag("print-uris"), .value("c", "config-file", is: .path), .flag("assume-no"), .flag("trivial-only"), help,
        version, .flag("with-new-pkgs"), .flag("update"), .flag("no-remove"), .value("error-on"),
    ])

    static func refuse(_ problem: ParsedOptions.Problem, _ call: inout Invocation) -> Outcome {
        AptProgram.refuse(problem, &call)
    }

    static func run(_ call: inout Invocation) -> Outcome { AptProgram.run(&call) }
}
