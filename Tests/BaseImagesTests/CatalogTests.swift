// SPDX-License-Identifier: Apache-2.0

import Archives
import BaseImages
import Diagnostics
import Foundation
import OCISpec
import Testing

@Suite("The catalog of images that are known in part")
struct CatalogTests {
    @Test("every repository of the index has the images and tags that it counts, and no file has others")
    func indexIsWhole() throws {
        let kit = KitFixture().kit
        var tags = 0
        let repositories = try kit.repositories()
        for repository in repositories {
            let images = try kit.images(of: repository.name)
            #expect(images.count == repository.imageCount, "\(repository.name)")
            #expect(Set(images.flatMap(\.tags)).count == repository.tagCount, "\(repository.name)")
            tags += repository.tagCount
        }
        #expect(repositories.count >= 200)
        #expect(tags >= 7_000)
        print("\(repositories.count) repositories, \(tags) tags")
    }

    @Test("every image can be found by its first tag, and what it says of itself is the same everywhere")
    func everyImageIsFound() throws {
        let kit = KitFixture().kit
        for repository in try kit.repositories() {
            for image in try kit.images(of: repository.name) {
                let reference = try ImageReference(parsing: repository.name + ":" + (image.tags.first ?? ""))
                let found = try kit.image(reference)
                // A model whose files are recorded stands before a row for the same tag.
                #expect(found == image || found?.manifestDigest != nil, "\(reference)")
            }
        }
    }

    /// An image of each file is put together: a list that is wrong would be found here.
    @Test("an image of every repository is put together, the same bytes each time")
    func everyRepositoryHasAnImage() throws {
        let (first, second) = (KitFixture(), KitFixture())
        for repository in try first.kit.repositories() {
            guard let tag = try first.kit.images(of: repository.name).last?.tags.first else { continue }
            let image = try #require(try first.image(repository.name + ":" + tag), "\(repository.name)")
            let again = try second.image(repository.name + ":" + tag)
            #expect(again?.manifestDigest == image.manifestDigest, "\(repository.name)")
            #expect(image.configuration.rootfs.diffIDs.count == image.manifest.layers.count)
            for blob in image.manifest.layers + [image.manifest.config] {
                #expect(Digest.sha256(of: try first.store.blob(blob.digest)) == blob.digest)
            }
        }
    }

    static let wrong: [(text: String, why: String)] = [
        ("I\tlatest\tscratch\t1\t1\t\t\t\t1\t+", "no repository"),
        ("R\tdocker.io/library/one\nI\tlatest\tscratch\t9\t1\t\t\t\t1\t+", "no entry 9"),
        ("R\tdocker.io/library/one\nI\tlatest\tscratch\t1\t9\t\t\t\t1\t+", "no entry 9"),
        ("R\tdocker.io/library/one\nI\tlatest\tscratch\t1\t1\t9\t\t\t1\t+", "no entry 9"),
        ("R\tdocker.io/library/one\nI\tlatest\tscratch\t1\t1\t\t9\t\t1\t+", "no entry 9"),
        ("R\tdocker.io/library/one\nI\tlatest\tscratch\t1\t1\t\t\t9\t1\t+", "no entry 9"),
        ("R\tdocker.io/library/one\nI\tlatest\tscratch\t1\t1\t\t\t\t9\t+", "no entry 9"),
        ("R\tdocker.io/library/one\nI\t\tscratch\t1\t1\t\t\t\t1\t+", "without a tag"),
        (
            "R\tdocker.io/library/one\nI\tlatest\tscratch\t1\t1\t\t\t\t1\t+\nI\tlatest\tscratch\t1\t1\t\t\t\t1\t+",
            "two images"
        ),
        ("R\tdocker.io/library/one\nR\tdocker.io/library/one", "once"), ("Z\t1", "not known"),
        ("J\t1\tnot json", "JSON"), ("A\t1\tuser\troot\tmany", "number"), ("A\t1\tuser\troot\t-1", "number"),
        ("A\t1\tuser\troot\t4294967296", "number"),
    ]

    @Test("a wrong file is refused with its place", arguments: wrong)
    func wrongFile(text: String, why: String) throws {
        try KitFixture.inScratchFolder { root in
            try KitFixture.write("", to: root + "/images.kit")
            try KitFixture.write("R\tdocker.io/library/one\t1\t1\n", to: root + "/catalog.kit")
            let head = "S\t1\tbusybox\tno\tno\tnone\nC\t1\nM\t1\t2026-08-21\texact\n"
            try KitFixture.write(head + text + "\n", to: root + "/catalog/docker.io/library/one.kit")
            let failure = #expect(throws: Failure.self) {
                try BaseImageKit(root: root, store: MemoryStore()).image(ImageReference(parsing: "one:latest"))
            }
            #expect(failure?.code == .malformedInput)
            #expect(failure?.description.contains(why) == true, "\(failure.map { "\($0)" } ?? "")")
        }
    }

    @Test("images that stand on each other in a circle, or on what is not there, are put together all the same")
    func circle() throws {
        try KitFixture.inScratchFolder { root in
            try KitFixture.write("", to: root + "/images.kit")
            try KitFixture.write("R\tdocker.io/library/one\t3\t3\n", to: root + "/catalog.kit")
            try KitFixture.write("F\tbusybox\t\t\tsystem-bare\tsystem-bare\n", to: root + "/systems.kit")
            try KitFixture.write("d\t/etc\n", to: root + "/trees/system-bare.kit")
            try KitFixture.write(
                """
                S\t1\tbusybox\tno\tno\tnone
                C\t1\tapp
                M\t1\t2026-08-21\texact
                A\t1\tuser\tapp\t7\t7
                E\t1\tA=1
                E\t2\tB=2
                R\tdocker.io/library/one
                I\ta\tdocker.io/library/one:b\t1\t1\t1\t\t\t1\t+
                I\tb\tdocker.io/library/one:a\t1\t1\t2\t1\t\t1\t+
                I\tc\tdocker.io/library/none:b\t1\t1\t2\t1\t\t1\t+

                """,
                to: root + "/catalog/docker.io/library/one.kit"
            )
            let kit = BaseImageKit(root: root, store: MemoryStore())
            for tag in ["a", "b", "c"] {
                let image = try #require(
                    try kit.baseImage(ImageReference(parsing: "one:" + tag), platform: .linuxAMD64)
                )
                #expect(image.configuration.config.user == "app")
                #expect(image.text("/etc/passwd")?.contains("app:x:7:7:") == true)
            }
            let cut = try #require(try kit.image(ImageReference(parsing: "one:c")))
            #expect(cut.extent(of: .accounts) == .inPart)
            #expect(cut.gaps["accounts"]?.contains("docker.io/library/none:b") == true)
        }
    }

    // MARK: The generator

    private static let script = KitFixture.root + "/../scripts/kit-catalog"

    private static let tables = [
        "image_configs.csv": """
        repository,tags,parent,user,workdir,entrypoint,cmd,env,exposed_ports,volumes,stop_signal,labels_count,onbuild,os,shell,bash,package_manager,source,as_of,match,state
        one,1.2 1 latest,scratch,,,,"[""sh""]","[""PATH=/bin"",""A=1""]",,,,0,,debian 13,yes,yes,apt,x,2026-01-01,exact,current
        two,2,one:1,app,/app,[],,"[""PATH=/bin"",""A=2"",""B=a\\tb"",""C""]",80/tcp,/data,SIGINT,0,,debian 13,yes,yes,apt,x,2026-01-02,older,"former, listed until 2026-02-01"
        gcr.io/x/three,a,,unknown,unknown,,unknown,unknown,,,,,,distroless (debian 13),no,no,none,x,,unknown,
        """,
        "image_accounts.csv": """
        repository,tags,kind,name,uid,gid,home,shell,groups,how,source
        two,2,user,app,,,,,,useradd -r app,x
        """,
        "image_packages.csv": """
        repository,tags,manager,name,version,path,note,source
        two,2,program,node,24.1.0,/usr/local/bin/node,,x
        two,2,apt,curl git=1,,,,x
        """,
    ]

    private func generate(_ arguments: [String]) throws -> (status: Int32, text: String)? {
        try KitFixture.output("/usr/bin/env", ["python3", Self.script] + arguments)
    }

    @Test("the generator writes the same bytes each time, and every row is in them")
    func generates() throws {
        try KitFixture.inScratchFolder { root in
            for (name, text) in Self.tables { try KitFixture.write(text + "\n", to: root + "/rows/" + name) }
            guard let first = try generate([root + "/rows", root + "/a"]), first.status != 127 else { return }
            #expect(first.status == 0, "\(first.text)")
            #expect(try generate([root + "/rows", root + "/b"])?.status == 0)
            let files = try FileManager.default.subpathsOfDirectory(atPath: root + "/a").sorted()
            #expect(files == (try FileManager.default.subpathsOfDirectory(atPath: root + "/b")).sorted())
            #expect(files.contains("catalog/docker.io/library/two.kit"))
            #expect(files.contains("catalog/gcr.io/x.kit"))
            for file in files where file.hasSuffix(".kit") {
                #expect(
                    FileManager.default.contents(atPath: root + "/a/" + file)
                        == FileManager.default.contents(atPath: root + "/b/" + file)
                )
            }
            #expect(try generate(["--check", root + "/rows", root + "/a"])?.status == 0)
            // A row that is not there any more, and one that is new, are told.
            let path = root + "/a/catalog/docker.io/library/two.kit"
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try KitFixture.write(text.replacing("A=2", with: "A=3"), to: path)
            #expect(try generate(["--check", root + "/rows", root + "/a"])?.status == 1)
            try KitFixture.write(text.replacing("I\t2\t", with: "I\t3\t"), to: path)
            #expect(try generate(["--check", root + "/rows", root + "/a"])?.status == 1)
        }
    }

    @Test("rows that contradict each other stop the generator, and nothing is written")
    func refusesRows() throws {
        let wrong: [(file: String, line: String)] = [
            ("image_configs.csv", "one,1,scratch,,,,,,,,,,,debian 13,yes,yes,apt,x,2026-01-01,exact,current"),
            ("image_configs.csv", "four,1,scratch,,,,not json,,,,,,,debian 13,yes,yes,apt,x,2026-01-01,exact,current"),
            ("image_configs.csv", "four,1,scratch,,,,,,,,,,,debian 13,yes,yes,apt,x,2026-01-01,exact,whatever"),
            ("image_accounts.csv", "nothing,1,user,app,,,,,,,x"), ("image_packages.csv", "two,9,apt,curl,,,,x"),
        ]
        for (file, line) in wrong {
            try KitFixture.inScratchFolder { root in
                for (name, text) in Self.tables {
                    try KitFixture.write(text + "\n" + (name == file ? line + "\n" : ""), to: root + "/rows/" + name)
                }
                guard let result = try generate([root + "/rows", root + "/a"]), result.status != 127 else { return }
                #expect(result.status == 1, "\(line)")
                #expect(!FileManager.default.fileExists(atPath: root + "/a/catalog.kit"))
            }
        }
    }
}
