package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

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
	if r := responseOf(long, "GET", false); r.StatusCode != 413 || !json.Valid([]byte(r.Body)) {
		t.Errorf("plain: %d %q", r.StatusCode, r.Body[:100])
	}
	if r := responseOf(long, "GET", true); r.StatusCode != 200 || r.Headers["Content-Encoding"] != "gzip" || r.Headers["ETag"] != `"1-gzip"` {
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

// restAPI is an event as API Gateway documents it for a REST API, payload format 1.0
// (docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html): the path is without the stage.
const restAPI = `{"resource":"/{proxy+}","path":"PATH","httpMethod":"METHOD",
"headers":{"Content-Type":"application/json","X-Request-ID":"mine","Accept-Encoding":"gzip"},
"multiValueHeaders":{"Content-Type":["application/json"],"X-Request-ID":["mine"],"Accept-Encoding":["gzip"]},
"queryStringParameters":{"format":"value","field":"clv"},"multiValueQueryStringParameters":{"format":["value"],"field":["clv"]},
"pathParameters":{"proxy":"v1/subscription"},"stageVariables":null,
"requestContext":{"accountId":"123456789012","apiId":"id","httpMethod":"METHOD","path":"/prod/v1/subscription","protocol":"HTTP/1.1","requestId":"id","resourcePath":"/{proxy+}","stage":"prod"},
"body":BODY,"isBase64Encoded":false}`

// Each gateway's way to write an address leads to the same answer.
func TestGatewaysAndTheirPaths(t *testing.T) {
	function := function{api.New(api.Options{})}
	quoted, _ := json.Marshal(`{"price":100,"period":"month","gross_margin":0.8,"churn_rate":0.05}`)
	rest := func(method, path, body string) string {
		return strings.NewReplacer("PATH", path, "METHOD", method, "BODY", body).Replace(restAPI)
	}
	http := func(path, stage string) string {
		return strings.NewReplacer("BODY", string(quoted), "BASE64", "false", `"rawPath":"/v1/subscription"`, `"rawPath":"`+path+`"`, `"stage":"$default"`, `"stage":"`+stage+`"`).Replace(httpAPI)
	}
	for name, text := range map[string]string{
		"REST":                        rest("POST", "/v1/subscription", string(quoted)),
		"REST by a domain":            rest("POST", "/clv/v1/subscription", string(quoted)),
		"HTTP":                        http("/v1/subscription", "$default"),
		"HTTP with a stage":           http("/prod/v1/subscription", "prod"),
		"HTTP with a stage called v1": http("/v1/v1/subscription", "v1"),
		"HTTP, a stage by a domain":   http("/v1/subscription", "prod"),
		"HTTP by a domain":            http("/clv/v1/subscription", "prod"),
	} {
		answer, err := function.Invoke(t.Context(), []byte(text))
		var r events.APIGatewayProxyResponse
		if err != nil || json.Unmarshal(answer, &r) != nil || r.StatusCode != 200 || r.Body != "1600" || r.IsBase64Encoded || r.Headers["X-Request-Id"] != "mine" {
			t.Errorf("%s: %s %v", name, answer, err)
		}
	}
	for method, status := range map[string]int{"GET": 200, "HEAD": 200, "DELETE": 405} {
		text := strings.NewReplacer(`{"format":"value","field":"clv"}`, "null", `{"format":["value"],"field":["clv"]}`, "null").Replace(rest(method, "/openapi.json", "null"))
		answer, err := function.Invoke(t.Context(), []byte(text))
		var r events.APIGatewayProxyResponse
		if err != nil || json.Unmarshal(answer, &r) != nil || r.StatusCode != status || r.IsBase64Encoded || (r.Body == "") != (method == "HEAD") {
			t.Errorf("%s: %.300s %v", method, answer, err)
		}
	}
}

// HEAD tells what GET would send.
func TestHeadOverLambda(t *testing.T) {
	long := api.Response{Status: 200, Body: []byte(strings.Repeat("compressible ", 999)), Header: []api.Header{{Name: "ETag", Value: `"1"`}}}
	for _, compress := range []bool{false, true} {
		get, head := responseOf(long, "GET", compress), responseOf(long, "HEAD", compress)
		body := []byte(get.Body)
		if get.IsBase64Encoded {
			body, _ = base64.StdEncoding.DecodeString(get.Body)
		}
		if length := head.Headers["Content-Length"]; length != strconv.Itoa(len(body)) || head.Body != "" || head.IsBase64Encoded {
			t.Errorf("%v: %s of %d", compress, length, len(body))
		}
		if delete(head.Headers, "Content-Length"); !maps.Equal(head.Headers, get.Headers) {
			t.Errorf("%v: %v for %v", compress, head.Headers, get.Headers)
		}
	}
}

// Of a calculation, which HEAD does not run, no length is told.
func TestHeadOfACalculationOverLambda(t *testing.T) {
	head := responseOf(api.New(api.Options{}).Handle(api.Request{Method: "HEAD", Path: "/v1/average", Query: "order_value=x"}), "HEAD", false)
	if _, told := head.Headers["Content-Length"]; told || head.StatusCode != 200 || head.Body != "" {
		t.Errorf("%+v", head)
	}
}

// A request is measured against the time that is left.
func TestTimeLeft(t *testing.T) {
	function := function{api.New(api.Options{})}
	text := strings.NewReplacer("BODY", `"[`+strings.Repeat("{},", 9999)+`{}]"`, "BASE64", "false").Replace(httpAPI)
	for seconds, status := range map[time.Duration]string{1100 * time.Millisecond: `"statusCode":422`, time.Minute: `"statusCode":200`} {
		ctx, cancel := context.WithTimeout(t.Context(), seconds)
		answer, err := function.Invoke(ctx, []byte(text))
		cancel()
		if err != nil || !strings.Contains(string(answer), status) {
			t.Errorf("%v left: %.300s %v", seconds, answer, err)
		}
	}
}
