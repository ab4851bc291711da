package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

// A call is one request sent over and over, and the check of every answer to it.
type call struct {
	request []byte // as it goes over the wire
	check   func(status int, body []byte) error
}

// post is a POST of a JSON body, on a connection that stays open.
func post(path, body string, check func(int, []byte) error) call {
	return call{fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		path, len(body), body), check}
}

// get is a GET.
func get(path string, check func(int, []byte) error) call {
	return call{fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: bench\r\n\r\n", path), check}
}

// load sends count requests over a few connections, each waiting for the answer to the last, and returns how long it
// took. A reader of its own, because net/http's client would take more time than what is measured.
func load(address string, c call, count, connections int) (time.Duration, error) {
	start := time.Now()
	var group sync.WaitGroup
	failures := make(chan error, connections)
	for i := range connections {
		share := count / connections
		if i < count%connections {
			share++
		}
		group.Go(func() { failures <- repeat(address, c, share) })
	}
	group.Wait()
	close(failures)
	for err := range failures {
		if err != nil {
			return 0, err
		}
	}
	return time.Since(start), nil
}

func repeat(address string, c call, count int) error {
	conn, err := net.DialTimeout("tcp", address, 5*time.Second)
	if err != nil {
		return err
	}
	defer conn.Close()
	reader := bufio.NewReader(conn)
	var body bytes.Buffer
	for range count {
		_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
		if _, err := conn.Write(c.request); err != nil {
			return err
		}
		response, err := http.ReadResponse(reader, nil)
		if err != nil {
			return err
		}
		body.Reset()
		if _, err := io.Copy(&body, response.Body); err != nil {
			return err
		}
		if err := c.check(response.StatusCode, body.Bytes()); err != nil {
			return err
		}
	}
	return nil
}
