package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"
)

// An inspector talks to V8 in a workerd process by the DevTools protocol, over as much of WebSocket (RFC 6455) as that
// takes: text frames, ours masked by zeros.
type inspector struct {
	conn   net.Conn
	reader *bufio.Reader
	id     int
}

func inspect(address string) (*inspector, error) {
	conn, err := net.DialTimeout("tcp", address, 5*time.Second)
	if err != nil {
		return nil, err
	}
	_ = conn.SetDeadline(time.Now().Add(time.Minute))
	fmt.Fprintf(conn, "GET /main HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n", address)
	reader := bufio.NewReader(conn)
	answer, err := http.ReadResponse(reader, nil)
	if err == nil && answer.StatusCode != http.StatusSwitchingProtocols {
		err = fmt.Errorf("inspector: %s", answer.Status)
	}
	if err != nil {
		conn.Close()
		return nil, err
	}
	return &inspector{conn: conn, reader: reader}, nil
}

// call asks for a method and reads its result, past events.
func (i *inspector) call(method string, result any) error {
	i.id++
	message := fmt.Appendf(nil, `{"id":%d,"method":%q}`, i.id, method) // under 126 bytes
	frame := append([]byte{0x81, 0x80 | byte(len(message)), 0, 0, 0, 0}, message...)
	if _, err := i.conn.Write(frame); err != nil {
		return err
	}
	for {
		text, err := i.read()
		if err != nil {
			return err
		}
		var answer struct {
			ID     int
			Result json.RawMessage
			Error  json.RawMessage
		}
		if err := json.Unmarshal(text, &answer); err != nil || answer.ID != i.id {
			continue
		}
		if answer.Error != nil {
			return fmt.Errorf("inspector: %s: %s", method, answer.Error)
		}
		if result == nil {
			return nil
		}
		return json.Unmarshal(answer.Result, result)
	}
}

// read returns one message, which may come in several frames.
func (i *inspector) read() ([]byte, error) {
	var message bytes.Buffer
	for {
		var head [2]byte
		if _, err := io.ReadFull(i.reader, head[:]); err != nil {
			return nil, err
		}
		length := uint64(head[1] & 0x7f)
		switch length {
		case 126:
			var n uint16
			if err := binary.Read(i.reader, binary.BigEndian, &n); err != nil {
				return nil, err
			}
			length = uint64(n)
		case 127:
			if err := binary.Read(i.reader, binary.BigEndian, &length); err != nil {
				return nil, err
			}
		}
		if _, err := io.CopyN(&message, i.reader, int64(length)); err != nil {
			return nil, err
		}
		if head[0]&0x80 != 0 {
			return message.Bytes(), nil
		}
	}
}

// live is the memory that a Worker holds once V8 has collected what it no longer uses: the WebAssembly memory, V8's
// objects and what they keep outside of its heap.
func live(w *worker) (int, error) {
	memory := 0
	collect := get("/memory", func(status int, body []byte) (err error) {
		memory, err = strconv.Atoi(string(body))
		return err
	})
	if _, err := load(w.address, collect, 3, 1); err != nil { // what a first collection frees may hold more
		return 0, err
	}
	i, err := inspect(w.inspector)
	if err != nil {
		return 0, err
	}
	defer i.conn.Close()
	var usage struct{ UsedSize, EmbedderHeapUsedSize, BackingStorageSize float64 }
	if err := i.call("Runtime.getHeapUsage", &usage); err != nil {
		return 0, err
	}
	return memory + int(usage.UsedSize+usage.EmbedderHeapUsedSize+usage.BackingStorageSize), nil
}
