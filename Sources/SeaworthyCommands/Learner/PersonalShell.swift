// SPDX-License-Identifier: Apache-2.0
//
// Sources: bash(1), "INVOCATION"; zsh(1), "STARTUP/SHUTDOWN FILES"; fish(1), "--init-command"; POSIX.1-2024, sh, "ENV".

/// The shell that a person works in, and how it is started so that the lesson's `docker` stands in front of their own aliases,
/// functions and PATH. Everything else of their set-up is read as always.
struct PersonalShell: Equatable {
    /// The program.
    let path: String
    /// What kind of shell it is.
    let kind: Kind
    /// The person's own shell, where it is of no kind that we can prepare; nil when it was taken.
    let passedOver: String?

    /// The kinds of shells that can be prepared.
    enum Kind: String, CaseIterable {
        case bash, zsh, fish
        /// A POSIX shell that reads the file in `ENV`.
        case sh
    }

    /// How to start it.
    struct Start: Equatable {
        let arguments: [String]
        let environment: [String: String]
        let files: [File]

        struct File: Equatable {
            let path: String
            let text: String
        }
    }

    private static let prompt = "(seaworthy) $ "

    /// Takes the shell that `$SHELL` names, else bash, else sh.
    static func choose(_ named: String?, isThere: (String) -> Bool) -> PersonalShell {
        if let named, named.hasPrefix("/"), isThere(named), let kind = kind(of: named) {
            return PersonalShell(path: named, kind: kind, passedOver: nil)
        }
        let passedOver = named.flatMap { $0.hasPrefix("/") && isThere($0) ? $0 : nil }
        let bash = ["/bin/bash", "/usr/bin/bash", "/usr/local/bin/bash", "/opt/homebrew/bin/bash"]
        if let path = bash.first(where: isThere) {
            return PersonalShell(path: path, kind: .bash, passedOver: passedOver)
        }
        return PersonalShell(path: "/bin/sh", kind: .sh, passedOver: passedOver)
    }

    private static func kind(of path: String) -> Kind? {
        switch path.split(separator: "/").last.map(String.init) ?? "" {
        case "bash": .bash
        case "zsh": .zsh
        case "fish": .fish
        case "sh", "dash", "ash", "ksh", "mksh", "ksh93", "busybox": .sh
        default: nil
        }
    }

    /// How to start it.
    ///
    /// - Parameters:
    ///   - folder: where files may be written that it reads; `bin` in it has the lesson's commands.
    ///   - environment: what it is started with.
    func start(in folder: String, environment: [String: String]) -> Start {
        switch kind {
        case .bash: bash(folder)
        case .zsh: zsh(folder, environment)
        case .fish: fish(folder)
        case .sh: sh(folder, environment)
        }
    }

    private func bash(_ folder: String) -> Start {
        let text = """
            [ -f ~/.bashrc ] && . ~/.bashrc
            \(Self.inFront(folder))
            PS1='\(Self.prompt)'

            """
        let file = folder + "/bashrc"
        return Start(arguments: ["--rcfile", file, "-i"], environment: [:], files: [.init(path: file, text: text)])
    }

    /// zsh reads all its files from one folder: ours, whose files read the person's own in turn.
    private func zsh(_ folder: String, _ environment: [String: String]) -> Start {
        let own = environment["ZDOTDIR"].flatMap { $0.isEmpty ? nil : $0 }
        let theirs = own.map { Self.quoted($0) } ?? "\"$HOME\""
        func reading(_ name: String) -> String {
            """
            ZDOTDIR=\(theirs)
            [ -f "$ZDOTDIR/\(name)" ] && . "$ZDOTDIR/\(name)"

            """
        }
        let ours = folder + "/zsh"
        // What the system's own set-up derived from our folder meanwhile is put right: the person's history is theirs.
        let rest = """
            [ "$HISTFILE" = \(Self.quoted(ours + "/.zsh_history")) ] && HISTFILE="$ZDOTDIR/.zsh_history"
            \(Self.inFront(folder))
            PROMPT='\(Self.prompt)'

            """
        return Start(
            arguments: ["-i"],
            environment: ["ZDOTDIR": ours],
            files: [
                // The person's file may look at ZDOTDIR, and zsh must find our next file all the same.
                .init(path: ours + "/.zshenv", text: reading(".zshenv") + "ZDOTDIR=\(Self.quoted(ours))\n"),
                .init(path: ours + "/.zshrc", text: reading(".zshrc") + rest),
            ]
        )
    }

    /// fish runs the command behind its own configuration.
    private func fish(_ folder: String) -> Start {
        let command = [
            "functions -e docker seaworthy", "abbr -e docker seaworthy 2>/dev/null",
            "set -gx PATH \(Self.fishQuoted(folder + "/bin")) $PATH",
            "function fish_prompt; echo -n '\(Self.prompt)'; end",
        ].joined(separator: "; ")
        return Start(arguments: ["-i", "-C", command], environment: [:], files: [])
    }

    private func sh(_ folder: String, _ environment: [String: String]) -> Start {
        let file = folder + "/shrc"
        var text = ""
        if let own = environment["ENV"], !own.isEmpty, own != file {
            text = "[ -f \(Self.quoted(own)) ] && . \(Self.quoted(own))\n"
        }
        text += """
            \(Self.inFront(folder))
            PS1='\(Self.prompt)'

            """
        let applet = path.hasSuffix("/busybox") ? ["sh"] : []
        return Start(
            arguments: applet + ["-i"],
            environment: ["ENV": file, "PS1": Self.prompt],
            files: [.init(path: file, text: text)]
        )
    }

    /// Takes aliases and functions of the commands' names away, and puts the lesson's commands in front of the rest. Quoted, for an
    /// alias may stand for its name anywhere in a line.
    private static func inFront(_ folder: String) -> String {
        """
        \\unalias 'docker' 'seaworthy' 2>/dev/null
        \\unset -f 'docker' 'seaworthy' 2>/dev/null
        PATH=\(quoted(folder + "/bin")):"$PATH"
        export PATH
        hash -r 2>/dev/null
        """
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// In single quotes fish reads a backslash in front of a quote and of a backslash.
    private static func fishQuoted(_ text: String) -> String {
        "'" + text.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "'"
    }
}
