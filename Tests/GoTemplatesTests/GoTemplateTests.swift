// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import JSONValues
import SeaworthyTestSupport
import Testing

@testable import GoTemplates

@Suite("Go templates")
struct GoTemplateTests {
    static let value: JSONValue = [
        "Id": "sha256:1", "Size": 12, "Empty": .null, "Yes": true,
        "Config": [
            "User": "node", "Env": ["A=1", "B=2"], "Labels": ["b": "2", "a": "1"], "None": [],
            "Ports": ["80/tcp": [:]], "Entrypoint": .null, "Volumes": .null,
        ],
        "List": [["Name": "n"]],
    ]

    /// What dockerd 20.10 with its client makes of them.
    static let asDocker: [(template: String, text: String)] = [
        ("{{.Config.Ports}}", "map[80/tcp:{}]"), ("{{range $k,$v := .Config.Labels}}{{$k}}={{$v}} {{end}}", "a=1 b=2 "),
        (#"{{printf "%s-%d" .Id 3}}"#, "sha256:1-3"), ("{{with .Config}}{{.User}}{{end}}", "node"),
        ("{{.Config.Labels.nope}}", "<no value>"), ("{{.Config.Entrypoint}}", "[]"), ("{{.Config.Volumes}}", "map[]"),
        (#"{{eq .Config.User "node"}}"#, "true"), ("{{not .Config.User}}", "false"), ("{{title .Config.User}}", "Node"),
        (#"{{split .Config.User "d"}}"#, "[no e]"), ("{{slice .Id 0 6}}", "sha256"),
        ("{{.Config.Env | json}}", #"["A=1","B=2"]"#), (#"{{index .Config.Env 0 | printf "%q"}}"#, #""A=1""#),
        ("{{and .Id .Size}}", "12"), (#"{{or .Empty "none"}}"#, "none"),
        ("{{range $i, $e := .Config.Env}}{{$i}}:{{$e}} {{end}}", "0:A=1 1:B=2 "),
        (#"{{if eq .Size 1}}a{{else if eq .Size 12}}b{{else}}c{{end}}"#, "b"), ("{{$x := .Size}}{{$x}}", "12"),
        (#"{{"a" | printf "%s"}}"#, "a"), ("{{pad .Config.User 1 2}}", " node  "), ("{{truncate .Id 5}}", "sha25"),
        (#"{{html "<"}}"#, "&lt;"), ("{{true}}", "true"), ("{{ (index .Config.Env 0) }}", "A=1"),
        ("{{gt (len .Config.Env) 1}}", "true"), ("{{range .Config.Env}}{{$.Size}}{{end}}", "1212"),
        (#"{{printf "%-6s|%6s|" .Config.User "x"}}"#, "node  |     x|"), ("{{(index .List 0).Name}}", "n"),
        (#"{{"}}"}}"#, "}}"), ("{{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}", "2"), ("{{len .Empty}}", "0"),
    ]

    @Test("templates come out as with Docker", arguments: asDocker)
    func fillsAsDocker(template: String, text: String) throws {
        #expect(try GoTemplate(parsing: template).render(Self.value) == text)
    }

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
        "{{$x}}", "{{.Id | .Size}}", "{{(.Id}}", "{{.Id)}}", "{{.Id |}}", "{{else if}}", "{{range 1}}{{end}}",
        "{{printf}}",
        #"{{eq .Id 1}}"#, "{{slice .Id 5 2}}", "{{slice .Id 99}}", "{{define \"x\"}}{{end}}", #"{{printf "%z" 1}}"#,
        "{{" + String(repeating: "(", count: 5000) + "}}", "{{.Id.$x}}", "{{ $x = 1 }}",
        String(repeating: "{{range .Config.Env}}", count: 30) + "x" + String(repeating: "{{end}}", count: 30),
        #"{{"open}}"#, "{{.Id .Size}}", String(repeating: "{{if .Id}}", count: 1000),
    ]

    @Test("what is not known is bad usage", arguments: rows(refused))
    func refuses(row: NumberedRow<String>) {
        let template = row.value
        let failure = #expect(throws: Failure.self) { try GoTemplate(parsing: template).render(Self.value) }
        #expect(failure?.code == .usage)
        #expect(failure?.fix != nil)
    }
}
