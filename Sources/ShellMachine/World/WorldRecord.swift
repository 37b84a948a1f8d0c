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
    mutating func note(_ reason: String, _ scope: Unknown.Scope, at place: Int) {
        let note = ShellOutcome.Note(offset: place, unknown: Unknown(reason: reason, scope: scope))
        if notes.count < 1_000, seenNotes.insert(note).inserted { notes.append(note) }
    }
}

extension World {
    /// Puts on the record that something was not understood.
    public mutating func note(_ reason: String, _ scope: Unknown.Scope, at place: Int? = nil) {
        record.note(reason, scope, at: place ?? process.offset)
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
    public mutating func makeUncertain(_ path: ImagePath) {
        if uncertainPaths.contains(where: { path.isInside($0) }) { return }
        uncertainPaths.removeAll { $0.isInside(path) }
        uncertainPaths.append(path)
    }

    /// Whether what stands at a path is not known.
    public func isUncertain(_ path: ImagePath) -> Bool { uncertainPaths.contains { path.isInside($0) } }

    /// Puts on the record that a program cannot be followed, and makes unknown what it could have touched.
    public mutating func unknownProgram(_ reason: String, _ scope: Unknown.Scope) -> ShellOutcome.Exit {
        note(reason, scope)
        update(descriptor: 1) { $0.isUnknown = true }
        switch scope {
        case .output: break
        case .packages:
            for folder in ["/usr", "/bin", "/sbin", "/lib", "/etc", "/var", "/opt"] { makeUncertain(ImagePath(folder)) }
            makeUncertain(workingDirectory)
        case .files, .application, .filesystem, .baseImage: makeUncertain(.root)
        }
        return .unknown
    }
}
