// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Diagnostics
import ImageFilesystem
import OCISpec
import SeaworthyTestSupport
import SymbolicBuild
import Testing
import Workbench

@testable import SeaworthyCommands

@Suite("The options of docker build")
struct DockerBuildOptionsTests {
    /// Why options are refused; nil where they are taken.
    private static func refusal(_ words: [String], noCache: Bool = false) -> Failure.Code? {
        do {
            let options = try DockerBuildOptions.parse(words)
            _ = try options.remarks(noCache: noCache)
            _ = try options.wantedAnnotations()
            _ = try options.secretNames(environment: ["TOKEN": "x"]) { "/nonexistent/" + $0 }
            _ = try options.namedContexts(limits: .standard) { "/nonexistent/" + $0 }
            return nil
        } catch let failure as Failure {
            return failure.code
        } catch {
            return .internalFault
        }
    }

    /// Options, and how they are refused; nil where they are taken.
    static let rows: [(words: [String], refusal: Failure.Code?)] = [
        ([], nil), (["--network", "none"], nil), (["--network", "host"], nil), (["--network", "mine"], .usage),
        (["--cache-from", "type=registry,ref=a", "--cache-to", "b", "--no-cache-filter", "c"], nil),
        (["--add-host", "a:1.2.3.4"], nil), (["--add-host", "a"], .usage),
        (["-m", "1g", "--shm-size", "2g", "--rm", "--force-rm", "--ulimit", "a=1", "-c", "5", "--builder", "b"], nil),
        (["--ssh", "default"], nil), (["--call", "check"], nil), (["--call", "targets"], nil),
        (["--call=check,format=json"], nil),
        (["--call", "outline"], .unavailable), (["--call", "sing"], .usage), (["--secret", "id=TOKEN"], nil),
        (["--secret", "id=a,env=B"], nil), (["--secret", "id=a"], .noInput), (["--secret", "id=a,src=none"], .noInput),
        (["--secret", "src=a"], .usage), (["--secret", "id=a,type=vault"], .usage),
        (["--secret", "id=a,colour=red"], .usage),
        (["--secret", "a"], .usage), (["--annotation", "a=b"], nil), (["--annotation", "index,manifest:a=b"], nil),
        (["--annotation", "manifest[linux/amd64]:a=b"], nil), (["--annotation", "a"], .usage),
        (["--annotation", "shelf:a=b"], .usage),
        (["--annotation", "index-descriptor:a=b"], .unavailable),
        (["--build-context", "a=docker-image://alpine:3.22"], nil),
        (["--build-context", "a=https://example.org/x.git"], nil), (["--build-context", "a"], .usage),
        (["--build-context", "a=docker-image://A"], .usage), (["--build-context", "a=folder"], .noInput),
    ]

    @Test("are taken or refused as docker does", arguments: rows)
    func options(words: [String], refusal: Failure.Code?) { #expect(Self.refusal(words) == refusal) }

    @Test("do not go together where docker says so")
    func together() { #expect(Self.refusal(["--no-cache-filter", "a"], noCache: true) == .usage) }

    @Test("that do nothing here are named, and those that do something are not")
    func remarks() throws {
        let options = try DockerBuildOptions.parse([
            "--memory", "1g", "--cache-from", "a", "--secret", "id=x", "--network", "none",
        ])
        let remarks = try options.remarks(noCache: false)
        #expect(remarks.count == 2)
        #expect(remarks.contains { $0.contains("--memory") && $0.contains("--network") })
        #expect(!remarks.contains { $0.contains("--secret") })
    }

    @Test("bring files and images under their names, in small letters")
    func contexts() throws {
        let scratch = try ScratchFolder()
        try scratch.write("more/f", "x")
        let options = try DockerBuildOptions.parse([
            "--build-context", "More=more", "--build-context", "base=docker-image://alpine",
        ])
        let contexts = try options.namedContexts(limits: .standard) { scratch.path($0) }
        guard case .files(let files)? = contexts["more"], case .image(let image)? = contexts["base"] else {
            Issue.record("\(contexts)")
            return
        }
        #expect(files.tree.node(at: "/f") != nil)
        #expect(image.familiar == "alpine:latest")
    }

    /// A value of SOURCE_DATE_EPOCH, and the time that comes of it; nil where it is refused.
    static let dates: [(value: String, seconds: Int?)] = [
        ("5", 5), ("0", 0), ("", 99), ("context", 42), ("b", 99), ("nope", nil), ("-1", nil), ("1.5", nil),
    ]

    @Test("SOURCE_DATE_EPOCH is seconds, the context's, or a stage's", arguments: dates)
    func date(value: String, seconds: Int?) throws {
        var context = MemoryContext(["f": "x"]).tree
        context.update(at: "/f") { $0.modificationTime = 42 }
        var request = BuildRequest(
            dockerfile: Array("FROM scratch AS b\nFROM b\n".utf8),
            context: MemoryContext(tree: context),
            buildArguments: ["SOURCE_DATE_EPOCH": value],
            epochSeconds: 99,
            limits: .standard
        )
        if let seconds {
            try SourceDate.set(on: &request)
            #expect(request.epochSeconds == seconds)
        } else {
            #expect(throws: Failure.self) { try SourceDate.set(on: &request) }
        }
    }
}
