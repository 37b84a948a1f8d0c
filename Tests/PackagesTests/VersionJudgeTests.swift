// SPDX-License-Identifier: Apache-2.0

import Foundation
import Packages
import SeaworthyTestSupport
import Testing

/// Compares our orders with the programs that define them, on generated versions.
@Suite("Version orders beside the real tools")
struct VersionJudgeTests {
    static func pairs(_ scheme: VersionScheme, _ count: Int) -> [(String, String)] {
        let versions = VersionSchemeTests.generated(scheme, count: count * 2, seed: 42)
        return (0..<count).map { (versions[$0 * 2], versions[$0 * 2 + 1]) }
    }

    /// Checks answers (`<`, `=`, `>` a line) against ours.
    static func check(_ scheme: VersionScheme, _ pairs: [(String, String)], _ output: String) {
        let lines = output.split(whereSeparator: \.isWhitespace).map(String.init)
        #expect(lines.count == pairs.count)
        for (pair, line) in zip(pairs, lines) {
            #expect(scheme.compare(pair.0, pair.1).rawValue == line, "\(scheme.rawValue): \(pair.0) ? \(pair.1)")
        }
    }

    static func input(_ pairs: [(String, String)]) -> String { pairs.map { "\($0.0)\t\($0.1)\n" }.joined() }

    @Test("dpkg agrees")
    func dpkg() throws {
        let pairs = Self.pairs(.deb, 150)
        let script = """
            while IFS="$(printf '\\t')" read -r a b; do
              if dpkg --compare-versions "$a" lt "$b"; then echo '<'
              elif dpkg --compare-versions "$a" gt "$b"; then echo '>'
              else echo '='; fi
            done
            """
        guard Judge.run("dpkg", ["--version"]) != nil,
            let output = Judge.run("sh", ["-c", script], input: Self.input(pairs))
        else { return Judge.skip("dpkg") }
        Self.check(.deb, pairs, output)
    }

    @Test("rpm agrees")
    func rpm() throws {
        let pairs = Self.pairs(.rpm, 400)
        let calls = pairs.map {
            "r=rpm.vercmp('\($0.0)','\($0.1)') print(r<0 and '<' or r>0 and '>' or '=') print('\\n')"
        }
        guard let output = Judge.run("rpm", ["--eval", "%{lua: \(calls.joined(separator: "\n"))}"]) else {
            return Judge.skip("rpm")
        }
        Self.check(.rpm, pairs, output)
    }

    static var npmSemver: String? {
        [
            "/usr/lib/node_modules/npm/node_modules/semver", "/usr/local/lib/node_modules/npm/node_modules/semver",
            "/opt/homebrew/lib/node_modules/npm/node_modules/semver",
        ].first { FileManager.default.fileExists(atPath: $0) }
    }

    @Test("node-semver agrees on the order")
    func npm() throws {
        let pairs = Self.pairs(.npm, 1_000)
        guard let path = Self.npmSemver,
            let output = Judge.run(
                "node",
                [
                    "-e",
                    """
                    const s=require('\(path)');
                    require('fs').readFileSync(0,'utf8').trim().split('\\n').forEach(l=>{const[a,b]=l.split('\\t');
                    const r=s.compare(a,b);console.log(r<0?'<':r>0?'>':'=')})
                    """,
                ],
                input: Self.input(pairs)
            )
        else { return Judge.skip("node with npm") }
        Self.check(.npm, pairs, output)
    }

    @Test("node-semver agrees on ranges, and on what is none")
    func npmRanges() throws {
        var generator = SeededGenerator(seed: 11)
        let operators = ["", "", "^", "~", ">", "<", ">=", "<=", "=", "~>", ">= ", "^ ", "~ ", "v", "=v"]
        let numbers = ["0", "1", "2", "x", "*", "X", "10"]
        let tails = ["", "", "", "-beta.1", "-0", "+b", "-alpha"]
        func partial() -> String {
            let count = Int.random(in: 1...3, using: &generator)
            let text = (0..<count).map { _ in numbers.randomElement(using: &generator) ?? "1" }.joined(separator: ".")
            return text + (count == 3 ? tails.randomElement(using: &generator) ?? "" : "")
        }
        func one() -> String { (operators.randomElement(using: &generator) ?? "") + partial() }
        var rows: [(String, String)] = [
            ("", "1.0.0"), ("*", "1.0.0-a"), ("||", "1.2.3"), ("1 ||", "9.9.9"), ("latest", "1.0.0"), (">", "1.0.0"),
            ("^", "1.0.0"),
            ("1.2.3 -2.0.0", "1.5.0"), ("1.2.3 - 2", "2.9.9"), ("1.2.3-2.0.0", "1.5.0"), ("20.x || 22.x", "22.1.0"),
            ("^20.20.0 || ^22.22.0", "22.21.9"), ("01.2.3", "1.2.3"), ("1.2.3.4", "1.2.3"), (">=1.0.0,<2", "1.5.0"),
            ("a || 1", "1.0.0"),
            (">=1.2.3-alpha <2", "1.2.3-beta"), (">=1.2.3-alpha <2", "1.2.4-beta"), ("~0.0.1", "0.0.9"),
            ("^0.0.1", "0.0.2"),
        ]
        let versions = VersionSchemeTests.generated(.npm, count: 1_500, seed: 5)
        for version in versions {
            let range: String
            switch Int.random(in: 0...5, using: &generator) {
            case 0: range = one()
            case 1: range = one() + " " + one()
            case 2: range = one() + "||" + one()
            case 3: range = partial() + " - " + partial()
            case 4: range = one() + " || " + one() + " " + one()
            default: range = " " + one() + "  "
            }
            rows.append((range, version))
        }
        guard let path = Self.npmSemver,
            let output = Judge.run(
                "node",
                [
                    "-e",
                    """
                    const s=require('\(path)');
                    require('fs').readFileSync(0,'utf8').split('\\n').filter(l=>l.includes('\\t')).forEach(l=>{
                    const[r,v]=l.split('\\t');
                    let x;try{x=new s.Range(r)}catch(e){console.log('error');return}
                    console.log(x.test(v))})
                    """,
                ],
                input: Self.input(rows)
            )
        else { return Judge.skip("node with npm") }
        let lines = output.split(separator: "\n").map(String.init)
        #expect(lines.count == rows.count)
        for (row, line) in zip(rows, lines) {
            let ours: String
            do { ours = String(try VersionScheme.npm.contains(row.1, in: row.0)) } catch { ours = "error" }
            #expect(ours == line, "\(row.1) in \"\(row.0)\"")
        }
    }

    static let python = """
        import sys
        from packaging.version import Version
        for line in sys.stdin:
            a, b = line.rstrip('\\n').split('\\t')
            a, b = Version(a), Version(b)
            print('<' if a < b else '>' if a > b else '=')
        """

    @Test("Python's packaging agrees on the order")
    func pep440() throws {
        let pairs = Self.pairs(.pep440, 1_000)
        guard let output = Judge.run("python3", ["-c", Self.python], input: Self.input(pairs)) else {
            return Judge.skip("Python's packaging")
        }
        Self.check(.pep440, pairs, output)
    }

    @Test("Python's packaging agrees on specifiers")
    func pep440Specifiers() throws {
        var generator = SeededGenerator(seed: 3)
        let versions = VersionSchemeTests.generated(.pep440, count: 1_600, seed: 9)
        var rows: [(String, String)] = []
        for place in stride(from: 0, to: versions.count, by: 2) {
            let sign = ["==", "!=", "<=", ">=", "<", ">", "~=", "=="].randomElement(using: &generator) ?? "=="
            var wanted = versions[place]
            if sign != "==", sign != "!=" { wanted = wanted.split(separator: "+").first.map(String.init) ?? wanted }
            if sign == "==" || sign == "!=", !wanted.contains("+"), !wanted.contains("dev"),
                Bool.random(using: &generator)
            {
                wanted += ".*"
            }
            rows.append((sign + wanted, versions[place + 1]))
        }
        let script = """
            import sys
            from packaging.specifiers import SpecifierSet
            for line in sys.stdin:
                r, v = line.rstrip('\\n').split('\\t')
                try:
                    s = SpecifierSet(r)
                except Exception:
                    print('error')
                    continue
                print('true' if s.contains(v, prereleases=True) else 'false')
            """
        guard let output = Judge.run("python3", ["-c", script], input: Self.input(rows)) else {
            return Judge.skip("Python's packaging")
        }
        for (row, line) in zip(rows, output.split(separator: "\n")) {
            let ours: String
            do { ours = String(try VersionScheme.pep440.contains(row.1, in: row.0)) } catch { ours = "error" }
            #expect(ours == line, "\(row.1) in \"\(row.0)\"")
        }
    }

    @Test("RubyGems agrees on order and requirements")
    func gem() throws {
        let pairs = Self.pairs(.gem, 1_000)
        let script = """
            STDIN.each_line { |l| a, b = l.chomp.split("\\t"); r = Gem::Version.new(a) <=> Gem::Version.new(b)
            puts(r < 0 ? '<' : r > 0 ? '>' : '=') }
            """
        guard let output = Judge.run("ruby", ["-e", script], input: Self.input(pairs)) else {
            return Judge.skip("ruby")
        }
        Self.check(.gem, pairs, output)
        let requirement = """
            STDIN.each_line { |l| a, b = l.chomp.split("\\t")
            puts(Gem::Requirement.new("~> " + a).satisfied_by?(Gem::Version.new(b))) }
            """
        let answers = try #require(Judge.run("ruby", ["-e", requirement], input: Self.input(pairs)))
        for (pair, line) in zip(pairs, answers.split(separator: "\n")) {
            #expect(
                String(try VersionScheme.gem.contains(pair.1, in: "~> \(pair.0)")) == line,
                "\(pair.1) in ~> \(pair.0)"
            )
        }
    }

    @Test("Maven agrees")
    func maven() throws {
        let jars = ["/usr/share/maven/lib", "/usr/share/maven-repo/org/apache/maven/maven-artifact/3.x"].map {
            $0 + "/*"
        }
        let pairs = Self.pairs(.maven, 400)
        let versions = pairs.flatMap { [$0.0, $0.1] }
        guard
            let output = Judge.run(
                "java",
                ["-cp", jars.joined(separator: ":"), "org.apache.maven.artifact.versioning.ComparableVersion"]
                    + versions
            )
        else { return Judge.skip("maven") }
        // Between two versions stands "   a < b" with `==` for equal.
        let signs = output.split(separator: "\n").filter { $0.hasPrefix("   ") }.map { line in
            line.split(separator: " ").dropFirst().first.map { $0 == "==" ? "=" : String($0) } ?? "?"
        }
        #expect(signs.count == versions.count - 1)
        for (place, sign) in signs.enumerated() {
            let (a, b) = (versions[place], versions[place + 1])
            #expect(VersionScheme.maven.compare(a, b).rawValue == sign, "\(a) ? \(b)")
        }
    }
}
