// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// Package managers of languages and of other distributions: what they install is not followed.
///
/// They are one model, for all that is known of them is that they install packages.
enum LanguagePackageManager: CommandModel {
    static let names = [
        "pip", "pip3", "pipx", "uv", "poetry", "gem", "bundle", "bundler", "composer", "cargo", "go", "mvn", "gradle",
        "conda", "brew", "dotnet", "luarocks", "cpan", "cpanm", "rpm", "yum", "dnf", "microdnf", "zypper", "pacman",
    ]
    static let scope = Unknown.Scope.packages
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        if call.arguments.contains("--version") {
            return call.unknown("the version of \(call.name) is not known", .output)
        }
        return call.unknown(
            "\(call.name) \(call.arguments.first ?? "") installs packages in a way that is not followed",
            .packages
        )
    }
}
