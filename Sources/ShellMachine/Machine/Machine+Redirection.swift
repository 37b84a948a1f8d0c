// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017, Shell Command Language, 2.7 "Redirection".

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

extension Machine {
    /// Carries out something with redirections in force; false when one of them failed, then the status says so.
    func withRedirections(_ redirections: [ShellRedirection], _ body: () -> Void) -> Bool {
        guard !redirections.isEmpty else {
            body()
            return true
        }
        let saved = world.process.descriptors
        let isDone = apply(redirections)
        if isDone { body() }
        world.flushAll()
        world.process.descriptors = saved
        return isDone
    }

    /// Changes the descriptors; false when a file could not be opened, then a message is written and the status set.
    func apply(_ redirections: [ShellRedirection]) -> Bool {
        last.redirectionEndsShell = false
        for redirection in redirections {
            var redirection = redirection
            if let variable = redirection.variable {
                redirection.descriptor = descriptor(in: variable, redirection.kind)
            }
            guard apply(redirection) else { return false }
        }
        return true
    }

    /// The descriptor of `{name}>`: a free one from 10 on, which the variable gets, or where it is closed the one that it holds.
    private func descriptor(in variable: String, _ kind: ShellRedirection.Kind) -> Int {
        if case .duplicate(let word, _) = kind, case .literal([UInt8(ascii: "-")], _)? = word.parts.first {
            return value(of: variable).flatMap { Int($0.string) } ?? 10
        }
        let free = (10..<256).first { world.process.descriptors[$0] == nil } ?? 256
        set(variable, Text(String(free)))
        return free
    }

    private func apply(_ redirection: ShellRedirection) -> Bool {
        switch redirection.kind {
        case .read(let word):
            guard let target = expandTarget(word) else { return redirectionFailed() }
            if target.isUnknown {
                world.process.descriptors[redirection.descriptor ?? 0] = world.open(.input(Text([], isUnknown: true)))
                return true
            }
            guard let file = openForReading(target) else { return false }
            world.process.descriptors[redirection.descriptor ?? 0] = file
        case .write(let word, let clobbers):
            return openForWriting(word, [redirection.descriptor ?? 1], truncates: true, clobbers: clobbers)
        case .append(let word):
            return openForWriting(word, [redirection.descriptor ?? 1], truncates: false, clobbers: true)
        case .readWrite(let word):
            return openForBoth(word, redirection.descriptor ?? 0)
        case .both(let word, let appends):
            return openForWriting(word, [1, 2], truncates: !appends, clobbers: true)
        case .duplicate(let word, let isInput):
            guard let target = expandToText(word) else { return redirectionFailed() }
            let descriptor = redirection.descriptor ?? (isInput ? 0 : 1)
            if target.bytes == [UInt8(ascii: "-")] {
                world.process.descriptors[descriptor] = nil
                return true
            }
            guard let number = Int(target.string), number >= 0, dialect != .dash || target.bytes.count == 1 else {
                if dialect == .bash, !isInput, redirection.descriptor == nil {
                    return openForWriting(word, [1, 2], truncates: true, clobbers: true)
                }
                shellError(dialect == .dash ? "Syntax error: Bad fd number" : "\(target.string): ambiguous redirect")
                status = .code(dialect == .bash ? 1 : 2)
                last.redirectionEndsShell = dialect != .bash
                return false
            }
            guard let file = world.process.descriptors[number] else {
                shellError(dialect == .dash ? "\(number): Bad file descriptor" : "\(number): Bad file descriptor")
                status = .code(dialect == .bash ? 1 : 2)
                return false
            }
            world.process.descriptors[descriptor] = file
        case .hereDocument(let parts):
            guard let text = expandToText(ShellWord(parts: parts, offset: redirection.offset)) else {
                return redirectionFailed()
            }
            world.process.descriptors[redirection.descriptor ?? 0] = world.open(.input(text))
        case .hereString(let word):
            guard var text = expandToText(word) else { return redirectionFailed() }
            text.bytes.append(0x0A)
            world.process.descriptors[redirection.descriptor ?? 0] = world.open(.input(text))
        }
        return true
    }

    private func redirectionFailed() -> Bool {
        if status == .code(0) { status = .code(dialect == .bash ? 1 : 2) }
        return false
    }

    /// The name of a file to open. bash alone splits it and looks for file names; more or less than one is an error.
    private func expandTarget(_ word: ShellWord) -> Text? {
        guard dialect == .bash else { return expandToText(word) }
        guard let fields = expand([word]) else { return nil }
        guard fields.count == 1 else {
            shellError("ambiguous redirect")
            status = .code(1)
            return nil
        }
        return fields[0]
    }

    /// `<>`: what is read is known; where a write would go in a file that has bytes is not followed.
    private func openForBoth(_ word: ShellWord, _ descriptor: Int) -> Bool {
        let kept = world.process.descriptors[descriptor]
        guard openForWriting(word, [descriptor], truncates: false, clobbers: true) else { return false }
        guard case .file(let place)? = world.file(descriptor: descriptor)?.kind, let node = world.tree.node(at: place)
        else {
            return true
        }
        guard case .file(.bytes(let bytes)) = node.kind, bytes.isEmpty, descriptor != 0 else {
            if descriptor == 0 {
                guard case .file(.bytes(let bytes)) = node.kind else {
                    world.process.descriptors[0] = world.open(.input(Text([], isUnknown: true)))
                    return true
                }
                world.process.descriptors[0] = world.open(.input(Text(bytes)))
                return true
            }
            world.process.descriptors[descriptor] = kept
            world.note("reading and writing one file through <> is not followed", .files, in: [place])
            world.append([], isUnknown: true, to: place)
            world.process.descriptors[descriptor] = world.open(OpenFile(.null))
            return true
        }
        return true
    }

    private func openForReading(_ target: Text) -> OpenFile.Handle? {
        world.flushAll()
        let path = target.string
        switch path {
        case "/dev/null", "/dev/tty": return world.open(OpenFile(.null))
        case "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0":
            return world.process.descriptors[0] ?? world.open(OpenFile(.null))
        case "/dev/zero", "/dev/random", "/dev/urandom": return world.open(.input(Text([], isUnknown: true)))
        default: break
        }
        do throws(FileError) {
            return world.open(.input(try world.readFile(path)))
        } catch {
            if error == .isFolder {
                // A folder can be opened; it is reading from it that fails.
                var folder = OpenFile(.null)
                folder.isFolder = true
                return world.open(folder)
            }
            if world.isUncertainMiss(path, error) {
                return world.open(.input(Text([], isUnknown: true)))
            }
            shellError(
                dialect == .dash
                    ? "cannot open \(path): \(error == .missing ? "No such file" : error.message)"
                    : dialect == .ash
                        ? "can't open \(path): \(error == .missing ? "no such file" : error.message)"
                        : "\(path): \(error.message)"
            )
            status = .code(dialect == .bash ? 1 : dialect == .ash ? 1 : 2)
            failure = error == .denied ? .notPermitted(path) : nil
            return nil
        }
    }

    private func openForWriting(_ word: ShellWord, _ numbers: [Int], truncates: Bool, clobbers: Bool) -> Bool {
        guard let target = expandTarget(word) else { return redirectionFailed() }
        world.flushAll()
        func use(_ file: OpenFile.Handle) { for number in numbers { world.process.descriptors[number] = file } }
        if target.isUnknown {
            world.doubt("text is written to a file whose name is not known", .files, in: [.root])
            use(world.open(OpenFile(.null)))
            return true
        }
        let path = target.string
        switch path {
        case "/dev/null", "/dev/tty", "/dev/zero", "/dev/full", "/dev/console":
            use(world.open(OpenFile(.null)))
            return true
        case "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "/proc/1/fd/1":
            use(world.process.descriptors[1] ?? world.open(OpenFile(.null)))
            return true
        case "/dev/stderr", "/dev/fd/2", "/proc/self/fd/2", "/proc/1/fd/2":
            use(world.process.descriptors[2] ?? world.open(OpenFile(.null)))
            return true
        default: break
        }
        do throws(FileError) {
            if shell.options.noClobber, !clobbers, truncates, let node = try world.node(path), !node.isDirectory {
                throw FileError.exists
            }
            let place = try world.openFile(path, truncates: truncates)
            use(world.open(OpenFile(.file(place))))
            return true
        } catch {
            if world.isUncertainMiss(path, error) {
                world.doubt(
                    "text is written to \(path), whose folder may or may not be there",
                    .files,
                    in: [world.path(path)]
                )
                use(world.open(OpenFile(.null)))
                return true
            }
            let message: String
            switch dialect {
            case .dash:
                message = "cannot create \(path): \(error == .missing ? "Directory nonexistent" : error.message)"
            case .ash: message = "can't create \(path): \(error == .missing ? "nonexistent directory" : error.message)"
            case .bash: message = "\(path): \(error.message)"
            }
            shellError(message)
            status = .code(dialect == .dash ? 2 : 1)
            failure = error == .denied ? .notPermitted(path) : nil
            return false
        }
    }
}
