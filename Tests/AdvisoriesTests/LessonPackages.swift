// SPDX-License-Identifier: Apache-2.0

// Facts: docker-library/repo-info (node:24-bookworm-slim, alpine:3.22.6, node:24-alpine, as of 2026-09) and the lock files of
// dockersamples/labspace-container-supported-development and labspace-building-secure-images (Apache-2.0), as name and version.

import Packages

/// The packages of the lesson's images.
enum LessonPackages {
    static let bookworm = Distribution(id: "debian", versionID: "12", codename: "bookworm")
    static let alpine322 = Distribution(id: "alpine", versionID: "3.22.6")
    static let alpine324 = Distribution(id: "alpine", versionID: "3.24.2")

    /// node:lts-slim: Debian 12 and Node.js 24.21.0.
    static var ltsSlim: [Package] { debian(bookwormSlim) + [node("24.21.0")] }
    /// memes-r-us without what is only for development.
    static var memes: [Package] { npm(memesLock) }
    /// An application on express 4.17.1.
    static var express4: [Package] { npm(express4Lock) }

    static func node(_ version: String) -> Package {
        Package(type: .generic, name: "node", version: version, foundBy: "test")
    }

    static func npm(_ name: String, _ version: String) -> Package {
        Package(type: .npm, name: name, version: version, foundBy: "test")
    }

    static func npm(_ list: String) -> [Package] {
        words(list).compactMap { word in
            guard let at = word.lastIndex(of: "@"), at != word.startIndex else { return nil }
            return npm(String(word[..<at]), String(word[word.index(after: at)...]))
        }
    }

    static func debian(_ list: String, distribution: Distribution = bookworm) -> [Package] {
        list.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ").map(String.init)
            guard parts.count == 4 else { return nil }
            return Package(
                type: .deb,
                name: parts[0],
                version: parts[1],
                origin: .init(name: parts[2], version: parts[3]),
                distribution: distribution,
                foundBy: "test"
            )
        }
    }

    static func alpine(
        _ name: String,
        _ version: String,
        origin: String? = nil,
        on distribution: Distribution = alpine322
    ) -> Package {
        Package(
            type: .apk,
            name: name,
            version: version,
            origin: origin.map { .init(name: $0) },
            distribution: distribution,
            foundBy: "test"
        )
    }

    private static func words(_ text: String) -> [String] { text.split { $0 == " " || $0 == "\n" }.map(String.init) }

    static let memesLock = """
        accepts@2.0.0  balanced-match@4.0.4  body-parser@2.2.2  brace-expansion@5.0.5  bytes@3.1.2
        call-bind-apply-helpers@1.0.2  call-bound@1.0.4  content-disposition@1.0.1  content-type@1.0.5
        cookie-signature@1.2.2  cookie@0.7.2  debug@4.4.3  depd@2.0.0  dotenv@17.4.1  dunder-proto@1.0.1
        ee-first@1.1.1  encodeurl@2.0.0  es-define-property@1.0.1  es-errors@1.3.0  es-object-atoms@1.1.1
        escape-html@1.0.3  etag@1.8.1  express-handlebars@8.0.7  express@5.2.1  finalhandler@2.1.1
        forwarded@0.2.0  fresh@2.0.0  function-bind@1.1.2  get-intrinsic@1.3.0  get-proto@1.0.1  glob@13.0.6
        gopd@1.2.0  graceful-fs@4.2.11  handlebars@4.7.9  has-symbols@1.1.0  hasown@2.0.2  http-errors@2.0.1
        iconv-lite@0.7.2  inherits@2.0.4  ipaddr.js@1.9.1  is-promise@4.0.0  lru-cache@11.3.2
        math-intrinsics@1.1.0  media-typer@1.1.0  merge-descriptors@2.0.0  mime-db@1.54.0  mime-types@3.0.2
        minimatch@10.2.5  minimist@1.2.8  minipass@7.1.3  ms@2.1.3  negotiator@1.0.0  neo-async@2.6.2
        object-inspect@1.13.4  on-finished@2.4.1  once@1.4.0  parseurl@1.3.3  path-scurry@2.0.2
        path-to-regexp@8.4.2  pg-cloudflare@1.3.0  pg-connection-string@2.12.0  pg-int8@1.0.1
        pg-pool@3.13.0  pg-protocol@1.13.0  pg-types@2.2.0  pg@8.20.0  pgpass@1.0.5  postgres-array@2.0.0
        postgres-bytea@1.0.1  postgres-date@1.0.7  postgres-interval@1.2.0  proxy-addr@2.0.7  qs@6.15.0
        range-parser@1.2.1  raw-body@3.0.2  router@2.2.0  safer-buffer@2.1.2  send@1.2.1  serve-static@2.2.1
        setprototypeof@1.2.0  side-channel-list@1.0.0  side-channel-map@1.0.1  side-channel-weakmap@1.0.2
        side-channel@1.1.0  source-map@0.6.1  split2@4.2.0  statuses@2.0.2  toidentifier@1.0.1
        type-is@2.0.1  uglify-js@3.19.3  unpipe@1.0.0  vary@1.1.2  wordwrap@1.0.0  wrappy@1.0.2  xtend@4.0.2
        """

    static let express4Lock = """
        accepts@1.3.8  array-flatten@1.1.1  body-parser@1.19.0  bytes@3.1.0  content-disposition@0.5.3
        content-type@1.0.5  cookie-signature@1.0.6  cookie@0.4.0  debug@2.6.9  depd@1.1.2  destroy@1.0.4
        ee-first@1.1.1  encodeurl@1.0.2  escape-html@1.0.3  etag@1.8.1  express@4.17.1  finalhandler@1.1.2
        forwarded@0.2.0  fresh@0.5.2  http-errors@1.7.2  iconv-lite@0.4.24  inherits@2.0.3  ipaddr.js@1.9.1
        media-typer@0.3.0  merge-descriptors@1.0.1  methods@1.1.2  mime-db@1.52.0  mime-types@2.1.35
        mime@1.6.0  ms@2.0.0  ms@2.1.1  negotiator@0.6.3  on-finished@2.3.0  parseurl@1.3.3
        path-to-regexp@0.1.7  proxy-addr@2.0.7  qs@6.7.0  range-parser@1.2.1  raw-body@2.4.0
        safe-buffer@5.1.2  safer-buffer@2.1.2  send@0.17.1  serve-static@1.14.1  setprototypeof@1.1.1
        statuses@1.5.0  toidentifier@1.0.0  type-is@1.6.18  unpipe@1.0.0  utils-merge@1.0.1  vary@1.1.2
        """

    /// Name, version, source package, its version.
    static let bookwormSlim = """
        adduser 3.134 adduser 3.134
        apt 2.6.1 apt 2.6.1
        base-files 12.4+deb12u15 base-files 12.4+deb12u15
        base-passwd 3.6.1 base-passwd 3.6.1
        bash 5.2.15-2+b13 bash 5.2.15-2
        bsdutils 1:2.38.1-5+deb12u3 util-linux 2.38.1-5+deb12u3
        coreutils 9.1-1 coreutils 9.1-1
        dash 0.5.12-2 dash 0.5.12-2
        debconf 1.5.82 debconf 1.5.82
        debian-archive-keyring 2023.3+deb12u2 debian-archive-keyring 2023.3+deb12u2
        debianutils 5.7-0.5~deb12u1 debianutils 5.7-0.5~deb12u1
        diffutils 1:3.8-4 diffutils 1:3.8-4
        dpkg 1.21.23 dpkg 1.21.23
        e2fsprogs 1.47.0-2+b2 e2fsprogs 1.47.0-2
        findutils 4.9.0-4 findutils 4.9.0-4
        gcc-12-base 12.2.0-14+deb12u1 gcc-12 12.2.0-14+deb12u1
        gpgv 2.2.40-1.1+deb12u2 gnupg2 2.2.40-1.1+deb12u2
        grep 3.8-5 grep 3.8-5
        gzip 1.12-1 gzip 1.12-1
        hostname 3.23+nmu1 hostname 3.23+nmu1
        init-system-helpers 1.65.2+deb12u1 init-system-helpers 1.65.2+deb12u1
        libacl1 2.3.1-3 acl 2.3.1-3
        libapt-pkg6.0 2.6.1 apt 2.6.1
        libattr1 1:2.5.1-4 attr 1:2.5.1-4
        libaudit-common 1:3.0.9-1 audit 1:3.0.9-1
        libaudit1 1:3.0.9-1 audit 1:3.0.9-1
        libblkid1 2.38.1-5+deb12u3 util-linux 2.38.1-5+deb12u3
        libbz2-1.0 1.0.8-5+b1 bzip2 1.0.8-5
        libc-bin 2.36-9+deb12u14 glibc 2.36-9+deb12u14
        libc6 2.36-9+deb12u14 glibc 2.36-9+deb12u14
        libcap-ng0 0.8.3-1+b3 libcap-ng 0.8.3-1
        libcap2 1:2.66-4+deb12u3+b1 libcap2 1:2.66-4+deb12u3
        libcom-err2 1.47.0-2+b2 e2fsprogs 1.47.0-2
        libcrypt1 1:4.4.33-2 libxcrypt 1:4.4.33-2
        libdb5.3 5.3.28+dfsg2-1 db5.3 5.3.28+dfsg2-1
        libdebconfclient0 0.270 cdebconf 0.270
        libext2fs2 1.47.0-2+b2 e2fsprogs 1.47.0-2
        libffi8 3.4.4-1 libffi 3.4.4-1
        libgcc-s1 12.2.0-14+deb12u1 gcc-12 12.2.0-14+deb12u1
        libgcrypt20 1.10.1-3+deb12u1 libgcrypt20 1.10.1-3+deb12u1
        libgmp10 2:6.2.1+dfsg1-1.1 gmp 2:6.2.1+dfsg1-1.1
        libgnutls30 3.7.9-2+deb12u7 gnutls28 3.7.9-2+deb12u7
        libgpg-error0 1.46-1 libgpg-error 1.46-1
        libhogweed6 3.8.1-2 nettle 3.8.1-2
        libidn2-0 2.3.3-1+b1 libidn2 2.3.3-1
        liblz4-1 1.9.4-1 lz4 1.9.4-1
        liblzma5 5.4.1-1+deb12u1 xz-utils 5.4.1-1+deb12u1
        libmd0 1.0.4-2 libmd 1.0.4-2
        libmount1 2.38.1-5+deb12u3 util-linux 2.38.1-5+deb12u3
        libnettle8 3.8.1-2 nettle 3.8.1-2
        libp11-kit0 0.24.1-2 p11-kit 0.24.1-2
        libpam-modules 1.5.2-6+deb12u2 pam 1.5.2-6+deb12u2
        libpam-modules-bin 1.5.2-6+deb12u2 pam 1.5.2-6+deb12u2
        libpam-runtime 1.5.2-6+deb12u2 pam 1.5.2-6+deb12u2
        libpam0g 1.5.2-6+deb12u2 pam 1.5.2-6+deb12u2
        libpcre2-8-0 10.42-1 pcre2 10.42-1
        libseccomp2 2.5.4-1+deb12u1 libseccomp 2.5.4-1+deb12u1
        libselinux1 3.4-1+b6 libselinux 3.4-1
        libsemanage-common 3.4-1 libsemanage 3.4-1
        libsemanage2 3.4-1+b5 libsemanage 3.4-1
        libsepol2 3.4-2.1 libsepol 3.4-2.1
        libsmartcols1 2.38.1-5+deb12u3 util-linux 2.38.1-5+deb12u3
        libss2 1.47.0-2+b2 e2fsprogs 1.47.0-2
        libstdc++6 12.2.0-14+deb12u1 gcc-12 12.2.0-14+deb12u1
        libsystemd0 252.39-1~deb12u2 systemd 252.39-1~deb12u2
        libtasn1-6 4.19.0-2+deb12u1 libtasn1-6 4.19.0-2+deb12u1
        libtinfo6 6.4-4 ncurses 6.4-4
        libudev1 252.39-1~deb12u2 systemd 252.39-1~deb12u2
        libunistring2 1.0-2 libunistring 1.0-2
        libuuid1 2.38.1-5+deb12u3 util-linux 2.38.1-5+deb12u3
        libxxhash0 0.8.1-1 xxhash 0.8.1-1
        libzstd1 1.5.4+dfsg2-5 libzstd 1.5.4+dfsg2-5
        login 1:4.13+dfsg1-1+deb12u2 shadow 1:4.13+dfsg1-1+deb12u2
        logsave 1.47.0-2+b2 e2fsprogs 1.47.0-2
        mawk 1.3.4.20200120-3.1 mawk 1.3.4.20200120-3.1
        mount 2.38.1-5+deb12u3 util-linux 2.38.1-5+deb12u3
        ncurses-base 6.4-4 ncurses 6.4-4
        ncurses-bin 6.4-4 ncurses 6.4-4
        passwd 1:4.13+dfsg1-1+deb12u2 shadow 1:4.13+dfsg1-1+deb12u2
        perl-base 5.36.0-7+deb12u3 perl 5.36.0-7+deb12u3
        sed 4.9-1+deb12u1 sed 4.9-1+deb12u1
        sysvinit-utils 3.06-4 sysvinit 3.06-4
        tar 1.34+dfsg-1.2+deb12u1 tar 1.34+dfsg-1.2+deb12u1
        tzdata 2026b-0+deb12u1 tzdata 2026b-0+deb12u1
        usr-is-merged 37~deb12u1 usrmerge 37~deb12u1
        util-linux 2.38.1-5+deb12u3 util-linux 2.38.1-5+deb12u3
        util-linux-extra 2.38.1-5+deb12u3 util-linux 2.38.1-5+deb12u3
        zlib1g 1:1.2.13.dfsg-1 zlib 1:1.2.13.dfsg-1
        """
}
