// SPDX-License-Identifier: Apache-2.0

import BaseImages
import Diagnostics
import ImageFilesystem
import OCISpec
import SymbolicBuild
import Testing

@Suite("Accounts as Debian's tools make them")
struct AdduserTests {
    private func run(_ script: String) -> ScriptRun {
        ScriptRun(
            script: script,
            files: [
                "/etc/passwd": "root:x:0:0:root:/root:/bin/bash\n",
                "/etc/group": "root:x:0:\nusers:x:100:\nnogroup:x:65534:\n",
                "/etc/shadow": "root:*:1:0:99999:7:::\n", "/etc/gshadow": "root:*::\nusers:*::\nnogroup:*::\n",
                "/etc/login.defs": "PASS_MAX_DAYS\t99999\n", "/home/": "",
            ],
            epochSeconds: 20_780 * 86_400
        )
    }

    @Test(
        "the line in passwd is that of the real command",
        arguments: [
            (#"adduser --disabled-password --gecos "" u"#, "u:x:1000:1000:,,,:/home/u:/bin/bash"),
            (
                #"adduser --disabled-password --gecos 'Full Name,1,2,3' u"#,
                "u:x:1000:1000:Full Name,1,2,3:/home/u:/bin/bash"
            ),
            (#"adduser --system --gecos x u"#, "u:x:100:65534:x,,,:/nonexistent:/usr/sbin/nologin"),
            // Perl's options: one dash, any unambiguous beginning.
            (#"adduser -sys -home /app u"#, "u:x:100:65534::/app:/usr/sbin/nologin"),
            (#"adduser -u 1500 --disabled-p --comment= u"#, "u:x:1500:1500:,,,:/home/u:/bin/bash"),
        ]
    )
    func line(script: String, line: String) {
        let outcome = run(script)
        #expect(outcome.exit == 0)
        #expect(outcome.files["/etc/passwd"]?.split(separator: "\n").last.map(String.init) == line, "\(outcome.stderr)")
    }

    @Test(
        "what is refused says so and ends as the real command does",
        arguments: [
            ("adduser -D u", 1, "Option d is ambiguous (debug, disabled-login, disabled-password)"),
            ("adduser --nosuch u", 1, "Unknown option: nosuch"),
            ("adduser --uid x u", 1, "Value \"x\" invalid for option uid (number expected)"),
            ("deluser root", 9, ""), ("deluser --remove-home u", 8, "apt-get install perl."),
            (
                "useradd u; passwd -u u", 3,
                "You should set a password with usermod -p to unlock the password of this account."
            ),
            ("echo nouser:x | chpasswd", 1, "chpasswd: error detected, changes ignored"),
            ("getent passwd nouser", 2, ""), ("useradd -e tomorrow u", 3, "useradd: invalid date 'tomorrow'"),
        ]
    )
    func refusal(script: String, exit: Int, message: String) {
        var outcome = run(script)
        if script.hasPrefix("deluser --remove") {
            outcome = run("mkdir -p /var/lib/dpkg; : > /var/lib/dpkg/status; " + script)
        }
        #expect(outcome.exit == exit, "\(outcome.stderr)")
        #expect(message.isEmpty || outcome.stderr.split(separator: "\n").last.map(String.init) == message)
    }
}
