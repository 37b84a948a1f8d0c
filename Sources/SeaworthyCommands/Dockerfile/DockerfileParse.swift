// SPDX-License-Identifier: Apache-2.0

import Archives
import ArgumentParser
import Diagnostics
import DockerfileSyntax
import Foundation

/// `seaworthy dockerfile parse`: the instructions of a Dockerfile, and every error in it.
struct DockerfileParse: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse",
        abstract: "Show the instructions of a Dockerfile, and every error in it."
    )

    @Argument(help: "The Dockerfile; `-` reads standard input.")
    var file: String

    @ArgumentParser.Flag(help: "Print one JSON document.")
    var json = false

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let bytes = try runtime.read(file)
        let dockerfile = Dockerfile(parsing: bytes)
        if json {
            try runtime.console.print(json: DockerfileDocument(dockerfile))
        } else {
            for instruction in dockerfile.instructions {
                let lines = "\(instruction.startLine)-\(instruction.endLine)"
                let label = lines + String(repeating: " ", count: max(1, 10 - lines.count))
                runtime.console.print(label + instruction.original.harmless)
            }
        }
        for error in dockerfile.errors {
            runtime.console.remark(error.located(in: file).harmless)
            runtime.console.remark(dockerfile.file.excerpt(around: error.range).harmless)
        }
        return dockerfile.errors.isEmpty ? .success : .dataError
    }
}
