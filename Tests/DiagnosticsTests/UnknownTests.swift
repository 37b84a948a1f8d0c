// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Diagnostics

@Suite("What is not known")
struct UnknownTests {
    /// A scope, and the facets and packages that it leaves in doubt.
    static let scopes: [(scope: Unknown.Scope, facets: Set<Facet>, packages: Set<Unknown.PackageKind>)] = [
        (.output, [], []),
        (.files, [.files], []),
        (.accounts, [.accounts, .files], []),
        (.application, [.files, .packages], [.application]),
        (.languagePackages, [.files, .packages], [.application]),
        (.packages, [.files, .packages], [.system, .application]),
        (.systemPackages, [.accounts, .files, .packages], [.system, .application]),
        (.filesystem, [.accounts, .files, .packages], [.system, .application]),
        (.baseImage, [.configuration, .accounts, .files, .packages], [.system, .application]),
    ]

    @Test("leaves these facets in doubt and no others", arguments: scopes)
    func facets(scope: Unknown.Scope, facets: Set<Facet>, packages: Set<Unknown.PackageKind>) {
        let unknown = Unknown(reason: "r", scope: scope)
        #expect(unknown.facets == facets && unknown.packageKinds == packages)
        for facet in Facet.allCases { #expect(unknown.touches(facet) == facets.contains(facet)) }
    }

    @Test("has a row for every scope")
    func whole() { #expect(Self.scopes.map(\.scope) == Unknown.Scope.allCases) }

    /// A scope with its paths, a path, and whether it may be other than it seems.
    static let places: [(scope: Unknown.Scope, paths: [String]?, path: String, isTouched: Bool)] = [
        (.output, nil, "/a", false), (.files, nil, "/a", true), (.files, ["/a"], "/a", true),
        (.files, ["/a"], "/a/b", true),
        (.files, ["/a/b"], "/a", true), (.files, ["/a"], "/ab", false), (.files, ["/ab"], "/a", false),
        (.files, ["/a", "/c/d"], "/c/d/e", true), (.files, [], "/a", false), (.application, nil, "/srv/x", true),
        (.application, nil, "/usr/bin/sh", false), (.application, nil, "/etc/passwd", false),
        (.application, ["/", "/usr/src/app"], "/usr/src/app/x", true),
        (.application, ["/", "/usr/src/app"], "/usr/bin/x", false),
        (.languagePackages, nil, "/usr/lib/x", true), (.languagePackages, nil, "/etc/passwd", false),
        (.languagePackages, nil, "/lib/apk/db/installed", false), (.systemPackages, nil, "/usr/bin/sh", true),
        (.systemPackages, nil, "/etc/passwd", true), (.systemPackages, nil, "/srv/app", false),
        (.systemPackages, nil, "/home/x", false), (.systemPackages, nil, "/usr/local/app", false),
        (.systemPackages, nil, "/usr", true), (.systemPackages, nil, "/usr/src/app", true),
        (.filesystem, nil, "/etc/passwd", true),
        (.application, nil, "/", true),
        (.accounts, nil, "/etc/passwd", true), (.accounts, nil, "/etc/hosts", false), (.accounts, nil, "/etc", true),
    ]

    @Test("reaches these places and no others", arguments: places)
    func reach(scope: Unknown.Scope, paths: [String]?, path: String, isTouched: Bool) {
        #expect(Unknown(reason: "r", scope: scope, paths: paths).mayTouch(path) == isTouched)
    }

    @Test("leaves alone what it is said to spare")
    func spared() throws {
        let unknown = Unknown(reason: "r", scope: .systemPackages, paths: ["/opt", "/etc"], spared: ["/opt/app"])
        for path in ["/opt", "/opt/x", "/opt/application", "/"] { #expect(unknown.mayTouch(path), "\(path)") }
        for path in ["/opt/app", "/opt/app/node_modules", "/usr/local/app"] {
            #expect(!unknown.mayTouch(path), "\(path)")
        }
        let bytes = try JSONEncoder().encode(unknown)
        #expect(try JSONDecoder().decode(Unknown.self, from: bytes) == unknown)
        #expect(unknown.placed(at: nil) == unknown)
    }

    @Test("brings no program where an application's tool has worked")
    func programs() {
        #expect(!Unknown(reason: "r", scope: .application, paths: ["/usr/bin"]).mayBringProgram(at: "/usr/bin/sh"))
        #expect(Unknown(reason: "r", scope: .files, paths: ["/usr/bin/sh"]).mayBringProgram(at: "/usr/bin/sh"))
        #expect(!Unknown(reason: "r", scope: .files, paths: ["/usr/bin/server"]).mayBringProgram(at: "/usr/bin/sh"))
    }

    @Test("is written with its facets, and read back whole, an older form too")
    func coding() throws {
        let unknown = Unknown(reason: "r", scope: .files, paths: ["/a"])
        let bytes = try JSONEncoder().encode(unknown)
        #expect(String(decoding: bytes, as: UTF8.self).contains("\"facets\":[\"files\"]"))
        #expect(try JSONDecoder().decode(Unknown.self, from: bytes) == unknown)
        let old = try JSONDecoder().decode(Unknown.self, from: Data(#"{"reason":"r","scope":"packages"}"#.utf8))
        #expect(old == Unknown(reason: "r", scope: .packages) && old.paths == ["/"])
        #expect(throws: (any Error).self) {
            try JSONDecoder().decode(Unknown.self, from: Data(#"{"reason":"r","scope":"nonesuch"}"#.utf8))
        }
    }
}
