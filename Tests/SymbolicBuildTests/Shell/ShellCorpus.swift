// SPDX-License-Identifier: Apache-2.0

/// Scripts of builtins alone, which every POSIX shell carries out the same way.
enum ShellCorpus {
    static let posix: [String] = [
        // Quoting
        #"echo hello"#, #"echo 'a  b' "c  d" e\ \ f"#, #"echo "a'b" 'c"d'"#, #"echo a\'b \"c\" \\"#, #"echo "a\$b \`c\` \" \\ \x""#,
        #"x=1; echo "$x" '$x' \$x"#, #"echo "" '' x"#, #"printf '[%s]' "" '' x; echo"#, "echo a\\\nb", "echo 'a\nb'", #"echo #comment"#,
        #"echo a#b"#, #"echo "a" # c"#, #"printf '%s\n' a"b"'c'd"#, #"echo \a\b"#, #"echo '\'"#,
        // Parameters
        #"x=abc; echo ${x}d ${#x}"#, #"echo ${x:-a b} ${x-c} ${x:+d} ${x+e}."#, #"x=; echo ${x:-a} ${x-b}. ${x:+c} ${x+d}."#,
        #"echo ${x:=foo}; echo $x"#, #"echo "${x:-"a b"}""#, #"printf '[%s]' ${x:-a b c}; echo"#, #"printf '[%s]' "${x:-a b c}"; echo"#,
        #"printf '[%s]' ${x:-"a b" c}; echo"#, #"x=/a/b/c.tar.gz; echo ${x#*/} ${x##*/} ${x%.*} ${x%%.*}"#, #"x=aaa; echo ${x#a} ${x##a*} ${x%a}"#,
        #"x='a*b'; echo "${x#a\*}" "${x%'*b'}""#, #"x=foobar; y=foo; echo ${x#$y} ${x#"$y"}"#, #"x='*'; y='**a'; echo "${y#"$x"}" "${y#$x}""#,
        #"set -- a b c; echo $# $1 $3 "$@" "$*""#, #"set -- 'a b' c; printf '[%s]' "$@"; echo; printf '[%s]' $@; echo; printf '[%s]' "$*"; echo"#,
        #"IFS=:; set -- a b c; echo "$*"; x=$*; echo "$x""#, #"set --; printf '[%s]' "$@" x; echo"#, #"set -- ''; printf '[%s]' "$@" x; echo"#,
        #"set -- a b; printf '[%s]' "x$@y"; echo"#, #"set -- 1 2 3 4 5 6 7 8 9 10 11; echo ${10} ${11} $10"#, #"set -- a b c; shift; echo $1 $#; shift 2; echo $#"#,
        #"x=a; x=b; echo $x; unset x; echo [$x] ${x-unset}"#, #"echo $?; false; echo $?"#, #"echo "$0" | wc -c >/dev/null; echo ${#}"#,
        #"echo ${#:-x} ${#}"#, #"x=12345; echo ${#x}"#, #"a=1 b=2; echo $a$b"#, #"a=1; b=$a$a; c=${b}x; echo $c"#, #"x='a  b'; y=$x; echo "$y" $y"#,
        // Field splitting
        #"x=' a  b '; printf '[%s]' $x; echo"#, #"IFS=:; x=a::b:; printf '[%s]' $x; echo"#, #"IFS=': '; x='a : b::c'; printf '[%s]' $x; echo"#,
        #"IFS=; x='a b'; printf '[%s]' $x; echo"#, #"IFS=,; x=,a,; printf '[%s]' $x; echo"#, #"x='a b'; printf '[%s]' p$x"q"; echo"#, #"unset IFS; x='a	b'; printf '[%s]' $x; echo"#,
        #"x=''; printf '[%s]' $x a; echo"#, #"x=' '; printf '[%s]' a$x; echo"#, #"x=' '; printf '[%s]' a${x}b; echo"#,
        // Arithmetic
        #"echo $((1+2*3)) $(((1+2)*3)) $((7/2)) $((7%3)) $((-7/2))"#, #"x=5; echo $((x+1)) $(($x*2)) $((x>3)) $((x==5&&x<4))"#, #"echo $((1<<4)) $((0x1f)) $((010)) $((~0)) $((!0))"#,
        #"x=1; echo $((x+=2)) $x; echo $((x?10:20))"#, #"echo $((5 & 3)) $((5 | 3)) $((5 ^ 3))"#, #"echo $((1 ? 2 : 3)) $((0 ? 2 : 3))"#, #"i=0; while [ $i -lt 3 ]; do i=$((i+1)); echo $i; done"#,
        #"echo $((2 - -2)) $((- 3)) $(( ( 1 ) ))"#, #"x=; echo $((x+1))"#, #"echo "$((1+1))a""#, #"echo $((9223372036854775807 + 1))"#, #"echo $((-9223372036854775807 - 1))"#,
        // Substitution
        #"echo $(echo a) `echo b` "$(echo 'c  d')""#, #"x=$(printf 'a\n\n\n'); echo "[$x]""#, #"echo $(echo $(echo deep))"#, #"echo `echo \`echo deep\``"#, #"x=$(false); echo $?; x=$(exit 3); echo $?"#,
        #"echo $(echo a; echo b)"#, #"echo "$(echo "a b")""#, #"x=$(cat <<E
        a
        E
        ); echo "$x""#, #"f() { echo $1; }; echo $(f x)"#, #"echo $(case a in a) echo yes;; esac)"#, #"x=$(echo "a)b"); echo $x"#, #"echo "`echo "a"`""#,
        // Lists
        #"true && echo a || echo b"#, #"false && echo a || echo b"#, #"false || echo a && echo b"#, #"true; false; echo $?"#, #"! true; echo $?; ! false; echo $?"#, #"false || false || echo c"#,
        #"(exit 3); echo $?"#, #"{ echo a; echo b; } | while read x; do echo [$x]; done"#, #"echo a | { read x; echo $x; }"#, #"x=1; (x=2; echo $x); echo $x"#, #"x=1; { x=2; }; echo $x"#,
        #"echo a | (read x; echo "$x$x")"#, #"false | true; echo $?; true | false; echo $?"#, "true &&\necho a", "echo a |\nread x; echo b", #"echo a & wait; echo b"#,
        // Control
        #"if true; then echo a; else echo b; fi"#, #"if false; then echo a; elif true; then echo b; else echo c; fi"#, #"if false; then :; fi; echo $?"#, #"for i in a 'b c' d; do echo "$i"; done"#, #"for i in; do echo x; done; echo $?"#,
        #"set -- x y; for i; do echo $i; done"#, #"for i in 1 2 3 4; do [ $i = 2 ] && continue; [ $i = 4 ] && break; echo $i; done"#, #"for i in 1 2; do for j in a b; do [ $j = b ] && continue 2; echo $i$j; done; done"#,
        #"for i in 1 2; do for j in a b; do break 2; done; done; echo $i$j"#, #"x=0; until [ $x -ge 3 ]; do x=$((x+1)); done; echo $x"#, #"while false; do :; done; echo $?"#, #"case abc in a*) echo 1;; *) echo 2;; esac"#,
        #"case x in a|b) echo ab;; x|y) echo xy;; esac"#, #"case "a b" in "a b") echo yes;; esac"#, #"case a in [a-c]) echo in;; esac; case d in [!a-c]) echo out;; esac"#, #"case '*' in '*') echo star;; esac; case a in \*) echo no;; *) echo other;; esac"#,
        #"case a in (a) echo p;; esac"#, #"case a in b) ;; esac; echo $?"#, #"x=b; case b in $x) echo var;; esac"#, #"x='*'; case abc in $x) echo glob;; esac; case abc in "$x") echo lit;; *) echo no;; esac"#, #"case a.b in *.*) echo dot;; esac"#,
        #"case '' in '') echo empty;; esac"#, #"case ab in ?b) echo q;; esac"#, #"case 5 in [0-9]|[0-9][0-9]) echo num;; esac"#, #"case a in [[:alpha:]]) echo alpha;; esac"#, "case a in\n  a)\n    echo 1\n    ;;\n  *)\n    echo 2\nesac",
        // Functions
        #"f() { echo "$1-$2-$#"; }; f a b; f 'x y'"#, #"f() { return 3; }; f; echo $?"#, #"f() { local x=1; g; echo $x; }; g() { x=2; }; x=0; f; echo $x"#, #"f() ( x=1; exit 4 ); x=0; f; echo $? $x"#, #"f() { if [ $1 -gt 0 ]; then echo $1; f $(($1-1)); fi; }; f 3"#,
        #"f() { set -- p q; echo $1; }; set -- a; f; echo $1"#, #"f() { echo a; return; echo b; }; f"#, #"f() for i in 1 2; do echo $i; done; f"#, #"f() { shift; echo $@; }; f a b c"#, #"x=1; f() { echo $x; }; x=2 f; echo $x"#, "f()\n{\n echo nl\n}\nf",
        #"f() { echo one; }; f() { echo two; }; f; unset -f f; f 2>/dev/null; echo $?"#,
        // set -e, -u
        #"set -e; false; echo no"#, #"set -e; false || echo a; echo b"#, #"set -e; if false; then :; fi; echo a"#, #"set -e; ! true; echo a"#, #"set -e; f() { false; echo f; }; f || echo or; echo e"#, #"set -e; f() { false; echo f; }; f; echo e"#,
        #"set -e; false && true; echo a"#, #"set -e; true && false; echo a"#, #"set -e; (false); echo a"#, #"set -e; { false; }; echo a"#, #"set -e; x=$(false); echo a"#, #"set -e; echo $(false); echo a"#, #"set -e; while false; do :; done; echo a"#,
        #"set -e; for i in 1 2; do false; done; echo a"#, #"set -e; true | false; echo a"#, #"set -e; false | true; echo a"#, #"set -e; case a in a) false;; esac; echo a"#, #"set +e; false; echo a"#, #"set -e; (false || true); echo a"#, #"set -e; until true; do :; done; echo a"#,
        #"set -u; echo ${x-ok}"#, #"set -u; (echo $x) 2>/dev/null; [ $? -ne 0 ] && echo failed"#, #"(: ${x:?msg}) 2>/dev/null; [ $? -ne 0 ] && echo failed"#, #"set -e; if false; then echo; else false; fi; echo a"#, #"set -e; test -n "" || test -z ""; echo a"#,
        // test
        #"[ a = a ] && echo 1; [ a != b ] && echo 2; [ -z "" ] && echo 3; [ -n x ] && echo 4; [ x ] && echo 5; [ "" ] || echo 6"#, #"[ 1 -eq 01 ] && [ 2 -gt 1 ] && [ 1 -le 1 ] && echo ok"#, #"[ ! -e /nonexistent ] && echo no; [ -d / ] && echo root; [ -f / ] || echo nf"#,
        #"[ a = a -a b = b ] && echo and; [ a = b -o b = b ] && echo or"#, #"[ "(" = "(" ] && echo p; [ ! "" ] && echo n; [ ! ] && echo e"#, #"test; echo $?; test -n; echo $?; test = ; echo $?"#, #"[ "-f" ] && echo dashf; [ "!" ] && echo bang"#, #"[ \( a = a \) ] && echo paren; [ ! \( a = b \) ] && echo notp"#,
        #"[ -t 0 ] ; echo $?"#,
        // printf, echo
        #"printf '%s-%s\n' a b c"#, #"printf '%d %i %o %x %X\n' 10 010 8 255 255"#, #"printf '%5s|%-5s|%05d|%+d\n' a b 42 7"#, #"printf '%.2s|%c\n' abc xyz"#, #"printf 'a\tb\\n\n'"#, #"printf '%b' 'a\nb\n'"#, #"printf '%%\n'"#, #"printf '%s\n'"#, #"printf '\101\n'"#, #"printf '%d\n' "'A""#, #"echo -n a; echo b"#, #"printf '%s %s\n' a"#, #"printf '%*d\n' 5 42"#, #"printf '%x\n' -1"#,
        // read
        #"echo 'a b c' | { read x y; echo "[$x][$y]"; }"#, #"printf 'a\\b\n' | { read x; echo "$x"; }"#, #"printf 'a\\b\n' | { read -r x; echo "$x"; }"#, #"printf ' a \n' | { read x; echo "[$x]"; }"#, #"printf ' a \n' | { IFS= read -r x; echo "[$x]"; }"#, #"echo a:b:c | { IFS=: read x y; echo "[$x][$y]"; }"#, #"printf 'a' | { read x; echo $? $x; }"#, #"printf 'x\ny\n' | while read l; do echo "<$l>"; done"#, #"printf '' | { read x; echo $?; }"#, #"echo 'a:b:' | { IFS=: read x y; echo "[$x][$y]"; }"#, #"printf 'a b\\\nc\n' | { read x y; echo "[$x][$y]"; }"#,
        // Redirection and here-documents
        "cat <<EOF\nhello $((1+1))\nEOF", "cat <<'EOF'\nhello $x\nEOF", "cat <<-EOF\n\t\ta\n\tb\n\tEOF", "x=1; cat <<EOF\n\"$x\" \\$x \\\\ `echo b`\nEOF", "cat <<A; cat <<B\na\nA\nb\nB", "while read l; do echo \"[$l]\"; done <<E\n1\n2\nE", #"echo err 1>&2 2>/dev/null; echo ok"#, #"{ echo a; echo b 1>&2; } 2>/dev/null"#, #"{ echo a 1>&2; } 2>&1"#, "cat <<E | tr a b\naaa\nE", #"exec 3>&1; echo x >&3"#, #"echo a >/dev/null; echo b"#, "f() { cat <<E\nin f $1\nE\n}; f x", "if true; then cat <<E\nx\nE\nfi; echo y",
        // eval, traps, others
        #"eval 'x=1; echo $x'; echo $x"#, #"x='echo a'; $x; eval "$x; echo b""#, #"eval; echo $?; eval false; echo $?"#, #"trap 'echo bye' EXIT; echo hi"#, #"trap 'echo bye' EXIT; exit 3"#, #"(trap 'echo sub' EXIT; :); echo main"#, #"trap 'echo bye $?' 0; false"#, #"trap 'echo x' EXIT; trap - EXIT; echo y"#, #"exit 5"#, #"exit"#, #"false; exit"#, #": ${x=1}; echo $x"#, #"export A=1; env | grep '^A=' || echo none"#, #"A=1; readonly A; (A=2) 2>/dev/null; echo $A"#, #"command echo a; command -v true"#, #"type : >/dev/null; echo $?"#, #"umask 027; umask"#, #"cd /; pwd; cd /tmp; echo $PWD $OLDPWD; cd - >/dev/null; pwd"#, #"set -- -a x -b; while getopts ab o; do echo $o $OPTIND; done"#, #"set -- -a1 -b 2 c; while getopts a:b: o; do echo $o=$OPTARG; done; shift $((OPTIND-1)); echo $1"#, #"set -f; echo *; set +f"#, #"nosuchcommand 2>/dev/null; echo $?"#, #"/nonexistent/x 2>/dev/null; echo $?"#, #"exec false; echo no"#, #"set a b; echo $2; set -- ; echo $#"#, #"x=5; unset x; echo ${x:-gone}"#, #"return 3 2>/dev/null; echo no"#, #"true | exit 3; echo $?"#, #"(exit 2) || echo $?"#, #"f() { false; }; f; echo $?"#, #"if (exit 3); then :; else echo $?; fi"#,
    ]

    static let bash: [String] = [
        #"[[ a == a* ]] && echo 1; [[ ab == "a*" ]] || echo 2; [[ -n x && -z "" ]] && echo 3; [[ a < b ]] && echo 4"#, #"[[ abc =~ ^a(b)c$ ]] && echo ${BASH_REMATCH[1]}"#, #"x='a b'; [[ $x = 'a b' ]] && echo same; [[ ! $x ]] || echo set"#, #"((x=3)); echo $x; ((x>5)) || echo no; ((x++)); echo $x"#, #"for ((i=0;i<3;i++)); do echo $i; done"#,
        #"echo {a,b}c{1..3} {3..1} x{,y} {a..c} {01..03} {1..10..4}"#, #"echo "{a,b}" \{a,b} {a} {a,b"#, #"x=hello; echo ${x/l/L} ${x//l/L} ${x/#h/H} ${x/%o/O} ${x:1:3} ${x: -2} ${x^} ${x^^} ${x:1}"#, #"a=(1 2 'x y'); echo ${#a[@]} ${a[2]} "${a[@]}"; a+=(4); echo ${a[3]} ${a[-1]}"#, #"a=(1 2); a[5]=z; echo ${!a} "${a[*]}"; for i in "${a[@]}"; do echo $i; done"#,
        #"cat <<< "here $((1+1))""#, #"echo $'a\tb\x41\u00e9'"#, #"x=abc; y=x; echo ${!y}"#, #"function f { echo f $1; }; f a; function g() { echo g; }; g"#, #"set -o pipefail; false | true; echo $?"#, #"echo -e 'a\nb'; echo -n c; echo -E 'd\n'"#, #"printf -v x '%03d' 7; echo $x"#, #"{ echo a; echo b >&2; } &>/dev/null; echo c"#, #"x=1; x+=2; echo $x"#, #"declare x=5; local y=1 2>/dev/null; echo $x"#, #"set -e; x=$(false; echo a); echo $x"#, #"echo $((2**10)) $((i++)) $i"#, #"case a in a) echo 1;& b) echo 2;; esac; case a in a) echo 1;;& *) echo 3;; esac"#, #"f() { local x=1; declare y=2; }; f; echo [$x$y]"#, #"while read -r a b; do echo "$b"; done <<< "x y""#, #"read -ra arr <<< 'a b c'; echo ${arr[1]}"#, #"echo ${x@Q}; x="a'b"; echo ${x@Q}"#, #"set -- a b c d; echo ${@:2:2} ${*:3}"#, #"[[ 10 -gt 9 ]] && echo num; [[ x -eq 0 ]] && echo var"#, #"let x=3+4; echo $x; let 'x == 8'; echo $?"#, #"[[ -d / && ! -f / ]] && echo d"#, #"time true 2>/dev/null; echo ok"#, #"source /dev/null; echo $?"#, #"echo ${#} ${x:-$(echo d)}"#, #"x=(a b); echo $x ${x[1]} ${#x[1]}"#, #"mapfile -t l <<< $'1\n2'; echo ${#l[@]} ${l[1]}"#,
    ]
}
