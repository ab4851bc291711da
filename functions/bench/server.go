package main

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// What the server is put under.
const (
	heavies  = 45  // heavy requests at once
	looks    = 100 // at /healthz meanwhile
	silent   = 100 // connections that ask for much and never read
	cutAfter = 14 * time.Second
)

// benchServer measures the server as a process of its own: what a heavy request takes, how soon /healthz answers beside many
// of them, and how much memory is left behind by clients that never read.
func benchServer(folder string) error {
	binary := filepath.Join(folder, "server")
	if out, err := exec.Command("go", "build", "-o", binary, "./functions/server").CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	address := listener.Addr().String()
	_ = listener.Close()
	_, port, _ := net.SplitHostPort(address)
	server := exec.Command(binary)
	server.Env = append(os.Environ(), "PORT="+port)
	if err := server.Start(); err != nil {
		return err
	}
	defer func() { _ = server.Process.Kill(); _ = server.Wait() }()
	base := "http://" + address
	for range 100 {
		if _, err := http.Get(base + "/healthz"); err == nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	fmt.Println("Server: a process of its own")
	if err := besideHeavy(server.Process.Pid, base); err != nil {
		return err
	}
	return afterSilence(server.Process.Pid, address, base)
}

// heavyBody is about as much as one request may ask for: customers of whom no two have the same age, discounted for ever.
func heavyBody(n int) []byte {
	var age strings.Builder
	for i := range n {
		fmt.Fprintf(&age, ",%g", 2+float64(i)/100)
	}
	column := "[" + strings.Repeat("1,", n-1) + "1]"
	return fmt.Appendf(nil, `{"r":0.24,"alpha":4.4,"a":0.79,"b":2.4,"horizon":1000000,"discount_rate":0.001,"frequency":%s,"recency":%s,"age":[%s]}`, column, column, age.String()[1:])
}

// processor is what a process has taken of the processor, in seconds.
func processor(pid int) float64 {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, _ := strings.Cut(string(text), ") ")
	fields := append(strings.Fields(rest), make([]string, 13)...)
	user, _ := strconv.ParseFloat(fields[11], 64)
	system, _ := strconv.ParseFloat(fields[12], 64)
	return (user + system) / 100 // Linux counts in hundredths
}

func besideHeavy(pid int, base string) error {
	body := heavyBody(2000)
	before := processor(pid)
	answer, err := http.Post(base+"/v1/bgnbd/predict", "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	_ = answer.Body.Close()
	row("the longest request that is taken", fmt.Sprintf("%d in %.2f s", answer.StatusCode, processor(pid)-before), "<= 1 s of processor")
	begin := time.Now()
	refused, err := http.Post(base+"/v1/bgnbd/predict", "application/json", bytes.NewReader(heavyBody(20000)))
	if err != nil {
		return err
	}
	_ = refused.Body.Close()
	row("20,000 distinct customers, discounted", fmt.Sprintf("%d in %d ms", refused.StatusCode, time.Since(begin).Milliseconds()), "422")
	alone, err := look(base)
	if err != nil {
		return err
	}
	var all sync.WaitGroup
	counts := make(chan int, heavies)
	for range heavies {
		all.Go(func() {
			if answer, err := http.Post(base+"/v1/bgnbd/predict", "application/json", bytes.NewReader(body)); err == nil {
				counts <- answer.StatusCode
				_ = answer.Body.Close()
			}
		})
	}
	beside, err := look(base)
	if err != nil {
		return err
	}
	all.Wait()
	close(counts)
	statuses := map[int]int{}
	for status := range counts {
		statuses[status]++
	}
	row("/healthz alone: median; 95th of 100; worst", alone, "")
	row(fmt.Sprintf("/healthz beside %d of them", heavies), beside, "< 50 ms")
	row("those by status", fmt.Sprint(statuses), "200 or 503")
	return nil
}

// look asks /healthz and tells how long the answers took.
func look(base string) (string, error) {
	var took []float64
	for range looks {
		begin := time.Now()
		answer, err := http.Get(base + "/healthz")
		if err != nil {
			return "", err
		}
		_ = answer.Body.Close()
		took = append(took, time.Since(begin).Seconds()*1e3)
		time.Sleep(10 * time.Millisecond)
	}
	slices.Sort(took)
	return fmt.Sprintf("%.1f; %.1f; %.1f ms", took[looks/2], took[looks*95/100], took[looks-1]), nil
}

// resident is a process's memory in MB.
func resident(pid int) float64 {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	_, rest, _ := strings.Cut(string(text), "VmRSS:")
	kb, _ := strconv.ParseFloat(strings.Fields(rest + " 0")[0], 64)
	return kb / 1024
}

func afterSilence(pid int, address, base string) error {
	const one = `{"price":100,"churn_rate":0.05,"period":"month","gross_margin":0.8}`
	body := "[" + strings.Repeat(one+",", 9999) + one + "]"
	if answer, err := http.Post(base+"/v1/subscription", "application/json", strings.NewReader(body)); err == nil {
		_ = answer.Body.Close() // what the first such answer takes belongs to the start
	}
	time.Sleep(cutAfter)
	before := resident(pid)
	var open []net.Conn
	for range silent {
		connection, err := net.Dial("tcp", address)
		if err != nil {
			return err
		}
		open = append(open, connection)
		_, _ = fmt.Fprintf(connection, "POST /v1/subscription HTTP/1.1\r\nHost: bench\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
	}
	peak := resident(pid)
	for range 28 {
		time.Sleep(cutAfter / 7)
		peak = max(peak, resident(pid))
	}
	after := resident(pid)
	for _, connection := range open {
		_ = connection.Close()
	}
	row(fmt.Sprintf("memory before, during and after %d that never read", silent), fmt.Sprintf("%.0f, %.0f, %.0f MB", before, peak, after), "after <= 1.1 x before")
	return nil
}
