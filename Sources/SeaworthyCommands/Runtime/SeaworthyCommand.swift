// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics

/// Options that every command has.
struct CommonOptions: ParsableArguments {
    @Option(name: .customLong("color"), help: "Colours: auto, always or never.")
    var colour: ColourChoice = .auto

    @Flag(name: .long, help: "Show the causes below an error.")
    var verbose = false
}

extension ColourChoice: ExpressibleByArgument {}

/// A command: its `run(_:)` gets the world handed in and answers an exit status; errors become exit codes here and nowhere
/// else.
protocol SeaworthyCommand: ParsableCommand {
    var common: CommonOptions { get }
    /// Whether the command was asked for output without colours, movement and glyphs.
    var isPlain: Bool { get }

    /// Does the work.
    ///
    /// - Throws: a `Failure` when the work could not be done.
    func run(_ runtime: Runtime) throws -> ExitStatus
}

extension SeaworthyCommand {
    var isPlain: Bool { false }

    mutating func run() throws {
        let runtime = Runtime(colour: common.colour, isPlain: isPlain, isVerbose: common.verbose)
        let status: ExitStatus
        do {
            status = try run(runtime)
        } catch let failure as Failure {
            runtime.console.report(failure, isVerbose: runtime.isVerbose)
            throw ExitCode(ExitStatus(failure.code).rawValue)
        } catch let exit as ExitCode {
            throw exit
        } catch let error as ValidationError {
            throw error
        } catch {
            let failure = Failure(
                .internalFault,
                "something went wrong that is not your doing",
                why: String(describing: error),
                fix: "please report it with the output of `seaworthy doctor`",
                cause: error
            )
            runtime.console.report(failure, isVerbose: runtime.isVerbose)
            throw ExitCode(ExitStatus.software.rawValue)
        }
        if status != .success { throw ExitCode(status.rawValue) }
    }
}
