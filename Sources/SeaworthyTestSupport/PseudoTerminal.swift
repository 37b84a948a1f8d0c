// SPDX-License-Identifier: Apache-2.0

// Source: POSIX.1-2017 posix_openpt, posix_spawn; POSIX_SPAWN_SETSID of glibc 2.26 and macOS.

import Foundation

/// A program that runs at a terminal of its own, as a person would use it.
///
/// `@unchecked Sendable`: what the reading thread and the test share is touched under the lock only.
public final class PseudoTerminal: @unchecked Sendable {
    private let master: Int32
    private let process: pid_t
    private let lock = NSLock()
    private var bytes: [UInt8] = []
    private var isClosed = false
    private var status: Int32?

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - program: nil means `seaworthy` beside the tests.
    ///   - environment: added to the test's own, with `TERM=xterm-256color`; nil takes a variable away.
    public init(
        _ program: String? = nil,
        _ arguments: [String],
        in folder: String? = nil,
        environment: [String: String?] = [:],
        columns: UInt16 = 80,
        rows: UInt16 = 24
    ) throws {
        guard let program = program ?? SeaworthyBinary.path else {
            throw SeaworthyBinary.NotRunnable(description: "the binary seaworthy is not built beside the tests")
        }
        let name: String
        (master, name) = try Self.openMaster()
        _ = fcntl(master, F_SETFD, FD_CLOEXEC)
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)

        var actions = SpawnActions(ownSession: true)
        defer { actions.destroy() }
        // The first terminal that a session's leader opens is the one that controls it.
        actions.open(0, name, O_RDWR)
        actions.duplicate(0, as: 1)
        actions.duplicate(0, as: 2)
        var variables = SeaworthyBinary.merged(["TERM": "xterm-256color"])
        for (key, value) in environment { variables[key] = value }
        // glibc hides the action that changes the folder; a shell does it, and is gone with `exec`.
        let command =
            folder.map { ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", $0, program] + arguments }
            ?? [program] + arguments
        do {
            process = try actions.spawn(command, variables)
        } catch {
            close(master)
            throw SeaworthyBinary.NotRunnable(description: "\(program): \(error)")
        }
        Thread.detachNewThread { [self] in readAll() }
    }

    deinit {
        if lock.withLock({ status }) == nil {
            kill(process, SIGKILL)
            var ignored: Int32 = 0
            waitpid(process, &ignored, 0)
        }
        close(master)
    }

    /// The process's number, to send signals to.
    public var processIdentifier: Int32 { process }

    /// Everything that was shown so far, escape sequences included.
    public var output: String { lock.withLock { String(decoding: bytes, as: UTF8.self) } }

    /// Types text; `\r` is the return key, `\u{3}` is control-C.
    public func type(_ text: String) {
        let bytes = Array(text.utf8)
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else { return }
            done += max(0, count)
        }
    }

    /// Waits until a text was shown.
    ///
    /// - Parameter occurrences: how many times it must have been shown since the start.
    /// - Returns: whether it was before the time was over.
    public func wait(for text: String, occurrences: Int = 1, timeout: Double = 10) -> Bool {
        let end = Date(timeIntervalSinceNow: timeout)
        while true {
            if output.components(separatedBy: text).count > occurrences { return true }
            guard Date() < end else { return false }
            usleep(10_000)
        }
    }

    /// Waits until the program ends.
    ///
    /// - Returns: its exit code, 128 and the signal's number for a signal; nil when the time was over and it was killed.
    public func finish(timeout: Double = 10) -> Int32? {
        let end = Date(timeIntervalSinceNow: timeout)
        var raw: Int32 = 0
        while true {
            let found = waitpid(process, &raw, WNOHANG)
            if found == process {
                let code = raw & 0x7F == 0 ? (raw >> 8) & 0xFF : 128 + (raw & 0x7F)
                lock.withLock { status = code }
                while !lock.withLock({ isClosed }), Date() < end { usleep(2_000) }
                return code
            }
            guard Date() < end else { break }
            usleep(5_000)
        }
        kill(process, SIGKILL)
        waitpid(process, &raw, 0)
        lock.withLock { status = 128 + SIGKILL }
        return nil
    }

    /// Opens a new terminal's near side and says where the far side is.
    private static func openMaster() throws -> (descriptor: Int32, name: String) {
        let missing = SeaworthyBinary.NotRunnable(description: "there is no pseudo-terminal to be had")
        #if canImport(Darwin)
            let master = posix_openpt(O_RDWR | O_NOCTTY)
            guard master >= 0, grantpt(master) == 0, unlockpt(master) == 0, let name = ptsname(master) else {
                throw missing
            }
            return (master, String(cString: name))
        #else
            // glibc hides posix_openpt and its kin from Swift; these two requests are what they do.
            let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
            var number: Int32 = 0
            var locked: Int32 = 0
            guard master >= 0, ioctl(master, 0x4004_5431, &locked) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
                throw missing
            }
            return (master, "/dev/pts/\(number)")
        #endif
    }

    private func readAll() {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(master, $0.baseAddress, $0.count) }
            if count > 0 {
                lock.withLock { bytes.append(contentsOf: buffer[..<count]) }
            } else if count == 0 || errno != EINTR {
                // Linux says EIO when the last program at the terminal has gone.
                lock.withLock { isClosed = true }
                return
            }
        }
    }
}
