package contract

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// privateKey is that of a private deployment.
const privateKey = "a-key-of-more-than-16"

// A private deployment is private on every platform, the Worker's short way for closed forms too.
func TestPrivateOnEveryPlatform(t *testing.T) {
	platforms := map[string]func(*testing.T) platform{
		"server": func(t *testing.T) platform { return serverWith(t, site(t), "HOURGLASS_API_KEY="+privateKey) },
		"lambda": func(t *testing.T) platform { return lambda(t, "HOURGLASS_API_KEY="+privateKey) },
		"worker": func(t *testing.T) platform { return worker(t, sites(t)[1], "HOURGLASS_API_KEY:"+privateKey) },
	}
	for name, start := range platforms {
		t.Run(name, func(t *testing.T) {
			p := start(t)
			const input = `{"price":100,"period":"month","gross_margin":0.8,"churn_rate":0.05}`
			for range 2 { // the Worker answers the second by another way than the first
				for _, r := range []request{
					post("no key", "/v1/subscription", input, 401, "key-required", "Content-Type", "application/json"),
					post("another key", "/v1/subscription", input, 401, "key-required", "Content-Type", "application/json", "X-API-Key", privateKey+"x"),
					post("key", "/v1/subscription", input, 200, `"clv":1600`, "Content-Type", "application/json", "X-API-Key", privateKey),
					post("bearer", "/v1/subscription", input, 200, `"clv":1600`, "Content-Type", "application/json", "Authorization", "Bearer "+privateKey),
					post("assistant", "/mcp", `{"jsonrpc":"2.0","id":1,"method":"ping"}`, 401, "key", "Content-Type", "application/json"),
					get("query", "/v1/subscription?"+query, 401, "key-required"),
					get("health", "/healthz", 200, "ok"),
				} {
					if a := send(t, p, r); a.status != r.status || !strings.Contains(a.body, r.has) || strings.Contains(a.header.Get("Cache-Control"), "public") {
						t.Errorf("%s: %d %s %v", r.name, a.status, excerpt(a.body), a.header)
					}
				}
			}
		})
	}
}

var (
	sum    = regexp.MustCompile("`([0-9. +*/]+) = ([0-9.]+)`")
	binary = regexp.MustCompile(`[*/+]`)
)

// The arithmetic of what a million requests cost is right, to the digits that the page shows.
func TestCosts(t *testing.T) {
	page, err := os.ReadFile("../../docs/private-deployment.md")
	if err != nil {
		t.Fatal(err)
	}
	lines := sum.FindAllStringSubmatch(string(page), -1)
	if len(lines) < 9 {
		t.Errorf("%d lines of arithmetic", len(lines))
	}
	for _, line := range lines {
		total := 0.0
		for term := range strings.SplitSeq(line[1], "+") {
			factor, value := '*', 1.0
			at := 0
			for _, m := range append(binary.FindAllStringIndex(term, -1), []int{len(term), len(term)}) {
				x, err := strconv.ParseFloat(strings.TrimSpace(term[at:m[0]]), 64)
				if err != nil {
					t.Fatalf("%s: %v", line[0], err)
				}
				if factor == '*' {
					value *= x
				} else {
					value /= x
				}
				if m[0] < len(term) {
					factor = rune(term[m[0]])
				}
				at = m[1]
			}
			total += value
		}
		_, decimals, _ := strings.Cut(line[2], ".")
		want, _ := strconv.ParseFloat(line[2], 64)
		if math.Abs(total-want) > 0.5001*math.Pow(10, -float64(len(decimals))) {
			t.Errorf("%s is %v", line[0], total)
		}
	}
}
