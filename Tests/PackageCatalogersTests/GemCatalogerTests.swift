// SPDX-License-Identifier: Apache-2.0

import Packages
import Testing

@testable import PackageCatalogers

extension GemCataloger: SampledCataloger {
    static let samples = [
        CatalogerSample(
            GemCataloger(),
            "/usr/local/bundle/specifications/rack-3.2.0.gemspec",
            """
            # -*- encoding: utf-8 -*-
            Gem::Specification.new do |s|
              s.name = "rack".freeze
              s.version = "3.2.0"
              s.licenses = ["MIT".freeze]
              s.summary = "A modular web server interface".freeze
            end
            """
        ),
        CatalogerSample(
            GemCataloger(),
            "/usr/lib/ruby/gems/3.3.0/specifications/default/json-2.9.1.gemspec",
            "  s.name = 'json'\n  s.version = Gem::Version.new('2.9.1')\n"
        ),
    ]
}

@Suite("The gem cataloger")
struct GemCatalogerTests {
    @Test("reads licences as a choice, and records what has no name")
    func fields() {
        let folder = "/usr/local/bundle/specifications/"
        let result = CatalogerCompatibilityTests.run(
            GemCataloger(),
            [
                (
                    folder + "a-1.gemspec",
                    Array("s.name = \"a\"\ns.version = \"1\"\ns.licenses = [\"Ruby\", 'MIT']\n".utf8)
                ),
                (folder + "b-1.gemspec", Array("s.version = \"1\"\n".utf8)),
                ("/app/c.gemspec", Array("s.name = \"c\"\ns.version = \"1\"\n".utf8)),
            ]
        )
        #expect(result.packages.map(\.name) == ["a"])
        #expect(result.packages.first?.licenses == ["Ruby OR MIT"])
        #expect(result.unknowns.count == 1)
    }
}
