// SPDX-License-Identifier: Apache-2.0

public import Foundation
import GRDB

extension ProgressDatabase {
    /// The variables that lessons ask for once, such as `DOCKER_USERNAME`, by name.
    public func variables() throws -> [String: String] { try values(of: .variable) }

    /// Sets a variable, or takes it away with nil; records that it was done.
    public func setVariable(_ name: String, to value: String?, lesson: String? = nil, now: Date) throws {
        try set(.variable, name, to: value, lesson: lesson, now: now)
    }

    /// The settings, such as `organization`, by name.
    public func settings() throws -> [String: String] { try values(of: .setting) }

    /// Sets a setting, or takes it away with nil; records that it was done.
    public func setSetting(_ name: String, to value: String?, lesson: String? = nil, now: Date) throws {
        try set(.setting, name, to: value, lesson: lesson, now: now)
    }

    private enum Table: String {
        case variable, setting
    }

    private func values(of table: Table) throws -> [String: String] {
        try read { db in
            let rows = try Row.fetchAll(
                db,
                sql: "SELECT name, value FROM \(table.rawValue) WHERE learnerId = ?",
                arguments: [learner.id]
            )
            return Dictionary(rows.map { ($0["name"], $0["value"]) }, uniquingKeysWith: { $1 })
        }
    }

    private func set(_ table: Table, _ name: String, to value: String?, lesson: String?, now: Date) throws {
        try write { db in
            let event: ProgressEvent
            switch table {
            case .variable: event = .variableChanged(name: name, value: value)
            case .setting: event = .settingChanged(name: name, value: value)
            }
            if let value {
                try db.execute(
                    sql: """
                        INSERT INTO \(table.rawValue) (learnerId, name, value) VALUES (?, ?, ?)
                        ON CONFLICT (learnerId, name) DO UPDATE SET value = excluded.value
                        """,
                    arguments: [learner.id, name, value]
                )
            } else {
                try db.execute(
                    sql: "DELETE FROM \(table.rawValue) WHERE learnerId = ? AND name = ?",
                    arguments: [learner.id, name]
                )
            }
            _ = try Self.insert(
                event,
                db,
                learner: learner.id,
                record: record,
                lesson: lesson,
                step: nil,
                time: Timestamp.text(of: now)
            )
        }
    }
}
