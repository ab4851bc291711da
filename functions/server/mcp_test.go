package main

import (
	"context"
	"encoding/json"
	"errors"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"hourglass/core/catalogue"
	"hourglass/functions/api"
)

var versions = []string{"2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"}

// TestAssistants talks to the API by the official client, in each version of the protocol, over HTTP and over a pipe.
func TestAssistants(t *testing.T) {
	base, _ := start(t)
	binary := filepath.Join(t.TempDir(), "server")
	if out, err := exec.Command("go", "build", "-ldflags=-s -w", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	for name, transport := range map[string]func() mcp.Transport{
		"http":       func() mcp.Transport { return &mcp.StreamableClientTransport{Endpoint: base + "/mcp"} },
		"http slash": func() mcp.Transport { return &mcp.StreamableClientTransport{Endpoint: base + "/mcp/"} },
		"http all":   func() mcp.Transport { return &mcp.StreamableClientTransport{Endpoint: base + "/mcp?tools=all"} },
		"stdio":      func() mcp.Transport { return &mcp.CommandTransport{Command: exec.Command(binary, "-mcp-stdio")} },
		"stdio all": func() mcp.Transport {
			return &mcp.CommandTransport{Command: exec.Command(binary, "-mcp-stdio", "-mcp-tools", "all")}
		},
	} {
		for _, version := range versions {
			t.Run(name+" "+version, func(t *testing.T) {
				ctx := t.Context()
				client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
				session, err := client.Connect(ctx, transport(), &mcp.ClientSessionOptions{ProtocolVersion: version})
				if err != nil {
					t.Fatal(err)
				}
				defer session.Close()
				if hello := session.InitializeResult(); hello.ProtocolVersion != version || hello.ServerInfo.Name != "hourglass" || hello.Instructions == "" {
					t.Errorf("agreed on %+v", hello)
				}
				checkTools(ctx, t, session, strings.HasSuffix(name, "all"))
				checkResources(ctx, t, session)
				if version < "2026-07-28" { // which has no ping
					if err := session.Ping(ctx, nil); err != nil {
						t.Errorf("ping: %v", err)
					}
				}
			})
		}
	}
}

func checkTools(ctx context.Context, t *testing.T, session *mcp.ClientSession, all bool) {
	list, err := session.ListTools(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !all && (len(list.Tools) < 12 || len(list.Tools) > 18) {
		t.Errorf("%d tools", len(list.Tools))
	}
	for _, c := range catalogue.Calculations {
		if !all {
			break
		}
		if !slices.ContainsFunc(list.Tools, func(tool *mcp.Tool) bool {
			return tool.Name == strings.ReplaceAll(c.ID, "/", "_") && tool.InputSchema != nil && tool.OutputSchema != nil && tool.Annotations.ReadOnlyHint
		}) {
			t.Errorf("no tool for %s", c.ID)
		}
	}
	result, err := session.CallTool(ctx, &mcp.CallToolParams{Name: "subscription", Arguments: json.RawMessage(input)})
	if err != nil || result.IsError {
		t.Fatalf("%v %+v", err, result)
	}
	if clv := result.StructuredContent.(map[string]any)["clv"].(float64); clv < 1600-1e-9 || clv > 1600+1e-9 {
		t.Errorf("clv %v", clv)
	}
	if text := result.Content[0].(*mcp.TextContent).Text; !strings.HasPrefix(text, `{"clv":1600,`) || len(text) > 1000 {
		t.Errorf("text %.200s", text)
	} else if structured, _ := json.Marshal(result.StructuredContent); !sameJSON(text, string(structured)) {
		t.Errorf("text %s, structured %s", text, structured)
	}
	result, err = session.CallTool(ctx, &mcp.CallToolParams{Name: "subscription", Arguments: map[string]any{"price": -1, "chrun_rate": 5}})
	if err != nil || !result.IsError {
		t.Fatalf("a bad input: %v %+v", err, result)
	}
	if text := result.Content[0].(*mcp.TextContent).Text; !strings.Contains(text, "Did you mean churn_rate?") || !strings.Contains(text, "at least 0") {
		t.Errorf("the model reads %q", text)
	}
	_, err = session.CallTool(ctx, &mcp.CallToolParams{Name: "none"})
	if e := new(jsonrpc.Error); !errors.As(err, &e) || e.Code != jsonrpc.CodeInvalidParams {
		t.Errorf("an unknown tool: %v", err)
	}
}

func checkResources(ctx context.Context, t *testing.T, session *mcp.ClientSession) {
	list, err := session.ListResources(ctx, nil)
	if err != nil || len(list.Resources) != len(catalogue.Calculations)+1 {
		t.Fatalf("%v %+v", err, list)
	}
	for _, r := range list.Resources {
		read, err := session.ReadResource(ctx, &mcp.ReadResourceParams{URI: r.URI})
		if err != nil || len(read.Contents) != 1 || read.Contents[0].MIMEType != r.MIMEType || len(read.Contents[0].Text) < 100 {
			t.Errorf("%s: %v", r.URI, err)
		}
	}
	if _, err := session.ReadResource(ctx, &mcp.ReadResourceParams{URI: "hourglass://none"}); err == nil {
		t.Error("an unknown resource is read")
	}
	prompts, err := session.ListPrompts(ctx, nil)
	if err != nil || len(prompts.Prompts) < 3 {
		t.Fatalf("%v %+v", err, prompts)
	}
	for _, p := range prompts.Prompts {
		read, err := session.GetPrompt(ctx, &mcp.GetPromptParams{Name: p.Name, Arguments: map[string]string{"figures": "churn is 5 %"}})
		if err != nil || len(read.Messages) != 1 || !strings.HasSuffix(read.Messages[0].Content.(*mcp.TextContent).Text, "churn is 5 %") {
			t.Errorf("%s: %v", p.Name, err)
		}
	}
	if _, err := session.GetPrompt(ctx, &mcp.GetPromptParams{Name: "none"}); err == nil {
		t.Error("an unknown prompt is read")
	}
}

// sameJSON compares two texts by what they say.
func sameJSON(a, b string) bool {
	var x, y any
	return json.Unmarshal([]byte(a), &x) == nil && json.Unmarshal([]byte(b), &y) == nil && reflect.DeepEqual(x, y)
}

// Lists of messages are of one version, which a request that names none is in.
func TestBatches(t *testing.T) {
	base, _ := start(t)
	const two = `[{"jsonrpc":"2.0","id":"a","method":"ping"},{"jsonrpc":"2.0","method":"notifications/initialized"},{"jsonrpc":"2.0","id":2,"method":"none"}]`
	for _, row := range []struct {
		body    string
		headers []string
		status  int
		want    string
	}{
		{two, nil, 200, `[{"jsonrpc":"2.0","id":"a","result":{}},{"jsonrpc":"2.0","id":2,"error":{"code":-32601,"message":"There is no method \"none\"."}}]`},
		{two, []string{"MCP-Protocol-Version", "2025-03-26"}, 200, ""},
		{two, []string{"MCP-Protocol-Version", "2025-06-18"}, 400, ""},
		{two, []string{"MCP-Protocol-Version", "2026-07-28"}, 400, ""},
		{`[{"jsonrpc":"2.0","method":"notifications/initialized"}]`, nil, 202, ""},
		{`[` + strings.Repeat(`{"jsonrpc":"2.0","id":1,"method":"ping"},`, 50) + `{"jsonrpc":"2.0","id":1,"method":"ping"}]`, nil, 400, ""},
		{`[1,"a",null]`, nil, 200, ""},
	} {
		r, text := fetch(t, "POST", base+"/mcp", row.body, append(row.headers, "Content-Type", "application/json")...)
		if r.StatusCode != row.status || row.want != "" && text != row.want {
			t.Errorf("%.80s %v: %d %s", row.body, row.headers, r.StatusCode, text)
		}
	}
}

// A pipe has an answer a line for each message, and none for a blank line; the last line may lack its end.
func TestPipe(t *testing.T) {
	const ping = `{"jsonrpc":"2.0","id":1,"method":"ping"}`
	var out strings.Builder
	if err := speak(api.New(api.Options{}), "", strings.NewReader(ping+"\r\n\r\n  \n\n{\n"+ping), &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != 3 || lines[0] != `{"jsonrpc":"2.0","id":1,"result":{}}` || !strings.Contains(lines[1], "-32700") || lines[2] != lines[0] {
		t.Errorf("%q", lines)
	}
}

// TestProtocolErrors sends what no client should.
func TestProtocolErrors(t *testing.T) {
	base, _ := start(t)
	for _, row := range []struct {
		body         string
		headers      []string
		status, code int
	}{
		{`{`, nil, 400, -32700},
		{``, nil, 400, -32700},
		{`[]`, nil, 400, -32600},
		{`{"id":1,"method":"ping"}`, nil, 400, -32600},
		{`{"jsonrpc":"2.0","id":1}`, nil, 400, -32600},
		{`{"jsonrpc":"2.0","id":1,"method":"tools/delete"}`, nil, 200, -32601},
		{`{"jsonrpc":"2.0","id":1,"method":"tools/call"}`, nil, 200, -32602},
		{`{"jsonrpc":"2.0","id":1,"method":"ping"}`, []string{"MCP-Protocol-Version", "1999-01-01"}, 400, -32022},
		{`{"jsonrpc":"2.0","id":1,"method":"ping"}`, []string{"MCP-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/list"}, 400, -32020},
		{`{"jsonrpc":"2.0","method":"notifications/initialized"}`, nil, 202, 0},
		{`{"jsonrpc":"2.0","id":1,"result":{}}`, nil, 202, 0},
	} {
		r, text := fetch(t, "POST", base+"/mcp", row.body, append(row.headers, "Content-Type", "application/json")...)
		var answer struct{ Error struct{ Code int } }
		_ = json.Unmarshal([]byte(text), &answer)
		if r.StatusCode != row.status || answer.Error.Code != row.code {
			t.Errorf("%s: %d %s", row.body, r.StatusCode, text)
		}
	}
	for _, method := range []string{"GET", "DELETE"} {
		if r, _ := fetch(t, method, base+"/mcp", ""); r.StatusCode != 405 || r.Header.Get("Allow") != "POST, OPTIONS" {
			t.Errorf("%s /mcp: %d", method, r.StatusCode)
		}
	}
}
