// SPDX-License-Identifier: Apache-2.0

import Packages
import Testing

@Suite("The types of package URLs")
struct PackageURLTypeTests {
    @Test("every registered type stands once, in the order of its name, with what it asks for")
    func table() {
        let names = PackageURLType.all.map(\.type)
        #expect(names == names.sorted())
        #expect(Set(names).count == names.count)
        for rule in PackageURLType.all {
            #expect(PackageURLType.named(rule.type.uppercased()) == rule)
            #expect(rule.defaultRepository.map { $0.hasPrefix("https://") } ?? true)
        }
        #expect(PackageURLType.named("nonsense") == nil)
    }

    /// What a purl of the type needs besides, so that only the namespace decides.
    private static func rest(_ type: String) -> (name: String, tail: String) {
        switch type {
        case "chrome-extension": ("abcdefghijklmnopabcdefghijklmnop", "@1")
        case "julia": ("Dates", "@1?uuid=x")
        case "swid": ("a", "@1?tag_id=x")
        case "conan": ("a", "@1")
        default: ("a", "@1")
        }
    }

    @Test("a namespace is there where it must be and not where it may not", arguments: PackageURLType.all)
    func namespaces(rule: PackageURLType) {
        let (name, tail) = Self.rest(rule.type)
        let bare = "pkg:\(rule.type)/\(name)\(tail)"
        let channel = rule.type == "conan" ? "?channel=stable" : ""
        let spaced = "pkg:\(rule.type)/ns/\(name)\(tail)\(channel)"
        #expect((try? PackageURL(parsing: bare)) == nil ? rule.namespace == .required : rule.namespace != .required)
        #expect(
            (try? PackageURL(parsing: spaced)) == nil ? rule.namespace == .prohibited : rule.namespace != .prohibited
        )
        // In somebody else's document both name a package.
        #expect((try? PackageURL(tolerating: bare))?.name == (try? PackageURL(tolerating: spaced))?.name)
    }

    @Test(
        "letters and characters are as the type has them",
        arguments: [
            ("pkg:pypi/Django_Rest.Framework@1", "pkg:pypi/django-rest.framework@1"),
            ("pkg:hackage/a_B@1", "pkg:hackage/a-B@1"),
            ("pkg:pub/Flutter-Lints.x@1", "pkg:pub/flutter_lints_x@1"),
            ("pkg:cpan/drolsky/DateTime@1", "pkg:cpan/DROLSKY/DateTime@1"),
            ("pkg:cpan/URI::PackageURL@2.11", "pkg:cpan/URI::PackageURL@2.11"),
            ("pkg:luarocks/HiSham/LuaFileSystem@1", "pkg:luarocks/hisham/luafilesystem@1"),
            ("pkg:composer/Laravel/Laravel@5", "pkg:composer/laravel/laravel@5"),
            ("pkg:cargo/Rand@1", "pkg:cargo/Rand@1"),
            ("pkg:rpm/Fedora/Curl@7", "pkg:rpm/fedora/Curl@7"), ("pkg:maven/Org.A/B@1", "pkg:maven/Org.A/B@1"),
            ("pkg:nuget/EnterpriseLibrary@6", "pkg:nuget/EnterpriseLibrary@6"),
            ("pkg:oci/Static@SHA256:AB", "pkg:oci/static@sha256:ab"),
            ("pkg:huggingface/Microsoft/Deberta@55AB", "pkg:huggingface/Microsoft/Deberta@55ab"),
            (
                "pkg:mlflow/Model@3?repository_url=https://adb.azuredatabricks.net/api",
                "pkg:mlflow/model@3?repository_url=https:%2F%2Fadb.azuredatabricks.net%2Fapi"
            ),
            (
                "pkg:mlflow/Model@3?repository_url=https://x.azureml.ms",
                "pkg:mlflow/Model@3?repository_url=https:%2F%2Fx.azureml.ms"
            ),
            ("pkg:vscode-extension/Ms-Python/Python@1", "pkg:vscode-extension/ms-python/python@1"),
            ("pkg:otp/Stdlib@5", "pkg:otp/stdlib@5"),
            ("pkg:golang/stdlib@1.24.3", "pkg:golang/stdlib@1.24.3"),
            ("pkg:alpm/Arch/Pacman@6", "pkg:alpm/arch/pacman@6"),
            ("pkg:bitnami/WordPress@6", "pkg:bitnami/wordpress@6"), ("pkg:hex/Acme/Foo@1", "pkg:hex/acme/foo@1"),
        ]
    )
    func canonical(text: String, expected: String) throws {
        #expect(try PackageURL(parsing: text).description == expected)
    }

    @Test(
        "a type's own rule refuses what breaks it",
        arguments: [
            "pkg:cpan/Perl-Version@1.013", "pkg:cpan/GDT/URI::PackageURL@2.11", "pkg:cocoapods/.hidden@1",
            "pkg:cocoapods/a%2Bb@1",
            "pkg:cocoapods/a%20b@1", "pkg:chrome-extension/short@1", "pkg:conan/a@1?channel=stable",
            "pkg:conan/user/a@1", "pkg:npm/a/b/c@1",
            "pkg:swift/github.com/a/b", "pkg:cran/A3", "pkg:julia/Dates@1", "pkg:swid/a@1", "pkg:deb/curl@1",
            "pkg:rpm/curl@1",
            "pkg:composer/laravel@5", "pkg:gem/a/b@1", "pkg:nuget/a/b@1",
        ]
    )
    func refused(text: String) {
        #expect(throws: PackageURL.ValidationError.self) { try PackageURL(parsing: text) }
        #expect((try? PackageURL(tolerating: text)) != nil)
    }
}
