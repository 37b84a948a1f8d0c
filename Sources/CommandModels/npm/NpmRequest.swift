// SPDX-License-Identifier: Apache-2.0
//
// Source: npm 10, config: which options take a word, and which place of a setting wins.

import OCISpec
import ShellMachine

/// What npm is asked to do: by its words, the environment and the files of settings.
struct NpmRequest {
    /// The command; empty when there is none.
    private(set) var command = ""
    private(set) var operands: [String] = []
    /// The kinds of dependencies that are left out: `dev`, `optional`, `peer`.
    private(set) var omits: Set<String> = []
    private(set) var isGlobal = false
    private(set) var ignoresScripts = false
    private(set) var isDryRun = false
    private(set) var onlyLock = false
    /// Whether `npm install` neither reads nor writes a lock file.
    private(set) var ignoresLock = false
    /// Whether packages are looked for in a cache of the caller's own, or nowhere else.
    private(set) var hasOwnCache = false
    /// Where the package is.
    private(set) var folder: ImagePath = .root
    private var given = NpmSettings()
    private var prefix: String?

    /// Options that stand for a setting without a word of their own.
    private static let flags: [String: (name: String, value: String)] = [
        "--no-production": ("production", "false"), "--dev": ("dev", "true"), "--no-optional": ("optional", "false"),
        "--no-package-lock": ("package-lock", "false"), "--no-shrinkwrap": ("package-lock", "false"),
    ]
    /// Options that take a word which changes nothing here.
    private static let ignored: Set<String> = [
        "--registry", "--loglevel", "--userconfig", "--fetch-retries", "--fetch-timeout",
        "--network-timeout", "--maxsockets", "--fetch-retry-mintimeout", "--fetch-retry-maxtimeout", "--workspace",
        "-w", "--install-strategy", "--tag", "--before", "--cpu", "--os", "--libc",
    ]

    init(_ call: Invocation) {
        var words = Words(all: call.arguments)
        while let word = words.next() { read(word, &words) }
        folder = prefix.map { call.world.path($0) } ?? call.world.workingDirectory
        settle(call)
    }

    private mutating func read(_ word: String, _ words: inout Words) {
        let name = word.split(separator: "=", maxSplits: 1).first.map(String.init) ?? word
        switch name {
        case "--": operands += words.rest()
        case "--production", "--prod":
            given.add("production", word.contains("=") ? words.value(of: word) ?? "true" : "true")
        case "--omit", "--include", "--only", "--also":
            if let text = words.value(of: word) { given.add(String(name.dropFirst(2)), text) }
        case "-g", "--global": isGlobal = true
        case "--location": isGlobal = words.value(of: word) == "global"
        case "--ignore-scripts": ignoresScripts = true
        case "--dry-run": isDryRun = true
        case "--package-lock-only": onlyLock = true
        case "--package-lock", "--shrinkwrap":
            given.add("package-lock", word.contains("=") ? words.value(of: word) ?? "true" : "true")
        case "--offline", "--prefer-offline": hasOwnCache = true
        case "--cache":
            hasOwnCache = true
            _ = words.value(of: word)
        case "--prefix", "-C": prefix = words.value(of: word)
        default:
            if let flag = Self.flags[name] {
                given.add(flag.name, flag.value)
            } else if Self.ignored.contains(name) {
                _ = words.value(of: word)
            } else if word.hasPrefix("-") {
                return
            } else if command.isEmpty {
                command = word
            } else {
                operands.append(word)
            }
        }
    }

    /// Lays the places of settings over each other.
    private mutating func settle(_ call: Invocation) {
        let home = call.environment["HOME"]?.string ?? "/root"
        var layers = [given, NpmSettings(environment: call.environment)]
        for place in [folder.appending(".npmrc"), ImagePath(home + "/.npmrc"), "/usr/local/etc/npmrc"] {
            layers.append(NpmSettings(file: call.world.text(at: place) ?? ""))
        }
        if call.environment["NODE_ENV"]?.string == "production" { layers.append(NpmSettings(file: "omit=dev")) }
        func all(_ name: String) -> [String] { layers.lazy.compactMap { $0.values[name] }.first ?? [] }
        let includes = all("include")
        omits = Set(all("omit").filter { !includes.contains($0) })
        let production = all("production").last
        if production == "true" || ["prod", "production"].contains(all("only").last ?? "") {
            omits.insert("dev")
        } else if production == "false" {
            omits.remove("dev")
        }
        if all("also").last?.hasPrefix("dev") == true || all("dev").last == "true" { omits.remove("dev") }
        if all("optional").last == "false" { omits.insert("optional") }
        if all("ignore-scripts").last == "true" { ignoresScripts = true }
        ignoresLock = (all("package-lock").last ?? all("shrinkwrap").last) == "false"
        if !all("cache").isEmpty || all("offline").last == "true" { hasOwnCache = true }
    }
}

extension NpmRequest {
    /// The words of a command line, one after another.
    private struct Words {
        let all: [String]
        private var index = 0

        init(all: [String]) { self.all = all }

        mutating func next() -> String? {
            guard index < all.count else { return nil }
            index += 1
            return all[index - 1]
        }

        mutating func rest() -> [String] {
            defer { index = all.count }
            return Array(all[index...])
        }

        /// What stands behind the equals sign of an option, else the next word when it is no option.
        mutating func value(of option: String) -> String? {
            if let equals = option.firstIndex(of: "=") { return String(option[option.index(after: equals)...]) }
            guard index < all.count, !all[index].hasPrefix("-") else { return nil }
            return next()
        }
    }
}
