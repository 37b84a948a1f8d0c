// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine
import ShellSyntax
import Testing

@Suite("The programs that a machine is handed")
struct ProgramCatalogTests {
    /// A program of nobody's.
    enum Greet: CommandModel {
        static let names = ["greet", "hail"]
        static let flavors = ProgramFlavor.ownPackage
        static let home = ProgramHome.sbin
        static let scope = Unknown.Scope.output
        static let options: OptionTable? = OptionTable([])

        static func run(_ call: inout Invocation) -> Outcome {
            call.out("hello\n")
            return .success
        }
    }

    /// BusyBox's applet of the same name.
    enum BusyboxGreet: CommandModel {
        static let names = ["greet"]
        static let flavors: Set<ProgramFlavor> = [.busybox]
        static let scope = Unknown.Scope.output
        static let options: OptionTable? = nil

        static func run(_ call: inout Invocation) -> Outcome {
            call.out("hi\n")
            return .code(3)
        }
    }

    private static let catalog = ProgramCatalog(
        [Greet.self, BusyboxGreet.self],
        unmodelled: [
            "look": UnmodelledProgram(scope: .output), "greet": UnmodelledProgram(scope: .filesystem, home: .bin),
            "build": UnmodelledProgram(scope: .filesystem, home: .sbin),
        ]
    )

    private func run(_ script: String, _ programs: ProgramCatalog, files: [String] = []) -> ShellOutcome {
        var tree = FileTree()
        for path in files {
            tree.insert(FileNode(kind: .file(.modelled(sizeBytes: 10)), mode: 0o755), at: ImagePath(path))
        }
        if files.contains("/bin/busybox") { tree.insert(.symlink(to: "busybox"), at: "/bin/greet") }
        var state = ShellState(tree: tree, environment: ["PATH": "/usr/sbin:/bin"], epochSeconds: 0)
        return ShellInterpreter(programs: programs).run(script, dialect: .dash, state: &state)
    }

    /// A script, the programs that are there, and what comes of it.
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let script: String
        var files: [String] = []
        var programs = ProgramCatalogTests.catalog
        var exit: Int? = 0
        var output = ""
        var error = ""

        var testDescription: String { name }
    }

    static let rows: [Row] = [
        Row(
            name: "the shell needs none",
            script: "x=3; set -- a; shift; exit $x",
            programs: ProgramCatalog([]),
            exit: 3
        ),
        Row(
            name: "what a shell has built in as a program is missing with it",
            script: "echo a",
            programs: ProgramCatalog([]),
            exit: 127,
            error: "/bin/sh: 1: echo: not found\n"
        ),
        Row(
            name: "a model without its file is not there",
            script: "greet",
            exit: 127,
            error: "/bin/sh: 1: greet: not found\n"
        ),
        Row(name: "a model with its file is run", script: "greet", files: ["/usr/sbin/greet"], output: "hello\n"),
        Row(name: "by its other name too", script: "hail", files: ["/bin/hail"], output: "hello\n"),
        Row(name: "BusyBox runs its own", script: "greet", files: ["/bin/busybox"], exit: 3, output: "hi\n"),
        Row(
            name: "an option that the table does not have",
            script: "greet -x",
            files: ["/bin/greet"],
            exit: 1,
            error: "greet: invalid option -- 'x'\nTry 'greet --help' for more information.\n"
        ),
        Row(
            name: "all taken to be there, in the folder that Debian has them in",
            script: "greet; PATH=/bin; greet",
            programs: catalog.withAllPresent,
            exit: 127,
            output: "hello\n",
            error: "/bin/sh: 1: greet: not found\n"
        ),
        Row(name: "a file that nobody models", script: "build", files: ["/bin/build"], exit: nil),
        Row(name: "a file of which nothing is known", script: "nobody", files: ["/bin/nobody"], exit: nil),
    ]

    @Test("are found and run", arguments: rows)
    func row(row: Row) {
        let outcome = run(row.script, row.programs, files: row.files)
        #expect(outcome.exit.code == row.exit)
        #expect(String(decoding: outcome.stdout, as: UTF8.self) == row.output)
        #expect(String(decoding: outcome.stderr, as: UTF8.self) == row.error)
    }

    @Test("say what they could have touched where they have no model")
    func unknown() {
        #expect(Self.catalog.unknown("look") == Unknown(reason: "the output of look is not known", scope: .output))
        for name in ["build", "nobody"] { #expect(Self.catalog.unknown(name).scope == .filesystem) }
        #expect(run("look", Self.catalog, files: ["/bin/look"]).unknowns.map(\.unknown.scope) == [.output])
    }

    @Test("have a model by name and flavor")
    func models() {
        func name(_ name: String, _ flavor: ProgramFlavor) -> String? {
            Self.catalog.model(named: name, flavor).map { String(describing: $0) }
        }
        #expect(Self.catalog.names == ["greet", "hail"])
        #expect(name("greet", .gnu) == "Greet" && name("greet", .busybox) == "BusyboxGreet")
        #expect(name("hail", .dashBuiltin) == "Greet" && name("hail", .busybox) == nil && name("", .gnu) == nil)
        #expect(!Self.catalog.assumesPresence && Self.catalog.withAllPresent.assumesPresence)
    }
}
