// SPDX-License-Identifier: Apache-2.0

import Foundation
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
            answer(usual + "ENV APP=src/index.js\nCMD [\"node\", \"$APP\"]"),
            .failed,
            "No shell replaces `$APP` in the exec form"
        ),
        CheckRow(
            answer(usual + "ENV APP=src/index.js\nENTRYPOINT [\"node\", \"${APP}\"]"),
            .failed,
            "No shell replaces"
        ),
        CheckRow(answer(usual + "ENV APP=src/index.js\nCMD [\"sh\", \"-ec\", \"node $APP\"]"), .passed, "whole"),
        CheckRow(
            answer(
                "ENV NODE_PATH=/opt/m\nCOPY --from=b /usr/local/app/node_modules /opt/m\nCOPY src src\n"
                    + "CMD [\"node\", \"src/index.js\"]"
            ),
            .passed,
            "whole"
        ),
        CheckRow(
            answer(
                "COPY --from=b /usr/local/app/node_modules /opt/m\nCOPY src src\n"
                    + "CMD [\"env\", \"NODE_PATH=/opt/m\", \"node\", \"src/index.js\"]"
            ),
            .passed,
            "whole"
        ),
        CheckRow(
            answer(
                "ENV NODE_PATH=/opt\nCOPY --from=b /usr/local/app/node_modules /opt/node_modules\nCOPY src src\n"
                    + "CMD [\"node\", \"src/index.js\"]"
            ),
            .failed,
            "not where node looks"
        ),
        CheckRow(
            answer(modules + "COPY --chmod=600 src/ ./src/\nCMD [\"node\", \"src/index.js\"]"),
            .failed,
            "runs as node, who may not read /usr/local/app/src: mode 600 of 0:0"
        ),
        CheckRow(
            answer(modules + "COPY --chmod=644 src/ ./src/\nCMD [\"node\", \"src/index.js\"]"),
            .failed,
            "who may not read /usr/local/app/src"
        ),
        CheckRow(
            answer(modules + "COPY --chmod=600 src/ ./src/\nUSER root\nCMD [\"node\", \"src/index.js\"]"),
            .passed,
            "whole"
        ),
        CheckRow(
            answer(modules + "COPY --chmod=500 --chown=node src/ ./src/\nCMD [\"node\", \"src/index.js\"]"),
            .passed,
            "whole"
        ),
        CheckRow(
            answer(
                "COPY --from=b --chmod=700 /usr/local/app/node_modules ./node_modules\nCOPY src/ ./src/\n"
                    + "CMD [\"node\", \"src/index.js\"]"
            ),
            .failed,
            "who may not read /usr/local/app/node_modules"
        ),
        CheckRow(
            answer(
                usual + "CMD [\"node\", \"src/index.js\"]",
                "RUN mkdir node_modules && npm install -g nodemon"
            ),
            .failed,
            "not where node looks"
        ),
        CheckRow(answer(usual + "CMD [\"node\", \"src/index.js\"]\nWORKDIR"), .failed, "There is no image to judge"),
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
        CheckRow("", .failed, "file with no instructions"),
    ]

    @Test("judges a Dockerfile as it should", arguments: rows)
    func judges(row: CheckRow) throws { try row.holds(for: "application", Self.parameters) }

    @Test("does not ask for packages where the lesson names no lock file")
    func withoutLock() throws {
        let text = Self.answer("COPY src ./src\nCMD [\"node\", \"src/index.js\"]")
        let result = try CheckFixture.check("application", text, ["source": .string("src")])
        #expect(result.state == .passed, "\(result.message)")
    }

    /// What lies in the folder besides, and what the application check says of the lesson's answer.
    static let besides: [(files: [String: String], state: CheckResult.State, message: String)] = [
        ([".dockerignore": "src/db.js\n"], .failed, "db.js of src is not in the final image: the ignore file"),
        ([".dockerignore": "src/views\n"], .failed, "of src are not in the final image"),
        ([".dockerignore": "**/*.md\n", "src/notes.md": "x"], .passed, "whole"),
        (["Dockerfile.dockerignore": "src/assets\n"], .failed, "not in the final image"),
        ([".dockerignore": "src/*\n!src/index.js\n!src/db.js\n!src/views\n!src/assets\n"], .passed, "whole"),
        (["src/extra.js": "0"], .passed, "whole"),
        (["src/index.js": "require('express')()"], .passed, "whole"),
    ]

    @Test(
        "compares with the lesson's files, whatever an ignore file leaves out or lies beside them",
        arguments: besides.indices
    )
    func comparesWithTheLesson(index: Int) throws {
        let row = Self.besides[index]
        let files = try Self.starter.merging(row.files) { $1 }
        let text = Self.answer(Self.usual + "CMD [\"node\", \"src/index.js\"]")
        let result = try CheckFixture.check("application", text, Self.parameters, files: files)
        #expect(result.state == row.state, "\(result.message)")
        #expect(result.message.contains(row.message), "\(result.message)")
    }

    @Test("takes what COPY lines leave of a folder with notes in it, and misses what is gone from it")
    func partial() throws {
        let text = Self.answer(
            Self.modules + "COPY src/index.js src/db.js ./src/\nCOPY src/views src/views\nCOPY src/assets src/assets\n"
                + "CMD [\"node\", \"src/index.js\"]"
        )
        var files = try Self.starter
        files["src/notes.txt"] = "x"
        #expect(try CheckFixture.check("application", text, Self.parameters, files: files).state == .passed)
        files["src/views/home.handlebars"] = nil
        let gone = try CheckFixture.check("application", text, Self.parameters, files: files)
        #expect(gone.state == .failed && gone.message.contains("home.handlebars"), "\(gone.message)")
    }

    @Test("asks one lock file with copy-from-stage: that of the work, and what the lesson's programs ask for besides")
    func oneLock() throws {
        let empty =
            "{\"name\":\"x\",\"version\":\"1.0.0\",\"lockfileVersion\":3,\"packages\":{\"\":{\"name\":\"x\",\"version\":\"1.0.0\"}}}"
        let text = Self.answer(
            Self.usual + "CMD [\"node\", \"src/index.js\"]",
            "RUN npm ci --production; mkdir -p node_modules"
        )
        var files = try Self.starter
        files["package.json"] = "{\"name\":\"x\",\"version\":\"1.0.0\"}"
        for (own, program, expected) in [
            (empty, nil, CheckResult.State.failed), ("no lock", nil, .failed), (empty, "require('node:http')", .passed),
        ] {
            files["package-lock.json"] = own
            if let program { files["src/index.js"] = program }
            let copied = try CheckFixture.check(
                "copy-from-stage",
                text,
                ["path": .string("node_modules"), "lock": .string("package-lock.json")],
                files: files
            )
            let whole = try CheckFixture.check("application", text, Self.parameters, files: files)
            #expect(whole.state == expected, "\(own) \(whole.message)")
            #expect(copied.state == expected, "\(own) \(copied.message)")
        }
    }

    /// The lesson's files by their paths.
    private static var starter: [String: String] {
        get throws {
            let root = URL(fileURLWithPath: CheckFixture.root + "/lessons/\(CheckFixture.lessonID)/workspace")
            var result: [String: String] = [:]
            for case let path as String in FileManager.default.enumerator(atPath: root.path) ?? .init() {
                let place = root.appendingPathComponent(path)
                guard try place.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true, path != "Dockerfile"
                else { continue }
                result[path] = try String(contentsOf: place, encoding: .utf8)
            }
            return result
        }
    }

    @Test("does not judge where the context has no such folder")
    func withoutSource() throws {
        let result = try CheckFixture.check("application", Self.answer(Self.usual), ["source": .string("app")])
        #expect(result.state == .unknown, "\(result.message)")
    }
}
