// SPDX-License-Identifier: Apache-2.0

// Source: BuildKit, solver/pb/ops.proto in its JSON form.

import JSONValues
import OCISpec

extension ProvenanceWriter {
    static func step(_ step: Provenance.Step) -> JSONValue {
        var operation = JSONObject()
        operation.append("Op", body(step.operation))
        if let platform = step.platform.flatMap(Platform.init(parsing:)) {
            var value = JSONObject()
            value.append("Architecture", .string(platform.architecture))
            value.append("OS", .string(platform.os))
            value.append("Variant", platform.variant.map { .string($0) })
            operation.append("platform", .object(value))
        }
        operation.append("constraints", [:])
        var value = JSONObject()
        value.append("id", .string(step.id))
        value.append("op", .object(operation))
        if !step.inputs.isEmpty { value.append("inputs", .array(step.inputs.map { .string($0) })) }
        return .object(value)
    }

    private static func body(_ operation: Provenance.Operation) -> JSONValue {
        switch operation {
        case .result: return .null
        case .other(let name):
            var value = JSONObject()
            value.append(name, [:])
            return .object(value)
        case .source(let identifier, let attributes):
            var source = JSONObject()
            source.append("identifier", .string(identifier))
            if !attributes.isEmpty {
                var object = JSONObject()
                for (key, value) in attributes.sorted(by: { $0.key < $1.key }) { object.append(key, .string(value)) }
                source.append("attrs", .object(object))
            }
            return ["source": .object(source)]
        case .execution(let execution): return ["exec": self.execution(execution)]
        case .files(let actions): return ["file": ["actions": .array(actions.map(action))]]
        }
    }

    private static func execution(_ execution: Provenance.Execution) -> JSONValue {
        var meta = JSONObject()
        meta.append("args", .array(execution.arguments.map { .string($0) }))
        if !execution.environment.isEmpty { meta.append("env", .array(execution.environment.map { .string($0) })) }
        meta.append("cwd", .string(execution.workingDirectory))
        meta.append("user", execution.user.map { .string($0) })
        let mounts: [JSONValue] = execution.mounts.enumerated().map { place, destination in
            var mount = JSONObject()
            if place > 0 { mount.append("input", .number(String(place))) }
            mount.append("dest", .string(destination))
            if place > 0 { mount.append("readonly", true) }
            return .object(mount)
        }
        return ["meta": .object(meta), "mounts": .array(mounts)]
    }

    private static func action(_ action: Provenance.FileAction) -> JSONValue {
        let body: JSONValue
        var takesSecond = false
        switch action {
        case .makeDirectory(let path, let mode):
            body = [
                "mkdir": ["path": .string(path), "mode": .number(String(mode)), "makeParents": true, "timestamp": -1]
            ]
        case .makeFile(let path, let mode, let data):
            body = [
                "mkfile": [
                    "path": .string(path), "mode": .number(String(mode)), "data": .string(Base64.encode(data)),
                    "timestamp": -1,
                ]
            ]
        case .copy(let source, let destination):
            takesSecond = true
            body = [
                "copy": [
                    "src": .string(source), "dest": .string(destination), "mode": -1, "followSymlink": true,
                    "dirCopyContents": true, "createDestPath": true, "allowWildcard": true, "allowEmptyWildcard": true,
                    "timestamp": -1,
                ]
            ]
        case .remove(let path): body = ["rm": ["path": .string(path), "allowNotFound": true]]
        }
        var value = JSONObject()
        value.append("secondaryInput", .number(takesSecond ? "1" : "-1"))
        value.append("Action", body)
        return .object(value)
    }
}
