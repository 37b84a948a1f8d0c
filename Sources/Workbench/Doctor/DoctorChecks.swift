// SPDX-License-Identifier: Apache-2.0

import Advisories
import BaseImages
import Diagnostics
import Foundation
import HostFiles
import ImageLayouts
import Lessons
import OCISpec
import ProgressStore
import Reporting
import SystemFiles

/// What `doctor` looks at. Nothing is changed; the record is looked at in a copy.
package struct DoctorChecks {
    /// What standard output is, for the terminal's line.
    package struct Terminal: Sendable {
        /// Columns; nil when it is no terminal.
        let columns: Int?
        let usesColour: Bool

        package init(columns: Int?, usesColour: Bool) {
            self.columns = columns
            self.usesColour = usesColour
        }
    }

    private let bench: Workbench
    private let world: Surroundings
    private let output: Terminal

    package init(_ bench: Workbench, terminal: Terminal) {
        self.bench = bench
        world = bench.surroundings
        output = terminal
    }

    /// Everything, in the order in which it is printed.
    package func all() -> [DoctorCheck] {
        [
            DoctorCheck("version", .ok, EngineVersion.current),
            DoctorCheck("program", .ok, world.programPath ?? "not known"),
            system(), libraries(), dataHome(), freeSpace(), record(), imageStore(),
        ] + content() + [terminal(), locale(), engines()]
    }

    func system() -> DoctorCheck {
        var name = utsname()
        uname(&name)
        func text(_ value: some Any) -> String {
            withUnsafeBytes(of: value) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }
        var parts = ["\(text(name.sysname)) \(text(name.release)) \(text(name.machine))"]
        if let release = try? HostFile.read("/etc/os-release", limit: 1 << 16) {
            if let name = OSRelease(release).value(of: "PRETTY_NAME") { parts.append(name) }
        }
        return DoctorCheck("system", .ok, parts.joined(separator: ", "))
    }

    /// The shared libraries of this process that are not the system's or Swift's own.
    func libraries() -> DoctorCheck {
        // The kernel gives the file no size, so it is read to its end.
        guard let data = try? FileHandle(forReadingAtPath: "/proc/self/maps")?.readToEnd() else {
            return DoctorCheck("libraries", .ok, "not known on this system")
        }
        var names: Set<String> = []
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
            guard let path = line.split(separator: " ").last, path.hasPrefix("/"),
                let name = path.split(separator: "/").last
            else { continue }
            if ["libarchive", "libsqlite3", "libcmark-gfm"].contains(where: { name.hasPrefix($0) }) {
                names.insert(String(name))
            }
        }
        return DoctorCheck(
            "libraries",
            .ok,
            names.isEmpty ? "linked into the program" : names.sorted().joined(separator: ", ")
        )
    }

    func dataHome() -> DoctorCheck {
        let home = world.home
        switch HostFile.kind(of: home) {
        case .directory?:
            guard Self.canWrite(in: home) else {
                return DoctorCheck(
                    "data home",
                    .problem,
                    "\(home) cannot be written",
                    fix: "make it writable, or set SEAWORTHY_HOME"
                )
            }
            return DoctorCheck("data home", .ok, home)
        case nil:
            let parent = existingParent(of: home)
            guard Self.canWrite(in: parent) else {
                return DoctorCheck(
                    "data home",
                    .problem,
                    "\(home) is not there and cannot be made",
                    fix: "set SEAWORTHY_HOME to a folder of yours"
                )
            }
            return DoctorCheck("data home", .ok, "\(home), made when it is first needed")
        case .file?, .symlink?, .other?:
            return DoctorCheck("data home", .problem, "\(home) is no folder", fix: "set SEAWORTHY_HOME to a folder")
        }
    }

    /// Makes a file and takes it away again: rights alone do not tell of a read-only disk.
    private static func canWrite(in folder: String) -> Bool {
        let path = folder + "/.seaworthy-doctor-" + UUID().uuidString
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        close(descriptor)
        unlink(path)
        return true
    }

    func freeSpace() -> DoctorCheck {
        var status = statvfs()
        guard statvfs(existingParent(of: world.home), &status) == 0 else {
            return DoctorCheck("free space", .warning, "not known: \(String(cString: strerror(errno)))")
        }
        let (bytes, overflows) = Int(clamping: status.f_bavail).multipliedReportingOverflow(
            by: Int(clamping: status.f_frsize)
        )
        let free = overflows ? Int.max : bytes
        guard free >= 200_000_000 else {
            return DoctorCheck(
                "free space",
                free < 10_000_000 ? .problem : .warning,
                HumanText.size(free),
                fix: "`seaworthy image prune` gives space back"
            )
        }
        return DoctorCheck("free space", .ok, HumanText.size(free))
    }

    /// The learner's record, looked at in a copy: opening the record itself would move a damaged one aside.
    func record() -> DoctorCheck {
        let path = world.home + "/progress.sqlite"
        guard HostFile.kind(of: path) != nil else { return DoctorCheck("record", .ok, "none yet") }
        let folder = NSTemporaryDirectory() + "/seaworthy-doctor-" + UUID().uuidString
        defer { HostFile.remove(folder) }
        do {
            try HostFile.makeFolder(folder, mode: 0o700)
            for suffix in ["", "-wal"] where HostFile.kind(of: path + suffix) != nil {
                try FileManager.default.copyItem(atPath: path + suffix, toPath: folder + "/progress.sqlite" + suffix)
            }
            let opening = try ProgressDatabase.open(at: folder + "/progress.sqlite", now: world.now)
            let problems = try opening.damaged.map { [$0.why] } ?? opening.database.problems()
            guard let first = problems.first else { return DoctorCheck("record", .ok, path) }
            return DoctorCheck(
                "record",
                .problem,
                "\(path): \(first)",
                fix: "the next command moves a damaged record aside and begins a new one; keep a copy if you want it"
            )
        } catch let failure as Failure {
            return DoctorCheck("record", .problem, failure.description, fix: failure.fix)
        } catch {
            return DoctorCheck("record", .problem, "\(path): \(error.localizedDescription)")
        }
    }

    func imageStore() -> DoctorCheck {
        let finder = ImageFinder(bench)
        guard HostFile.kind(of: finder.storePath + "/index.json") != nil else {
            return DoctorCheck("image store", .ok, "none yet")
        }
        do {
            let images = try finder.stored()
            let store = try finder.store()
            let broken = images.filter { (try? store.image(ImageFinder.key($0))) == nil }
            if let first = broken.first {
                return DoctorCheck(
                    "image store",
                    .warning,
                    "\(broken.count) of \(images.count) images cannot be read",
                    fix:
                        "take it out with `seaworthy image rm \(first.reference?.familiar ?? first.descriptor.digest.description)` and load or build it again"
                )
            }
            return DoctorCheck("image store", .ok, "\(finder.storePath), \(images.count) images")
        } catch let failure as Failure {
            return DoctorCheck("image store", .problem, failure.description, fix: failure.fix)
        } catch {
            return DoctorCheck("image store", .problem, error.localizedDescription)
        }
    }

    func content() -> [DoctorCheck] {
        let root: String
        do {
            root = try bench.contentRoot()
        } catch let failure as Failure {
            return [DoctorCheck("content", .problem, failure.description, fix: failure.fix)]
        } catch {
            return [DoctorCheck("content", .problem, error.localizedDescription)]
        }
        var checks = [DoctorCheck("content", .ok, root)]
        do {
            let lessons = try bench.lessons().lessons()
            checks.append(DoctorCheck("lessons", lessons.isEmpty ? .problem : .ok, "\(lessons.count)"))
        } catch let failure as Failure {
            checks.append(
                DoctorCheck("lessons", .problem, failure.description, fix: failure.fix ?? "see `seaworthy lesson lint`")
            )
        } catch {
            checks.append(DoctorCheck("lessons", .problem, error.localizedDescription))
        }
        checks.append(DoctorCheck("base images", .ok, "facts up to \(BaseImageCatalog.historyAsOf)"))
        if HostFile.kind(of: root + "/kit/images.kit") == nil {
            checks[checks.count - 1] = DoctorCheck(
                "base images",
                .problem,
                "\(root)/kit/images.kit is not there",
                fix: "install Seaworthy's content again"
            )
        }
        checks.append(advisories(root))
        return checks
    }

    private func advisories(_ root: String) -> DoctorCheck {
        let folder = root + "/advisories"
        do {
            let manifest = try DataSetManifest.read(folder: folder).manifest
            for file in manifest.files {
                let size = try HostFile.read(folder + "/" + file.name, limit: world.limits.entryBytes).count
                guard size == file.size else {
                    return DoctorCheck(
                        "advisories",
                        .problem,
                        "\(file.name) has \(size) bytes instead of \(file.size)",
                        fix: "install Seaworthy's content again"
                    )
                }
            }
            return DoctorCheck("advisories", .ok, "\(manifest.version), facts up to \(manifest.asOf)")
        } catch let failure as Failure {
            return DoctorCheck("advisories", .problem, failure.description, fix: failure.fix)
        } catch {
            return DoctorCheck("advisories", .problem, error.localizedDescription)
        }
    }

    func terminal() -> DoctorCheck {
        let name = world.environment["TERM"] ?? "TERM is not set"
        let kind = output.columns.map { "\($0) columns" } ?? "standard output is no terminal"
        return DoctorCheck("terminal", .ok, "\(name), \(kind), \(output.usesColour ? "colours" : "no colours")")
    }

    func locale() -> DoctorCheck {
        let value = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { world.environment[$0] }.first { !$0.isEmpty }
        guard let value else {
            return DoctorCheck(
                "locale",
                .warning,
                "none is set",
                fix: "set LANG=C.UTF-8 if glyphs look wrong, or use --plain"
            )
        }
        let folded = value.lowercased().replacing("-", with: "")
        guard folded.contains("utf8") else {
            return DoctorCheck("locale", .warning, value, fix: "set LANG=C.UTF-8 if glyphs look wrong, or use --plain")
        }
        return DoctorCheck("locale", .ok, value)
    }

    /// Engines that are installed; none is needed, and none is started.
    func engines() -> DoctorCheck {
        let folders = (world.environment["PATH"] ?? "").split(separator: ":")
        let found = ["docker", "podman", "buildah", "skopeo"].filter { name in
            folders.contains { access("\($0)/\(name)", X_OK) == 0 }
        }
        return DoctorCheck(
            "engines",
            .ok,
            found.isEmpty ? "none installed, and none needed" : found.joined(separator: ", ")
        )
    }

    private func existingParent(of path: String) -> String {
        var current = path
        while current != "/", !current.isEmpty, HostFile.kind(of: current) == nil {
            current = HostFile.folder(of: current)
        }
        return current.isEmpty ? "." : current
    }
}
