// SPDX-License-Identifier: Apache-2.0

/// Scripts with something of everything, from which the properties make worse ones.
enum ScriptCorpus {
    static let scripts: [String] = [
        "set -eux; apt-get update && apt-get install -y --no-install-recommends curl || exit 1 # comment\nrm -rf /var/lib/*\n",
        "if [ \"$1\" = a ]; then echo yes; elif ! false; then :; else echo no >&2; fi\n",
        "for i in a \"b c\" $x; do echo $i; done; while read -r l; do echo \"$l\"; done < /etc/passwd; until false; do break; done\n",
        "case \"$x\" in (a|b) echo 1;; c) echo 2;& d) echo 3;;& *) echo 4; esac\nf() { echo \"$@\"; }; f 1 2\n",
        "cat <<EOF | tr a b\n$x `date` $(echo a\necho b)\nEOF\necho after\ncat <<-'E'\n\t$x\n\tE\necho end\n",
        "x=$(cat <<A\none $(cat <<B\ntwo\nB\n)\nA\n); echo \"$x\"\n",
        "cat <<E\na \\\nb $(echo\\\n c; echo d)\n\tt\nE\ncat <<-F\n\t\t`echo \\`echo in\\``\n\tF\n",
        "echo ${x:-${y:=z}} ${#x} ${x#a*} ${x%%\"b\"} ${x/a/b} ${x//a} ${x:1:2} ${!x} ${x[1]} ${x^^} ${x@Q} ${x?m}\n",
        "echo $((1 + (2 * x))) $(( (1) )) $((a[1] ? 2 : 3)) $[1+2]; ((i++)) && for ((i=0; i<3; i++)); do echo $i; done\n",
        "[[ -f a && ( $x == b* || ! $y =~ ^(a|b)$ ) ]] && a=(1 \"2 3\" $(x)) b[2]+=4 && declare -a c=(x y)\n",
        "diff <(sort a) <(sort b) >out 2>&1 &>>log <<<\"$x\" 3<>f 4>|g & wait; time ls |& cat\n",
        "(cd /a; { echo b; }; (echo c)) | while :; do :; done; ! true; echo a\\\nb 'c\nd' \"e\nf\" $'g\\n'\n",
    ]

    static let pieces: [String] = [
        "$((", "$(", "`", "((", "))", ")", "}", "${", "'", "\"", "\\", "\n", "\0", "\r\n", ";;", ";;&", ";&", "<<E\n",
        "<<-E\n",
        "E\n", "[[", "]]", "a[", "]=", "if ", "fi\n", "case x in ", "esac\n", "do ", "done\n", "{ ", "f() ", "for ((",
        "$'",
        "<(", "=(", "&>", "|&", "!", "#", "\u{FF}", "function ", "select x in y;", "\\\n",
    ]
}
