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

    @Test("leave out what a place is said to spare, until another one does not")
    func holes() {
        var places = UncertainPlaces()
        places.insert("/opt", by: .systemPackages, except: ["/opt/app", "/srv/x"])
        #expect(places.contains("/opt") && places.contains("/opt/other/x") && !places.contains("/opt/app/x"))
        #expect(!places.overlaps("/opt/app") && places.overlaps("/"))
        places.insert("/opt/app/data")
        #expect(places.contains("/opt/app/data/x") && !places.contains("/opt/app/bin"))
        places.insert("/opt/app/data/deep")
        #expect(places.paths == ["/opt", "/opt/app/data"])
        places.insert("/opt", except: ["/opt/app/bin"])
        #expect(places.contains("/opt/app/lib") && !places.contains("/opt/app/bin/x"))
        places.insert("/opt")
        #expect(places.contains("/opt/app/bin/x") && places.paths == ["/opt"])
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
