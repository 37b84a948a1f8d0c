// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Packages
import Testing

@testable import SeaworthyCommands

@Suite("Go templates")
struct GoTemplateTests {
    static let value: JSONValue = [
        "Id": "sha256:1", "Size": 12, "Empty": .null, "Yes": true,
        "Config": ["User": "node", "Env": ["A=1", "B=2"], "Labels": ["b": "2", "a": "1"], "None": []],
    ]

    static let filled: [(template: String, text: String)] = [
        ("plain", "plain"), ("{{.Id}}", "sha256:1"), ("a{{ .Config.User }}b", "anodeb"), ("{{.Size}}", "12"),
        ("{{json .Config.Env}}", #"["A=1","B=2"]"#), ("{{.Config.Env}}", "[A=1 B=2]"),
        ("{{.Config.Labels}}", "map[a:1 b:2]"),
        ("{{len .Config.Env}}", "2"), ("{{index .Config.Env 1}}", "B=2"), (#"{{index .Config.Labels "a"}}"#, "1"),
        (#"{{index .Config.Labels "zzz"}}"#, ""), (#"{{join .Config.Env ", "}}"#, "A=1, B=2"),
        ("{{range .Config.Env}}{{println .}}{{end}}", "A=1\nB=2\n"),
        ("{{range .Config.None}}x{{else}}none{{end}}", "none"),
        ("{{if .Yes}}y{{else}}n{{end}}", "y"), ("{{if .Empty}}y{{else}}n{{end}}", "n"), ("{{.Empty}}", "<no value>"),
        ("{{upper .Config.User}}", "NODE"), ("x  {{- .Size -}}  y", "x12y"), ("{{/* nothing */}}z", "z"),
        ("{{range .Config.Env}}{{if .}}[{{.}}]{{end}}{{end}}", "[A=1][B=2]"), ("{{.Empty.Deeper}}", "<no value>"),
    ]

    @Test("templates are filled as Go fills them", arguments: filled)
    func fills(template: String, text: String) throws {
        #expect(try GoTemplate(parsing: template).render(Self.value) == text)
    }

    static let refused = [
        "{{", "{{.Id", "{{}}", "{{end}}", "{{else}}", "{{range .Id}}", "{{if .Id}}x", "{{.Nope}}", "{{nope .Id}}",
        "{{index .Config.Env 7}}", "{{index .Config.Env -1}}", "{{index}}", "{{json}}", #"{{join .Config.Env}}"#,
        "{{$x := 1}}",
        #"{{"open}}"#, "{{.Id .Size}}", String(repeating: "{{if .Id}}", count: 1000),
    ]

    @Test("what is not known is bad usage", arguments: refused)
    func refuses(template: String) {
        let failure = #expect(throws: Failure.self) { try GoTemplate(parsing: template).render(Self.value) }
        #expect(failure?.code == .usage)
        #expect(failure?.fix != nil)
    }
}
