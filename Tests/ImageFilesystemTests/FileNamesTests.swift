// SPDX-License-Identifier: Apache-2.0

import OCISpec
import Testing

@testable import ImageFilesystem

@Suite("The names of files")
struct FileNamesTests {
    static func tree(_ nodes: [(String, FileNode)]) -> FileTree {
        var tree = FileTree()
        for (path, node) in nodes { tree.insert(node, at: ImagePath(path)) }
        return tree
    }

    static func manifests(_ path: ImagePath) -> Bool {
        let parts = path.components
        guard parts.count >= 3, parts[parts.count - 1].elementsEqual("package.json".utf8) else { return false }
        return parts[parts.count - 3].elementsEqual("node_modules".utf8)
            || parts.count >= 4 && parts[parts.count - 4].elementsEqual("node_modules".utf8)
    }

    static func found(_ nodes: [(String, FileNode)], at places: [FileNames.Place] = []) -> [String] {
        FileNames(of: tree(nodes), at: places, where: manifests).paths.map(\.description)
    }

    static let file = FileNode.file(Array("{}".utf8))

    @Test("behind a link to a folder a file has the name that it has there")
    func behindLinks() {
        #expect(
            Self.found([("/opt/nm/lodash/package.json", Self.file), ("/app/node_modules", .symlink(to: "/opt/nm"))])
                == ["/app/node_modules/lodash/package.json"]
        )
        // Up from the link's own folder, a scope, and one link behind another.
        #expect(
            Self.found([
                ("/opt/nm/@a/b/package.json", Self.file), ("/srv/app/node_modules", .symlink(to: "../../opt/nm")),
                ("/opt/app", .symlink(to: "/srv/app")),
            ]) == ["/srv/app/node_modules/@a/b/package.json"]
        )
        #expect(
            Self.found([
                ("/store/lodash-4/package.json", Self.file), ("/opt/nm/lodash", .symlink(to: "/store/lodash-4")),
                ("/app/node_modules", .symlink(to: "/opt/nm")),
            ]) == ["/app/node_modules/lodash/package.json"]
        )
    }

    @Test("a file that is wanted under its own name is not named again for a link above it")
    func once() {
        let nodes: [(String, FileNode)] = [
            ("/usr/lib/node_modules/npm/package.json", Self.file), ("/lib", .symlink(to: "usr/lib")),
        ]
        #expect(Self.found(nodes) == ["/usr/lib/node_modules/npm/package.json"])
        // Two names of one file are two places.
        #expect(
            Self.found([
                ("/a/node_modules/x/package.json", Self.file),
                (
                    "/b/node_modules/x/package.json",
                    FileNode(kind: .hardLink(target: "/a/node_modules/x/package.json"), mode: 0o644)
                ),
            ]).count == 2
        )
    }

    @Test("links that run in circles or lead nowhere end")
    func circles() {
        let nodes: [(String, FileNode)] = [
            ("/a/node_modules/x/package.json", Self.file), ("/a/up", .symlink(to: "..")),
            ("/a/self", .symlink(to: ".")),
            ("/loop", .symlink(to: "/loop")), ("/one", .symlink(to: "/two")), ("/two", .symlink(to: "/one")),
            ("/none", .symlink(to: "/missing")), ("/a/node_modules/node_modules", .symlink(to: "../node_modules")),
        ]
        #expect(Self.found(nodes) == ["/a/node_modules/x/package.json"])
    }

    @Test("a place is found however the folders above it are linked")
    func places() {
        let wanted: ImagePath = "/var/lib/dpkg/status"
        let trees: [[(String, FileNode)]] = [
            [("/var/lib/dpkg/status", Self.file)],
            [("/usr/lib/sysimage/dpkg/status", Self.file), ("/var/lib/dpkg", .symlink(to: "/usr/lib/sysimage/dpkg"))],
            [("/data/lib/dpkg/status", Self.file), ("/var", .symlink(to: "data"))],
            [("/x/status", Self.file), ("/var/lib/dpkg/status", .symlink(to: "../../../x/status"))],
            [("/x", Self.file), ("/var/lib/dpkg/status", FileNode(kind: .hardLink(target: "/x"), mode: 0o644))],
        ]
        for nodes in trees {
            let tree = Self.tree(nodes)
            let names = FileNames(of: tree, at: [.file(wanted)]) { $0 == wanted }
            #expect(names.paths == [wanted], "\(nodes.map(\.0))")
            #expect(tree.bytes(at: wanted) == Array("{}".utf8))
        }
        let gone = Self.tree([("/var/lib/dpkg/status", .symlink(to: "/gone"))])
        #expect(gone.fileItself(at: wanted) == nil)
    }

    @Test("more names behind links than anybody looks at are told")
    func tooMany() {
        var tree = FileTree()
        for number in 0..<460 { tree.insert(Self.file, at: ImagePath("/data/f\(number)")) }
        #expect(FileNames(of: tree) { _ in false }.isWhole)
        for number in 0..<460 { tree.insert(.symlink(to: "/data"), at: ImagePath("/l\(number)")) }
        #expect(!FileNames(of: tree) { _ in false }.isWhole)
    }
}
