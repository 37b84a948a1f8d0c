// SPDX-License-Identifier: Apache-2.0

import Judgements
import Lessons
import Testing


@Suite("application")
struct ApplicationTests {
    static let parameters: [String: LessonParameter.Value] = [
        "source": .string("src"), "lock": .string("package-lock.json"),
    ]

    /// The lesson's answer with its last lines replaced.
    static func answer(
        _ lines: String,
        base: String = CheckFixture.runtime,
        _ builder: String = "RUN npm ci --production"
    )
        -> String
    {
        """
        FROM docker/dhi-node:24-alpine3.22-dev AS b
        WORKDIR /usr/local/app
        COPY package*.json ./
        \(builder)
        FROM \(base)
        WORKDIR /usr/local/app
        \(lines)

        """
    }

    private static let modules = "COPY --from=b /usr/local/app/node_modules ./node_modules\n"
    private static let usual = modules + "COPY src/ ./src/\n"

    static let rows = [
        CheckRow(answer(usual + "CMD [\"node\", \"src/index.js\"]"), .passed, "starts /usr/local/app/src/index.js"),
        CheckRow(answer(usual + "CMD [\"src/index.js\"]"), .passed, "the application is whole"),
        CheckRow(answer(usual + "CMD node src/index.js"), .passed, "the application is whole"),
        CheckRow(answer(usual + "CMD [\"node\", \"src/index\"]"), .passed, "the application is whole"),
        CheckRow(answer(usual + "CMD [\"node\", \"src\"]"), .passed, "the application is whole"),
        CheckRow(
            answer(usual + "CMD [\"node\", \"/usr/local/app/src/index.js\"]"),
            .passed,
            "the application is whole"
        ),
        CheckRow(answer(usual + "ENTRYPOINT [\"node\"]\nCMD [\"src/index.js\"]"), .passed, "the application is whole"),
        CheckRow(answer(usual + "WORKDIR /usr/local/app/src\nCMD [\"node\", \"index.js\"]"), .passed, "whole"),
        CheckRow(answer(usual + "ENV MAIN=src/index.js\nCMD node $MAIN"), .passed, "the application is whole"),
        CheckRow(answer(usual + "CMD [\"sh\", \"-c\", \"cd src && exec node index.js\"]"), .passed, "whole"),
        CheckRow(
            answer(usual + "COPY package.json ./\nCMD [\"npm\", \"start\"]"),
            .failed,
            "names no file of src"
        ),
        CheckRow(
            answer(
                usual + "COPY <<E package.json\n{\"scripts\":{\"serve\":\"node src/index.js\"}}\nE\n"
                    + "CMD [\"npm\", \"run\", \"serve\"]"
            ),
            .passed,
            "the application is whole"
        ),
        CheckRow(
            answer(usual + "COPY --chmod=755 <<E /run.sh\n#!/bin/sh\nexec node src/index.js\nE\nCMD [\"/run.sh\"]"),
            .passed,
            "the application is whole"
        ),
        CheckRow(
            answer(
                "COPY --from=b /usr/local/app/node_modules /node_modules\nCOPY src /srv/web\nCMD [\"node\", \"/srv/web/index.js\"]"
            ),
            .passed,
            "starts /srv/web/index.js"
        ),
        CheckRow(
            answer("COPY --from=b /usr/local/app .\nCOPY src src\nCMD [\"node\", \"src/index.js\"]"),
            .passed,
            "whole"
        ),
        CheckRow(answer(modules + "CMD [\"node\", \"src/index.js\"]"), .failed, "src is not in the final image"),
        CheckRow(
            answer(modules + "COPY src/ ./lib/src2/\nCMD [\"node\", \"src/index.js\"]"),
            .failed,
            "is at /usr/local/app/lib/src2"
        ),
        CheckRow(answer(usual + "CMD [\"node\", \"server.js\"]"), .failed, "names no file of src"),
        CheckRow(answer(usual + "CMD [\"node\"]"), .failed, "names no file of src"),
        CheckRow(answer(usual + "CMD [\"npm\", \"start\"]"), .failed, "names no file of src"),
        CheckRow(answer(usual), .failed, "names no file of src"),
        CheckRow(
            answer(modules + "COPY src/index.js ./src/\nCMD [\"node\", \"src/index.js\"]"),
            .failed,
            "more files of src are not in the final image"
        ),
        CheckRow(
            answer("COPY src ./src\nCMD [\"node\", \"src/index.js\"]"),
            .failed,
            "not where node looks for the packages of package-lock.json"
        ),
        CheckRow(
            answer(
                "COPY --from=b /usr/local/app/node_modules /opt/node_modules\nCOPY src src\nCMD [\"node\", \"src/index.js\"]"
            ),
            .failed,
            "beside or above /usr/local/app/src/index.js"
        ),
        CheckRow(
            answer(usual + "CMD [\"node\", \"src/index.js\"]", "RUN mkdir -p node_modules/express"),
            .failed,
            "not where node looks"
        ),
        CheckRow(
            answer(usual + "CMD [\"node\", \"src/index.js\"]", "RUN npm ci --production && rm -r node_modules/express"),
            .failed,
            "express is not where node looks"
        ),
        CheckRow(
            answer(modules + "COPY package.json ./src/index.js\nCMD [\"node\", \"src/index.js\"]"),
            .failed,
            "src is not in the final image"
        ),
        CheckRow(
            answer(usual + "COPY package.json ./main.json\nCMD [\"node\", \"package.json\"]"),
            .failed,
            "names no file of src"
        ),
        CheckRow(
            answer("COPY --from=example.org/x /app /usr/local/app\nCMD [\"node\", \"src/index.js\"]"),
            .unknown,
            "as far as the image is known"
        ),
        CheckRow(answer(usual + "CMD [\"node\", \"src/index.js\"]", "RUN false"), .failed, "The image does not build"),
        CheckRow("", .failed, "no final stage"),
    ]

    @Test("judges a Dockerfile as it should", arguments: rows)
    func judges(row: CheckRow) throws { try row.holds(for: "application", Self.parameters) }

    @Test("does not ask for packages where the lesson names no lock file")
    func withoutLock() throws {
        let text = Self.answer("COPY src ./src\nCMD [\"node\", \"src/index.js\"]")
        let result = try CheckFixture.check("application", text, ["source": .string("src")])
        #expect(result.state == .passed, "\(result.message)")
    }

    @Test("does not judge where the context has no such folder")
    func withoutSource() throws {
        let result = try CheckFixture.check("application", Self.answer(Self.usual), ["source": .string("app")])
        #expect(result.state == .unknown, "\(result.message)")
    }
}
