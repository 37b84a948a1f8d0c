// SPDX-License-Identifier: Apache-2.0

import HostFiles
import Testing

@Suite("ArchiveEnding")
struct ArchiveEndingTests {
    @Test(
        "knows an image's archive by every compression that can be read",
        arguments: [
            "a.tar", "a.tar.gz", "a.tgz", "a.tar.zst", "a.tzst", "a.tar.xz", "a.txz", "a.tar.bz2", "a.tbz2", "a.oci",
        ]
    )
    func images(name: String) { #expect(ArchiveEnding.isImage(name)) }

    @Test("takes nothing else for one", arguments: ["", "tar", "a.zip", "a.gz", "a.tar.txt", "Dockerfile", "a.TAR"])
    func others(name: String) { #expect(!ArchiveEnding.isImage(name)) }
}
