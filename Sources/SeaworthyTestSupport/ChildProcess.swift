// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017 posix_spawn, pipe, poll, waitpid.

import Foundation

#if canImport(Darwin)
    public import Darwin
#else
    public import Glibc
#endif

/// A program that a test has started.
///
/// Its pipes belong to it alone: no other child inherits them, so a test never waits for an end of file that somebody else's program
/// holds open, and suites may run side by side. (Foundation's `Process` hands every pipe to every child.)
public final class ChildProcess: @unchecked Sendable {
    // `@unchecked Sendable`: the status is touched under the lock only.
    /// The process's number, to send signals to.
    public let identifier: pid_t
    private let lock = NSLock()
    private var status: Int32?
    private var output: [(descriptor: Int32, bytes: [UInt8])]

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - environment: the whole of it; nil for the test's own.
    ///   - input: what stands at its standard input; ignored when `isSilent`.
    ///   - isSilent: nothing goes in or comes out.
    public init(
        _ program: String,
        _ arguments: [String],
        in folder: String? = nil,
        environment: [String: String]? = nil,
        input: [UInt8] = [],
        isSilent: Bool = false
    ) throws {
        var actions = SpawnActions()
        defer { actions.destroy() }
        var ours: [Int32] = []
        var theirs: [Int32] = []
        defer { theirs.forEach { close($0) } }
        if isSilent {
            actions.open(0, "/dev/null", O_RDWR)
            actions.duplicate(0, as: 1)
            actions.duplicate(0, as: 2)
        } else {
            for number in Int32(0)...2 {
                let (near, far) = try Self.pipe(writes: number == 0)
                ours.append(near)
                theirs.append(far)
                actions.duplicate(far, as: number)
            }
        }
        // glibc hides the action that changes the folder; a shell does it, and is gone with `exec`.
        let command =
            folder.map { ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", $0, program] + arguments }
            ?? [program] + arguments
        let variables = environment ?? ProcessInfo.processInfo.environment
        do {
            identifier = try actions.spawn(command, variables)
        } catch {
            ours.forEach { close($0) }
            throw SeaworthyBinary.NotRunnable(description: "\(program): \(error)")
        }
        output = ours.dropFirst().map { ($0, []) }
        if let inlet = ours.first { Self.write(input, to: inlet) }
    }

    deinit {
        if lock.withLock({ status }) == nil {
            terminate()
            _ = wait(timeout: 5)
        }
        for (descriptor, _) in output where descriptor >= 0 { close(descriptor) }
    }

    /// Ends it at once.
    public func terminate() { kill(identifier, SIGKILL) }

    /// How it ended: its exit code, 128 and the signal's number for a signal; nil while it runs.
    public func poll() -> Int32? {
        lock.withLock {
            if let status { return status }
            var raw: Int32 = 0
            guard waitpid(identifier, &raw, WNOHANG) == identifier else { return nil }
            status = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 128 + (raw & 0x7F)
            return status
        }
    }

    /// Waits for its end, draining what it writes; nil when the time is over.
    public func wait(timeout: Double) -> Int32? {
        let end = Date(timeIntervalSinceNow: timeout)
        var pause: Int32 = 1
        while true {
            let isDrained = drain(milliseconds: pause)
            if let status = poll() {
                // What is still in the pipes; a grandchild that holds them open is not waited for beyond two seconds.
                let last = Date(timeIntervalSinceNow: 2)
                while !drain(milliseconds: 20), Date() < last {}
                return status
            }
            if Date() >= end { return nil }
            if isDrained { usleep(UInt32(pause) * 1_000) }
            pause = min(pause * 2, 16)
        }
    }

    /// What it wrote so far to standard output (0) or standard error (1).
    public func written(_ index: Int) -> [UInt8] { output.indices.contains(index) ? output[index].bytes : [] }

    /// Reads what is there, waiting a little for more; true when nothing more will come.
    private func drain(milliseconds: Int32) -> Bool {
        var polls = output.filter { $0.descriptor >= 0 }.map {
            pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0)
        }
        guard !polls.isEmpty else { return true }
        guard SystemCalls.poll(&polls, milliseconds) > 0 else { return false }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        for entry in polls where entry.revents != 0 {
            guard let index = output.firstIndex(where: { $0.descriptor == entry.fd }) else { continue }
            let count = buffer.withUnsafeMutableBytes { read(entry.fd, $0.baseAddress, $0.count) }
            if count > 0 {
                output[index].bytes.append(contentsOf: buffer[..<count])
            } else if count == 0 || errno != EINTR {
                close(entry.fd)
                output[index].descriptor = -1
            }
        }
        return output.allSatisfy { $0.descriptor < 0 }
    }

    /// A pipe that no other child gets: our end, and the end for the child.
    private static func pipe(writes: Bool) throws -> (near: Int32, far: Int32) {
        var ends: [Int32] = [-1, -1]
        // glibc hides pipe2, so no child may start between the two calls.
        let code = SpawnActions.lock.withLock {
            let code = SystemCalls.pipe(&ends)
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            return code
        }
        guard code == 0 else {
            throw SeaworthyBinary.NotRunnable(description: "no pipe: \(String(cString: strerror(errno)))")
        }
        return writes ? (ends[1], ends[0]) : (ends[0], ends[1])
    }

    /// Writes the input from a thread of its own and closes the pipe.
    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        guard !bytes.isEmpty else {
            close(descriptor)
            return
        }
        Thread.detachNewThread {
            // A program that does not read its input must not end the tests; ignoring the signal for the whole process would
            // be handed on to every child.
            var signals = sigset_t()
            sigemptyset(&signals)
            sigaddset(&signals, SIGPIPE)
            pthread_sigmask(SIG_BLOCK, &signals, nil)
            try? FileHandle(fileDescriptor: descriptor, closeOnDealloc: false).write(contentsOf: Data(bytes))
            close(descriptor)
        }
    }
}

/// The system's calls of the names that the class has too.
private enum SystemCalls {
    static func poll(_ polls: inout [pollfd], _ milliseconds: Int32) -> Int32 {
        #if canImport(Darwin)
            Darwin.poll(&polls, nfds_t(polls.count), milliseconds)
        #else
            Glibc.poll(&polls, nfds_t(polls.count), milliseconds)
        #endif
    }

    static func pipe(_ ends: inout [Int32]) -> Int32 {
        #if canImport(Darwin)
            Darwin.pipe(&ends)
        #else
            Glibc.pipe(&ends)
        #endif
    }
}
