// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The families of facts, each read when it is first asked for.
final class LazyFacts: Sendable {
    /// The images that are known in part.
    let images: KnownImages
    private let folder: KitFolder
    private let state = Mutex(State())

    private struct State {
        var history: TagHistory?
        var models: ModelTable?
        var index: KitIndex?
        var ends: [EndOfLife.Row]?
        var codenames: [String: String] = [:]
        var supported: [String: SupportedTags] = [:]
    }

    /// Names the folder; nothing is read yet.
    init(folder: KitFolder) {
        self.folder = folder
        images = KnownImages(folder: folder)
    }

    /// What tags pointed at.
    var history: TagHistory {
        state.withLock { state in
            if let known = state.history { return known }
            let history = TagHistory(folder.optionalRecords("facts/history"))
            state.history = history
            return history
        }
    }

    /// The digests of the models.
    var models: ModelTable {
        state.withLock { state in
            if let known = state.models { return known }
            let models = ModelTable(folder.optionalRecords("models"))
            state.models = models
            return models
        }
    }

    /// The images of the kit.
    var index: KitIndex {
        state.withLock { state in
            if let known = state.index { return known }
            let index = KitIndex(folder.optionalRecords("images"))
            state.index = index
            return index
        }
    }

    /// The ends of life, and the releases by product and codename.
    var ends: (all: [EndOfLife.Row], cycleOfCodename: [String: String]) {
        state.withLock { state in
            if let known = state.ends { return (known, state.codenames) }
            let table = EndOfLife.table(folder.optionalRecords("facts/end-of-life"))
            state.ends = table.all
            state.codenames = table.cycleOfCodename
            return table
        }
    }

    /// The supported tags of an official repository, by its short name; nil when nothing is known of it.
    func supportedTags(of repository: String) -> SupportedTags? {
        if let known = state.withLock({ $0.supported[repository] }) { return known }
        guard let listed = images.optionalRepository("docker.io/library/" + repository) else { return nil }
        let tags = SupportedTags(listed)
        state.withLock { $0.supported[repository] = tags }
        return tags
    }
}
