// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import SeaworthyTestSupport
import Testing

@testable import Lessons

/// The content that is shipped: the lesson, its sample application, its solutions and its fixtures.
@Suite struct ContentTests {
    static let repository = LessonCodeBlockTests.repository
    static let library = LessonLibrary(root: repository.path)
    static let workspace = repository.appendingPathComponent("lessons/securing-your-image/workspace")

    @Test func `every lesson is in order`() {
        #expect(Self.library.lessonIDs.contains("securing-your-image"))
        for finding in Self.library.lint() { Issue.record("\(finding)") }
    }

    @Test func `the first lesson has its steps, hints and points`() throws {
        let lesson = try Self.library.lesson("securing-your-image")
        let steps = [
            "good-image", "organization", "quickview", "non-root-user", "rebuild", "hardened-images", "recap",
        ]
        #expect(lesson.steps.map(\.id) == steps)
        #expect(lesson.steps.allSatisfy { $0.hints.count == 3 })
        #expect(lesson.maxPoints == 30)
        #expect(lesson.checks.filter(\.isAdvisory).allSatisfy { $0.points == 0 })
        #expect(lesson.variables.map(\.name) == ["DOCKER_USERNAME", "ORGANIZATION"])
        #expect(lesson.step("recap")?.questions.count == 3)
        #expect(
            lesson.step("recap")?.questions.allSatisfy { $0.options.allSatisfy { !$0.explanation.isEmpty } } == true
        )
    }

    @Test func `the tutorial's commands can be copied as they stand`() throws {
        let lesson = try Self.library.lesson("securing-your-image")
        let blocks = try lesson.steps.flatMap { try Self.library.codeBlocks(of: $0, in: lesson) }.filter {
            $0.number != nil
        }
        let contents = Set(blocks.map(\.content))
        for command in [
            "docker scout config organization ORGANIZATION\n",
            "docker scout quickview $DOCKER_USERNAME/memes-r-us\n",
            "RUN addgroup --system appgroup && adduser --system --ingroup appgroup appuser\nUSER appuser\n",
            "docker build -t $DOCKER_USERNAME/memes-r-us --sbom=true --provenance=mode=max --load .\n",
            "docker build -t $DOCKER_USERNAME/memes-r-us:updated --sbom=true --provenance=mode=max --load .\n",
            "docker scout quickview $DOCKER_USERNAME/memes-r-us:updated\n",
        ] {
            #expect(contents.contains(command), "\(command)")
        }
        let step = try #require(lesson.step("hardened-images"))
        let dockerfile = try Self.library.codeBlock(1, of: step, in: lesson)
        #expect(dockerfile.saveAs == "Dockerfile")
        #expect(dockerfile.content.hasSuffix("EXPOSE 3000\nCMD [\"src/index.js\"]\n"))
        #expect(throws: Failure.self) { try Self.library.codeBlock(0, of: step, in: lesson) }
        #expect(throws: Failure.self) { try Self.library.codeBlock(99, of: step, in: lesson) }
    }

    @Test func `the expected table of policies has seven rows of 86 columns`() throws {
        let lesson = try Self.library.lesson("securing-your-image")
        let step = try #require(lesson.step("quickview"))
        let block = try #require(try Self.library.codeBlocks(of: step, in: lesson).first { $0.content.contains("6/7") })
        let lines = block.content.split(separator: "\n").dropFirst()
        #expect(lines.count == 9)
        #expect(lines.allSatisfy { $0.count == 86 })
        #expect(lines.filter { $0.hasPrefix("  ✓   ") }.count == 6)
        #expect(lines.filter { $0.hasPrefix("  !   ") }.count == 1)
        let rule =
            String(repeating: "─", count: 9) + "┼" + String(repeating: "─", count: 45) + "┼"
            + String(repeating: "─", count: 30)
        #expect(lines.contains { $0 == rule })
    }

    @Test func `the starting Dockerfile is the tutorial's, and solutions change only it`() throws {
        let lesson = try Self.library.lesson("securing-your-image")
        let start = try String(contentsOf: Self.workspace.appendingPathComponent("Dockerfile"), encoding: .utf8)
        #expect(
            start == """
                FROM node:lts-slim
                WORKDIR /usr/local/app
                COPY package*.json ./
                RUN npm ci --production
                ENV NODE_ENV=production
                COPY src/ ./src/
                EXPOSE 3000
                CMD ["node", "src/index.js"]

                """
        )
        for step in lesson.steps where step.solution != nil {
            #expect(Self.library.solutionFiles(of: step, in: lesson) == ["Dockerfile"])
            let folder = try #require(Self.library.solutionFolder(of: step, in: lesson))
            #expect(try String(contentsOfFile: folder + "/Dockerfile", encoding: .utf8) != start)
        }
        #expect(lesson.steps.compactMap(\.solution) == ["non-root-user", "rebuild", "hardened-images"])
    }

    private struct Lock: Decodable {
        struct Entry: Decodable {
            let version: String?
            let license: String?
            let integrity: String?
            let resolved: String?
            let dev: Bool?
            let optional: Bool?
            let dependencies: [String: String]?
            let devDependencies: [String: String]?
            let optionalDependencies: [String: String]?
        }
        let lockfileVersion: Int
        let packages: [String: Entry]
    }

    private func lock(_ folder: URL) throws -> Lock {
        try JSONDecoder().decode(Lock.self, from: Data(contentsOf: folder.appendingPathComponent("package-lock.json")))
    }

    @Test func `the lock file is whole`() throws {
        let lock = try lock(Self.workspace)
        #expect(lock.lockfileVersion == 3)
        let packages = lock.packages.filter { !$0.key.isEmpty }
        #expect(packages.count == 119)
        #expect(packages.values.filter { $0.dev != true }.count == 95)
        for (path, entry) in packages {
            #expect(path.hasPrefix("node_modules/"), "\(path)")
            #expect(entry.version != nil && entry.license != nil && entry.resolved == nil, "\(path)")
            let digest = entry.integrity.flatMap { Data(base64Encoded: String($0.dropFirst("sha512-".count))) }
            #expect(entry.integrity?.hasPrefix("sha512-") == true && digest?.count == 64, "\(path)")
        }
        var licences: [String: Int] = [:]
        for entry in packages.values { licences[entry.license ?? "", default: 0] += 1 }
        #expect(licences == ["MIT": 97, "ISC": 12, "BlueOak-1.0.0": 5, "BSD-3-Clause": 3, "BSD-2-Clause": 2])
    }

    @Test func `every dependency in the lock file is in the lock file, and what production needs is not marked dev`()
        throws
    {
        let lock = try lock(Self.workspace)
        for (path, entry) in lock.packages {
            let wanted = (entry.dependencies ?? [:]).merging(entry.optionalDependencies ?? [:]) { first, _ in first }
            for name in wanted.keys {
                // npm looks in the package's own node_modules first, then in each folder above.
                var folder = path
                var found: Lock.Entry?
                while found == nil {
                    found = lock.packages[folder.isEmpty ? "node_modules/\(name)" : "\(folder)/node_modules/\(name)"]
                    if folder.isEmpty { break }
                    folder =
                        folder.range(of: "/node_modules/", options: .backwards).map { String(folder[..<$0.lowerBound]) }
                        ?? ""
                }
                #expect(found != nil, "\(path) needs \(name)")
                if entry.dev != true { #expect(found?.dev != true, "\(path) needs \(name) in production") }
            }
        }
    }

    @Test func `npm accepts the lock files`() throws {
        guard
            let npm = ["/usr/bin/npm", "/usr/local/bin/npm", "/opt/homebrew/bin/npm"].first(
                where: FileManager.default.isExecutableFile
            )
        else {
            print("Skipped: npm is not installed, so nobody but us judges the lock files.")
            return
        }
        let fixtures = Self.repository.appendingPathComponent("grader-fixtures/securing-your-image")
        let folders = [
            Self.workspace, fixtures.appendingPathComponent("agpl-package/submission"),
            fixtures.appendingPathComponent("express-4/submission"),
        ]
        for folder in folders {
            let arguments = ["ci", "--dry-run", "--offline", "--ignore-scripts", "--no-audit", "--no-fund"]
            let result = try SeaworthyBinary.run(npm, arguments, in: folder.path)
            #expect(result.status == 0, "\(folder.path): \(result.output)\(result.error)")
        }
    }

    @Test func `no secret can get into an image`() throws {
        let ignore = try String(contentsOf: Self.workspace.appendingPathComponent(".dockerignore"), encoding: .utf8)
        #expect(ignore.split(separator: "\n").contains(".env"))
        #expect(!FileManager.default.fileExists(atPath: Self.workspace.appendingPathComponent(".env").path))
    }

    @Test func `fixtures are there, and each can be read`() throws {
        let names = Self.library.fixtureNames(of: "securing-your-image")
        #expect(names.count >= 30)
        #expect(try Self.library.fixtures(of: "securing-your-image").map(\.id) == names)
    }
}
