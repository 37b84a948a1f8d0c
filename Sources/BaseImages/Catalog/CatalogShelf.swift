// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import JSONValues

/// A file of `catalog/`: the images of one repository, or of the repositories of one publisher.
struct CatalogShelf: Sendable {
    /// The repositories by name.
    let repositories: [String: Repository]

    /// What is known of a repository.
    struct Repository: Sendable {
        /// Its images, in order.
        var images: [KnownImage] = []
        /// Whether every tag that its publisher supports is listed.
        var isWhole = false
        /// Supported tags of images that nothing else is known of.
        var furtherTags: [String] = []
        /// The day on which a tag was dropped.
        var dropped: [String: String] = [:]
        /// The places of the images by tag.
        var places: [String: Int] = [:]

        /// The image with that tag.
        func image(tagged tag: String) -> KnownImage? { places[tag].map { images[$0] } }
    }

    /// Reads a file.
    ///
    /// - Throws: `malformedInput` with the line for a record that is wrong or names what is not there.
    init(_ records: [KitRecord], file: String) throws {
        var tables = Tables()
        var repositories: [String: Repository] = [:]
        var current: String?
        for record in records {
            do {
                switch record.kind {
                case "R":
                    guard !record[0].isEmpty, repositories[record[0]] == nil else { throw Problem("a repository once") }
                    current = record[0]
                    repositories[record[0]] = Repository(isWhole: record[1] == "whole")
                case "I", "L", "X":
                    guard let name = current, var repository = repositories[name] else {
                        throw Problem("it stands in no repository")
                    }
                    try repository.add(record, of: name, tables)
                    repositories[name] = repository
                default: try tables.add(record)
                }
            } catch let problem as Problem {
                throw Failure(
                    .malformedInput,
                    "the catalog of base images is wrong",
                    at: .file(file, line: record.line),
                    why: problem.why
                )
            }
        }
        self.repositories = repositories
    }

    struct Problem: Error {
        let why: String
        init(_ why: String) { self.why = why }
    }
}

extension CatalogShelf.Repository {
    fileprivate mutating func add(_ record: KitRecord, of name: String, _ tables: CatalogShelf.Tables) throws {
        switch record.kind {
        case "L": furtherTags += record.words(0)
        case "X": for tag in record.words(1) { dropped[tag] = record[0] }
        default:
            let image = try tables.image(record, of: name)
            for tag in image.tags {
                guard places.updateValue(images.count, forKey: tag) == nil else {
                    throw CatalogShelf.Problem("two images have the tag \(tag)")
                }
                if case .former(let day) = image.state, dropped[tag] == nil { dropped[tag] = day }
            }
            images.append(image)
        }
    }
}

extension CatalogShelf {
    /// The values that images of a file share, by number.
    fileprivate struct Tables {
        private var systems: [String: KnownImage.System] = [:]
        private var starts: [String: KnownImage.Start] = [:]
        private var environment: [String: String] = [:]
        private var accounts: [String: KnownImage.AccountChange] = [:]
        private var packages: [String: KnownImage.Addition] = [:]
        private var origins: [String: (day: String, match: String)] = [:]

        mutating func add(_ record: KitRecord) throws {
            let number = record[0]
            switch record.kind {
            case "S":
                systems[number] = KnownImage.System(
                    name: record[1],
                    shell: record[2],
                    hasBash: record[3] == "yes",
                    packageManager: record[4]
                )
            case "C":
                starts[number] = KnownImage.Start(
                    user: record[1],
                    workdir: record[2],
                    stopSignal: record[3],
                    ports: record[4],
                    volumes: record[5],
                    entrypoint: record[6],
                    command: record[7]
                )
            case "E": environment[number] = record[1]
            case "J":
                guard let text = try? JSONReader.decode(String.self, from: Array(record[1].utf8), limits: .own) else {
                    throw Problem("a JSON string was expected")
                }
                environment[number] = text
            case "A": accounts[number] = try Self.account(record)
            case "P":
                packages[number] = KnownImage.Addition(
                    manager: record[1],
                    names: record[2],
                    path: record[3],
                    isFile: record[4] == "f"
                )
            case "M": origins[number] = (record[1], record[2])
            default: throw Problem("`\(record.kind)` is not known here")
            }
        }

        private static func account(_ record: KitRecord) throws -> KnownImage.AccountChange {
            func number(_ index: Int) throws -> UInt32? {
                guard !record[index].isEmpty else { return nil }
                guard let value = UInt32(record[index]) else {
                    throw Problem("a user's or group's number was expected")
                }
                return value
            }
            return KnownImage.AccountChange(
                kind: record[1],
                name: record[2],
                uid: try number(3),
                gid: try number(4),
                home: record[5],
                shell: record[6],
                groups: record.words(7),
                numbering: record[8]
            )
        }

        func image(_ record: KitRecord, of repository: String) throws -> KnownImage {
            func named<Value>(_ table: [String: Value], _ number: String) throws -> Value {
                guard let value = table[number] else { throw Problem("there is no entry \(number)") }
                return value
            }
            let tags = record.words(0)
            guard !tags.isEmpty else { throw Problem("an image without a tag") }
            let numbers = record.words(4)
            let origin = try named(origins, record[7])
            return KnownImage(
                repository: repository,
                tags: tags,
                parent: record[1],
                system: try named(systems, record[2]),
                start: try named(starts, record[3]),
                ownEnvironment: numbers == [KnownImage.Start.unknown]
                    ? nil : try numbers.filter { $0 != "0" }.map { try named(environment, $0) },
                inheritsEnvironment: numbers.first != "0",
                accounts: try record.words(5).map { try named(accounts, $0) },
                packages: try record.words(6).map { try named(packages, $0) },
                asOf: origin.day,
                match: origin.match,
                state: KnownImage.State(record[8])
            )
        }
    }
}
