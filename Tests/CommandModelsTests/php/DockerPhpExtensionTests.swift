// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("docker-php-ext-install")
struct DockerPhpExtensionTests {
    static let rows: [ModelRow] = [
        ModelRow(
            "extensions",
            "docker-php-ext-install -j4 zip pdo_mysql; [ -e /usr/local/bin/x ] || echo none",
            out: "none\n",
            unknown: ["docker-php-ext-install builds or switches on extensions of PHP, which is not followed"]
        ),
        ModelRow(
            "its folder is open afterwards",
            "docker-php-ext-enable redis; [ -e /usr/local/etc/php/conf.d/redis.ini ]",
            exit: nil,
            unknown: ["docker-php-ext-enable builds or switches on extensions of PHP, which is not followed"]
        ),
        ModelRow(
            "by somebody else",
            "docker-php-source extract",
            exit: nil,
            unknown: ["whether docker-php-source may write is not known"],
            user: 1000
        ),
    ]

    @Test("leaves everything but PHP's folders alone", arguments: rows)
    func row(_ row: ModelRow) { row.check() }
}
