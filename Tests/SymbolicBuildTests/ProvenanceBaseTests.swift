// SPDX-License-Identifier: Apache-2.0

import BaseImages
import BillOfMaterials
import OCISpec
import Testing

@testable import SymbolicBuild

@Suite("The base image that a build's provenance tells")
struct ProvenanceBaseTests {
    static let table: [(dockerfile: String, arguments: [String: String], target: String?)] = [
        ("FROM debian:12", [:], nil), ("ARG V=12-slim\nFROM debian:${V/-slim/}", [:], nil),
        ("ARG V=12\nFROM debian:${V}", ["V": "bare"], nil), ("ARG V=slim-12\nFROM debian:${V##*-}", [:], nil),
        ("ARG A=debian\nARG V=12\nARG I=$A:$V\nFROM \"$I\" AS one\nFROM one", [:], nil),
        ("FROM debian:12 AS one\nFROM bare AS two\nFROM one", [:], "TWO"),
        ("# escape=`\nFROM `\n# between\n debian:12\nRUN <<E\nFROM bare\nE\n", [:], nil),
        ("FROM scratch AS debian\nFROM debian", [:], nil), ("FROM trigger:1", [:], nil),
        ("FROM nobody/knows:$TARGETARCH", [:], nil), ("FROM debian:12\r\nRUN x \\\r\n  y\r\nFROM bare\r\n", [:], nil),
    ]

    @Test("is the one that the build had", arguments: table)
    func agrees(dockerfile: String, arguments: [String: String], target: String?) throws {
        let outcome = try BuildFixture.build(dockerfile) {
            $0.buildArguments = arguments
            $0.target = target
            $0.followsCommands = false
        }
        var provenance = Provenance()
        provenance.sources = [.init(filename: "Dockerfile", data: Array(dockerfile.utf8))]
        for (name, value) in arguments { provenance.arguments["build-arg:" + name] = value }
        provenance.arguments["target"] = target
        let told: ImageReference?
        switch provenance.baseImage {
        case .image(let reference, _): told = reference.withDefaultTag
        case .scratch: told = nil
        case .unknown(let why):
            Issue.record("\(why)")
            return
        }
        switch outcome.target?.base {
        case .image(let image)?: #expect(told == image.reference.withDefaultTag)
        case .scratch?: #expect(told == nil)
        case .unknown(let reference)?: #expect(told == reference)
        case nil: Issue.record("nothing was built")
        }
    }
}
