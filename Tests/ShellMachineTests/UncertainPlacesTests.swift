// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import OCISpec
import Testing

@testable import ShellMachine

@Suite("Uncertain places")
struct UncertainPlacesTests {
    @Test("cover what is below them and nothing beside")
    func below() {
        let places = UncertainPlaces(["/a/b", "/c"])
        for path: ImagePath in ["/a/b", "/a/b/c", "/c/d/e"] { #expect(places.contains(path), "\(path)") }
        for path: ImagePath in ["/", "/a", "/a/bc", "/ca"] { #expect(!places.contains(path), "\(path)") }
        #expect(places.overlaps("/a") && places.overlaps("/") && !places.overlaps("/d"))
        #expect(UncertainPlaces().isEmpty && !UncertainPlaces().contains("/"))
    }

    @Test("leave the distribution's own folders out where a tool does, until something does not")
    func spared() {
        var places = UncertainPlaces()
        places.insert(.root, by: .application)
        #expect(places.contains("/srv/x") && !places.contains("/etc/passwd") && !places.contains("/usr/bin/x"))
        places.insert("/usr/src/app")
        #expect(places.contains("/usr/src/app/x") && !places.contains("/usr/bin/x"))
        places.insert(.root, by: .languagePackages)
        #expect(places.contains("/usr/src/app/x") && !places.contains("/usr/bin/x"))
        places.insert(.root, by: .filesystem)
        #expect(places.contains("/etc/passwd") && places.paths == [.root])
    }

    @Test("leave out together only what each leaves out")
    func union() {
        var one = UncertainPlaces()
        one.insert(.root, except: ["/etc", "/usr"])
        var two = UncertainPlaces()
        two.insert(.root, except: ["/etc/passwd", "/opt"])
        one.formUnion(two)
        #expect(!one.contains("/etc/passwd"))
        for path: ImagePath in ["/etc/hosts", "/usr/x", "/opt/x"] { #expect(one.contains(path), "\(path)") }
    }

    @Test("go with a mount")
    func removed() {
        var places = UncertainPlaces(["/m/x", "/n"])
        places.remove(below: ["/m"])
        #expect(places.paths == ["/n"])
    }
}
