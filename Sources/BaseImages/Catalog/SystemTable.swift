// SPDX-License-Identifier: Apache-2.0

import OCISpec

/// `systems.kit`: what is known of distributions beside the images that stand on them.
struct SystemTable: Sendable {
    private let families: [Family]
    private let bases: [String: String]
    private let accounts: [String: String]
    private let programs: [(pattern: String, names: [String])]
    private let plain: [String: Set<String>]
    private let companions: [(pattern: String, place: String, paths: [String])]

    /// A distribution.
    struct Family: Sendable {
        /// What the names of its systems begin with.
        let prefix: String
        /// `ID` of os-release; empty where it has none.
        let id: String
        /// `NAME`, with `{}` for the release.
        let name: String
        /// The list of files of an image with a shell, and of one without.
        let trees: (withShell: String, bare: String)

        /// The release in a system's name; nil for names without a number.
        func release(of system: String) -> String? {
            let rest = system.dropFirst(prefix.count).drop { $0 == " " }
            let number = rest.prefix { $0.isNumber || $0 == "." }
            return number.isEmpty ? nil : String(number)
        }

        /// The lines of os-release; nil where it has none.
        func osRelease(of system: String) -> String? {
            guard !id.isEmpty else { return nil }
            let release = release(of: system)
            let pretty = name.replacing("{}", with: release ?? "")
            var text = "PRETTY_NAME=\"\(pretty.hasSuffix(" ") ? String(pretty.dropLast()) : pretty)\"\n"
            text += "NAME=\"\(name.replacing(" {}", with: ""))\"\n"
            if let release { text += "VERSION_ID=\"\(release)\"\n" }
            return text + "ID=\(id)\n"
        }
    }

    /// Reads the file; a line that is not whole is left out.
    init(_ records: [KitRecord]) {
        var families: [Family] = []
        var bases: [String: String] = [:]
        var accounts: [String: String] = [:]
        var programs: [(pattern: String, names: [String])] = []
        var companions: [(pattern: String, place: String, paths: [String])] = []
        var plain: [String: Set<String>] = [:]
        for record in records {
            switch record.kind {
            case "F":
                families.append(
                    Family(prefix: record[0], id: record[1], name: record[2], trees: (record[3], record[4]))
                )
            case "B": bases[record[0]] = record[1]
            case "U": accounts[record[0]] = record[1]
            case "G": programs.append((record[0], record.words(1)))
            case "Q": plain[record[0], default: []].formUnion(record.words(1))
            case "W": companions.append((record[0], record[1], record.words(2)))
            default: continue
            }
        }
        self.families = families
        self.bases = bases
        self.accounts = accounts
        self.programs = programs
        self.companions = companions
        self.plain = plain
    }

    /// The distribution of an image; nil for one that is not listed.
    ///
    /// A hardened image is put together from packages and shares nothing with the distribution's own images.
    func family(of image: KnownImage) -> Family? {
        let name = Self.fullName(of: image)
        return families.first { name.hasPrefix($0.prefix) }
    }

    /// The name that a system's release is read from.
    static func fullName(of image: KnownImage) -> String {
        isHardened(image) ? "hardened " + image.system.name : image.system.name
    }

    /// The image of the kit whose files those of the system are, where nothing nearer is recorded.
    func base(of image: KnownImage) -> ImageReference? {
        guard !Self.isHardened(image) else { return nil }
        return bases[image.system.name].flatMap { try? ImageReference(parsing: $0) }
    }

    /// `repository:tag` of the image whose accounts those of a system are, where an image tells of none.
    func accountSource(of image: KnownImage) -> String? { accounts[image.system.name] }

    /// The programs that a package brings into `/usr/bin`, as far as they are recorded.
    func programs(of package: String) -> [String] {
        programs.first { Self.matches($0.pattern, package) }?.names ?? []
    }

    /// Packages of a manager that bring, with all that they need, no program for accounts.
    func packagesWithoutAccountTools(of manager: String) -> Set<String> { plain[manager] ?? [] }

    /// What else is there where an image has a package of this name, or a program of it at this place: programs, and folders with a `/`
    /// at the end.
    ///
    /// - Parameter place: the program's file; empty for a package.
    func companions(of name: String, at place: String = "") -> [String] {
        companions.filter { Self.matches($0.pattern, name) && $0.place == place }.flatMap(\.paths)
    }

    private static func matches(_ pattern: String, _ text: String) -> Bool {
        guard let star = pattern.firstIndex(of: "*") else { return pattern == text }
        let (front, back) = (pattern[..<star], pattern[pattern.index(after: star)...])
        return text.utf8.count >= pattern.utf8.count - 1 && text.hasPrefix(front) && text.hasSuffix(back)
    }

    /// Whether an image is put together from the packages that its definition names.
    static func isHardened(_ image: KnownImage) -> Bool { image.repository.hasPrefix("dhi.io/") }
}
