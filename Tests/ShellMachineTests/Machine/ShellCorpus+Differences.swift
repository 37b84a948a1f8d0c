// SPDX-License-Identifier: Apache-2.0

/// Scripts on which an interpreter easily goes wrong, found by comparing with the shells.
extension ShellCorpus {
    /// dash and bash say the same; BusyBox runs its own applets without a PATH, and reads arithmetic in a way of its own.
    static let common: [String] = [
        // A backslash that an expansion brings makes the next byte of a pattern plain.
        #"x='a\*'; case 'a*' in $x) echo 1;; *) echo 2;; esac; case 'ab' in $x) echo 1;; *) echo 2;; esac"#,
        #"x='a\b'; case 'a\b' in $x) echo 1;; *) echo 2;; esac; case ab in $x) echo 1;; *) echo 2;; esac"#,
        #"x='\*'; y='a*b'; echo "${y%$x*}" "${y#*$x}" ${y%"$x"*}"#,
        // A loop is no loop for a function that is called in it.
        #"f() { break; }; for i in 1 2; do f 2>/dev/null; echo $i; done"#,
        #"export P=~/bin:~/x; echo $P; readonly C=~; echo $C; x=a=~; echo $x"#,
        #"echo ${x:-~} "${x:-~}" ${x:-~/a}"#,
        #"umask u=rwx,g=,o=; umask; umask -S; umask g+r; umask; umask ugo-w; umask"#,
        #"pwd -P"#,
        #"cat < /tmp 2>/dev/null; echo $?; read x < /tmp 2>/dev/null; echo $?"#,
        #"echo a >&- 2>/dev/null; echo $?; cat <&- 2>/dev/null; echo $?"#,
        #"exec 3>/tmp/seaworthy-judge-fd; echo a >&3; exec 3>&-; cat /tmp/seaworthy-judge-fd; rm /tmp/seaworthy-judge-fd"#,
        #"trap foo BAD 2>/dev/null; echo $?"#,
        #"PATH=/nonexistent ls 2>/dev/null; echo $?; PATH=; ls 2>/dev/null; echo $?"#,
        #"printf '%e %g %G %.1f\n' 1.5 3.5 100000000 2.25; printf '%5.2f|%-10.3e|\n' 3.14159 1234.5"#,
        #"echo 'echo $0 $1' | sh -s a; echo 'echo b' | sh -; sh -c 'exit 4'; echo $?"#,
        #"set -n; echo no"#, #"echo $((1||x/0)) $((0&&1/0))"#, #"n=w; echo $((2||n*3))"#,
        #"set -- -abv -c x; while getopts ab:c o; do echo "$o $OPTARG"; done; echo $OPTIND; OPTIND=1; getopts a o -a; echo $o"#,
    ]

    /// What dash has in a way of its own.
    static let dash: [String] = [
        #"set -- a b c; echo ${#@} ${#*} ${#}"#, #"set --; echo "${@-w}" ${@+z} ${@:-x}"#,
        #"IFS=-; set -- a b; x=$@; echo "$x"; x="$@"; echo "$x""#, #"set -eu; echo $-; set -f; echo $-"#,
        #"echo $((0x)); echo no"#, #"echo $(("1"+"2")); echo no"#, #"echo $(()); echo no"#,
        #"echo $((exit 3); echo a)"#, #"case a in [^b]) echo 1;; *) echo 2;; esac; case ^ in [^b]) echo 3;; esac"#,
        #"! ! true; echo $?"#, #"f-x() { :; }; echo no"#, #"f() { return 300; }; f; echo $?; f"#,
        #"for i in 1 2 3; do (break; echo n); echo $i; done"#, #"x=5 exec 3>&1; echo $x"#,
        #"type nope; echo $?; type local; type ls >/dev/null"#, #"echo '\101\0101\1' '\e[0m'"#,
        #"printf '%5%' 2>/dev/null; echo $?; printf '%ld' 5 2>/dev/null; echo $?; printf -v x a 2>/dev/null; echo $?"#,
        #"printf '%d\n' 9223372036854775808 2>/dev/null; echo $?"#, #"read 2>/dev/null; echo $?"#, "cat <<E\nno end",
        #"echo y >&a; echo no"#, #"cd /tmp; echo a2>f; echo 12>f; cat f; rm f"#,
        #"[ a == a ] 2>/dev/null; echo $?; [ / -nt /nonexistent ]; echo $?"#, #"select x in a; do :; done"#,
        #"set -e; local x=1; echo no"#, #"set -- -ab; getopts ab o; echo $o $OPTIND; getopts ab o; echo $o $OPTIND"#,
    ]
}
