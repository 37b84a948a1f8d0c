// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import OCISpec

extension KnownImageAssembler {
    /// Programs that `shell: no` speaks of.
    private static let shells = [
        "sh", "bash", "ash", "dash", "zsh", "ksh", "fish", "busybox", "toybox", "mksh", "oksh", "loksh", "yash",
        "rbash",
        "csh", "tcsh", "pwsh",
    ]
    /// Programs that `package manager: none` speaks of.
    private static let managers = ["apk", "apt", "apt-get", "dpkg", "dnf", "microdnf", "yum", "rpm", "tdnf"]
    /// Programs that an image put together from a list of packages has only where the list names them.
    private static let listed = ["npm", "npx", "yarn", "pnpm", "corepack", "pip", "pip3", "gem", "composer"]

    /// How much is known of an image that stands on these.
    func knowledge(of found: KnownImages.Found, _ ancestry: Ancestry) -> ImageKnowledge {
        var gaps: [Facet: ImageKnowledge.Gap] = [:]
        gaps[.configuration] = configurationGap(found.image)
        gaps[.accounts] = accountGap(ancestry)
        let image = found.image
        if image.system.name.hasPrefix("none") {
            gaps[.files] = .init(.inPart, "of the files that it is made of only programs are recorded")
            gaps[.packages] = .init(.inPart, "what its programs are made of is not recorded")
        } else {
            let below = ancestry.base.map { "those of \($0.familiar)" }
            let own = image.packages.isEmpty ? nil : "what its own Dockerfile names"
            let parts = [below, own].compactMap(\.self)
            let reason =
                parts.isEmpty
                ? "no list of them is recorded" : parts.joined(separator: " and ") + " are recorded, and no whole list"
            gaps[.files] = .init(.inPart, reason)
            gaps[.packages] = .init(parts.isEmpty ? .unknown : .inPart, reason)
        }
        switch image.state {
        case .unknown:
            gaps[.history] = .init(.unknown, "neither its digests nor whether its tags are supported is recorded")
        default: gaps[.history] = .init(.inPart, "whether its tags are supported is recorded, and no digest")
        }
        return ImageKnowledge(
            gaps: gaps,
            absentPrograms: absentPrograms(image).union(absentAccountTools(ancestry)),
            hasNoDistribution: images.systems.family(of: image)?.id.isEmpty == true
        )
    }

    private func configurationGap(_ image: KnownImage) -> ImageKnowledge.Gap? {
        if image.match == "unknown" { return .init(.unknown, "nothing of it is recorded") }
        var missing = image.start.unknownFields
        if let environment = image.ownEnvironment {
            let names = environment.filter { !$0.contains("=") }
            if !names.isEmpty { missing.append("the values of " + names.prefix(3).joined(separator: ", ")) }
        } else {
            missing.append("environment")
        }
        return missing.isEmpty ? nil : .init(.inPart, missing.joined(separator: ", ") + " not recorded")
    }

    /// Accounts are known where the lowest image's are: those of an image whose files are known, a list that has root, an image
    /// that begins with nothing, or one that is put together from a definition.
    private func accountGap(_ ancestry: Ancestry) -> ImageKnowledge.Gap? {
        guard let lowest = ancestry.chain.first else { return nil }
        if ancestry.isCut, ancestry.accounts == nil {
            return .init(.inPart, "those of \(lowest.parent) are not recorded")
        }
        if ancestry.base != nil, lowest.parent != "scratch" || lowest.accounts.isEmpty { return nil }
        let changes = (ancestry.accounts?.accounts ?? []) + lowest.accounts
        let hasUsers = changes.contains { $0.kind == "user" && $0.uid == 0 }
        let hasGroups = changes.contains { $0.kind == "group" && $0.gid == 0 }
        if hasUsers, hasGroups || lowest.system.name.hasPrefix("distroless") { return nil }
        if lowest.system.name.hasPrefix("none") || lowest.match == "definition" { return nil }
        if lowest.repository.hasPrefix("cgr.dev/chainguard/") { return nil }
        if hasUsers { return .init(.inPart, "no list of the groups of \(lowest.system.name) is recorded") }
        return .init(.inPart, "no list of those of \(lowest.system.name) is recorded")
    }

    /// Programs for accounts, by the package that has them, where the image below is known and nothing above it can have brought them: the
    /// packages that its Dockerfile names do not, and what else comes are libraries that its programs were built with.
    private func absentAccountTools(_ ancestry: Ancestry) -> Set<String> {
        guard ancestry.base != nil, let manager = ancestry.chain.last?.system.packageManager,
            let tools = Self.accountTools[manager]
        else { return [] }
        let harmless = images.systems.packagesWithoutAccountTools(of: manager)
        let isQuiet = ancestry.chain.allSatisfy { image in
            image.packages.allSatisfy { addition in
                guard addition.manager == manager else { return addition.manager == "program" }
                return addition.entries.allSatisfy { $0.name.hasPrefix("!") || harmless.contains($0.name) }
            }
        }
        return isQuiet ? tools : []
    }

    /// Of Debian's package adduser, which not every release has, and of Alpine's package shadow.
    private static let accountTools: [String: Set<String>] = [
        "apt": ["adduser", "addgroup", "deluser", "delgroup"],
        "apk": ["useradd", "groupadd", "usermod", "groupmod", "userdel", "groupdel"],
    ]

    private func absentPrograms(_ image: KnownImage) -> Set<String> {
        var absent: Set<String> = []
        if image.system.shell == "no" { absent.formUnion(Self.shells) }
        if image.system.hasNoPackageManager { absent.formUnion(Self.managers) }
        if image.match == "definition" {
            let present = Set(
                image.packages.flatMap(\.entries).flatMap { [$0.name] + images.systems.programs(of: $0.name) }
            )
            // What was unpacked beside the packages may be any of them.
            if image.repository != "dhi.io/node" || present.contains("node") || image.system.hasNoPackageManager {
                absent.formUnion(Self.listed.filter { !present.contains($0) })
            }
        }
        return absent
    }
}
