// SPDX-License-Identifier: Apache-2.0

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

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let bytes = try runtime.read(file)
        let dockerfile = Dockerfile(parsing: bytes)
        if printing.json {
            try runtime.console.print(json: DockerfileDocument(dockerfile))
        } else {
            var text: [UInt8] = []
            for instruction in dockerfile.instructions {
                let lines = "\(instruction.startLine)-\(instruction.endLine)"
                text += lines.utf8
                text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: max(1, 10 - lines.utf8.count)))
                text += instruction.original.harmless.utf8
                text.append(UInt8(ascii: "\n"))
            }
            runtime.console.print(bytes: text)
        }
        for error in dockerfile.errors {
            runtime.console.remark(error.located(in: file).harmless)
            runtime.console.remark(dockerfile.file.excerpt(around: error.range).harmless)
        }
        return dockerfile.errors.isEmpty ? .success : .dataError
    }
}
