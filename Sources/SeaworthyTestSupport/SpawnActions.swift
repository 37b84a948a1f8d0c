// SPDX-License-Identifier: Apache-2.0
//
// Source: POSIX.1-2017 posix_spawn; POSIX_SPAWN_SETSID of glibc 2.26 and macOS.

import Foundation

/// How a child starts: its descriptors, its signals, its session.
struct SpawnActions {
    #if canImport(Darwin)
        private var actions: posix_spawn_file_actions_t?
        private var attributes: posix_spawnattr_t?
        private static let sessionFlag = Int16(POSIX_SPAWN_SETSID)
    #else
        private var actions = posix_spawn_file_actions_t()
        private var attributes = posix_spawnattr_t()
        private static let sessionFlag: Int16 = 0x80
    #endif

    /// Held while a pipe is made that no child may inherit.
    static let lock = NSLock()

    /// A child with signals as a person's shell would start it: whoever runs the tests may ignore or block some.
    init(ownSession: Bool = false) {
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        var flags = Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK)
        if ownSession { flags |= Self.sessionFlag }
        posix_spawnattr_setflags(&attributes, flags)
        var defaults = sigset_t()
        sigemptyset(&defaults)
        for signal in [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE, SIGTSTP, SIGCHLD, SIGWINCH] {
            sigaddset(&defaults, signal)
        }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        var unblocked = sigset_t()
        sigemptyset(&unblocked)
        posix_spawnattr_setsigmask(&attributes, &unblocked)
    }

    mutating func open(_ descriptor: Int32, _ path: String, _ flags: Int32) {
        posix_spawn_file_actions_addopen(&actions, descriptor, path, flags, 0)
    }

    mutating func duplicate(_ descriptor: Int32, as number: Int32) {
        posix_spawn_file_actions_adddup2(&actions, descriptor, number)
    }

    /// Starts the command; its first word is the program's path.
    mutating func spawn(_ command: [String], _ environment: [String: String]) throws -> pid_t {
        var argv: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0.key + "=" + $0.value) } + [nil]
        defer {
            argv.forEach { free($0) }
            envp.forEach { free($0) }
        }
        var identifier: pid_t = 0
        let code = Self.lock.withLock {
            posix_spawn(&identifier, command[0], &actions, &attributes, &argv, &envp)
        }
        guard code == 0 else { throw SeaworthyBinary.NotRunnable(description: String(cString: strerror(code))) }
        return identifier
    }

    mutating func destroy() {
        posix_spawn_file_actions_destroy(&actions)
        posix_spawnattr_destroy(&attributes)
    }
}
