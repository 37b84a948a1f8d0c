// SPDX-License-Identifier: Apache-2.0
//
// Source: what adduser 3.134 and deluser 3.134 print for a wrong option.

/// The summaries of options, which adduser and deluser write to standard output.
enum AdduserUsage {
    static let adduser = """
        adduser [--uid id] [--firstuid id] [--lastuid id]
                [--gid id] [--firstgid id] [--lastgid id] [--ingroup group]
                [--add-extra-groups] [--shell shell]
                [--comment comment] [--home dir] [--no-create-home]
                [--allow-all-names] [--allow-bad-names]
                [--disabled-password] [--disabled-login]
                [--conf file] [--quiet] [--verbose] [--debug]
                user
            Add a normal user

        adduser --system
                [--uid id] [--group] [--ingroup group] [--gid id]
                [--shell shell] [--comment comment] [--home dir] [--no-create-home]
                [--conf file] [--quiet] [--verbose] [--debug]
                user
           Add a system user

        adduser --group
                [--gid ID] [--firstgid id] [--lastgid id]
                [--conf file] [--quiet] [--verbose] [--debug]
                group
        addgroup
                [--gid ID] [--firstgid id] [--lastgid id]
                [--conf file] [--quiet] [--verbose] [--debug]
                group
           Add a user group

        addgroup --system
                [--gid id]
                [--conf file] [--quiet] [--verbose] [--debug]
                group
           Add a system group

        adduser USER GROUP
           Add an existing user to an existing group

        """

    static let deluser = """
        deluser [--system] [--remove-home] [--remove-all-files] [--backup]
                [--backup-to dir] [--backup-suffix str] [--conf file]
                [--quiet] [--verbose] [--debug] user

          remove a normal user from the system

        deluser --group [--system] [--only-if-empty] [--conf file] [--quiet]
                [--verbose] [--debug] group
        delgroup [--system] [--only-if-empty] [--conf file] [--quiet]
                 [--verbose] [--debug] group
          remove a group from the system

        deluser [--conf file] [--quiet] [--verbose] [--debug] user group
          remove the user from a group

        """
}
