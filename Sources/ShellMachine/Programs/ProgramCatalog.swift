// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// Which programs there are, as the machine sees them: those with a model, and those that exist without one.
///
/// The machine knows no program of its own; whoever makes an interpreter hands it a catalog. Names are looked up in tables that
/// are made once.
public struct ProgramCatalog: Sendable {
    /// Whether every program of the catalog is taken to be in the image: for scripts without an image. Else a program is there only
    /// when the image has its file.
    public private(set) var assumesPresence = false
    private let models: [String: [any CommandModel.Type]]
    private let unmodelled: [String: UnmodelledProgram]

    /// Makes a catalog of programs that are there only when the image has their files.
    ///
    /// - Parameters:
    ///   - models: the models; where two have a name and a flavor in common, the first is taken.
    ///   - unmodelled: the programs without a model by name; one that has a model as well is taken as modelled.
    public init(_ models: [any CommandModel.Type], unmodelled: [String: UnmodelledProgram] = [:]) {
        var byName: [String: [any CommandModel.Type]] = [:]
        for model in models { for name in model.names { byName[name, default: []].append(model) } }
        self.models = byName
        self.unmodelled = unmodelled
    }

    /// The same programs, all of them taken to be there.
    public var withAllPresent: ProgramCatalog {
        var result = self
        result.assumesPresence = true
        return result
    }

    /// The names of all programs with a model, sorted.
    public var names: [String] { models.keys.sorted() }

    /// The model of a program: of BusyBox's applet where that runs, else of the package's own program; nil when there is none.
    public func model(named name: String, _ flavor: ProgramFlavor = .gnu) -> (any CommandModel.Type)? {
        guard let candidates = models[name] else { return nil }
        if flavor == .busybox { return candidates.first { $0.flavors.contains(.busybox) } }
        return candidates.first { $0.flavors.contains(flavor) }
            ?? candidates.first { !$0.flavors.isDisjoint(with: ProgramFlavor.ownPackage) }
    }

    /// The folder that Debian has a program in, modelled or not; nil where nothing is known of it.
    func home(of name: String) -> ProgramHome? {
        if model(named: name) != nil, let models = models[name] {
            return models.contains { $0.home == .sbin } ? .sbin : .bin
        }
        return unmodelled[name]?.home
    }

    /// What is put on the record when a program without a model runs.
    public func unknown(_ name: String) -> Unknown {
        switch unmodelled[name]?.scope {
        case .output?: Unknown(reason: "the output of \(name) is not known", scope: .output)
        case .files?: Unknown(reason: "what \(name) writes is not followed", scope: .files)
        case let scope:
            Unknown(
                reason: "\(name) is a program that is not followed: it could have changed anything",
                scope: scope ?? .filesystem
            )
        }
    }
}
