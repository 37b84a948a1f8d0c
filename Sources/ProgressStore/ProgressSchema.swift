// SPDX-License-Identifier: Apache-2.0

import GRDB
import Workspaces

/// The tables of the progress database. Migrations are appended and never edited: learners' files have run them.
///
/// `event` is the one order of everything that happened; an attempt is an event with a report. Both only ever grow, and the
/// database itself refuses to change or remove a line.
enum ProgressSchema {
    /// Marks a file as ours: the bytes `SEAW`.
    static let applicationID = 0x5345_4157

    /// Every migration, oldest first.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("2026-11 learners, attempts and events") { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: firstTables)
        }
        migrator.registerMigration("2026-12 a record for each workspace") { db in
            // What was recorded so far belongs to the one workspace that the lesson had.
            let rows = try Row.fetchAll(db, sql: "SELECT * FROM lessonState")
            try db.execute(sql: secondTables)
            for row in rows {
                let workspace: String? = row["workspace"]
                let record = workspace.map { WorkspaceRecord.name(of: $0) } ?? ""
                try db.execute(
                    sql: """
                        INSERT INTO lessonState (learnerId, lesson, record, step, workspace, startedAt, visitedAt, visit)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        row["learnerId"] as Int64, row["lesson"] as String, record, row["step"] as String, workspace,
                        row["startedAt"] as String, row["visitedAt"] as String, row["visit"] as Int64,
                    ]
                )
                try db.execute(
                    sql: "UPDATE event SET record = ? WHERE learnerId = ? AND lesson = ?",
                    arguments: [record, row["learnerId"] as Int64, row["lesson"] as String]
                )
            }
            try db.execute(sql: eventsDoNotChange)
        }
        return migrator
    }

    private static let secondTables = """
        DROP TABLE lessonState;
        CREATE TABLE lessonState (
            learnerId INTEGER NOT NULL REFERENCES learner(id),
            lesson TEXT NOT NULL CHECK (lesson <> ''),
            record TEXT NOT NULL,
            step TEXT NOT NULL CHECK (step <> ''),
            workspace TEXT,
            startedAt TEXT NOT NULL,
            visitedAt TEXT NOT NULL,
            visit INTEGER NOT NULL,
            PRIMARY KEY (learnerId, lesson, record)
        ) STRICT;

        ALTER TABLE event ADD COLUMN record TEXT NOT NULL DEFAULT '';
        DROP TRIGGER event_fixed;
        CREATE INDEX event_record ON event(learnerId, lesson, record, id);
        """

    private static let eventsDoNotChange = """
        CREATE TRIGGER event_fixed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events do not change'); END;
        """

    private static let firstTables = """
        CREATE TABLE learner (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE CHECK (name <> ''),
            createdAt TEXT NOT NULL
        ) STRICT;

        CREATE TABLE lessonState (
            learnerId INTEGER NOT NULL REFERENCES learner(id),
            lesson TEXT NOT NULL CHECK (lesson <> ''),
            step TEXT NOT NULL CHECK (step <> ''),
            workspace TEXT,
            startedAt TEXT NOT NULL,
            visitedAt TEXT NOT NULL,
            visit INTEGER NOT NULL,
            PRIMARY KEY (learnerId, lesson)
        ) STRICT;

        CREATE TABLE event (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            learnerId INTEGER NOT NULL REFERENCES learner(id),
            lesson TEXT,
            step TEXT,
            time TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind <> ''),
            detail TEXT NOT NULL CHECK (json_valid(detail))
        ) STRICT;
        CREATE INDEX event_lesson ON event(learnerId, lesson, id);

        CREATE TABLE attempt (
            id INTEGER PRIMARY KEY REFERENCES event(id),
            state TEXT NOT NULL CHECK (state IN ('passed', 'failed', 'unknown')),
            points INTEGER NOT NULL,
            maxPoints INTEGER NOT NULL,
            report TEXT NOT NULL CHECK (json_valid(report)),
            inputDigest TEXT NOT NULL,
            engineVersion TEXT NOT NULL,
            dataDigest TEXT NOT NULL
        ) STRICT;

        CREATE TABLE variable (
            learnerId INTEGER NOT NULL REFERENCES learner(id),
            name TEXT NOT NULL CHECK (name <> ''),
            value TEXT NOT NULL,
            PRIMARY KEY (learnerId, name)
        ) STRICT;

        CREATE TABLE setting (
            learnerId INTEGER NOT NULL REFERENCES learner(id),
            name TEXT NOT NULL CHECK (name <> ''),
            value TEXT NOT NULL,
            PRIMARY KEY (learnerId, name)
        ) STRICT;

        CREATE TRIGGER event_kept BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are kept'); END;
        CREATE TRIGGER event_fixed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events do not change'); END;
        CREATE TRIGGER attempt_kept BEFORE DELETE ON attempt BEGIN SELECT RAISE(ABORT, 'attempts are kept'); END;
        CREATE TRIGGER attempt_fixed BEFORE UPDATE ON attempt BEGIN SELECT RAISE(ABORT, 'attempts do not change'); END;
        """
}
