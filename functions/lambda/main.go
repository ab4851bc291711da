// Lambda is the API on AWS Lambda: behind a Function URL, an HTTP API or a REST API (payload formats 2.0 and 1.0), and as the Lambda UDF
// that Amazon Redshift calls with an event of its own.
//
//	HOURGLASS_FITS   off refuses the calculations that may take long
package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"

	"github.com/aws/aws-lambda-go/lambda"

	"hourglass/functions/api"
)

func main() {
	lambda.Start(function{api.New(api.Options{
		NoFits:    os.Getenv("HOURGLASS_FITS") == "off",
		TestPanic: os.Getenv("HOURGLASS_TEST_PANIC") != "",
	})})
}

// A function answers events.
type function struct{ handler *api.Handler }

// Invoke tells the kinds of events apart by their shape.
func (f function) Invoke(ctx context.Context, text []byte) ([]byte, error) {
	var e event
	if err := json.Unmarshal(text, &e); err == nil && e.isHTTP() {
		return json.Marshal(f.http(ctx, &e))
	}
	if api.RedshiftEvent(text) {
		return f.handler.Handle(api.Request{Method: "POST", Path: api.RedshiftPath, Body: text, Done: ctx.Done(), Work: left(ctx)}).Body, nil
	}
	return nil, errors.New("the event is neither HTTP in payload format 1.0 or 2.0 nor a Redshift UDF call")
}
