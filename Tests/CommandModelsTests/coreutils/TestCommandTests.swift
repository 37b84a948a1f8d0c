// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("test and [")
struct TestCommandTests {
    static let rows: [ModelRow] = [
        ModelRow("files", "touch a; mkdir d; test -f a && test -d d && [ ! -e x ] && [ -s a ]", exit: 1),
        ModelRow("modes", "touch a; chmod 4755 a; [ -x a ] && [ -u a ] && [ ! -g a ] && [ ! -k a ]"),
        ModelRow("links", "ln -s nope l; [ -L l ] && [ -h l ] && [ ! -e l ] && [ l -ef l ]", exit: 1),
        ModelRow("texts", "[ a = a ] && [ a != b ] && [ -z '' ] && [ -n x ] && [ x ] && ! [ '' ]"),
        ModelRow("numbers", "[ 1 -lt 2 ] && [ ' 3' -ge 3 ] && ! [ 1 -eq 2 ]"),
        ModelRow("grammar", "[ a = a -a b = b -a ! b = c ] && [ \\( a = b -o b = b \\) -a x ]"),
        ModelRow("times", "touch -d @1 a; touch -d @2 b; [ b -nt a ] && [ a -ot b ] && ! [ a -nt nope ]"),
        ModelRow("no number", "[ x -eq 1 ]", exit: 2, err: "sh: 1: [: Illegal number: x\n"),
        ModelRow("no end", "[ a", exit: 2, err: "sh: 1: [: missing ]\n"),
        ModelRow("no operator", "test a b c", exit: 2, err: "sh: 1: test: b: unexpected operator\n"),
        ModelRow("a program of its own", "env test a = a; env test x -eq 1", exit: 2, err: "test: Illegal number: x\n"),
        ModelRow("dash has no ==", "[ a == a ]", exit: 2, err: "sh: 1: [: ==: unexpected operator\n"),
        .busybox("BusyBox has", "[ a == a ]"),
    ]

    @Test("does what the real program does", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
