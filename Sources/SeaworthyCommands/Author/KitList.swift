// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import BaseImages
import Diagnostics
import OCISpec
import Reporting

/// `seaworthy kit list`: the repositories; with one of them, its images and which facets of each are known.
struct KitList: SeaworthyCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the repositories of the base images, or the images of one.",
        discussion: """
            Facets are what may be known of an image while another part is not: configuration, accounts, files, packages, history. \
            With --json every image is listed with its facets.
            """,
        aliases: ["ls"]
    )

    @Argument(help: "A repository, such as python or dhi.io/node.")
    var repository: String?

    @Flag(name: .long, help: "List all tags of each image.")
    var tags = false

    @OptionGroup var printing: OutputOptions

    @OptionGroup var common: CommonOptions

    func run(_ runtime: Runtime) throws -> ExitStatus {
        let kit = try KitAccess(runtime).kit
        guard let repository else { return try listRepositories(kit, runtime) }
        let images = try kit.images(of: repository)
        guard !images.isEmpty else {
            throw Failure(
                .noInput,
                "the kit describes no image of that repository",
                at: .reference(repository),
                fix: "`seaworthy kit list` shows the repositories"
            )
        }
        if printing.json {
            try runtime.console.print(json: images)
        } else {
            runtime.console.print(table(images))
        }
        return .success
    }

    private func listRepositories(_ kit: BaseImageKit, _ runtime: Runtime) throws -> ExitStatus {
        let repositories = try kit.repositories()
        if printing.json {
            try runtime.console.print(json: repositories.flatMap { try kit.images(of: $0.name) })
            return .success
        }
        let rows = repositories.map { repository in
            [
                ImageReference.familiar(repository.name, tag: nil), String(repository.imageCount),
                String(repository.tagCount), repository.wholeCount == 0 ? "-" : String(repository.wholeCount),
            ]
        }
        let tagCount = repositories.reduce(0) { $0 + $1.tagCount }
        runtime.console.print(
            ColumnText.render(["REPOSITORY", "IMAGES", "TAGS", "WITH ALL PACKAGES"], rows) + "\n\n"
                + "\(repositories.count) repositories, \(tagCount) tags. "
                + "`seaworthy kit list REPOSITORY` shows the images of one."
        )
        return .success
    }

    private func table(_ images: [KitImage]) -> String {
        let rows = images.map { image in
            [
                (tags ? image.tags : Array(image.tags.prefix(1))).joined(separator: " ")
                    + (tags || image.tags.count < 2 ? "" : " (+\(image.tags.count - 1))"),
                image.model.asOf, Self.user(image),
            ] + Facet.allCases.map { image.extent(of: $0).rawValue }
        }
        return ColumnText.render(["TAG", "AS OF", "USER"] + Facet.allCases.map { $0.rawValue.uppercased() }, rows)
    }

    /// The user of an image, as a list shows it.
    static func user(_ image: KitImage) -> String {
        guard let user = image.user else { return "?" }
        return user.isEmpty ? "root" : user
    }
}
