// SPDX-License-Identifier: Apache-2.0

/// What a fork and a shell of its own keep from the shell around them.
extension ShellCorpus {
    /// dash and bash say the same.
    static let forks: [String] = [
        // A loop around a script is no loop in it.
        #"for i in 1 2; do sh -c 'break; echo x'; done"#, #"while :; do (exit 3) | break; echo n; break; done"#,
        // Where getopts stands.
        #"set -- -ab; getopts ab o; (getopts ab o; echo $o $OPTIND); getopts ab o; echo $o $OPTIND"#,
        #"set -- -ab; getopts ab o; x=$(getopts ab o; echo $o); getopts ab o; echo $x $o"#,
        #"set -- -ab -c; getopts abc o; sh -c 'set -- -c; getopts abc p; echo $p'; getopts abc o; echo $o"#,
        // What is in the background.
        #"(true &); echo "[$!]""#, #"true & sh -c 'echo "[$!]"'"#,
        // Files that a subshell opened for itself.
        #"(exec >/tmp/seaworthy-fork; echo a); cat /tmp/seaworthy-fork; rm /tmp/seaworthy-fork"#,
        #"x=$(exec >/tmp/seaworthy-fork; echo a); cat /tmp/seaworthy-fork; rm /tmp/seaworthy-fork; echo "[$x]""#,
        // A shell of its own is no subshell, and ends as a shell does.
        #"bash -c 'set -u; echo $nope' 2>/dev/null; echo $?; (bash -c 'set -u; echo $((nope))') 2>/dev/null; echo $?"#,
        #"umask 022; (umask 077; umask); umask; sh -c 'umask 027'; umask; (cd /tmp; pwd); pwd"#,
        #"f() { local x=1; (local y=2; x=3); echo $x $y; }; y=0; f"#,
        #"f() { local x=in; sh -c 'local x=1' 2>/dev/null; echo $x; }; x=out; f; echo $x"#,
        #"readonly r=1; export r; sh -c 'r=2; echo $r'; (set -- a b; shift; set -f); echo $# $r"#,
        #"f() { return 4; }; sh -c 'f' 2>/dev/null; echo $?; set -e; sh -c 'false; echo on'"#,
    ]
}
