// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellSyntax

/// `cd` changes the working directory.
enum CdBuiltin: ShellBuiltin {
    static let names = ["cd"]

    static func run(_ words: [Text], in machine: Machine) -> Flow {
        var words = Array(words.dropFirst())
        guard let isPhysical = readOptions(&words, in: machine) else { return .normal }
        guard words.count <= 1 || machine.dialect != .bash else {
            machine.shellError("cd: too many arguments")
            machine.status = .code(1)
            return .normal
        }
        guard let target = words.first ?? machine.value(of: "HOME") else {
            if machine.dialect == .bash {
                machine.shellError("cd: HOME not set")
                machine.status = .code(1)
            }
            return .normal
        }
        guard !target.isUnknown else {
            machine.world.doubt("the folder that cd goes to is not known", .files, in: [.root])
            machine.status = .unknown
            return .normal
        }
        guard let (text, showsPlace) = folder(target.string, in: machine) else { return .normal }
        let place = machine.world.path(text)
        do throws(FileError) {
            try go(to: place, isPhysical: isPhysical, in: machine)
            if showsPlace { machine.write(machine.world.workingDirectory.bytes + [0x0A], to: 1) }
        } catch {
            refuse(text, error, in: machine)
        }
        return .normal
    }

    /// Takes the options off; whether links are to be resolved, nil after a message when an option is wrong.
    private static func readOptions(_ words: inout [Text], in machine: Machine) -> Bool? {
        var isPhysical = false
        while let first = words.first?.string, first.utf8.count > 1, first.hasPrefix("-") {
            words.removeFirst()
            if first == "--" { break }
            guard first.utf8.dropFirst().allSatisfy({ "PLe@".utf8.contains($0) }),
                machine.dialect == .bash || first.utf8.count == 2
            else {
                machine.shellError(
                    machine.dialect == .dash ? "cd: Illegal option \(first)" : "cd: \(first): invalid option"
                )
                machine.status = .code(2)
                return nil
            }
            isPhysical = first.contains("P")
        }
        return isPhysical
    }

    /// What a word means: `-` is the folder before, CDPATH is searched. Also whether the place is shown; nil after a message.
    private static func folder(_ word: String, in machine: Machine) -> (String, Bool)? {
        var text = word
        let isDash = text == "-"
        if isDash {
            let own = machine.dialect == .bash ? nil : Text(machine.world.workingDirectory.bytes)
            guard let old = machine.value(of: "OLDPWD") ?? own else {
                machine.shellError("cd: OLDPWD not set")
                machine.status = .code(1)
                return nil
            }
            text = old.string
        }
        if text.isEmpty { text = "." }
        if let found = searchFolder(text, in: machine) { return (found, true) }
        return (text, isDash)
    }

    private static func go(to place: ImagePath, isPhysical: Bool, in machine: Machine) throws(FileError) {
        let (real, found) = try machine.world.resolve(place)
        guard let found else { throw FileError.missing }
        guard found.isDirectory else { throw FileError.notFolder }
        guard machine.world.isAllowed(1, found) else { throw FileError.denied }
        let old = Text(machine.world.workingDirectory.bytes)
        machine.shell.variables["OLDPWD"] = ShellVariable(value: old, isExported: machine.dialect == .bash)
        machine.world.workingDirectory = isPhysical ? real : place
        let isExported = machine.shell.variables["PWD"]?.isExported ?? false
        let new = Text(machine.world.workingDirectory.bytes)
        machine.shell.variables["PWD"] = ShellVariable(value: new, isExported: isExported)
    }

    private static func refuse(_ text: String, _ error: FileError, in machine: Machine) {
        if machine.world.isUncertainMiss(text, error) {
            machine.world.note("whether the folder \(text) is there is not known", .files)
            machine.world.workingDirectory = machine.world.path(text)
            machine.status = .unknown
            return
        }
        switch machine.dialect {
        case .bash: machine.shellError("cd: \(text): \(error.message)")
        case .dash: machine.shellError("cd: can't cd to \(text)")
        case .ash: machine.shellError("cd: can't cd to \(text): \(error.message)")
        }
        machine.status = .code(machine.dialect == .dash ? 2 : 1)
    }

    /// The folder of `CDPATH` that has a name; nil where the name is looked for as it is.
    private static func searchFolder(_ text: String, in machine: Machine) -> String? {
        guard let search = machine.value(of: "CDPATH"), !search.isUnknown, !search.bytes.isEmpty,
            let first = text.split(separator: "/", omittingEmptySubsequences: false).first, !first.isEmpty,
            first != ".", first != ".."
        else { return nil }
        for folder in search.string.split(separator: ":", omittingEmptySubsequences: false) {
            let candidate = folder.isEmpty ? text : "\(folder)/\(text)"
            guard ((try? machine.world.node(candidate)) ?? nil)?.isDirectory == true else { continue }
            return folder.isEmpty ? nil : candidate
        }
        return nil
    }
}
