// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine

/// Package managers and builders of languages: what they install and build is not followed.
///
/// They are one model, for all that is known of them is that they bring packages and write files. Accounts and packages of the
/// distribution they leave alone.
enum LanguagePackageManager: CommandModel {
    static let names = [
        "pip", "pip3", "pipx", "uv", "poetry", "pdm", "pipenv", "hatch", "gem", "bundle", "bundler", "rake", "rails",
        "composer", "pecl", "pear", "cargo", "go", "mvn", "gradle", "sbt", "ant", "conda", "mamba", "micromamba",
        "brew",
        "dotnet", "nuget", "luarocks", "cpan", "cpanm", "deno", "bun", "bunx", "mix", "rebar3", "hugo", "dart",
        "flutter",
        "swift", "stack", "cabal", "zig",
    ]
    static let scope = Unknown.Scope.languagePackages
    static let options: OptionTable? = nil

    static func run(_ call: inout Invocation) -> Outcome {
        if call.arguments.contains("--version") || call.arguments == ["version"] {
            return call.unknown("the version of \(call.name) is not known", .output)
        }
        let first = call.arguments.first { !$0.hasPrefix("-") } ?? ""
        if call.name == "go", first == "build", let program = GoBuild.program(&call) {
            return GoBuild.put(program, &call)
        }
        let outcome = call.unknown(
            "what \(call.name)\(first.isEmpty ? "" : " " + first) installs or builds is not followed",
            .languagePackages
        )
        // Where a variable of the tool's says that it keeps its packages.
        for (name, value) in call.environment.sorted(by: { $0.key < $1.key }) where name != "PATH" && name != "HOME" {
            let text = value.string
            guard !value.isUnknown, text.utf8.first == 0x2F, !text.utf8.contains(0x3A) else { continue }
            if call.world.tree.resolvedNode(at: ImagePath(text))?.isDirectory != false {
                call.world.makeUncertain(ImagePath(text))
            }
        }
        return outcome
    }
}
