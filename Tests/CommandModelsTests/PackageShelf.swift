// SPDX-License-Identifier: Apache-2.0

import CommandModels
import Packages
import Testing

/// A repository with one tool and the library that it needs.
struct PackageShelf: PackageRepository {
    func package(named name: String, type: PackageType, distribution: Distribution) -> RepositoryPackage? {
        guard name == "tool" || name == "lib" else { return nil }
        return RepositoryPackage(
            name: name,
            version: "1.0",
            architecture: "all",
            origin: name + "-source",
            license: "MIT",
            depends: name == "tool" ? ["lib"] : [],
            files: [
                RepositoryPackage.File(path: "/usr/share/\(name)/", mode: 0o755),
                RepositoryPackage.File(path: "/usr/bin/\(name)", mode: 0o755),
                RepositoryPackage.File(path: "/usr/bin/\(name)-link", mode: 0o777, link: name),
            ],
            summary: "a " + name
        )
    }
}

@Suite("Packages of a repository")
struct PackageShelfTests {
    private func run(_ script: String, _ files: [String: String]) -> ScriptRun {
        ScriptRun(script: script, files: files, repository: PackageShelf())
    }

    @Test("apk writes what it installs into its database, needed ones first")
    func apk() {
        let run = run("apk add --no-cache tool", ["/lib/apk/db/installed": "P:base\nV:1\n"])
        #expect(run.stdout == "(1/2) Installing lib (1.0)\n(2/2) Installing tool (1.0)\nOK\n")
        let fields = "A:all\nT:a %\nL:MIT\no:%-source\nt:0\n"
        let files = "F:usr/bin\nR:%\na:0:0:755\nR:%-link\na:0:0:777\n\n"
        #expect(
            run.files["/lib/apk/db/installed"] == "P:base\nV:1\n\n"
                + ("P:%\nV:1.0\n" + fields + files).replacing("%", with: "lib")
                + ("P:%\nV:1.0\n" + fields + "D:lib\n" + files).replacing("%", with: "tool")
        )
        #expect(run.files["/etc/apk/world"] == "tool\n")
        #expect(run.unknown == [])
    }

    @Test("apt-get writes what it installs into dpkg's database, and can take it out again")
    func apt() {
        let status = "Package: base\nStatus: install ok installed\nVersion: 1\n"
        let install = "apt-get update && apt-get install -y --no-install-recommends tool"
        let run = run(install, ["/var/lib/dpkg/status": status])
        #expect(
            run.files["/var/lib/dpkg/status"] == status + "\n"
                + "Package: lib\nStatus: install ok installed\nPriority: optional\nSection: misc\nMaintainer: Debian\n"
                + "Architecture: all\nSource: lib-source\nVersion: 1.0\nDescription: a lib\n\n"
                + "Package: tool\nStatus: install ok installed\nPriority: optional\nSection: misc\nMaintainer: Debian\n"
                + "Architecture: all\nSource: tool-source\nVersion: 1.0\nDepends: lib\nDescription: a tool\n\n"
        )
        #expect(
            run.files["/var/lib/dpkg/info/tool.list"]
                == "/.\n/usr\n/usr/bin\n/usr/bin/tool\n/usr/bin/tool-link\n/usr/share\n/usr/share/tool\n"
        )
        #expect(run.files["/usr/share/doc/tool/copyright"]?.contains("License: MIT\n") == true)
        #expect(run.unknown == [])
        let back = self.run(install + " && apt-get remove -y lib && ls /usr/bin", ["/var/lib/dpkg/status": status])
        #expect(back.exit == 0, "\(back.stderr)")
        #expect(back.files["/var/lib/dpkg/status"] == status + "\n")
    }

    @Test("apt-get asks where more comes than was named, and nobody answers")
    func asks() {
        let files = ["/var/lib/dpkg/status": "Package: base\nStatus: install ok installed\nVersion: 1\n"]
        #expect(run("apt-get update && apt-get install tool", files).exit == 1)
        #expect(run("apt-get update && apt-get install lib", files).exit == 0)
        #expect(run("apt-get update && apt-get install tool=1.0 -y", files).exit == 0)
        #expect(run("apt-get update && apt-get install tool=2.0 -y", files).exit == nil)
    }
}
