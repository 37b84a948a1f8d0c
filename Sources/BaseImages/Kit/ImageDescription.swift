// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import JSONValues
import OCISpec

/// An image as a file of `images/` describes it: what it is a model of, its configuration, and what made each layer.
struct ImageDescription: Sendable {
    /// The name of its file.
    let id: String
    /// What it is a model of.
    let model: BaseImage.Model
    /// When the real image was made, RFC 3339.
    let created: String
    /// What is only nearly so, in sentences.
    let notes: [String]
    /// How a container of it starts, with the model's labels.
    let configuration: ContainerConfiguration
    /// How much is known of it.
    let knowledge: ImageKnowledge
    /// The lines of its history, the oldest first.
    let steps: [Step]

    /// A line of the history, and what it put into the tree.
    struct Step: Sendable {
        /// When, RFC 3339.
        let created: String
        /// A remark such as `buildkit.dockerfile.v0`; empty when there is none.
        let comment: String
        /// The command.
        let createdBy: String
        /// Whether it made no layer.
        let isEmpty: Bool
        /// What it put into the tree.
        var script: [KitRecord] = []

        /// The line that a record begins, with nothing in the tree yet.
        init(_ record: KitRecord) {
            created = record[0]
            comment = record[1]
            createdBy = record[2].isEmpty ? ImageDescription.text(record.content) : record[2]
            isEmpty = record.kind == "empty"
        }
    }

    /// Reads a description.
    ///
    /// - Throws: `malformedInput` with the file and the line.
    init(id: String, records: [KitRecord], file: String) throws {
        func wrong(_ why: String, _ record: KitRecord? = nil) -> Failure { Self.wrong(why, file, record) }
        var of: String?
        var asOf: String?
        var recorded: Digest?
        var size: (bytes: Int, of: String?)?
        var created: String?
        var notes: [String] = []
        var container = ContainerConfiguration()
        var labels: [String: String] = [:]
        var steps: [Step] = []
        var gaps: [Facet: ImageKnowledge.Gap] = [:]
        for record in records {
            switch record.kind {
            case "of": of = record[0]
            case "as-of": asOf = record[0]
            case "recorded":
                guard let digest = try? Digest(parsing: record[0]) else { throw wrong("that is no digest", record) }
                recorded = digest
            case "size":
                guard let bytes = Int(record[0]), bytes >= 0 else { throw wrong("that is no number of bytes", record) }
                size = (bytes, record[1].isEmpty ? nil : record[1])
            case "created": created = record[0]
            case "note": notes.append(record[0])
            case "config":
                container = try Self.container(record, file)
                labels = container.labels ?? [:]
            case "gap":
                let (facet, gap) = try Self.gap(record, file)
                gaps[facet] = gap
            case "env": container.env = (container.env ?? []) + [record[0]]
            case "entrypoint": container.entrypoint = try Self.words(record, file)
            case "cmd": container.cmd = try Self.words(record, file)
            case "workdir": container.workingDir = record[0]
            case "user": container.user = record[0]
            case "label": labels[record[0]] = record[1]
            case "layer", "empty": steps.append(Step(record))
            default:
                guard let last = steps.indices.last, !steps[last].isEmpty else {
                    throw wrong("`\(record.kind)` stands outside of a layer", record)
                }
                steps[last].script.append(record)
            }
        }
        guard let of, let asOf, let created else { throw wrong("`of`, `as-of` or `created` is missing") }
        guard steps.contains(where: { !$0.isEmpty }) else { throw wrong("it has no layer") }
        let model = BaseImage.Model(
            of: of,
            asOf: asOf,
            recordedDigest: recorded,
            recordedSizeBytes: size?.bytes,
            recordedSizeOf: size?.of
        )
        for (name, value) in Self.labels(of: model) { labels[name] = value }
        let knowledge = ImageKnowledge(gaps: gaps)
        if !knowledge.isWhole { labels[UnknownLabel.name] = UnknownLabel.text(knowledge.unknowns) }
        container.labels = labels
        self.id = id
        self.model = model
        self.created = created
        self.notes = notes
        self.configuration = container
        self.knowledge = knowledge
        self.steps = steps
    }

    private static func wrong(_ why: String, _ file: String, _ record: KitRecord?) -> Failure {
        let place = Place.file(file, line: record?.line)
        return Failure(.malformedInput, "an image of the kit is described wrongly", at: place, why: why)
    }

    private static func words(_ record: KitRecord, _ file: String) throws -> [String] {
        guard let words = try? JSONReader.decode([String].self, from: Array(record[0].utf8), limits: .own) else {
            throw wrong("a JSON array of strings was expected", file, record)
        }
        return words
    }

    private static func container(_ record: KitRecord, _ file: String) throws -> ContainerConfiguration {
        do {
            return try JSONReader.decode(ContainerConfiguration.self, from: Array(record[0].utf8), limits: .own)
        } catch {
            throw wrong("a container's configuration was expected: \(error)", file, record)
        }
    }

    private static func gap(_ record: KitRecord, _ file: String) throws -> (Facet, ImageKnowledge.Gap) {
        guard let facet = Facet(rawValue: record[0]), let extent = ImageKnowledge.Extent(rawValue: record[1]),
            extent != .known
        else { throw wrong("a facet and how much of it is known were expected", file, record) }
        return (facet, ImageKnowledge.Gap(extent, record[2]))
    }

    /// The lines below a record as one text.
    private static func text(_ content: [UInt8]) -> String {
        String(decoding: content.last == 0x0A ? content.dropLast() : content[...], as: UTF8.self)
    }

    /// The labels that say what an image is a model of; nil for one that it must not have.
    private static func labels(of model: BaseImage.Model) -> [String: String?] {
        [
            BaseImage.ModelLabel.of: model.of,
            BaseImage.ModelLabel.asOf: model.asOf,
            BaseImage.ModelLabel.digest: model.recordedDigest?.description,
            BaseImage.ModelLabel.size: model.recordedSizeBytes.map { String($0) },
            BaseImage.ModelLabel.sizeOf: model.recordedSizeOf,
        ]
    }
}
