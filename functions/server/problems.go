package main

import (
	"bytes"
	"net"
	"net/http"
	"strconv"

	"hourglass/functions/api"
)

// problems is a listener on whose connections net/http's own refusals, which it writes as text before any handler runs (400
// for what is not HTTP, 431 for large headers), are problems in the form of the API.
type problems struct{ net.Listener }

func (l problems) Accept() (net.Conn, error) {
	connection, err := l.Listener.Accept()
	if tcp, ok := connection.(*net.TCPConn); ok {
		return refusing{tcp}, err
	}
	return connection, err
}

type refusing struct{ *net.TCPConn }

// plainText is how such a refusal goes on after its status line.
var plainText = []byte("\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n")

func (c refusing) Write(text []byte) (int, error) {
	line, detail, own := bytes.Cut(text, plainText)
	if !own || !bytes.HasPrefix(line, []byte("HTTP/1.1 4")) || bytes.ContainsRune(line, '\n') {
		return c.TCPConn.Write(text)
	}
	status, _ := strconv.Atoi(string(line[len("HTTP/1.1 "):min(len("HTTP/1.1 400"), len(line))]))
	_, detail, _ = bytes.Cut(detail, []byte(": ")) // 400 Bad Request: what is wrong
	details := ""
	if len(detail) > 0 {
		details = "The request is not HTTP: " + string(detail) + "."
	}
	answer := api.Refusal(status, details)
	header := http.Header{"Connection": {"close"}, "Content-Length": {strconv.Itoa(len(answer.Body))}}
	for _, h := range answer.Header {
		header.Set(h.Name, h.Value)
	}
	var whole bytes.Buffer
	whole.WriteString("HTTP/1.1 " + strconv.Itoa(answer.Status) + " " + http.StatusText(answer.Status) + "\r\n")
	_ = header.Write(&whole) // a buffer takes everything
	whole.WriteString("\r\n")
	whole.Write(answer.Body)
	if _, err := c.TCPConn.Write(whole.Bytes()); err != nil {
		return 0, err
	}
	return len(text), nil
}
