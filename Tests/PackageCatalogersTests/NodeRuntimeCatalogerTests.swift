// SPDX-License-Identifier: Apache-2.0

import Packages
import Testing

@testable import PackageCatalogers

extension NodeRuntimeCataloger: SampledCataloger {
    static let samples = [CatalogerSample(NodeRuntimeCataloger(), "/opt/nodejs/node-v24.19.0/bin/node", "ELF")]
}

@Suite("The Node.js cataloger")
struct NodeRuntimeCatalogerTests {
    @Test("takes the version of Node.js from its header before the environment")
    func header() {
        let header = "#define NODE_MAJOR_VERSION 24\n#define NODE_MINOR_VERSION 19\n#define NODE_PATCH_VERSION 0\n"
        let files = [("/usr/local/bin/node", ""), ("/usr/local/include/node/node_version.h", header)]
        #expect(
            NPMCatalogerTests.catalog(files, environment: ["NODE_VERSION=99.0.0"]).packages.map(\.version) == [
                "24.19.0"
            ]
        )
        let bare = [("/usr/local/bin/node", "")]
        #expect(
            NPMCatalogerTests.catalog(bare, environment: ["NODE_VERSION=24.19.0"]).packages.map(\.version) == [
                "24.19.0"
            ]
        )
        #expect(
            NPMCatalogerTests.catalog(bare, environment: ["NODE_VERSION=v24.19.0-0"]).packages.map(\.version) == [
                "24.19.0"
            ]
        )
        #expect(NPMCatalogerTests.catalog([], environment: ["NODE_VERSION=24.19.0"]).packages.isEmpty)
    }

    @Test("says so when Node.js is there and its version is nowhere")
    func noVersion() {
        let catalog = NPMCatalogerTests.catalog([("/usr/local/bin/node", "")], environment: ["NODE_VERSION=lts"])
        #expect(catalog.packages.isEmpty)
        #expect(catalog.unknowns.count == 1)
    }

    @Test("finds the hardened image's Node.js once, with both its places")
    func hardened() {
        let files = [("/opt/nodejs/node-v24.19.0/bin/node", ""), ("/usr/local/bin/node", "")]
        for environment in [["NODE_VERSION=24.19.0"], []] {
            let catalog = NPMCatalogerTests.catalog(files, environment: environment)
            #expect(catalog.packages.map(\.purl.description) == ["pkg:generic/node@24.19.0"])
            #expect(catalog.packages.first?.locations.count == 2)
            #expect(catalog.unknowns.isEmpty)
        }
    }
}
