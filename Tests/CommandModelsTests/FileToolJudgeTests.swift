// SPDX-License-Identifier: Apache-2.0

import CommandModels
import Diagnostics
import Foundation
import ImageFilesystem
import OCISpec
import ShellMachine
import ShellSyntax
import Testing

@Suite("The real file tools judge their models", .serialized)
struct FileToolJudgeTests {
    static let scripts: [String] = [
        "mkdir -p a/b/c d; touch a/f; mkdir a; echo $?", "mkdir -m 700 a; mkdir -m u=rwx,go=rx b; mkdir -pm 750 c/d",
        "mkdir x/y; echo $?; touch x/y; echo $?",
        "touch a b; rm a; rm c; echo $?; rm -f c; echo $?; mkdir d; rm d; echo $?; rm -r d",
        "mkdir -p a/b; touch a/b/c a/.h; rm -rf a/*; ls -A a",
        "echo 1 > a; cp a b; cp a b c; echo $?; mkdir d; cp a b d; cp -r d e; cp -r d e; cp d f; echo $?",
        "echo 1 > a; ln -s a l; cp l m; cp -P l n; cp -a l o; mkdir d; cp -r l d",
        "mkdir -p s/t; echo x > s/t/f; ln -s f s/t/l; cp -r s d; cp -a s e; cp -r s/. g; cp -rL s h",
        "echo 1 > a; mv a b; mkdir d; mv b d; mv d/b d/c; mv d e; mv nope x; echo $?",
        "mkdir a b; touch a/x b/y; mv a b; echo $?; mv b/a/x .; mkdir c; mv c b; touch f; mv f b/; mv f nope/; echo $?",
        "echo 1 > a; ln a b; echo 2 > b; cat a; rm a; cat b", "ln -s nope l; ls l; cat l; echo $?; rm l",
        "mkdir d; ln -s d l; touch l/x; ln -s y l; ln -sfn z l; rm l",
        "touch a; ln -s a b; ln -s a b; echo $?; ln -sf c b; ln a d; ln a d; echo $?; ln -f a d",
        "touch a; chmod 600 a; chmod +x a; chmod u=rwx,g=rx,o= a",
        "touch a; chmod a+rw a; chmod go-w a; chmod o=g a; chmod u+s,g+s a; mkdir d; chmod +t d; chmod g+s d; chmod 755 d",
        "touch a; chmod 777 a; chmod -x a; chmod u-rw a; chmod =r a",
        "mkdir -p d/e; touch d/f d/g; chmod 755 d/g; chmod -R go-rwx,a+X d",
        "touch a; chmod 4755 a; chmod u-s a; chmod ug+s a; chmod 0644 a; chmod 1777 a",
        "touch a; chmod zzz a; echo $?; chmod 999 a; echo $?; chmod 644 nope; echo $?",
        "umask 077; touch a; mkdir b; echo x > c; umask 002; mkdir e; touch f; chmod +w f",
        "echo x > f; install -m 600 f g; install -d -m 711 p/q; install -D f r/s/t; install f p",
        "echo a > f; echo b >> f; cat f f > g; cat < g; wc -l < g; head -n1 g; tail -n 1 g",
        "touch a1 a2 b1 .h; echo *; echo a*; echo [ab]1; echo .*h; echo nope*; echo */",
        "printf 'b\\na\\nc\\na\\n' > f; sort f; sort -u f; sort -r f; uniq f; cut -c1 f; tr a-c A-C < f; grep -n a f; grep -c a f; grep -v a f; grep -q z f; echo $?",
        "printf 'foo bar\\nbaz\\n' > f; sed 's/o/0/g;s/^b/B/' f; sed -i '2d' f; cat f; sed -n '1p' f; sed 's/\\(f\\)oo \\(.*\\)/\\2\\1/' f; sed -E 's/(o+)/<\\1>/' f; sed '$a end' f",
        "mkdir -p a/b; touch a/x.js a/b/y.js a/z.ts; find a -name '*.js' | sort; find a -type d | sort; find a -name '*.ts' -delete; find a -type f -exec chmod 600 {} +; find a -maxdepth 1 | sort",
        "tee a b < /dev/null; echo hi | tee c; echo hi | tee -a c > /dev/null; cat c",
        "mkdir d; rmdir d; mkdir -p e/f; rmdir e; echo $?; rmdir -p e/f",
        "basename /a/b.c .c; dirname /a/b; basename /; dirname x; basename a/b/; seq 3; seq 2 2 6; expr 1 + 2; expr abc : 'a\\(.\\)c'; expr length abcd",
        "printf 'a b c\\n' | xargs echo x; printf 'a\\nb\\n' | xargs -n1 echo; printf 'a\\nb\\n' | xargs -I{} echo '<{}>'",
        "cp nope x; echo $?; echo 1 > a; cp a a; echo $?; mkdir d; cp -r d d/e; echo $?; mv d d/f; echo $?",
        "ln -s b a; ln -s a b; cat a; echo $?; touch a; echo $?",
        "mkdir d; cd d; touch x; cd ..; [ -f d/x ] && echo y; cp d/x .; ls", "echo x > a; chmod 000 a; rm -f a; ls",
        "mkdir -pv s/t; mkdir d; touch d/x; rm -rv d; touch e; rm -i e; ls; ln -s s l; touch s/x",
        "touch a; cp --parents a t; echo $?; chmod 755 a; cp --no-preserve=mode a b; chmod -v 600 a; chmod -c 600 a; install -v a k; mv -i a b; ls",
        "echo one > f; sed -i.bak s/one/1/ f; cat f f.bak; uniq f o; cat o; head -v -n1 f; basename a b c; echo $?",
        "printf 'b 2\na 10\nc 1\n' > f; sort -k2n f; sort -k2 f; sort -t' ' -k2,2nr f; sort -k1,1r -o f f; cat f; sort -c f; echo $?; sort -u -k2,2 f",
        "printf '1\n2\n3\n4\n5\n6\n7\n' | grep -A1 -B1 -e 2 -e 6; printf 'a\nb\nc\n' | grep -C1 -n b",
        "touch a; chmod 640 a; mkdir d; stat -c '%a %n %s %F' a; stat -c '%A %F' d; stat nope; echo $?; stat --printf='%a\n' a",
        "echo hi > a; sha256sum a > s; sha256sum -c s; echo no > a; sha256sum -c s; echo $?; echo hi | base64; echo aGk= | base64 -d; base64 -d < /dev/null",
        "echo 'a,b,c' | cut -d, -f2; echo 'a,b,c' | cut -d, -f2-; echo abc | cut -c2-; echo a | tr -d a; echo aabb | tr -s ab; echo 'x y' | tr ' ' '\\n'",
    ]

    @Test("what is in the folder afterwards, and what was printed, is the same", arguments: scripts)
    func judge(script: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "seaworthy-judge-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/dash"), getuid() == 0 else {
            print("skipped: needs dash and root, as a build has it")
            return
        }
        func run(_ script: String) throws -> String {
            try RealProgram.run(["/usr/bin/dash", "-c", script], in: folder)?.stdout ?? ""
        }
        let printed = try run("umask 022; " + script)
        let listed = try run("find . -mindepth 1 -printf '%P %y %m %l\\n' | sort").split(separator: "\n").map(
            String.init
        )
        var tree = FileTree()
        tree.insert(.directory(), at: "/w")
        var state = ShellState(
            tree: tree,
            environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C"],
            workingDirectory: "/w",
            epochSeconds: 0
        )
        let outcome = ShellInterpreter(programs: .everything).run("umask 022; " + script, dialect: .dash, state: &state)
        var found: [String] = []
        state.tree.walk(from: "/w") { path, node in
            guard path != "/w" else { return true }
            let name = path.components.dropFirst().map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
            let mode = String(state.tree.node(at: path)?.mode ?? 0, radix: 8)
            switch node.kind {
            case .directory: found.append("\(name) d \(mode) ")
            case .symlink(let target): found.append("\(name) l \(mode) \(String(decoding: target, as: UTF8.self))")
            default: found.append("\(name) f \(mode) ")
            }
            return true
        }
        #expect(
            String(decoding: outcome.stdout, as: UTF8.self) == printed,
            "\(script)\n\(String(decoding: outcome.stderr, as: UTF8.self))"
        )
        #expect(found.sorted() == listed.sorted(), "\(script)")
    }
}
