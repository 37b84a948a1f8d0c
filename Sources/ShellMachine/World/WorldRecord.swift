// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import ImageFilesystem
public import OCISpec

/// What a run leaves on the record: it only grows, so no way back takes any of it away.
struct WorldRecord: Sendable {
    /// Every open file there was, by handle.
    var files: [OpenFile] = []
    /// Standard output and error in the order of writing.
    var log: [UInt8] = []
    /// What was not understood, each once.
    private(set) var notes: [ShellOutcome.Note] = []
    private var seenNotes: Set<ShellOutcome.Note> = []
    /// Steps of work.
    var steps = 0
    var outputBytes = 0
    /// Set when a limit was reached; then nothing more is carried out.
    var isStopped = false

    /// Puts something on the record; the same thing at the same place only once.
    mutating func note(
        _ reason: String,
        _ scope: Unknown.Scope,
        _ paths: [String]? = nil,
        spared: [String] = [],
        at place: Int
    ) {
        let unknown = Unknown(reason: reason, scope: scope, paths: paths, spared: spared)
        let note = ShellOutcome.Note(offset: place, unknown: unknown)
        if notes.count < 1_000, seenNotes.insert(note).inserted { notes.append(note) }
    }
}

extension World {
    /// Puts on the record that something was not understood. What is looked up in these places afterwards is as certain as before.
    ///
    /// - Parameter paths: where in the image; nil for all that the scope could reach.
    public mutating func note(
        _ reason: String,
        _ scope: Unknown.Scope,
        in paths: [ImagePath]? = nil,
        at place: Int? = nil
    ) {
        record.note(reason, scope, paths?.map(\.description), at: place ?? process.offset)
    }

    /// Counts work; false when the limit is reached, and then the program ends at once.
    @discardableResult
    public mutating func charge(_ count: Int = 1) -> Bool {
        guard !record.isStopped else { return false }
        record.steps &+= max(0, count)
        if record.steps > limits.shellSteps {
            stop("the command takes more than \(limits.shellSteps) steps and was not followed to its end")
            return false
        }
        return true
    }

    /// Whether a limit was reached.
    public var isStopped: Bool { record.isStopped }

    /// Gives the run up: from here on nothing is known.
    mutating func stop(_ reason: String) {
        guard !record.isStopped else { return }
        record.isStopped = true
        note(reason, .filesystem)
        makeUncertain(.root)
        update(.standardOutput) { $0.isUnknown = true }
    }

    /// Says that files may be other than the tree has them.
    public mutating func makeUncertain(_ path: ImagePath) { uncertain.insert(path) }

    /// Whether what stands at a path is not known.
    ///
    /// Of what a kernel shows below `/proc` and `/sys` no image says anything.
    public func isUncertain(_ path: ImagePath) -> Bool {
        uncertain.contains(path) || path.isInside("/proc") || path.isInside("/sys")
    }

    /// Puts on the record that something was not understood, and makes unknown what it could have touched: these places only.
    ///
    /// - Parameter spared: what of these places stays as it is.
    public mutating func doubt(
        _ reason: String,
        _ scope: Unknown.Scope,
        in paths: [ImagePath],
        sparing spared: [ImagePath] = []
    ) {
        record.note(reason, scope, paths.map(\.description), spared: spared.map(\.description), at: process.offset)
        for path in paths { uncertain.insert(path, by: scope, except: spared) }
    }

    /// Puts on the record that packages of the distribution change in a way that is not known, by which no program and no account
    /// comes or goes that others rest on: what is looked up afterwards is as certain as before.
    public mutating func noteSystemPackages(_ reason: String) {
        record.note(
            reason,
            .packages,
            Unknown.Scope.systemFolders,
            spared: foldersOfWork.map(\.description),
            at: process.offset
        )
    }

    /// Puts on the record that packages of the distribution come beside those that are known, by which no account comes.
    public mutating func doubtSystemPackages(_ reason: String) {
        let accounts = Unknown.Scope.accounts.paths.map { ImagePath($0) }
        doubt(
            reason,
            .packages,
            in: Unknown.Scope.systemFolders.map { ImagePath($0) },
            sparing: foldersOfWork + accounts
        )
    }

    /// Says that there may be more files of a package than its model has: beside its programs and settings, which it has.
    public mutating func makeRestUncertain(ofPackage name: String) {
        let folders = ["/usr/share", "/usr/lib", "/usr/libexec", "/usr/include", "/etc/" + name, "/var/lib/" + name]
        for folder in folders { makeUncertain(ImagePath(folder)) }
    }

    /// Folders that the build itself made among the distribution's, where a package would not put its files: each in a folder of which
    /// every owner has one of his own.
    private var foldersOfWork: [ImagePath] {
        let shared: Set<String> = [
            "backups", "cache", "lib", "local", "lock", "log", "mail", "opt", "run", "spool", "tmp", "www",
        ]
        var result: [ImagePath] = []
        for folder: ImagePath in ["/opt", "/usr/src", "/var"] {
            for name in tree.entries(of: folder) ?? [] {
                if folder == "/var", shared.contains(String(decoding: name, as: UTF8.self)) { continue }
                let path = folder.appending(name)
                guard let node = tree.node(at: path), node.isDirectory else { continue }
                if node.origin != nil || node.layerIndex == nil { result.append(path) }
            }
        }
        return result
    }

    /// Puts on the record that a program cannot be followed, and makes unknown what it could have touched.
    ///
    /// Who is not root can change only what is his: no accounts, no packages of the distribution.
    /// - Parameter words: the program's words, which may name the files that it writes.
    public mutating func unknownProgram(
        _ reason: String,
        _ scope: Unknown.Scope,
        words: [Text] = []
    ) -> ShellOutcome.Exit {
        doubtOutput()
        guard scope != .output else {
            note(reason, scope)
            return .unknown
        }
        guard user.uid == 0 else {
            doubt(reason, scope == .files ? .files : .application, in: placesOfUser())
            return .unknown
        }
        switch scope {
        case .files where !words.isEmpty && !words.contains(where: \.isUnknown):
            doubt(reason, scope, in: [workingDirectory] + places(namedBy: words.dropFirst()))
        case .application: doubt(reason, scope, in: [.root, workingDirectory])
        case .languagePackages:
            let named = places(namedBy: words.dropFirst(), onlyPaths: true)
            doubt(reason, scope, in: [.root, "/usr", workingDirectory] + named)
        case .systemPackages: doubt(reason, scope, in: scope.paths.map { ImagePath($0) }, sparing: foldersOfWork)
        default: doubt(reason, scope, in: scope.paths.map { ImagePath($0) })
        }
        return .unknown
    }

    /// The paths that a program's words name, as far as words look like paths: operands, and values behind `=`.
    ///
    /// Where files go into a folder, they have the names of the others there.
    /// - Parameter onlyPaths: whether an operand counts only when it has a slash or begins with a dot.
    public func places(namedBy words: some Collection<Text>, onlyPaths: Bool = false) -> [ImagePath] {
        let texts = words.lazy.filter { !$0.isUnknown }.map(\.string).filter { text in
            !text.isEmpty && (!onlyPaths || text.utf8.contains(0x2F) || text.utf8.first == 0x2E)
        }
        var result: [ImagePath] = []
        var operands: [ImagePath] = []
        for text in texts {
            guard text.utf8.first == UInt8(ascii: "-") else {
                operands.append(path(text))
                continue
            }
            guard let equals = text.firstIndex(of: "=") else { continue }
            let value = String(text[text.index(after: equals)...])
            if value.utf8.contains(0x2F) { result.append(path(value)) }
        }
        result += operands
        for folder in result where tree.resolvedNode(at: folder)?.isDirectory == true {
            for operand in operands where operand != folder {
                if let name = operand.name { result.append(folder.appending(name)) }
            }
        }
        // A folder that is there already stays what it is, what may be new in it is named; but not where a pattern found nothing.
        let hasPattern = texts.contains { $0.utf8.contains { [0x2A, 0x3F, 0x5B].contains($0) } }
        return hasPattern ? result : result.filter { tree.resolvedNode(at: $0)?.isDirectory != true }
    }

    /// The topmost folders and files that the user can write to.
    private func placesOfUser() -> [ImagePath] {
        var result: [ImagePath] = []
        tree.walk { path, node in
            guard result.count < 1_000 else { return false }
            if case .symlink = node.kind { return false }
            guard isAllowed(2, node) else { return true }
            result.append(path)
            return false
        }
        return result
    }
}
