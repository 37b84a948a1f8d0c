// SPDX-License-Identifier: Apache-2.0

import Foundation
import SeaworthyTestSupport

/// A made class that hands in through five course sites, right and wrong in equal number, in the messiest forms that people find.
struct MessyClass {
    /// One person of the class.
    struct Person {
        /// What no other name of the class holds.
        let key: String
        let dockerfile: String
        let isRight: Bool
        /// The kind of work, which has the same points in any form.
        let work: Int
    }

    /// The sites, in turn.
    enum Site: Int, CaseIterable { case canvas, moodle, blackboard, gradescope, gitHub }

    private(set) var people: [Person] = []
    private(set) var paths: [String] = []

    /// Works by number: the even ones right, the odd ones wrong.
    static let works: [String] = {
        let right = GradedClass.solution
        let final = "FROM docker/dhi-node:24-alpine3.22\n"
        return [
            right, GradedClass.starter,
            right.replacing("# === Runtime stage: Minimal image ===", with: "# Mine"),
            right.replacing(final, with: final.replacing(".22\n", with: ".22-dev\n")),
            right.replacing("ENV NODE_ENV=production\n", with: "ENV NODE_ENV=production PORT=3000\n"),
            GradedClass.starter.replacing("EXPOSE 3000", with: "USER node\nEXPOSE 3000"),
            right.replacing("EXPOSE 3000\n", with: "EXPOSE 3000/tcp\n"),
            right.replacing("COPY src/ ./src/\n", with: "COPY srcs/ ./src/\n"),
        ]
    }()

    /// Makes a class in a folder.
    init(_ count: Int, seed: UInt64, in scratch: ScratchFolder) throws {
        var generator = SeededGenerator(seed: seed)
        for number in 0..<count {
            let work = Int.random(in: 0..<4, using: &generator) * 2 + (number % 2)
            let remark = "# \(number)\n"
            people.append(
                Person(
                    key: "p" + String(repeating: "0", count: 4 - String(number).count) + String(number),
                    dockerfile: Self.works[work] + remark,
                    isRight: work % 2 == 0,
                    work: work
                )
            )
        }
        for site in Site.allCases {
            let members = people.enumerated().filter { $0.offset / 2 % Site.allCases.count == site.rawValue }.map(
                \.element
            )
            if members.isEmpty { continue }
            var files: [(name: String, bytes: [UInt8])] = []
            for person in members { files += Self.files(of: person, site, &generator) }
            if site == .gradescope { files.append(("submission_metadata.yml", Array(Self.list(members).utf8))) }
            if Bool.random(using: &generator) {
                let outer = site == .gitHub ? "hw3-submissions/" : ""
                let zip = TestZip.bytes(files.map { .init(name: Array((outer + $0.name).utf8), bytes: $0.bytes) })
                paths.append(try scratch.write("messy/\(site).zip", zip))
            } else {
                for file in files { try scratch.write("messy/\(site)/" + file.name, file.bytes) }
                paths.append(scratch.path("messy/\(site)"))
            }
        }
    }

    /// What one person hands in, under the site's names.
    private static func files(of person: Person, _ site: Site, _ generator: inout SeededGenerator) -> [(
        name: String, bytes: [UInt8]
    )] {
        let number = Int(person.key.dropFirst()) ?? 0
        let isFlat = site == .canvas || site == .blackboard
        var work = dressed(person, &generator)
        // A flat site keeps single files, so folders come as a zip.
        if isFlat, work.contains(where: { $0.name.contains("/") }) || Int.random(in: 0..<4, using: &generator) == 0 {
            work = [("my work \(number).zip", zip(work))]
        }
        switch site {
        case .canvas:
            let late = Bool.random(using: &generator) ? "_LATE" : ""
            let head = "\(person.key)x\(late)_\(7000 + number)_"
            var files = work.enumerated().map {
                (name: head + "\(90_000 + number * 10 + $0)_" + $1.name, bytes: $1.bytes)
            }
            files.append((head + "\(90_009 + number * 10)_answers.docx", Array("x".utf8)))
            if Bool.random(using: &generator) { files.append((head + "text.html", Array("<p>done</p>".utf8))) }
            return files
        case .moodle:
            let head = "Ünal \(person.key)_\(7000 + number)_assignsubmission_"
            var files = work.map { (name: head + "file_/" + $0.name, bytes: $0.bytes) }
            if Bool.random(using: &generator) {
                files.append((head + "onlinetext_/onlinetext.html", Array("<p>".utf8)))
            }
            return files
        case .blackboard:
            let (first, last) = ("2026-09-01-10-00-00", "2026-09-03-09-00-00")
            let head = "HW_3_\(person.key)_attempt_"
            var files = work.map { (name: head + last + "_" + $0.name, bytes: $0.bytes) }
            files.append((head + last + ".txt", Array("Name: Some One (\(person.key))\n".utf8)))
            if Bool.random(using: &generator) {
                files.append((head + first + "_Dockerfile", Array("FROM scratch\n".utf8)))
                files.append((head + first + ".txt", Array("Name: Some One (\(person.key))\n".utf8)))
            }
            return files
        case .gradescope: return work.map { ("submission_\(7000 + number)/" + $0.name, $0.bytes) }
        case .gitHub:
            let head = "hw3-\(person.key)/"
            return work.map { (head + $0.name, $0.bytes) } + [(head + ".git/HEAD", Array("ref: x\n".utf8))]
        }
    }

    private static func list(_ people: [Person]) -> String {
        people.map { person in
            "submission_\(7000 + (Int(person.key.dropFirst()) ?? 0)):\n  :submitters:\n  - :name: Some One\n"
                + "    :sid: '\(person.key)'\n  :created_at: 2026-09-01\n"
        }.joined()
    }

    /// The Dockerfile under a name and in a place that people choose, with what lies beside it.
    private static func dressed(_ person: Person, _ generator: inout SeededGenerator) -> [(
        name: String, bytes: [UInt8]
    )] {
        let names = [
            "Dockerfile", "dockerfile", "DOCKERFILE", "Dockerfile.txt", "HW3_Dockerfile", "\(person.key)-dockerfile",
            "Dockerfile copy",
            "Dockerfile (1)", "Dockerfile_\(person.key)", "\(person.key).dockerfile", "Containerfile",
            "Docker file.txt",
        ]
        let folders = ["", "", "", "project/", "hw3/final version/", "Übung/"]
        let name = names.randomElement(using: &generator) ?? "Dockerfile"
        let folder = folders.randomElement(using: &generator) ?? ""
        var text = person.dockerfile
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: text = text.replacing("\n", with: "\r\n")
        case 1: text = "\u{FEFF}" + text
        default: break
        }
        var files = [(name: folder + name, bytes: Array(text.utf8))]
        // Beside one that somebody worked on the starter's is nobody's work.
        if name != "Dockerfile", name != "dockerfile", name != "DOCKERFILE", person.work != 1,
            Bool.random(using: &generator)
        {
            files.append((folder + "Dockerfile", Array(GradedClass.starter.utf8)))
        }
        let stray: [(name: String, text: String)] = [
            ("screenshot.png", "x"), ("README.md", "FROM me"), ("LICENSE", "x"), ("notes.html", "<p>"),
            ("Dockerfile.bak", "FROM scratch\n"),
            ("Dockerfile~", "FROM scratch\n"), (".Dockerfile.swp", "x"), (".DS_Store", "x"),
            ("__MACOSX/._Dockerfile", "x"),
            ("compose.yaml", "services: {}"), ("old/Dockerfile.old", "FROM scratch\n"),
            ("node_modules/a/Dockerfile", "FROM scratch\n"),
            ("Thumbs.db", "x"), ("answers.pdf", "%PDF"), ("image.tar", "no image"), ("desktop.ini", "x"),
            (".env", "A=1"),
        ]
        for file in stray.shuffled(using: &generator).prefix(Int.random(in: 0...10, using: &generator)) {
            files.append((folder + file.name, Array(file.text.utf8)))
        }
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: return [("work.zip", zip(files))]
        case 1: return [("outer.zip", zip([("inner.zip", zip(files))])), ("comment.txt", Array("see the zip".utf8))]
        default: return files
        }
    }

    private static func zip(_ files: [(name: String, bytes: [UInt8])]) -> [UInt8] {
        TestZip.bytes(files.map { .init(name: Array($0.name.utf8), bytes: $0.bytes) })
    }
}
