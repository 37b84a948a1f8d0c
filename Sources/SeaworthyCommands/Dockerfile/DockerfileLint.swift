// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import DockerfileSyntax
import OCISpec
import Reporting
import SymbolicBuild
import Workbench

struct DockerfileLint: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Hold Dockerfiles against BuildKit's build checks.",
        discussion:
            "A warning leaves the exit code at 0; an error (a file with `# check=error=true`) makes it 1, and a file that "
            + "cannot be parsed 65."
    )

    @Argument(help: "The Dockerfiles; `-` reads standard input.")
    var files: [String]
    @Option(help: "How findings are printed.")
    var format = FormatOption<LintListing>()
    @ArgumentParser.Flag(help: "The same as --format json.")
    var json = false
    @Option(help: "The build context, whose .dockerignore is asked about what COPY takes.")
    var context: String?
    @Option(name: .customLong("build-arg"), help: "A build argument, NAME=VALUE. Repeatable.")
    var buildArguments: [String] = []
    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let provider = try runtime.workbench.kit()
        let arguments = try BuildOptions.pairs(buildArguments, environment: runtime.environment)
        let reports = try files.map { file in
            let ignore = try context.map { folder in
                try FolderContext.ignoreFile(
                    dockerfile: file == "-" ? "-" : runtime.resolve(file),
                    folder: runtime.resolve(folder),
                    limits: runtime.limits
                )
            }
            return LintReport(
                try runtime.read(file),
                path: file,
                parameters: BuildParameters(arguments: arguments),
                ignore: ignore ?? nil,
                isWhole: true,
                provider: provider,
                platform: .linuxAMD64
            )
        }
        let listing = LintListing(reports, programVersion: EngineVersion.current)
        runtime.console.print(bytes: Array(try format.orJSON(json).render(listing).utf8))
        if reports.contains(where: { !$0.errors.isEmpty }) { return .dataError }
        return reports.contains(where: \.hasError) ? .notPassed : .success
    }
}
