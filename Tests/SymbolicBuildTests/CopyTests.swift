// SPDX-License-Identifier: Apache-2.0

import Archives
import BaseImages
import Diagnostics
import ImageFilesystem
import OCISpec
import SeaworthyTestSupport
import Testing

@testable import SymbolicBuild

@Suite("COPY and ADD")
struct CopyTests {
    /// A context with folders of several modes, links, and names that look like patterns.
    static var context: MemoryContext {
        var tree = FileTree()
        for (path, text) in [
            ("/package.json", "p"), ("/package-lock.json", "l"), ("/src/index.js", "i"), ("/src/lib/a.js", "a"),
            ("/src/lib/b.txt", "b"), ("/docs/read me.md", "r"), ("/docs/a.txt", "d"), ("/x[1].txt", "brackets"),
            ("/x1.txt", "one"), ("/é.txt", "accent"),
        ] { tree.insert(.file(Array(text.utf8)), at: ImagePath(path)) }
        tree.update(at: "/src/lib") { $0.mode = 0o750 }
        tree.insert(.file(Array("run".utf8), mode: 0o755, uid: 501, gid: 20), at: "/bin/run.sh")
        tree.insert(.symlink(to: "src/index.js"), at: "/main.js")
        tree.insert(.symlink(to: "src"), at: "/code")
        tree.insert(.symlink(to: "nowhere"), at: "/dangling")
        tree.insert(.directory(), at: "/empty")
        return MemoryContext(tree: tree)
    }

    /// Lines behind `FROM debian:12`, and what is new in the image then: modes of folders, layers that look at nothing below.
    static let layers: [(lines: String, new: [String])] = [
        ("COPY --chmod=640 package.json /new/path/", ["/new/ 640", "/new/path/ 640", "/new/path/package.json 640 p"]),
        ("ADD --chmod=0700 package.json /n/p/f", ["/n/ 700", "/n/p/ 700", "/n/p/f 700 p"]),
        ("COPY --chmod=go-r package.json /n/p", ["/n/ 755", "/n/p 600 p"]),
        ("COPY --chmod=600 package.json /srv/p", ["/srv/p 600 p"]),
        ("COPY --chmod=711 <<E /n/e\nx\nE", ["/n/ 711", "/n/e 711 x\n"]),
        ("COPY --link package.json /data/p", ["/data/ 755", "/data/p 644 p"]),
        ("COPY --link package.json /srv/alias.txt", ["/srv/alias.txt 644 p"]),
        ("COPY --link package.json /srv/data/p", ["/srv/data/ 755", "/srv/data/p 644 p"]),
        ("COPY --link package.json /srv/data", ["/srv/data 644 p"]),
        ("COPY --link --chown=5:6 package.json /n/p", ["/n/ 755 5:6", "/n/p 644 5:6 p"]),
        ("WORKDIR /srv\nCOPY --link package.json sub/", ["/srv/sub/ 755", "/srv/sub/package.json 644 p"]),
        ("ADD --link package.json /data/p", ["/data/ 755", "/data/p 644 p"]),
    ]

    @Test("make folders with the mode that is asked for, and with --link look at nothing below", arguments: layers)
    func layer(lines: String, new: [String]) throws {
        let state = try BuildFixture.stage("FROM debian:12\n\(lines)", context: Self.context)
        let before = Set(BuildFixture.outline(BuildFixture.debian))
        #expect(BuildFixture.outline(state.tree).filter { !before.contains($0) } == new)
    }

    /// `--chown`, and the numbers that a file gets; nil where the build stops.
    static let owners: [(flags: String, owner: String?)] = [
        ("--chown=app", "1001:2001"), ("--chown=app:", "1001:0"), ("--chown=1001:", "1001:0"), ("--chown=:12", "0:12"),
        ("--chown=1200", "1200:1200"), ("--chown=:staff", "0:50"), ("--chown=app:nobody", nil), ("--chown=none:", nil),
        ("--link --chown=1001:12", "1001:12"), ("--link --chown=app", nil), ("--link --chown=0:staff", nil),
        ("--link --chown=root:root", "0:0"),
    ]

    @Test("give files to the owner that is asked for", arguments: owners)
    func owner(flags: String, owner: String?) throws {
        let outcome = try BuildFixture.build("FROM debian:12\nCOPY \(flags) package.json /p", context: Self.context)
        let node = outcome.target?.tree.node(at: "/p")
        #expect(node.map { "\($0.uid):\($0.gid)" } == owner)
        #expect((outcome.problem == nil) == (owner != nil))
        if flags.contains("--link"), owner == nil { #expect(outcome.problem?.message == "invalid user index: -1") }
    }

    /// Lines behind `FROM debian:12` and what is new in the image then.
    static let copies: [(lines: String, new: [String])] = [
        ("COPY package.json /", ["/package.json 644 p"]),
        ("COPY package.json /p", ["/p 644 p"]),
        ("COPY package.json /new/", ["/new/ 755", "/new/package.json 644 p"]),
        ("COPY package.json /new/deep/p", ["/new/ 755", "/new/deep/ 755", "/new/deep/p 644 p"]),
        ("COPY package.json /tmp", ["/tmp/package.json 644 p"]),
        ("COPY package*.json /n/", ["/n/ 755", "/n/package-lock.json 644 l", "/n/package.json 644 p"]),
        ("COPY package*.json none* /n/", ["/n/ 755", "/n/package-lock.json 644 l", "/n/package.json 644 p"]),
        ("COPY none* /n/", []),
        ("COPY package.json bin/run.sh /n/", ["/n/ 755", "/n/package.json 644 p", "/n/run.sh 755 run"]),
        ("COPY src /n", ["/n/ 755", "/n/index.js 644 i", "/n/lib/ 750", "/n/lib/a.js 644 a", "/n/lib/b.txt 644 b"]),
        ("COPY src/lib/ /n/", ["/n/ 755", "/n/a.js 644 a", "/n/b.txt 644 b"]),
        ("COPY ./src/../src/lib /n", ["/n/ 755", "/n/a.js 644 a", "/n/b.txt 644 b"]),
        ("COPY ../../package.json /n/", ["/n/ 755", "/n/package.json 644 p"]),
        ("COPY empty /n/m", ["/n/ 755", "/n/m/ 755"]),
        ("COPY main.js /n/", ["/n/ 755", "/n/main.js 644 i"]),
        ("COPY code /n/", ["/n/ 755", "/n/index.js 644 i", "/n/lib/ 750", "/n/lib/a.js 644 a", "/n/lib/b.txt 644 b"]),
        ("COPY code/lib/a.js /n/", ["/n/ 755", "/n/a.js 644 a"]),
        ("COPY x[[]1].txt /n/", ["/n/ 755", "/n/x[1].txt 644 brackets"]),
        ("COPY x?.txt /n/", ["/n/ 755", "/n/x1.txt 644 one"]),
        ("COPY ?.txt /n/", ["/n/ 755", "/n/é.txt 644 accent"]),
        ("COPY [\"docs/read me.md\", \"/n/\"]", ["/n/ 755", "/n/read me.md 644 r"]),
        ("COPY package.json /data/", ["/srv/data/package.json 644 p"]),
        ("COPY package.json /data/new/", ["/srv/data/new/ 755", "/srv/data/new/package.json 644 p"]),
        ("COPY package.json /data/new/p", ["/srv/data/new/ 755", "/srv/data/new/p 644 p"]),
        ("COPY package.json /srv/old.txt", ["/srv/old.txt 644 p"]),
        ("COPY package.json /srv/alias.txt", ["/srv/old.txt 644 p"]),
        ("WORKDIR /srv\nCOPY package.json sub/", ["/srv/sub/ 755", "/srv/sub/package.json 644 p"]),
        ("WORKDIR /srv\nCOPY package.json .", ["/srv/package.json 644 p"]),
        ("WORKDIR /srv\nCOPY package.json $NOTHING", ["/srv/package.json 644 p"]),
        (
            "COPY --chown=node:apps src/lib /n/m",
            [
                "/n/ 755 1000:2001", "/n/m/ 755 1000:2001", "/n/m/a.js 644 1000:2001 a", "/n/m/b.txt 644 1000:2001 b",
            ]
        ),
        ("COPY --chown=app package.json /n", ["/n 644 1001:2001 p"]),
        ("COPY --chown=1001 package.json /n", ["/n 644 1001:1001 p"]),
        ("COPY --chown=root:50 package.json /n", ["/n 644 0:50 p"]),
        ("COPY --chmod=0600 src/lib /n", ["/n/ 600", "/n/a.js 600 a", "/n/b.txt 600 b"]),
        (
            "COPY --chmod=u=rwX,go= src /n",
            ["/n/ 755", "/n/index.js 600 i", "/n/lib/ 700", "/n/lib/a.js 600 a", "/n/lib/b.txt 600 b"]
        ),
        ("COPY --parents src/lib/a.js /n/", ["/n/ 755", "/n/src/ 755", "/n/src/lib/ 750", "/n/src/lib/a.js 644 a"]),
        ("COPY --parents src/./lib/*.js /n/", ["/n/ 755", "/n/lib/ 750", "/n/lib/a.js 644 a"]),
        (
            "COPY --parents **/*.txt /n/",
            [
                "/n/ 755", "/n/docs/ 755", "/n/docs/a.txt 644 d", "/n/src/ 755", "/n/src/lib/ 750",
                "/n/src/lib/b.txt 644 b",
                "/n/x1.txt 644 one", "/n/x[1].txt 644 brackets", "/n/é.txt 644 accent",
            ]
        ),
        ("COPY --exclude=**/*.js src /n", ["/n/ 755", "/n/lib/ 750", "/n/lib/b.txt 644 b"]),
        ("COPY --exclude=lib src /n", ["/n/ 755", "/n/index.js 644 i"]),
        (
            "COPY --exclude=lib --exclude=!lib/a.js src /n",
            ["/n/ 755", "/n/index.js 644 i", "/n/lib/ 755", "/n/lib/a.js 644 a"]
        ),
        ("COPY --exclude=*-lock.json package* /n/", ["/n/ 755", "/n/package.json 644 p"]),
        ("COPY <<EOF /n/f\n$BASE 'x$BASE' \"y\"\nEOF", ["/n/ 755", "/n/f 644 1 'x1' \"y\"\n"]),
        ("COPY <<'EOF' /n/\n$BASE\nEOF", ["/n/ 755", "/n/EOF 644 $BASE\n"]),
        (
            "COPY --chown=7 --chmod=700 <<a <<-b package.json /n/\n1\na\n\t2\n\tb",
            [
                "/n/ 700 7:7", "/n/a 700 7:7 1\n", "/n/b 700 7:7 2\n", "/n/package.json 700 7:7 p",
            ]
        ),
        ("ADD package.json src/lib /n/", ["/n/ 755", "/n/a.js 644 a", "/n/b.txt 644 b", "/n/package.json 644 p"]),
    ]

    @Test("put files where BuildKit puts them", arguments: copies)
    func placed(lines: String, new: [String]) throws {
        let state = try BuildFixture.stage("FROM debian:12\n\(lines)", context: Self.context)
        let before = Set(BuildFixture.outline(BuildFixture.debian))
        let found = BuildFixture.outline(state.tree).filter { !before.contains($0) }
        #expect(found == new.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } || found == new)
        #expect(state.unknowns.isEmpty)
        #expect(BuildFixture.outline(state.tree).contains("/srv/data/ 700 1000:1000"))
    }

    @Test("give folders that are there already the source's mode and owner, but leave the destination itself alone")
    func existingFolders() throws {
        let state = try BuildFixture.stage(
            "FROM debian:12\nCOPY src /srv/data\nCOPY --chown=5 src /srv/data",
            context: Self.context
        )
        #expect(state.tree.node(at: "/srv/data")?.mode == 0o700)
        #expect(state.tree.node(at: "/srv/data")?.uid == 1000)
        #expect(state.tree.node(at: "/srv/data/lib")?.mode == 0o750)
        #expect(state.tree.node(at: "/srv/data/lib")?.uid == 5)
    }

    @Test("expand a here-document with a backslash as escape, whatever the file's own escape is")
    func heredocEscape() throws {
        let state = try BuildFixture.stage("# escape=`\nFROM debian:12\nCOPY <<E /n\n\\$BASE `$BASE 'q' \"$BASE\"\nE")
        #expect(state.tree.bytes(at: "/n").map { String(decoding: $0, as: UTF8.self) } == "$BASE `1 'q' \"1\"\n")
    }

    /// What stands in the way of a copy.
    static let blocked: [(lines: String, message: String)] = [
        ("COPY src /srv/old.txt", "not a directory"),
        ("COPY package.json /srv/old.txt/", "not a directory"),
        ("COPY package.json /srv/old.txt/x", "not a directory"),
        ("COPY dangling /x", "\"/dangling\": not found"),
        ("COPY Package.json /x", "\"/Package.json\": not found"),
        ("COPY package.json none /x/", "\"/none\": not found"),
        ("COPY [\"[a\", \"/x\"]", "syntax error in pattern"),
        ("COPY x[b-].txt /x", "syntax error in pattern"),
        ("COPY --parents none/a /x", "not found"),
        ("COPY --exclude=[ src /x", "syntax error in pattern"),
    ]

    @Test("stop where BuildKit stops", arguments: blocked)
    func stops(lines: String, message: String) throws {
        let outcome = try BuildFixture.build("FROM debian:12\n\(lines)", context: Self.context)
        #expect(outcome.problem?.message.contains(message) == true, "\(outcome.problem?.message ?? "no problem")")
        #expect(outcome.problem?.range?.start.line == 2)
    }

    @Test("never put a folder over a link or a file over a folder")
    func overLinks() throws {
        let rootfs = MemoryContext(["r/bin/tool": "t", "s/srv": "file"])
        for (source, message) in [
            ("r", "cannot copy to non-directory: /bin"), ("s", "cannot replace to directory /srv"),
        ] {
            let outcome = try BuildFixture.build("FROM debian:12\nCOPY \(source) /", context: rootfs)
            #expect(outcome.problem?.message.contains(message) == true, "\(outcome.problem?.message ?? "no problem")")
        }
    }

    @Test("take stages by name, number and image name")
    func from() throws {
        let text = """
            FROM scratch AS Zero
            COPY package.json /z
            FROM debian:12
            COPY --from=zero /z /by-name
            COPY --from=0 /z /by-number
            COPY --from=debian:12 /srv/old.txt /by-image
            COPY --from=scratch . /nothing
            """
        let outcome = try BuildFixture.build(text, context: Self.context)
        let tree = try #require(outcome.target?.tree)
        #expect(tree.bytes(at: "/by-name") == Array("p".utf8))
        #expect(tree.bytes(at: "/by-number") == Array("p".utf8))
        #expect(tree.bytes(at: "/by-image") == Array("old".utf8))
        #expect(outcome.target?.copiedImages.map(\.reference.familiar) == ["debian:12"])
        #expect(outcome.problem == nil)
    }

    @Test("keep the owners that files of a stage have, unless told otherwise")
    func stageOwners() throws {
        let state = try BuildFixture.stage(
            "FROM debian:12 AS a\nFROM scratch\nCOPY --from=a /srv /n\nCOPY --from=a --chown=7 /srv /o"
        )
        let lines = BuildFixture.outline(state.tree)
        #expect(lines.contains("/n/data/ 700 1000:1000") && lines.contains("/n/ 755"))
        #expect(lines.contains("/o/data/ 700 7:7") && lines.contains("/o/ 755 7:7"))
    }

    @Test("say that the ignore file leaves a file out")
    func ignored() throws {
        let folder = try ScratchFolder()
        _ = try folder.write("secret.env", "x")
        _ = try folder.write("app/keep.js", "k")
        _ = try folder.write("app/skip.log", "s")
        _ = try folder.write(".dockerignore", "*.env\n**/*.log\n")
        _ = try folder.write("Dockerfile", "")
        let context = try FolderContext(
            dockerfile: folder.path("Dockerfile"),
            folder: folder.path,
            limits: .standard
        )
        let outcome = try BuildFixture.build("FROM debian:12\nCOPY secret.env /x", context: context)
        #expect(outcome.problem?.message.contains("\"/secret.env\": not found") == true)
        #expect(outcome.problem?.fix?.contains(".dockerignore") == true)
        let state = try BuildFixture.stage("FROM debian:12\nCOPY . /n", context: context)
        #expect(state.tree.bytes(at: "/n/app/keep.js") == Array("k".utf8))
        #expect(state.tree.node(at: "/n/app/skip.log") == nil)
        #expect(state.tree.node(at: "/n/secret.env") == nil)
        // An ignore file of the Dockerfile's own wins.
        _ = try folder.write("Dockerfile.dockerignore", "app\n")
        let own = try FolderContext(dockerfile: folder.path("Dockerfile"), folder: folder.path, limits: .standard)
        #expect(try BuildFixture.stage("FROM debian:12\nCOPY secret.env /x", context: own).tree.node(at: "/x") != nil)
    }

    @Test("unpack archives of the context, unless told not to, and leave what is none")
    func archives() throws {
        let sink = MemorySink()
        let writer = try TarWriter(to: sink)
        try writer.add(ArchiveEntry(path: Array("top/".utf8), kind: .directory, mode: 0o750, uid: 3, gid: 4))
        try writer.add(
            ArchiveEntry(path: Array("top/f".utf8), kind: .file, mode: 0o640, uid: 3, gid: 4, sizeBytes: 2),
            from: ByteSource.bytes(Array("hi".utf8))
        )
        try writer.add(ArchiveEntry(path: Array("l".utf8), kind: .symlink(target: Array("top/f".utf8)), mode: 0o777))
        _ = try writer.finish()
        let tar = sink.bytes
        var tree = FileTree()
        tree.insert(.file(tar), at: "/a.tar")
        tree.insert(.file([0x1F, 0x8B, 0x08, 0x00]), at: "/broken.gz")
        tree.insert(.file(Array("plain".utf8)), at: "/plain.tar")
        tree.insert(.directory(), at: "/link/real")
        tree.insert(.symlink(to: "real"), at: "/link/top")
        tree.insert(.file(Array("own".utf8)), at: "/folder/top/own")
        let context = MemoryContext(tree: tree)
        func new(_ line: String) throws -> [String] {
            BuildFixture.outline(try BuildFixture.stage("FROM scratch\n\(line)", context: context).tree)
        }
        let unpacked = ["/n/l -> top/f", "/n/top/ 750 3:4", "/n/top/f 640 3:4 hi"]
        // A link to a folder is replaced, and a folder gets the mode and the owner that the archive has.
        #expect(try new("COPY link /n\nADD a.tar /n") == ["/n/ 755", unpacked[0], "/n/real/ 755"] + unpacked[1...])
        #expect(try new("COPY folder /n\nADD a.tar /n") == ["/n/ 755"] + unpacked + ["/n/top/own 644 own"])
        #expect(try new("ADD a.tar /n") == ["/n/ 755", "/n/l -> top/f", "/n/top/ 750 3:4", "/n/top/f 640 3:4 hi"])
        #expect(try new("ADD --unpack=false a.tar /n/").map { $0.prefix(12) } == ["/n/ 755", "/n/a.tar 644"])
        #expect(try new("COPY a.tar /n/").map { $0.prefix(12) } == ["/n/ 755", "/n/a.tar 644"])
        #expect(try new("ADD plain.tar /n") == ["/n 644 plain"])
        #expect(try new("ADD broken.gz /n").count == 1)
    }

    @Test("unpack a tar without a magic number, as the oldest ones are")
    func oldArchive() throws {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, _ offset: Int) {
            header.replaceSubrange(offset..<offset + text.utf8.count, with: text.utf8)
        }
        for (text, offset) in [("f", 0), ("0000644", 100), ("0000000", 108), ("0000000", 116), ("00000000002", 124)] {
            put(text, offset)
        }
        put("00000000000", 136)
        put("        ", 148)
        let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
        put(String(repeating: "0", count: 6 - sum.utf8.count) + sum + "\0", 148)
        let tar = header + Array("hi".utf8) + [UInt8](repeating: 0, count: 510 + 1024)
        var tree = FileTree()
        tree.insert(.file(tar), at: "/a.tar")
        tree.insert(.file(Array(tar.dropFirst())), at: "/b.tar")
        let context = MemoryContext(tree: tree)
        func new(_ line: String) throws -> [String] {
            BuildFixture.outline(try BuildFixture.stage("FROM scratch\n\(line)", context: context).tree)
        }
        #expect(try new("ADD a.tar /n") == ["/n/ 755", "/n/f 644 hi"])
        #expect(try new("ADD b.tar /n/").map { $0.prefix(8) } == ["/n/ 755", "/n/b.tar"])
    }

    @Test("take a context that comes as an archive, and mind its ignore file")
    func archiveContext() throws {
        func archive(_ files: [(String, String)], _ links: [(String, String)] = []) throws -> [UInt8] {
            let sink = MemorySink()
            let writer = try TarWriter(to: sink, compression: .gzip)
            for (path, text) in files {
                try writer.add(
                    ArchiveEntry(path: Array(path.utf8), kind: .file, mode: 0o644, sizeBytes: text.utf8.count),
                    from: ByteSource.bytes(Array(text.utf8))
                )
            }
            for (path, target) in links {
                try writer.add(
                    ArchiveEntry(path: Array(path.utf8), kind: .hardLink(target: Array(target.utf8)), mode: 0o644)
                )
            }
            _ = try writer.finish()
            return sink.bytes
        }
        let bytes = try archive(
            [("./Dockerfile", "FROM scratch\n"), (".dockerignore", "*\n!src\n"), ("src/a", "A"), ("other", "o")],
            [("src/b", "src/a")]
        )
        #expect(ArchiveContext.isArchive(bytes) && !ArchiveContext.isArchive(Array("FROM scratch\n".utf8)))
        let context = try ArchiveContext(bytes, dockerfile: "Dockerfile", limits: .standard)
        #expect(context.dockerfile("Dockerfile").map { String(decoding: $0, as: UTF8.self) } == "FROM scratch\n")
        #expect(context.dockerfile("none") == nil)
        let state = try BuildFixture.stage("FROM scratch\nCOPY . /n", context: context)
        #expect(BuildFixture.outline(state.tree) == ["/n/ 755", "/n/src/ 755", "/n/src/a 644 A", "/n/src/b 644 A"])
        let ignored = try BuildFixture.build("FROM scratch\nCOPY other /", context: context)
        #expect(ignored.problem?.fix?.contains(".dockerignore") == true)
        for path in ["../x", "a/../../x"] {
            let hostile = try archive([(path, "x")])
            #expect(throws: Failure.self) { try ArchiveContext(hostile, dockerfile: "D", limits: .standard) }
        }
        let pattern = try archive([(".dockerignore", "[")])
        #expect(throws: Failure.self) { try ArchiveContext(pattern, dockerfile: "D", limits: .standard) }
        #expect(throws: Failure.self) {
            try ArchiveContext(Array(bytes.prefix(60)), dockerfile: "D", limits: .standard)
        }
    }

    /// An ADD of an address, the scope of what is not known then, and the new files.
    static let remote: [(line: String, scope: Unknown.Scope, new: [String])] = [
        ("ADD https://example.org/a/tool.bin?x=1 /opt/", .files, ["/opt/ 755", "/opt/tool.bin 600 ?"]),
        ("ADD --chmod=755 https://example.org/ash /usr/bin/ash", .files, ["/usr/bin/ash 755 ?"]),
        ("ADD https://example.org/repo.git /src", .application, ["/src/ 755"]),
        ("ADD https://example.org/repo.git /", .filesystem, []),
        ("ADD --unpack=true https://example.org/root.tgz /", .filesystem, []),
        ("ADD https://example.org/passwd /etc/passwd", .accounts, ["/etc/passwd 600 ?"]),
    ]

    @Test("keep on the record what stands at an address", arguments: remote)
    func addresses(line: String, scope: Unknown.Scope, new: [String]) throws {
        let state = try BuildFixture.stage("FROM debian:12\n\(line)")
        #expect(state.unknowns.map(\.scope) == [scope])
        let before = Set(BuildFixture.outline(BuildFixture.debian))
        #expect(BuildFixture.outline(state.tree).filter { !before.contains($0) } == new)
        #expect(state.layers.count == 1)
    }

    /// A copy out of a stage that is not fully known, and how far the doubt reaches in the stage that copies.
    static let doubts: [(line: String, scope: Unknown.Scope)] = [
        ("COPY --from=0 /app/node_modules ./node_modules", .application),
        ("COPY --from=0 /app /app", .application),
        ("COPY --from=0 /app/server /usr/local/bin/server", .files),
        ("COPY --from=0 /app/server /usr/local/bin/", .files),
        ("COPY --from=0 / /", .filesystem),
        ("COPY --from=0 /etc /etc", .filesystem),
        ("COPY --from=0 /etc/passwd /etc/passwd", .accounts),
        ("COPY --from=0 /etc/passwd /etc/", .accounts),
        ("COPY --from=0 /usr/local /usr/local", .packages),
        ("COPY --from=0 /tools/* /usr/bin/", .packages),
        ("COPY --from=0 /app/app.jar /app/", .files),
        ("COPY --from=0 /app/*.jar /app/app.jar", .files),
    ]

    @Test("doubt only what a copy can have reached", arguments: doubts)
    func doubtsNoMore(line: String, scope: Unknown.Scope) throws {
        let state = try BuildFixture.stage("FROM example.org/unknown\nFROM debian:12\n\(line)")
        #expect(state.unknowns.map(\.scope) == [scope])
        #expect(state.unknowns.first?.line == 3)
        #expect(state.isDoubted(.accounts) == (scope == .filesystem || scope == .accounts))
    }

    @Test("keep the stage and the line that made a file, through every copy")
    func origins() throws {
        let state = try BuildFixture.stage(
            """
            FROM debian:12 AS a
            COPY package.json /one
            FROM debian:12 AS b
            COPY --from=a /one /two
            COPY package.json /three
            FROM debian:12
            COPY --from=b /two /three /srv/
            COPY --from=debian:12 /etc/passwd /from-image
            """,
            context: Self.context
        )
        #expect(state.tree.node(at: "/srv/package.json") == nil)
        #expect(state.tree.node(at: "/srv/two")?.origin == FileOrigin(stage: 0, line: 2))
        #expect(state.tree.node(at: "/srv/three")?.origin == FileOrigin(stage: 1, line: 5))
        #expect(state.tree.node(at: "/from-image")?.origin == FileOrigin(stage: 2, line: 8))
        #expect(state.tree.node(at: "/etc/passwd")?.origin == nil)
    }

    @Test("show a program that comes from where nothing is known")
    func unknownProgram() throws {
        let state = try BuildFixture.stage("FROM debian:12\nCOPY --from=example.org/tools /busybox /usr/local/bin/sh")
        #expect(state.tree.node(at: "/usr/local/bin/sh") != nil)
    }

    @Test("with mounts leave the image as it was")
    func mounts() throws {
        let state = try BuildFixture.stage(
            """
            FROM debian:12
            RUN --mount=type=bind,target=/deep/new/ctx --mount=type=cache,target=/srv/data --mount=type=secret,id=a/tok \\
                --mount=type=tmpfs,target=/tmp --mount=type=bind,source=package.json,target=/srv/old.txt :
            """,
            context: Self.context
        ) { _ in }
        #expect(BuildFixture.outline(state.tree) == BuildFixture.outline(BuildFixture.debian))
    }
}
