// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import OCISpec

/// What a descriptor stands for. Duplicates of a descriptor have the same handle, as the kernel's have the same open file.
struct OpenFile: Sendable {
    enum Kind: Sendable {
        /// Text that is collected: standard output, a pipe, a substitution.
        case capture
        /// A file of the tree, always written at its end.
        case file(ImagePath)
        /// `/dev/null` and what else swallows everything.
        case null
        /// Text that is read.
        case input
    }

    /// The place of an open file in the record.
    struct Handle: Sendable, Hashable {
        let index: Int

        /// Standard input, output and error as the process was given them.
        static let standardInput = Handle(index: 0)
        static let standardOutput = Handle(index: 1)
        static let standardError = Handle(index: 2)
    }

    let kind: Kind
    var bytes: [UInt8] = []
    var isUnknown = false
    /// How much of an input has been read.
    var position = 0
    /// What is still to be written to the file.
    var pending: [UInt8] = []
    var pendingIsUnknown = false
    /// Standard output and error of the whole run also go to its log.
    var isLogged = false
    /// Whether this is a folder, from which nothing can be read.
    var isFolder = false
    /// Whether a command in the background has written here and was not waited for: what follows may stand before it.
    var isRaced = false

    init(_ kind: Kind) { self.kind = kind }

    static func input(_ text: Text) -> OpenFile {
        var file = OpenFile(.input)
        file.bytes = text.bytes
        file.isUnknown = text.isUnknown
        return file
    }
}

extension World {
    /// Opens standard input (empty), output and error.
    mutating func openStandardStreams() {
        record.files = [.input(Text([])), OpenFile(.capture), OpenFile(.capture)]
        record.files[1].isLogged = true
        record.files[2].isLogged = true
        process.descriptors = [0: .standardInput, 1: .standardOutput, 2: .standardError]
    }

    /// Keeps an open file and answers its handle.
    mutating func open(_ file: OpenFile) -> OpenFile.Handle {
        record.files.append(file)
        return OpenFile.Handle(index: record.files.count - 1)
    }

    /// The open file of a handle.
    func file(_ handle: OpenFile.Handle) -> OpenFile { record.files[handle.index] }

    /// The open file of a descriptor; nil when it is closed.
    func file(descriptor: Int) -> OpenFile? { process.descriptors[descriptor].map { record.files[$0.index] } }

    mutating func update(_ handle: OpenFile.Handle, _ change: (inout OpenFile) -> Void) {
        guard record.files.indices.contains(handle.index) else { return }
        change(&record.files[handle.index])
    }

    mutating func update(descriptor: Int, _ change: (inout OpenFile) -> Void) {
        if let handle = process.descriptors[descriptor] { update(handle, change) }
    }

    /// Gives back the memory of a file that nothing refers to any more.
    mutating func forget(_ handle: OpenFile.Handle) {
        if handle.index == record.files.count - 1, handle.index > 2 {
            record.files.removeLast()
        } else {
            update(handle) { $0 = OpenFile(.null) }
        }
    }

    // MARK: Output

    /// Writes to a descriptor; to one that is closed nothing goes.
    public mutating func write(_ bytes: [UInt8], to descriptor: Int, isUnknown: Bool = false) {
        guard let handle = process.descriptors[descriptor] else {
            if descriptor == 1, !bytes.isEmpty { wroteToNothing = true }
            return
        }
        record.outputBytes &+= bytes.count
        let bound = min(limits.entryBytes, 64 << 20)
        guard record.outputBytes <= bound else {
            stop("the command writes more than \(bound) bytes and was not followed to its end")
            return
        }
        record.steps &+= bytes.count / 4_096
        update(handle) { file in
            switch file.kind {
            case .capture:
                file.bytes.append(contentsOf: bytes)
                if isUnknown || (file.isRaced && !bytes.isEmpty) { file.isUnknown = true }
            case .file:
                file.pending.append(contentsOf: bytes)
                if isUnknown { file.pendingIsUnknown = true }
            case .null, .input: return
            }
        }
        let file = record.files[handle.index]
        if case .capture = file.kind, file.isLogged { record.log.append(contentsOf: bytes) }
    }

    /// Says that more may have been written to a descriptor than is known, or other things.
    public mutating func doubtOutput(to descriptor: Int = 1) {
        if let handle = process.descriptors[descriptor] { doubtOutput(of: handle) }
    }

    /// Says the same of an open file.
    mutating func doubtOutput(of handle: OpenFile.Handle) {
        update(handle) { file in
            file.isUnknown = true
            if case .file = file.kind { file.pendingIsUnknown = true }
        }
    }

    /// Where the output of a program began.
    struct OutputMark {
        fileprivate let log: Int
        fileprivate let files: [OpenFile.Handle: (bytes: Int, pending: Int)]
    }

    /// Where output stands now.
    var outputMark: OutputMark {
        var files: [OpenFile.Handle: (bytes: Int, pending: Int)] = [:]
        for handle in [1, 2].compactMap({ process.descriptors[$0] }) {
            let file = record.files[handle.index]
            files[handle] = (file.bytes.count, file.pending.count)
        }
        return OutputMark(log: record.log.count, files: files)
    }

    /// Whether anything was written since.
    func hasWritten(since mark: OutputMark) -> Bool {
        record.log.count > mark.log
            || mark.files.contains { handle, size in
                let file = record.files[handle.index]
                return file.bytes.count > size.bytes || file.pending.count > size.pending
            }
    }

    /// Takes back what was written since: for a program of which is not known how it ended, so that nothing is printed that was not
    /// decided.
    mutating func withdrawOutput(since mark: OutputMark) {
        if record.log.count > mark.log { record.log.removeSubrange(mark.log...) }
        for (handle, size) in mark.files {
            update(handle) { file in
                if case .input = file.kind { return }
                if file.bytes.count > size.bytes { file.bytes.removeSubrange(size.bytes...) }
                if file.pending.count > size.pending { file.pending.removeSubrange(size.pending...) }
            }
        }
    }

    /// Everything that is left of standard input.
    public mutating func readInput() -> Text {
        guard let handle = process.descriptors[0] else {
            readFromNothing = "Bad file descriptor"
            return Text([])
        }
        let file = file(handle)
        if file.isFolder {
            readFromNothing = "Is a directory"
            return Text([])
        }
        guard case .input = file.kind else { return Text([], isUnknown: false) }
        let rest = file.position < file.bytes.count ? Array(file.bytes[file.position...]) : []
        update(handle) { $0.position = $0.bytes.count }
        return Text(rest, isUnknown: file.isUnknown)
    }

    /// Writes everything out that open files hold back.
    public mutating func flushAll() {
        let held = process.descriptors.values.filter {
            let file = record.files[$0.index]
            return !file.pending.isEmpty || file.pendingIsUnknown
        }
        guard !held.isEmpty else { return }
        for handle in Set(held).sorted(by: { $0.index < $1.index }) {
            let file = record.files[handle.index]
            guard case .file(let path) = file.kind else { continue }
            update(handle) {
                $0.pending = []
                $0.pendingIsUnknown = false
            }
            append(file.pending, isUnknown: file.pendingIsUnknown, to: path)
        }
    }
}
