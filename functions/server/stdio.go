package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"hourglass/functions/api"
)

// speak answers the Model Context Protocol's messages, one a line, until there are no more: what an assistant on the same desk starts
// and talks to. It is the same handler as over HTTP, which a line is a request to.
func speak(handler *api.Handler, query string, in io.Reader, out io.Writer) error {
	lines := bufio.NewReaderSize(in, 64<<10)
	agreed := "" // the version of the handshake
	for {
		line, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			version := versionOf(line, agreed)
			answer := handler.Handle(api.Request{Method: "POST", Path: "/mcp", Query: query, Body: line, Trusted: true, Header: func(name string) string {
				if name == "Mcp-Protocol-Version" {
					return version
				}
				return ""
			}})
			if agreed == "" {
				agreed = agreement(line, answer.Body)
			}
			if len(answer.Body) > 0 {
				if _, err := out.Write(append(answer.Body, '\n')); err != nil {
					return err
				}
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
}

// versionOf is the version that a message is in: its own, or that of the handshake.
func versionOf(line []byte, agreed string) string {
	var m struct {
		Params struct {
			Meta map[string]json.RawMessage `json:"_meta"`
		}
	}
	version := ""
	if json.Unmarshal(line, &m) == nil && json.Unmarshal(m.Params.Meta["io.modelcontextprotocol/protocolVersion"], &version) == nil {
		return version
	}
	return agreed
}

// agreement is the version that the answer to a handshake names.
func agreement(line, answer []byte) string {
	var asked struct{ Method string }
	var initialized struct {
		Result struct{ ProtocolVersion string }
	}
	if json.Unmarshal(line, &asked) != nil || asked.Method != "initialize" || json.Unmarshal(answer, &initialized) != nil {
		return ""
	}
	return initialized.Result.ProtocolVersion
}
