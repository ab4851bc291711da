package main

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"hourglass/core/catalogue"
)

// TestAssistants talks to /mcp by the official client, in each version of the protocol.
func TestAssistants(t *testing.T) {
	base, _ := start(t)
	for _, version := range []string{"2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"} {
		t.Run(version, func(t *testing.T) {
			ctx := context.Background()
			client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
			session, err := client.Connect(ctx, &mcp.StreamableClientTransport{Endpoint: base + "/mcp"}, &mcp.ClientSessionOptions{ProtocolVersion: version})
			if err != nil {
				t.Fatal(err)
			}
			defer session.Close()
			if hello := session.InitializeResult(); hello.ProtocolVersion != version || hello.ServerInfo.Name != "hourglass" || hello.Instructions == "" {
				t.Errorf("agreed on %+v", hello)
			}
			checkTools(ctx, t, session)
			checkResources(ctx, t, session)
			if version < "2026-07-28" { // which has no ping
				if err := session.Ping(ctx, nil); err != nil {
					t.Errorf("ping: %v", err)
				}
			}
		})
	}
}

func checkTools(ctx context.Context, t *testing.T, session *mcp.ClientSession) {
	list, err := session.ListTools(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range catalogue.Calculations {
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
	if _, err := session.ListPrompts(ctx, nil); err == nil {
		t.Error("prompts are listed, of which there are none")
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
