// SPDX-License-Identifier: Apache-2.0
//
// Source: apt-get(8) of apt 2.6, measured; dpkg(1); machine-readable debian/copyright files 1.0.

import Diagnostics
import ImageFilesystem
import OCISpec
import Packages
import ShellMachine
import SystemFiles

extension AptProgram {
    /// `install`: packages with what they need, from the models of the repository.
    static func install(_ names: [String], _ call: inout Invocation) -> Outcome {
        if names.contains(where: { $0.hasPrefix("/") || $0.hasPrefix("./") }) {
            return call.unknown("\(call.name) installs a package from a file that is not known", .systemPackages)
        }
        guard let bytes = call.world.tree.bytes(at: DpkgStatus.path) else {
            return call.unknown("the package database is not known", .systemPackages)
        }
        let status = DpkgStatus(bytes)
        let setup = PackageSetup(.deb, in: call.world)
        let other = names.filter { asksForOther($0, status, setup, call.world) }
        guard other.isEmpty else {
            return hasLists(call.world)
                ? call.unknownPackages(other, by: call.name) : notLocated(other.map(plain), &call)
        }
        let installed = Set(status.paragraphs.map(\.package).filter(\.isInstalled).map(\.name))
        let wanted = names.filter { !$0.hasSuffix("-") || installed.contains($0) }.map(plain)
        let missing = wanted.filter { !installed.contains($0) }
        call.out("Reading package lists...\nBuilding dependency tree...\nReading state information...\n")
        if !missing.isEmpty, !hasLists(call.world) { return notLocated(missing, &call) }
        guard !missing.isEmpty else {
            for name in wanted { call.out("\(name) is already the newest version.\n", isUnknown: true) }
            return .success
        }
        let (packages, unknown) = setup.closure(missing, installed: installed, in: &call.world)
        if call.has(AptGet.simulate) || call.has(AptGet.downloadOnly) { return .success }
        if let outcome = ask(packages.count - missing.count, hasUnknown: !unknown.isEmpty, &call) { return outcome }
        if !call.world.hasNetwork {
            let archives: ImagePath = "/var/cache/apt/archives"
            guard !call.world.isUncertain(archives) else {
                return call.unknown(
                    "whether apt has all packages in its cache is not known, and there is no network",
                    .systemPackages
                )
            }
            call.err(
                "E: Failed to fetch http://deb.debian.org/debian/pool/  Temporary failure resolving 'deb.debian.org'\n"
            )
            call.err("E: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?\n")
            return .code(100, reason: .noNetwork(call.name))
        }
        setUp(packages, status, &call)
        guard unknown.isEmpty else { return call.unknownPackages(unknown, by: call.name) }
        if !call.has(AptGet.noRecommends), !packages.isEmpty {
            call.world.doubtSystemPackages(
                "packages that are only recommended come too without --no-install-recommends; they are not modelled"
            )
        }
        return .success
    }

    /// Whether a word asks for a version that is not the one that is known: what comes then is not known.
    private static func asksForOther(
        _ word: String,
        _ status: DpkgStatus,
        _ setup: PackageSetup,
        _ world: World
    ) -> Bool {
        guard let equals = word.firstIndex(of: "=") else { return false }
        let version = String(word[word.index(after: equals)...])
        let name = plain(word)
        return status.paragraph(of: name)?.package.version != version
            && setup.package(named: name, in: world)?.version != version
    }

    private static func notLocated(_ names: [String], _ call: inout Invocation) -> Outcome {
        for name in names { call.err("E: Unable to locate package \(name)\n") }
        return .code(100, reason: call.world.hasNetwork ? nil : .noNetwork(call.name))
    }

    /// apt asks when more comes than was named; nobody answers in a build.
    ///
    /// - Returns: how the program ends; nil when it goes on.
    private static func ask(_ further: Int, hasUnknown: Bool, _ call: inout Invocation) -> Outcome? {
        guard !assumesYes(call), further > 0 || hasUnknown || call.name == "apt" else { return nil }
        guard hasUnknown, further <= 0 else {
            call.out("Do you want to continue? [Y/n] Abort.\n")
            return .code(1)
        }
        return call.unknown(
            "without -y \(call.name) asks before it installs more than was named, and stops; whether it asks here is not known",
            .systemPackages
        )
    }

    /// Puts packages into the image and into dpkg's database.
    private static func setUp(_ packages: [RepositoryPackage], _ status: DpkgStatus, _ call: inout Invocation) {
        var status = status
        for package in packages {
            call.out("Setting up \(package.name) (\(package.version)) ...\n", isUnknown: true)
            PackageSetup.putFiles(of: package, in: &call.world)
            status.append(fields(of: package))
            call.world.write(
                Array(list(of: package).utf8),
                at: DpkgStatus.infoFolder.appending("\(package.name).list")
            )
            guard !package.license.isEmpty else { continue }
            call.world.write(
                Array(copyright(of: package).utf8),
                at: ImagePath("/usr/share/doc/\(package.name)/copyright")
            )
        }
        if !packages.isEmpty { call.world.write(status.bytes, at: DpkgStatus.path) }
    }

    private static func fields(of package: RepositoryPackage) -> [(name: String, value: String)] {
        var fields = [
            ("Package", package.name), ("Status", "install ok installed"), ("Priority", "optional"),
            ("Section", "misc"), ("Maintainer", "Debian"), ("Architecture", package.architecture),
        ]
        if package.origin != package.name, !package.origin.isEmpty { fields.append(("Source", package.origin)) }
        fields.append(("Version", package.version))
        if !package.depends.isEmpty { fields.append(("Depends", package.depends.joined(separator: ", "))) }
        fields.append(("Description", package.summary))
        return fields.map { (name: $0.0, value: $0.1) }
    }

    /// The files of a package with all folders above them, as dpkg lists them.
    private static func list(of package: RepositoryPackage) -> String {
        var seen: Set<ImagePath> = []
        for file in package.files {
            var path = ImagePath(file.path)
            while !path.isRoot, seen.insert(path).inserted { path = path.parent }
        }
        return "/.\n" + seen.sorted().map { $0.description + "\n" }.joined()
    }

    private static func copyright(of package: RepositoryPackage) -> String {
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nSource: \(package.origin)\n"
            + "Comment: written by a model of the package; it names the recorded licences and no more.\n\n"
            + "Files: *\nCopyright: see the package\nLicense: \(package.license)\n"
    }
}
