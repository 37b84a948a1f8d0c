// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import ImageFilesystem
import OCISpec
import ShellMachine
import SystemFiles

/// What a copy from a source that is not fully known brings, and what it may bring.
extension StageBuilder {
    private static let programFolders: [ImagePath] = [
        "/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/lib", "/usr/lib",
    ]
    private static let accountFiles = [AccountFile.Name.passwd.path, AccountFile.Name.group.path]

    /// What becomes of the sources of a copy.
    struct SourcesSeen {
        /// Those that are there.
        var known: [String] = []
        /// Those that the tree does not have and that may be there all the same.
        var uncertain: [String] = []
        /// The first that is missing for certain.
        var missing: String?
        /// What is not known of what comes, the most telling first.
        var doubts: [Unknown] = []
        /// Where what is not known goes to.
        var places: [ImagePath] = []
        /// The folders into which more may come than the source's tree has.
        var openFolders: [ImagePath] = []
        /// Whether a folder with whatever it holds may be among it.
        var mayBringFolder = false
        /// Whether a folder of programs, or one above it, may be among it.
        var mayBringPrograms = false
        /// Whether a program of an image of which nothing is known is among it, and with it the packages that it was made of.
        var bringsForeignProgram = false
    }

    /// Looks the sources of a copy up.
    ///
    /// - Parameter links: whether what stands at the destination is not looked at.
    func see(_ sources: [String], in source: CopySource, at destination: String, links: Bool) -> SourcesSeen {
        var result = SourcesSeen()
        let folder = ImagePath(destination, relativeTo: workingDirectory)
        let isInto =
            TreeCopy.namesFolder(destination) || sources.count > 1
            || (!links && state.tree.resolve(folder)?.node?.isDirectory == true)
        func add(_ doubt: Unknown, at place: ImagePath, isFile: Bool) {
            result.doubts.append(doubt)
            result.places.append(place)
            if !isFile { result.mayBringFolder = true }
        }
        for written in sources {
            let path = ImagePath(written.replacing("/./", with: "/"))
            guard !PathPattern.hasWildcard(written) else {
                result.known.append(written)
                let fixed = ImagePath(names: Array(path.components.prefix { !PathPattern.hasWildcard($0) }))
                guard source.uncertain.overlaps(source.tree.resolve(fixed)?.path ?? fixed) else { continue }
                result.uncertain.append(written)
                result.openFolders.append(folder)
                if Self.holdsPrograms(fixed) { result.mayBringPrograms = true }
                add(source.reason(at: fixed), at: folder, isFile: Self.looksLikeFile(written))
                continue
            }
            let (found, doubt) = source.look(at: path)
            if Self.holdsPrograms(path) { result.mayBringPrograms = true }
            let name = path.name
            switch found {
            case .missing:
                if result.missing == nil { result.missing = written }
            case .node(let real, let node):
                result.known.append(written)
                guard let doubt else { continue }
                if node.isDirectory, source.uncertain.overlaps(real) { result.openFolders.append(folder) }
                let isFile = !node.isDirectory
                add(doubt, at: isFile && isInto ? name.map { folder.appending($0) } ?? folder : folder, isFile: isFile)
            case .uncertain:
                result.uncertain.append(written)
                let isFile = isFilePlace(written, folder, isInto: isInto, source)
                if isFile, source.isUnknownImage, !Self.looksLikeFile(written) { result.bringsForeignProgram = true }
                let place = isFile && isInto ? name.map { folder.appending($0) } ?? folder : folder
                add(doubt ?? source.reason(at: path), at: place, isFile: isFile)
            }
        }
        return result
    }

    /// Whether what a source names is taken for a file: by the endings of names, and because it goes among programs or accounts.
    private func isFilePlace(_ written: String, _ folder: ImagePath, isInto: Bool, _ source: CopySource) -> Bool {
        let path = ImagePath(written)
        guard let name = path.name, !TreeCopy.namesFolder(written) else { return false }
        let place = isInto ? folder.appending(name) : folder
        if Self.accountFiles.contains(place) || Self.looksLikeFile(written) { return true }
        if Self.isProgram(path) { return true }
        if !isInto, Self.looksLikeFile(folder.description) { return true }
        // `/tools` of an unknown image may be a folder, whose programs go among the others one by one.
        if isInto, source.isUnknownImage, !Self.programFolders.contains(path.parent) { return false }
        return Self.programFolders.contains { folder.isInside($0) }
    }

    /// Whether a path can only be a program's: what stands in a folder of programs, or where cargo and Swift put what they built.
    private static func isProgram(_ path: ImagePath) -> Bool {
        let names = path.components.map { String(decoding: $0, as: UTF8.self) }
        guard let name = names.last?.lowercased(), let folder = names.dropLast().last else { return false }
        // .NET has folders of these names in one that is called bin.
        if folder == "bin" || folder == "sbin" { return !["debug", "release", "publish", "x64", "x86"].contains(name) }
        let isBuilt = names.dropLast().contains { $0 == "target" || $0 == ".build" }
        return isBuilt && ["release", "debug"].contains(folder)
            && !["build", "deps", "examples", "incremental"].contains(name)
    }

    /// Whether a folder is one of programs, or is above one.
    private static func holdsPrograms(_ path: ImagePath) -> Bool {
        programFolders.prefix(6).contains { $0.isInside(path) || $0 == path }
    }

    /// Whether a name ends as files do.
    private static func looksLikeFile(_ path: String) -> Bool {
        guard let name = path.split(separator: "/").last, let dot = name.lastIndex(of: "."), dot != name.startIndex
        else {
            return false
        }
        return fileEndings.contains(name[name.index(after: dot)...].lowercased())
    }

    private static let fileEndings: Set<String> = [
        "a", "apk", "bin", "bz2", "cer", "cfg", "cjs", "conf", "crt", "css", "csv", "db", "deb", "dll", "ear", "env",
        "exe",
        "gem", "gz", "html", "ini", "jar", "js", "json", "key", "lock", "md", "mjs", "o", "p12", "pem", "phar", "php",
        "pl",
        "pub", "py", "rb", "rpm", "service", "sh", "so", "sql", "tar", "tgz", "toml", "txt", "war", "wasm", "whl",
        "xml",
        "xz", "yaml", "yml", "zip", "zst",
    ]

    /// Puts on the record what of a copy is not known, in exactly the facets and at exactly the places that it can have touched.
    mutating func note(_ seen: SourcesSeen, from source: CopySource, _ range: SourceRange) {
        guard let first = seen.doubts.first else { return }
        note(seen, reason: "what comes from \(source.label) is not known: \(first.cause)", range)
    }

    /// The same, in these words.
    mutating func note(_ seen: SourcesSeen, reason: String, _ range: SourceRange) {
        guard let first = seen.doubts.first else { return }
        let unknown = Unknown(
            reason: reason,
            range: range,
            scope: scope(of: seen),
            paths: seen.places.reduce(into: []) { list, place in
                if !list.contains(place.description) { list.append(place.description) }
            },
            cause: first.cause
        )
        if !state.unknowns.contains(unknown) { state.unknowns.append(unknown) }
    }

    private func scope(of seen: SourcesSeen) -> Unknown.Scope {
        let reachesAccounts = seen.places.contains { place in
            Self.accountFiles.contains { $0 == place || (seen.mayBringFolder && $0.isInside(place)) }
        }
        guard seen.mayBringFolder else {
            return reachesAccounts ? .accounts : seen.bringsForeignProgram ? .languagePackages : .files
        }
        if reachesAccounts { return .filesystem }
        guard seen.doubts.contains(where: { $0.touches(.packages) }) else { return .files }
        let isAmongPrograms = seen.places.contains { place in
            Self.programFolders.contains { $0.isInside(place) || place.isInside($0) }
        }
        return isAmongPrograms || seen.mayBringPrograms ? .packages : .application
    }

    /// Puts files of unknown content where a copy names them, and says where there may be others.
    mutating func placeUnknown(
        _ sources: [String],
        from source: CopySource,
        _ words: CopyWords,
        at destination: String,
        into tree: inout FileTree,
        _ range: SourceRange
    ) throws {
        let folder = ImagePath(destination, relativeTo: workingDirectory)
        let engine = engine(words, FileTree()) { $1 }
        for written in sources {
            let isInto =
                TreeCopy.namesFolder(destination) || words.paths.count > 1
                || tree.resolve(folder)?.node?.isDirectory == true
            if TreeCopy.namesFolder(destination) || words.paths.count > 1 {
                try placed(range) { () throws in _ = try engine.makeFolder(folder, in: &tree) }
            }
            let isPattern = PathPattern.hasWildcard(written)
            guard isFilePlace(written, folder, isInto: isInto, source), !(isPattern && isInto),
                let name = ImagePath(written).name
            else {
                state.uncertain.insert(tree.resolve(folder)?.path ?? folder)
                continue
            }
            let unknown = Unknown(
                reason: "the content of \(written) of \(source.label) is not known",
                range: range,
                scope: .files,
                paths: [(isInto ? folder.appending(name) : folder).description],
                cause: source.reason(at: ImagePath(written)).cause
            )
            var node = FileNode(
                kind: .file(.unknown(unknown)),
                mode: 0o755,
                uid: words.owner?.uid ?? 0,
                gid: words.owner?.gid ?? 0
            )
            node.source = source.tree.resolve(ImagePath(written))?.path ?? ImagePath(written)
            if let mode = words.mode { node.mode = mode(node) }
            node.modificationTime = request.epochSeconds
            let made = node
            try placed(range) { () throws in
                let place = try engine.place(of: name, folder, isFolder: isInto, in: &tree)
                if tree.node(at: place)?.isDirectory == true {
                    state.uncertain.insert(place)
                } else {
                    tree.insert(made, at: place)
                }
            }
        }
    }
}
