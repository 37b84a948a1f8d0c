// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import BaseImages
import Diagnostics
import ImageAnalysis
import ImagePolicies
import JSONValues
import OCISpec
import Reporting
import Workbench

/// `scout recommendations`: whether to refresh the base image, and what to change it for.
///
/// Other tags are those that the base image kit describes and that the publisher still supports.
struct ScoutRecommendations: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "recommendations",
        abstract: "Show how to refresh or change an image's base image."
    )

    @OptionGroup var target: ScoutTarget

    @Flag(name: .customLong("only-refresh"), help: "Only what is said of a newer digest of the same tag.")
    var onlyRefresh = false

    @Flag(name: .customLong("only-update"), help: "Only what is said of other tags.")
    var onlyUpdate = false

    @Option(help: "The tag of the base image, where it has several.")
    var tag: String?

    @OptionGroup var printing: TextOrJSON

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        guard printing.isKnown, !(onlyRefresh && onlyUpdate) else {
            throw Failure(
                .usage,
                "the options do not go together",
                at: .option("scout recommendations"),
                fix: "use --format text or json, and only one of --only-refresh and --only-update"
            )
        }
        let runtime = try target.dated(runtime)
        let located = try target.find(runtime)
        let report = try runtime.workbench.analyzer().analyze(located.image, name: located.name)
        guard case .image(let found) = report.base, let reference = try reference(of: found, runtime) else {
            let reason =
                switch report.base {
                case .scratch: "the image starts from scratch"
                case .unknown(let reason): reason
                case .image: "the base image's name is not known"
                }
            throw Failure(
                .malformedInput,
                "no base image is known to recommend anything for",
                at: .reference(report.name),
                why: reason,
                fix: "build with --provenance=mode=max, or name the tag with --tag"
            )
        }
        let advice = try advice(report, reference, runtime)
        if printing.isJSON {
            let bytes = try JSONWriter.bytes(of: RecommendationsDocument(advice), .indented)
            try target.put(String(decoding: bytes, as: UTF8.self) + "\n", runtime)
        } else {
            let text = ScoutText.recommendations(advice, showsRefresh: !onlyUpdate, showsUpdate: !onlyRefresh)
            try target.put(text, runtime)
        }
        try target.remarkDay(runtime)
        return .success
    }

    /// The base image's name with the tag that was asked for; nil when it has no name.
    private func reference(of found: FoundBaseImage, _ runtime: Runtime) throws -> ImageReference? {
        guard let base = try found.names(by: runtime.workbench.facts()).first else { return nil }
        guard let tag else { return base.withDefaultTag }
        do {
            return try ImageReference(parsing: base.name + ":" + tag)
        } catch {
            throw Failure(.usage, "this is no tag", at: .option("--tag \(tag)"), why: error.sentence)
        }
    }

    private func advice(
        _ report: AnalysisReport,
        _ base: ImageReference,
        _ runtime: Runtime
    ) throws -> BaseImageAdvice {
        let facts = try runtime.workbench.facts()
        let bench = runtime.workbench
        let family = facts.hardenedImage(base)?.image
        var choices: [BaseImageAdvice.Choice] = []
        var otherTags: [String] = []
        for image in try ImageFinder(runtime.workbench).models()?.images() ?? [] {
            guard let home = try? ImageReference(parsing: image.repository) else { continue }
            let isKin = family == nil ? home.name == base.name : facts.hardenedImage(home)?.image == family
            guard isKin else { continue }
            let supported = image.tags.filter { tag in
                (try? ImageReference(parsing: base.name + ":" + tag)).flatMap(facts.isSupported) ?? false
            }
            if let own = base.tag, image.tags.contains(own) {
                otherTags = supported.filter { $0 != own }
                continue
            }
            // A build variant is no base to ship on.
            guard let tag = Self.shown(supported), !tag.hasSuffix("-dev") else { continue }
            let named = try ImageReference(parsing: base.name + ":" + tag)
            choices.append(
                BaseImageAdvice.Choice(
                    tag: tag,
                    otherTags: supported.filter { $0 != tag },
                    recorded: facts.history(of: named).last { !$0.isModel }?.asOf,
                    report: try bench.analyze("registry://" + named.description)
                )
            )
        }
        return BaseImageAdvice(
            image: report.name,
            name: base.familiarName + (base.tag.map { ":" + $0 } ?? ""),
            base: try? bench.analyze("registry://" + base.description),
            otherTags: otherTags,
            freshness: report.policies.result("no-stale-base-images"),
            approval: report.policies.result("approved-base-images"),
            choices: choices
        )
    }

    /// The tag to show of several: the shortest that names a version, else the shortest.
    private static func shown(_ tags: [String]) -> String? {
        let numbered = tags.filter { $0.first?.isNumber ?? false }
        return (numbered.isEmpty ? tags : numbered).min { ($0.count, $0) < ($1.count, $1) }
    }
}
