// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec

/// A family of commands that belong together; each has a file of its own.
protocol CommandFamily: SendableMetatype {
    /// The commands by name.
    static var models: [String: LegacyModel] { get }
}

/// The commands that the interpreter can follow.
public struct CommandRegistry: Sendable {
    /// The commands by name.
    let models: [String: LegacyModel]
    /// Whether every modelled command is taken to be in the image.
    public let assumesPresence: Bool

    /// All families.
    static let families: [any CommandFamily.Type] = [
        ShadowCommands.self, AdduserCommands.self,
        PasswordCommands.self, NPMCommands.self,
        ApkCommands.self, AptCommands.self,
    ]

    private static let allModels: [String: LegacyModel] = {
        var result: [String: LegacyModel] = [:]
        for family in families { result.merge(family.models) { current, _ in current } }
        return result
    }()

    private init(models: [String: LegacyModel], assumesPresence: Bool) {
        self.models = models
        self.assumesPresence = assumesPresence
    }

    /// For builds: a command is there only when the image has its file.
    public static let standard = CommandRegistry(models: allModels, assumesPresence: false)

    /// For scripts without an image: every modelled command is there.
    public static let everything = CommandRegistry(models: allModels, assumesPresence: true)

    /// The names of all modelled commands, sorted.
    public var names: [String] { Set(models.keys).union(CommandModelRegistry.byName.keys).sorted() }

    /// A model, of either kind.
    enum Found {
        case model(any CommandModel.Type)
        case legacy(LegacyModel)
    }

    /// The model of a program by name and manners; nil when there is none.
    func find(_ name: String, _ flavor: ProgramFlavor) -> Found? {
        if let model = CommandModelRegistry.model(named: name, flavor) { return .model(model) }
        return models[name].map { .legacy($0) }
    }

    /// Whether a program has a model.
    func has(_ name: String, _ flavor: ProgramFlavor = .gnu) -> Bool { find(name, flavor) != nil }

    /// The folder that Debian has a program in, modelled or not; nil where nothing is known of it.
    func home(of name: String) -> ProgramHome? {
        if let model = CommandModelRegistry.model(named: name, .gnu) { return model.home }
        if models[name] != nil { return Self.administrativePrograms.contains(name) ? .sbin : .bin }
        return UnmodelledPrograms.all[name]?.home
    }

    /// Programs of the old form that Debian has in `/usr/sbin`.
    private static let administrativePrograms: Set<String> = [
        "addgroup", "adduser", "chpasswd", "delgroup", "deluser", "dpkg-reconfigure", "groupadd", "groupdel",
        "groupmod", "useradd", "userdel", "usermod",
    ]
}
