// SPDX-License-Identifier: Apache-2.0

/// `catalog.kit`: which repositories there are, and by which other names they go.
struct CatalogIndex: Sendable {
    /// The repositories in full, sorted, with how many images and tags are listed.
    let repositories: [Entry]
    private let mirrors: [(name: String, target: String)]
    private let choices: [String: [String]]
    private let names: Set<String>

    /// A repository.
    struct Entry: Sendable, Hashable {
        let name: String
        let imageCount: Int
        let tagCount: Int
    }

    /// Reads the file; a line that is not whole is left out.
    init(_ records: [KitRecord]) {
        var repositories: [Entry] = []
        var mirrors: [(name: String, target: String)] = []
        var choices: [String: [String]] = [:]
        for record in records {
            switch record.kind {
            case "R":
                guard let images = Int(record[1]), let tags = Int(record[2]) else { continue }
                repositories.append(Entry(name: record[0], imageCount: images, tagCount: tags))
            case "N": mirrors.append((record[0], record[1]))
            case "O": choices[record[0]] = record.words(1)
            default: continue
            }
        }
        self.repositories = repositories
        self.mirrors = mirrors
        self.choices = choices
        names = Set(repositories.map(\.name))
    }

    /// The repositories that a name may mean: one, or several of which it is not recorded which one; none that are not listed.
    func repositories(meantBy name: String) -> [String] {
        if let several = choices[name] { return several.filter(names.contains) }
        for mirror in mirrors {
            if mirror.name == name { return names.contains(mirror.target) ? [mirror.target] : [] }
            guard mirror.name.hasSuffix("/"), name.hasPrefix(mirror.name) else { continue }
            let target = mirror.target + name.dropFirst(mirror.name.count)
            if names.contains(target) { return [target] }
        }
        return names.contains(name) ? [name] : []
    }

    /// The names that stand for one of several repositories, with these.
    var unreleased: [(name: String, choices: [String])] {
        choices.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The file of `catalog/` that a repository stands in; nil for a name that no file can have.
    static func shelf(of repository: String) -> String? {
        var parts = repository.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count > 2, !repository.hasPrefix("docker.io/library/") { parts.removeLast() }
        let name = "catalog/" + parts.joined(separator: "/")
        return KitFolder.isName(name) ? name : nil
    }
}
