// SPDX-License-Identifier: Apache-2.0

import OCISpec
import Packages
import Testing

@testable import PackageCatalogers

extension PythonCataloger: SampledCataloger {
    static let samples = [
        CatalogerSample(
            PythonCataloger(),
            "/usr/local/lib/python3.13/site-packages/requests-2.32.5.dist-info/METADATA",
            "Metadata-Version: 2.4\nName: requests\nVersion: 2.32.5\nSummary: HTTP\n\nName: not a field\n"
        ),
        CatalogerSample(
            PythonCataloger(),
            "/opt/venv/lib/python3.13/site-packages/six-1.17.0.egg-info/PKG-INFO",
            "Name: six\r\nVersion: 1.17.0\r\n"
        ),
        CatalogerSample(
            PythonCataloger(),
            "/usr/local/lib/python2.7/dist-packages/argparse-1.2.1.egg-info",
            "Name: argparse\nVersion: 1.2.1\n"
        ),
    ]
}

@Suite("The Python cataloger")
struct PythonCatalogerTests {
    static func catalog(_ files: [(String, String)]) -> Catalog {
        var collected = CollectedFiles()
        for (path, text) in files { collected.insert(Array(text.utf8), at: ImagePath(path)) }
        return Catalogers.catalog(collected)
    }

    static let folder = "/usr/local/lib/python3.13/site-packages/"

    @Test(
        "takes the licence from where it says most",
        arguments: [
            ("License-Expression: MIT OR Apache-2.0\nLicense: x\n", ["MIT OR Apache-2.0"]),
            ("License: BSD-3-Clause\n", ["BSD-3-Clause"]),
            (
                "License: Copyright (c) somebody\n   Permission is hereby granted\nClassifier: License :: OSI Approved :: MIT License\n",
                ["License :: OSI Approved :: MIT License"]
            ),
            ("License: UNKNOWN\nClassifier: License :: OSI Approved\n", []),
            ("Classifier: Topic :: Software\n", []),
        ]
    )
    func licenses(lines: String, expected: [String]) {
        let catalog = Self.catalog([(Self.folder + "a-1.dist-info/METADATA", "Name: a\nVersion: 1\n" + lines)])
        #expect(catalog.packages.first?.licenses == expected)
    }

    @Test("does not count a second time what dpkg or apk brought")
    func owned() {
        let yaml = "/usr/lib/python3/dist-packages/PyYAML-6.0.2.egg-info"
        let catalog = Self.catalog([
            (yaml + "/PKG-INFO", "Name: PyYAML\nVersion: 6.0.2\n"),
            ("/var/lib/dpkg/info/python3-yaml.list", "/.\n/usr\n\(yaml)\n\(yaml)/PKG-INFO\n"),
            (Self.folder + "pip-26.dist-info/METADATA", "Name: pip\nVersion: 26.0\n"),
            ("/usr/lib/python3.12/site-packages/packaging-25.dist-info/METADATA", "Name: packaging\nVersion: 25.0\n"),
            (
                "/lib/apk/db/installed",
                "P:py3-packaging\nV:25.0-r0\nF:usr/lib/python3.12/site-packages/packaging-25.dist-info\n"
            ),
        ])
        #expect(catalog.packages.map(\.name) == ["py3-packaging", "pip"])
    }

    @Test("records what has no name, and reads nothing beside the metadata")
    func odd() {
        let catalog = Self.catalog([
            (Self.folder + "b-1.dist-info/METADATA", "Version: 1\n"),
            (Self.folder + "c-1.dist-info/RECORD", "Name: c\nVersion: 1\n"), ("/METADATA", "Name: d\nVersion: 1\n"),
        ])
        #expect(catalog.packages.isEmpty)
        #expect(catalog.unknowns.count == 1)
    }
}
