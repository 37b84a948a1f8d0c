// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec

/// The commands that the interpreter can follow.
public struct CommandRegistry: Sendable {
    /// Whether every modelled command is taken to be in the image.
    public let assumesPresence: Bool

    private init(assumesPresence: Bool) { self.assumesPresence = assumesPresence }

    /// For builds: a command is there only when the image has its file.
    public static let standard = CommandRegistry(assumesPresence: false)

    /// For scripts without an image: every modelled command is there.
    public static let everything = CommandRegistry(assumesPresence: true)

    /// The names of all modelled commands, sorted.
    public var names: [String] { CommandModelRegistry.byName.keys.sorted() }

    /// The model of a program by name and manners; nil when there is none.
    func find(_ name: String, _ flavor: ProgramFlavor) -> (any CommandModel.Type)? {
        CommandModelRegistry.model(named: name, flavor)
    }

    /// Whether a program has a model.
    func has(_ name: String, _ flavor: ProgramFlavor = .gnu) -> Bool { find(name, flavor) != nil }

    /// The folder that Debian has a program in, modelled or not; nil where nothing is known of it.
    func home(of name: String) -> ProgramHome? {
        if has(name), let models = CommandModelRegistry.byName[name] {
            return models.contains { $0.home == .sbin } ? .sbin : .bin
        }
        return UnmodelledPrograms.all[name]?.home
    }
}
