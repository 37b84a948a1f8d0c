// SPDX-License-Identifier: Apache-2.0

// Source: PyPA specifications, "Recording installed projects", "Core metadata"; PEP 639; setuptools' egg-info.

public import ImageFilesystem
public import OCISpec
import Packages
import SystemFiles

/// Finds Python packages by the `METADATA` of each `.dist-info` folder, and by the `PKG-INFO` of what setuptools installed before.
///
/// What dpkg or apk brought is their package and not counted a second time: the lists of their files tell.
public struct PythonCataloger: Cataloger {
    /// `python`.
    public var name: String { "python" }

    private static let metadata = Array("METADATA".utf8)
    private static let packageInfo = Array("PKG-INFO".utf8)
    private static let distInfo = Array(".dist-info".utf8)
    private static let eggInfo = Array(".egg-info".utf8)

    /// Makes the cataloger.
    public init() {}

    /// The lists of files that dpkg and apk keep.
    public var places: [FileNames.Place] {
        [.folder(DpkgStatus.infoFolder, levels: 1)] + ApkInstalled.paths.map { .file($0) }
    }

    /// The bytes of the metadata, and of the lists of files of Python packages that dpkg keeps.
    public func interest(in path: ImagePath) -> FileInterest {
        if Self.isList(path) { return .contents }
        return Self.isMetadata(path) ? .contents : .none
    }

    private static func isMetadata(_ path: ImagePath) -> Bool {
        let parts = path.components
        guard parts.count >= 2, let file = parts.last else { return false }
        let folder = parts[parts.count - 2]
        if file == metadata { return ends(folder, distInfo) }
        if file == packageInfo { return ends(folder, eggInfo) }
        // An egg-info of distutils is a file itself.
        return ends(file, eggInfo)
            && ["site-packages", "dist-packages"].contains { folder.elementsEqual($0.utf8) }
    }

    private static func isList(_ path: ImagePath) -> Bool {
        guard let file = path.name, file.count > 5, file.starts(with: "python".utf8) else { return false }
        return file.suffix(5).elementsEqual(".list".utf8) && path.parent == DpkgStatus.infoFolder
    }

    private static func ends(_ name: ImagePath.Name, _ ending: [UInt8]) -> Bool {
        name.count > ending.count && name.suffix(ending.count).elementsEqual(ending)
    }

    /// Reads each file of metadata; one without a name or a version is recorded as unknown.
    public func catalog(_ paths: [ImagePath], in context: CatalogContext) -> CatalogerResult {
        var result = CatalogerResult()
        let files = paths.filter(Self.isMetadata)
        guard !files.isEmpty else { return result }
        let owned = Self.owned(paths.filter(Self.isList), in: context)
        for path in files where !owned.contains(path) && !owned.contains(path.parent) {
            guard let (bytes, file) = context.bytes(at: path, into: &result) else { continue }
            let head = PythonMetadata(bytes)
            guard let name = head.first("name"), let version = head.first("version") else {
                result.note("\(path) has no name or no version")
                continue
            }
            result.packages.append(
                Package(
                    type: .pypi,
                    name: name,
                    version: version,
                    licenses: head.licenses,
                    locations: [file.location],
                    maintainer: head.first("author-email") ?? head.first("author"),
                    summary: head.first("summary"),
                    foundBy: self.name
                )
            )
        }
        return result
    }

    /// The files and folders of metadata that dpkg's or apk's packages brought.
    private static func owned(_ lists: [ImagePath], in context: CatalogContext) -> Set<ImagePath> {
        var owned: Set<ImagePath> = []
        var ignored = CatalogerResult()
        func lines(_ path: ImagePath) -> [ArraySlice<UInt8>] {
            context.bytes(at: path, into: &ignored)?.bytes.split(separator: 0x0A) ?? []
        }
        for list in lists {
            for line in lines(list) where line.first == 0x2F {
                let path = ImagePath(line)
                if isMetadata(path) || path.name.map({ ends($0, distInfo) || ends($0, eggInfo) }) ?? false {
                    owned.insert(path)
                }
            }
        }
        for database in ApkInstalled.paths {
            for line in lines(database) where line.starts(with: "F:".utf8) {
                let folder = ImagePath(line.dropFirst(2))
                if folder.name.map({ ends($0, distInfo) || ends($0, eggInfo) }) ?? false { owned.insert(folder) }
            }
        }
        return owned
    }
}
