// Package mcp is the Model Context Protocol: calculations and what works over them are tools of an assistant's, their words are
// resources. What it needs of the API it gets by a Host.
package mcp

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/go-json-experiment/json/jsontext"

	"hourglass/core/catalogue"
	"hourglass/functions/api/wire"
)

// The Model Context Protocol, as a stateless server over streamable HTTP: every POST holds one JSON-RPC message and is
// answered in its response, there are no sessions and no streams. modelcontextprotocol.io/specification
// Under 2025-03-26, and only there, a POST may hold a list of messages.
//
// Clients of up to 2025-11-25 begin with initialize; those of 2026-07-28 ask server/discover and name their version in
// each request.
var protocolVersions = []string{"2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"}

// statelessSince is the first version without the initialize handshake; dates compare as text.
const statelessSince = "2026-07-28"

// batching is the only version with lists of messages; a request over HTTP that names no version is of it.
const batching = "2025-03-26"

// mostMessages is how many a list may have.
const mostMessages = 50

// Codes of JSON-RPC errors.
const (
	parseError         = -32700
	invalidRequest     = -32600
	methodNotFound     = -32601
	invalidParams      = -32602
	internalFault      = -32603
	resourceNotFound   = -32002 // invalidParams since 2026-07-28
	headerMismatch     = -32020
	unsupportedVersion = -32022
)

const instructions = "Customer lifetime value. Each tool is one calculation; rates and shares are fractions (0.05 means 5%), " +
	"whatever starts with annual_ is per year, a period (month, quarter, year, week, day) is the unit of every per-period figure. " +
	"Take the tool whose description fits; what none fits, calculate runs by its id, which catalogue tells. Lists over time come with include_series. " +
	"Read the resource of a calculation for its formula and assumptions, and tell the user the warnings of a result."

// An rpcError is an error of JSON-RPC with the HTTP status it goes with.
type rpcError struct {
	status, code  int
	message, data string // data is JSON, or empty
}

// A message is one JSON-RPC request or notification.
type message struct {
	version string
	id      jsontext.Value // nil in a notification
	method  string
	params  map[string]jsontext.Value
	modern  bool // of statelessSince or later
}

// A Host is one request to the API.
type Host interface {
	Content() (body []byte, form bool, bad *wire.Problem)
	HeaderOf(name string) string
	RawQuery() string
	Calculations() []wire.Calculation
	Row(c *wire.Calculation, input []byte, r *wire.Reading) wire.Outcome
	Tool(t *catalogue.Tool, body []byte) ([]byte, *wire.Problem)
}

// Documents are the texts about the API.
type Documents struct {
	Version string
	OpenAPI func() string
}

// A Server answers assistants. It keeps nothing between messages but its lists.
type Server struct {
	Documents
	tools, every, resources func() string
}

// New makes a server; its lists are made when the first is asked for.
func New(d Documents) *Server {
	s := &Server{Documents: d}
	s.tools = sync.OnceValue(func() string { return listOf(usualTools()) })
	s.every = sync.OnceValue(func() string { return listOf(allTools()) })
	s.resources = sync.OnceValue(resourceList)
	return s
}

// A call is one message being answered.
type call struct {
	*Server
	host Host
}

// Answer answers one message, or a list of them where the version has such.
func (s *Server) Answer(h Host) wire.Response {
	x := &call{s, h}
	body, _, bad := x.host.Content()
	if bad != nil {
		return failed(nil, faultOf(bad))
	}
	if stated := h.HeaderOf("Mcp-Protocol-Version"); stated == "" || stated == batching {
		if list := jsontext.Value(bytes.TrimSpace(body)); list.Kind() == '[' && list.IsValid() {
			return x.answerAll(elements(list))
		}
	}
	return x.answerOne(body)
}

// answerAll answers each message of a list that wants an answer, in their order.
func (x *call) answerAll(list []jsontext.Value) wire.Response {
	if len(list) == 0 || len(list) > mostMessages {
		return failed(nil, &rpcError{400, invalidRequest, "A list holds 1 to " + strconv.Itoa(mostMessages) + " messages.", ""})
	}
	body := []byte{'['}
	for _, one := range list {
		if answer := x.answerOne(one); len(answer.Body) > 0 {
			body = append(append(body, answer.Body...), ',')
		}
	}
	if len(body) == 1 {
		return wire.Response{Status: 202, Header: []wire.Header{wire.NoStore}}
	}
	return wire.Response{Status: 200, Header: []wire.Header{wire.JSONType, wire.NoStore}, Body: wire.Closed(body, ']')}
}

func (x *call) answerOne(body []byte) wire.Response {
	m, failure := readMessage(body)
	if failure == nil {
		failure = x.checkVersion(&m)
	}
	if failure != nil {
		return failed(m.id, failure)
	}
	if m.id == nil { // a notification or a response: nothing to say
		return wire.Response{Status: 202, Header: []wire.Header{wire.NoStore}}
	}
	result, failure := x.dispatch(&m)
	if failure != nil {
		return failed(m.id, failure)
	}
	answer := append([]byte(nil), `{"jsonrpc":"2.0","id":`...)
	answer = append(append(answer, m.id...), `,"result":{`...)
	if m.modern {
		answer = append(answer, `"resultType":"complete",`...)
	}
	return wire.Response{Status: 200, Header: []wire.Header{wire.JSONType, wire.NoStore}, Body: append(append(answer, result...), "}}"...)}
}

// readMessage reads a JSON-RPC message.
func readMessage(body []byte) (m message, failure *rpcError) {
	r := wire.Read(body)
	defer r.Done()
	value, err := r.Tokens.ReadValue()
	if err == nil {
		value = value.Clone()
		err = r.End()
	}
	if err != nil {
		return m, &rpcError{400, parseError, wire.Unreadable(body, err).Detail, ""}
	}
	parts := wire.Members(string(value))
	m.version, m.method = wire.Override(parts["jsonrpc"], ""), wire.Override(parts["method"], "")
	switch id := parts["id"]; id.Kind() {
	case '"', '0':
		m.id = id
	}
	m.params = wire.Members(string(parts["params"]))
	_, answered := parts["result"]
	_, refused := parts["error"]
	switch {
	case value.Kind() == '[':
		return m, &rpcError{400, invalidRequest, "Send one message a request: lists of messages are of version 2025-03-26 alone.", ""}
	case m.version != "2.0", m.method == "" && !answered && !refused:
		return m, &rpcError{400, invalidRequest, `A message is {"jsonrpc": "2.0", "id": ..., "method": ..., "params": {...}}.`, ""}
	case m.method == "":
		m.id = nil
	}
	return m, nil
}

// checkVersion settles the protocol version of a message, and that its headers say what it says.
func (x *call) checkVersion(m *message) *rpcError {
	stated := x.host.HeaderOf("Mcp-Protocol-Version")
	meta := wire.Override(wire.Members(string(m.params["_meta"]))["io.modelcontextprotocol/protocolVersion"], "")
	switch {
	case stated != "" && !slices.Contains(protocolVersions, stated):
		return &rpcError{400, unsupportedVersion, "Protocol version " + wire.Quoted(stated) + " is not supported.",
			`{"supported":["` + strings.Join(protocolVersions, `","`) + `"],"requested":` + wire.Quoted(stated) + "}"}
	case meta != "" && meta != stated:
		return &rpcError{400, headerMismatch, "The header MCP-Protocol-Version must be the version that _meta names.", ""}
	}
	m.modern = stated >= statelessSince
	if method := x.host.HeaderOf("Mcp-Method"); m.modern && method != "" && method != m.method {
		return &rpcError{400, headerMismatch, "The header Mcp-Method must be the method of the message.", ""}
	}
	return nil
}

// dispatch returns the members of a method's result.
func (x *call) dispatch(m *message) (string, *rpcError) {
	switch m.method {
	case "initialize":
		return x.handshake(m), nil
	case "server/discover":
		return `"supportedVersions":["` + strings.Join(protocolVersions, `","`) + `"],` + capabilities +
			`,"_meta":{"io.modelcontextprotocol/serverInfo":` + x.info() + `}` + m.freshness(), nil
	case "ping":
		return "", nil
	case "tools/list":
		if strings.Contains("&"+x.host.RawQuery()+"&", "&tools=all&") {
			return `"tools":[` + x.every() + "]" + m.freshness(), nil
		}
		return `"tools":[` + x.tools() + "]" + m.freshness(), nil
	case "tools/call":
		return x.callTool(m)
	case "resources/list":
		return `"resources":[` + x.resources() + "]" + m.freshness(), nil
	case "resources/templates/list":
		return `"resourceTemplates":[]` + m.freshness(), nil
	case "resources/read":
		return x.readResource(m)
	case "prompts/list":
		return `"prompts":[` + promptList() + "]" + m.freshness(), nil
	case "prompts/get":
		return x.getPrompt(m)
	}
	status := 200
	if m.modern {
		status = 404
	}
	return "", &rpcError{status, methodNotFound, "There is no method " + wire.Quoted(m.method) + ".", ""}
}

var capabilities = `"capabilities":{"tools":{},"resources":{},"prompts":{}},"instructions":` + quotedWhole(instructions)

func (s *Server) info() string {
	return `{"name":"hourglass","title":"Hourglass","version":"` + s.Version + `"}`
}

func quotedWhole(text string) string { return string(wire.AppendText(nil, text)) }

// handshake agrees on the version that the client asks for or, where it is unknown, the newest that has a handshake.
func (s *Server) handshake(m *message) string {
	version := wire.Override(m.params["protocolVersion"], "")
	if version >= statelessSince || !slices.Contains(protocolVersions, version) {
		version = "2025-11-25"
	}
	return `"protocolVersion":"` + version + `",` + capabilities + `,"serverInfo":` + s.info()
}

// freshness says for how long a client may keep a list; it changes with the engine's version only.
func (m *message) freshness() string {
	if !m.modern {
		return ""
	}
	return `,"ttlMs":3600000,"cacheScope":"public"`
}

// faultOf is a problem as a JSON-RPC error, with the status of the problem: a fault of the engine is an
// internal error, of the request an invalid one.
func faultOf(p *wire.Problem) *rpcError {
	code := invalidRequest
	if p.Status >= 500 {
		code = internalFault
	}
	data := ""
	if p.Kind == wire.Busy {
		data = `{"retry_after":` + wire.RetryAfter + "}"
	}
	return &rpcError{p.Status, code, p.Detail, data}
}

// Refusal is a problem as the answer to a message that was not read.
func Refusal(p *wire.Problem) wire.Response { return failed(nil, faultOf(p)) }

// failed is a JSON-RPC error as an answer.
func failed(id jsontext.Value, e *rpcError) wire.Response {
	if id == nil {
		id = jsontext.Value("null")
	}
	body := append([]byte(nil), `{"jsonrpc":"2.0","id":`...)
	body = append(append(body, id...), `,"error":{"code":`...)
	body = strconv.AppendInt(body, int64(e.code), 10)
	body = wire.AppendText(append(body, `,"message":`...), e.message)
	if e.data != "" {
		body = append(append(body, `,"data":`...), e.data...)
	}
	return wire.Response{Status: e.status, Header: []wire.Header{wire.JSONType, wire.NoStore}, Body: append(body, "}}"...)}
}

// ToolName is an id as the name of a tool, which may hold no slash.
func ToolName(id string) string { return strings.ReplaceAll(id, "/", "_") }

const (
	resourcePrefix = "hourglass://calculations/"
	resourceAPI    = "hourglass://openapi"
)

// resourceList lists what there is to read: each calculation's words, and the API.
func resourceList() string {
	var w strings.Builder
	for i := range catalogue.Calculations {
		c := &catalogue.Calculations[i]
		w.WriteString(`{"uri":"` + resourcePrefix + c.ID + `","name":"` + ToolName(c.ID) + `","title":` + quotedWhole(c.Title) +
			`,"description":` + quotedWhole(c.Question) + `,"mimeType":"text/markdown"},`)
	}
	w.WriteString(`{"uri":"` + resourceAPI + `","name":"openapi","title":"OpenAPI","description":"The HTTP API of the engine.","mimeType":"application/json"}`)
	return w.String()
}

func (x *call) readResource(m *message) (string, *rpcError) {
	uri := wire.Override(m.params["uri"], "")
	mimeType, text := "text/markdown", ""
	if id, ok := strings.CutPrefix(uri, resourcePrefix); ok {
		for i, c := range x.host.Calculations() {
			if c.ID == id {
				text = markdown(&x.host.Calculations()[i])
			}
		}
	} else if uri == resourceAPI {
		mimeType, text = "application/json", x.OpenAPI()
	}
	if text == "" {
		code := resourceNotFound
		if m.modern {
			code = invalidParams
		}
		return "", &rpcError{200, code, "There is no resource " + wire.Quoted(uri) + ". resources/list has them.", `{"uri":` + wire.Quoted(uri) + "}"}
	}
	return `"contents":[{"uri":` + quotedWhole(uri) + `,"mimeType":"` + mimeType + `","text":` + quotedWhole(text) + "}]" + m.freshness(), nil
}

// markdown is a calculation in words: what it answers, its formula, its fields and what has to hold.
func markdown(c *wire.Calculation) string {
	var w bytes.Buffer
	w.WriteString("# " + c.Title + "\n\n" + c.Question + "\n\n$$" + c.Formula + "$$\n\n")
	if c.Where != "" {
		w.WriteString("where $$" + c.Where + "$$\n\n")
	}
	for _, s := range c.Symbols {
		stands := "`" + s.Field + "`"
		if s.Field == "" {
			stands = catalogue.Meanings[s.Means]
		}
		w.WriteString("* $" + s.TeX + "$ is " + stands + "\n")
	}
	w.WriteString("\n## Input\n\n")
	for i := range c.Inputs {
		describe(&w, &c.Inputs[i], "")
	}
	w.WriteString("\n## Result\n\n")
	for i := range c.Results {
		describe(&w, &c.Results[i], "")
	}
	w.WriteString("\n## What has to hold\n\n")
	for _, line := range append(slices.Clone(c.Assumptions), c.Special...) {
		w.WriteString("* " + line + "\n")
	}
	w.WriteString("\nSource: " + c.Source + "\n")
	return w.String()
}

func describe(w *bytes.Buffer, f *catalogue.Field, indent string) {
	w.WriteString(indent + "* `" + f.Name + "`: " + f.Title + ". " + f.Help)
	if len(f.Options) > 0 {
		w.WriteString(" One of " + wire.Choices(f.Options) + ".")
	}
	w.WriteByte('\n')
	for i := range f.Fields {
		describe(w, &f.Fields[i], indent+"  ")
	}
}
