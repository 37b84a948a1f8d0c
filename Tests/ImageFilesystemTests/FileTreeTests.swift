// SPDX-License-Identifier: Apache-2.0

import ImageFilesystem
import OCISpec
import SeaworthyTestSupport
import Testing

@Suite("File tree")
struct FileTreeTests {
    static func tree(_ files: [(ImagePath, FileNode)]) -> FileTree {
        var tree = FileTree()
        for (path, node) in files { tree.insert(node, at: path) }
        return tree
    }

    static func paths(_ tree: FileTree) -> [String] {
        var result: [String] = []
        tree.walk { path, _ in
            result.append(path.description)
            return true
        }
        return result
    }

    @Test("a copy keeps its state whatever becomes of the original")
    func values() {
        var one = Self.tree([("/a/b/c", .file([1])), ("/x", .file([2]))])
        let kept = one
        let same = one
        one.insert(.file([9]), at: "/a/b/c")
        one.insert(.file([3]), at: "/a/b/d")
        one.remove("/x")
        one.update(at: "/a") { $0.mode = 0o700 }
        #expect(kept.bytes(at: "/a/b/c") == [1] && kept.bytes(at: "/x") == [2])
        #expect(kept.node(at: "/a/b/d") == nil && kept.node(at: "/a")?.mode == 0o755)
        #expect(one.bytes(at: "/a/b/c") == [9] && one.node(at: "/x") == nil && one.node(at: "/a")?.mode == 0o700)
        #expect(kept.changes(since: same).isEmpty)
    }

    @Test(
        "random changes on copies never show in the original, and changes lead from one to the other",
        arguments: 0..<30
    )
    func changesProperty(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let names = ["a", "b", "c", "d"]
        func randomPath(_ generator: inout SeededGenerator) -> ImagePath {
            let depth = Int.random(in: 1...4, using: &generator)
            return ImagePath(
                "/" + (0..<depth).map { _ in names.randomElement(using: &generator) ?? "a" }.joined(separator: "/")
            )
        }
        func change(_ tree: inout FileTree, _ generator: inout SeededGenerator) {
            let path = randomPath(&generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: tree.insert(.directory(), at: path)
            case 1, 2: tree.insert(.file(generator.bytes(2)), at: path)
            case 3: tree.insert(.symlink(to: "/a"), at: path)
            default: tree.remove(path)
            }
        }
        var before = FileTree()
        for _ in 0..<30 { change(&before, &generator) }
        let listing = FileListing.list(before)
        var after = before
        for _ in 0..<30 { change(&after, &generator) }
        #expect(FileListing.list(before) == listing)
        // What the changes say, done to the old state, gives the new one.
        var replayed = before
        for change in after.changes(since: before) {
            if change.replacesOtherKind { replayed.remove(change.path) }
            if let node = change.node { replayed.insert(node, at: change.path) } else { replayed.remove(change.path) }
        }
        #expect(FileListing.list(replayed) == FileListing.list(after))
        #expect(replayed.changes(since: after).isEmpty)
        let changed = after.changes(since: before).map(\.path)
        #expect(changed == changed.sorted() && Set(changed).count == changed.count)
    }

    @Test("changes name what is new, other and gone, a lost folder once")
    func changes() {
        let before = Self.tree([
            ("/d/a", .file([1])), ("/d/b", .file([1])), ("/gone/x/y", .file([1])), ("/k", .file([1])),
        ])
        var after = before
        after.insert(.file([2]), at: "/d/a")
        after.remove("/gone")
        after.remove("/k")
        after.insert(.file([3]), at: "/k/inner")
        after.update(at: "/d/b") { $0.uid = 5 }
        let changes = after.changes(since: before)
        #expect(changes.map(\.path.description) == ["/d/a", "/d/b", "/gone", "/k", "/k/inner"])
        #expect(changes.map { $0.node == nil } == [false, false, true, false, false])
        #expect(changes.map(\.replacesOtherKind) == [false, false, false, true, false])
    }

    static let links = tree([
        ("/usr/bin/node", .file([1], mode: 0o755)), ("/bin", .symlink(to: "usr/bin")), ("/abs", .symlink(to: "/usr")),
        ("/loop1", .symlink(to: "loop2")), ("/loop2", .symlink(to: "/loop1")), ("/self", .symlink(to: "self/x")),
        ("/up", .symlink(to: "../../../usr/bin/../bin")), ("/dangling", .symlink(to: "nowhere")),
        ("/deepdangling", .symlink(to: "no/where")), ("/empty", FileNode(kind: .symlink(target: []), mode: 0o777)),
        ("/d/l", .symlink(to: "../usr")), ("/viafile", .symlink(to: "usr/bin/node/..")), ("/root", .symlink(to: "/")),
    ])

    static let resolved: [(path: String, wanted: String?)] = [
        ("/bin/node", "/usr/bin/node"), ("/abs/bin/node", "/usr/bin/node"), ("/up/node", "/usr/bin/node"),
        ("/d/l/bin", "/usr/bin"), ("/root/root/usr", "/usr"), ("/", "/"), ("/root", "/"), ("/loop1", nil),
        ("/loop2/x", nil),
        ("/self", nil), ("/dangling", "/nowhere"), ("/deepdangling", nil), ("/empty", nil), ("/viafile", nil),
        ("/usr/bin/node/x", nil), ("/usr/bin/new", "/usr/bin/new"), ("/nope/new", nil),
    ]

    @Test("follows links as the kernel does in a container", arguments: resolved)
    func resolves(path: String, wanted: String?) {
        #expect(Self.links.resolve(ImagePath(path))?.path.description == wanted)
    }

    @Test("the last link stays when it is not to be followed")
    func lastLink() {
        #expect(Self.links.resolve("/bin", followLast: false)?.path == "/bin")
        #expect(Self.links.resolve("/d/l", followLast: false)?.path == "/d/l")
        #expect(Self.links.resolve("/bin/node", followLast: false)?.path == "/usr/bin/node")
        #expect(Self.links.bytes(at: "/bin/node") == [1])
    }

    @Test("forty links in a row are followed, forty-one are not")
    func linkCount() {
        for (count, works) in [(40, true), (41, false)] {
            var tree = FileTree()
            tree.insert(.file([1]), at: "/l0")
            for number in 1...count { tree.insert(.symlink(to: "l\(number - 1)"), at: ImagePath("/l\(number)")) }
            #expect((tree.bytes(at: ImagePath("/l\(count)")) != nil) == works)
        }
    }

    @Test("hard links in circles have no file behind them")
    func hardLinkLoop() {
        let tree = Self.tree([
            ("/a", FileNode(kind: .hardLink(target: "/b"), mode: 0)),
            ("/b", FileNode(kind: .hardLink(target: "/a"), mode: 0)),
        ])
        #expect(tree.resolvedNode(at: "/a") == nil)
    }

    @Test("folders merge, anything else replaces; missing folders are made")
    func inserting() {
        var tree = Self.tree([("/d/f", .file([1]))])
        #expect(tree.node(at: "/d") == .directory())
        tree.insert(.directory(mode: 0o700), at: "/d")
        #expect(tree.bytes(at: "/d/f") == [1] && tree.node(at: "/d")?.mode == 0o700)
        tree.insert(.file([2]), at: "/d")
        #expect(tree.entries(of: "/d") == nil)
        tree.insert(.file([3]), at: "/d/below/file")
        #expect(Self.paths(tree) == ["/", "/d", "/d/below", "/d/below/file"])
        tree.insert(.file([4]), at: .root)
        #expect(tree.node(at: .root)?.isDirectory == true)
        #expect(!tree.remove("/nothing") && tree.remove(.root) && Self.paths(tree) == ["/"])
    }

    @Test("a path deeper than any image has is not taken, and nothing overflows")
    func depth() {
        var tree = FileTree()
        let deepest = ImagePath(names: [ImagePath.Name](repeating: [0x61], count: FileTree.maximumDepth))
        tree.insert(.file([1]), at: deepest)
        #expect(tree.node(at: deepest) != nil)
        tree.insert(.file([1]), at: deepest.appending("b"))
        #expect(tree.node(at: deepest)?.isDirectory == false)
        let endless = ImagePath(names: [ImagePath.Name](repeating: [0x62], count: 200_000))
        tree.insert(.file([1]), at: endless)
        #expect(tree.node(at: endless) == nil && tree.resolve(endless) == nil && !tree.remove(endless))
        #expect(Self.paths(tree).count == FileTree.maximumDepth + 1)
    }

    @Test("names are bytes: sorted as such, not as text")
    func names() {
        let tree = Self.tree([
            ("/b", .file([])), ("/é", .file([])), ("/A", .file([])),
            (ImagePath(names: [[0xFF]]), .file([])), (ImagePath(names: [[0x61, 0x0A]]), .file([])),
        ])
        #expect(tree.entries(of: .root) == [[0x41], [0x61, 0x0A], [0x62], Array("é".utf8), [0xFF]])
        #expect(tree.entries(of: "/b") == nil)
    }
}
