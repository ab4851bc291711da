package main

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"hourglass/functions/api"
	"hourglass/functions/lambda/bridge"
)

// start runs the binary as it is deployed, built for this machine's processor.
func start(t *testing.T) *bridge.Bridge {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "bootstrap")
	build := exec.Command("go", "build", "-tags", "lambda.norpc", "-trimpath", "-ldflags=-s -w", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	function, err := bridge.Start(binary)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(function.Close)
	return function
}

// httpAPI is an event as API Gateway documents it for an HTTP API, payload format 2.0
// (docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
const httpAPI = `{"version":"2.0","routeKey":"$default","rawPath":"/v1/subscription","rawQueryString":"format=value&field=clv",
"headers":{"content-type":"application/json","x-request-id":"mine"},
"requestContext":{"accountId":"123456789012","apiId":"api-id","http":{"method":"POST","path":"/v1/subscription","protocol":"HTTP/1.1","sourceIp":"192.0.2.1","userAgent":"agent"},"requestId":"id","routeKey":"$default","stage":"$default","time":"12/Mar/2020:19:03:58 +0000","timeEpoch":1583348638390},
"body":BODY,"isBase64Encoded":BASE64}`

// redshift is an event as Redshift documents it for a Lambda UDF
// (docs.aws.amazon.com/redshift/latest/dg/udf-creating-a-lambda-sql-udf.html).
const redshift = `{"request_id":"23FF1F97-F28A-44AA-AB67-266ED976BF40","cluster":"arn:aws:redshift:xxxx","user":"adminuser","database":"db1",
"external_function":"public.hourglass_average_clv","query_id":5678234,"num_records":2,"arguments":[[50,4,3,0.4],[50,4,3,0.5]]}`

func TestEventsByTheirShape(t *testing.T) {
	function := start(t)
	const input = `{"price":100,"period":"month","gross_margin":0.8,"churn_rate":0.05}`
	quoted, _ := json.Marshal(input)
	plain := strings.NewReplacer("BODY", string(quoted), "BASE64", "false").Replace(httpAPI)
	encoded := strings.NewReplacer("BODY", `"`+base64.StdEncoding.EncodeToString([]byte(input))+`"`, "BASE64", "true").Replace(httpAPI)
	spoilt := strings.NewReplacer("BODY", `"%%%"`, "BASE64", "true").Replace(httpAPI)

	for name, event := range map[string]string{"plain": plain, "base64": encoded} {
		if r := invoke(t, function, event); r.StatusCode != 200 || r.Body != "1600" || r.Headers["X-Request-Id"] != "mine" {
			t.Errorf("%s: %+v", name, r)
		}
	}
	if r := invoke(t, function, spoilt); r.StatusCode != 400 || r.Headers["Content-Type"] != "application/problem+json" {
		t.Errorf("spoilt base64: %+v", r)
	}

	answer, err := function.Invoke(t.Context(), []byte(redshift))
	var rows struct {
		Success bool
		Records int `json:"num_records"`
		Results []any
	}
	if err != nil || json.Unmarshal(answer, &rows) != nil || !rows.Success || rows.Records != 2 || len(rows.Results) != 2 {
		t.Errorf("redshift: %s, %v", answer, err)
	}

	for _, event := range []string{`{}`, `[]`, `7`, `{"Records":[]}`, `{"arguments":[[1]]}`} {
		if answer, err := function.Invoke(t.Context(), []byte(event)); !errors.Is(err, bridge.ErrFailed) {
			t.Errorf("%s: %s, %v", event, answer, err)
		}
	}
	if r := invoke(t, function, plain); r.StatusCode != 200 {
		t.Errorf("after what it does not know: %+v", r)
	}
}

func invoke(t *testing.T, function *bridge.Bridge, event string) events.LambdaFunctionURLResponse {
	t.Helper()
	answer, err := function.Invoke(t.Context(), []byte(event))
	if err != nil {
		t.Fatal(err)
	}
	var r events.LambdaFunctionURLResponse
	if err := json.Unmarshal(answer, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAnAnswerLargerThanLambdaTakes(t *testing.T) {
	long := api.Response{Status: 200, Body: make([]byte, maxPayload+1), Header: []api.Header{{Name: "ETag", Value: `"1"`}}}
	if r := responseOf(long, false); r.StatusCode != 413 || !json.Valid([]byte(r.Body)) {
		t.Errorf("plain: %d %q", r.StatusCode, r.Body[:100])
	}
	if r := responseOf(long, true); r.StatusCode != 200 || r.Headers["Content-Encoding"] != "gzip" || r.Headers["ETag"] != `"1-gzip"` {
		t.Errorf("compressed: %d %v", r.StatusCode, r.Headers)
	}
}

func TestGzipOnlyForThoseWhoTakeIt(t *testing.T) {
	for header, want := range map[string]bool{"": false, "identity": false, "br, gzip": true, "gzip;q=0.5": true, "gzip;q=0, br": false, "gzip; q=0": false} {
		if got := takesGzip(header); got != want {
			t.Errorf("%q: %v", header, got)
		}
	}
}
