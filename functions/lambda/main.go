// Lambda is the API on AWS Lambda: behind a Function URL or an HTTP API (payload format 2.0), and as the Lambda UDF
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
func (f function) Invoke(_ context.Context, event []byte) ([]byte, error) {
	var e request
	if err := json.Unmarshal(event, &e); err == nil && e.Context.HTTP.Method != "" {
		return json.Marshal(f.http(&e))
	}
	if api.RedshiftEvent(event) {
		return f.handler.Handle(api.Request{Method: "POST", Path: api.RedshiftPath, Body: event}).Body, nil
	}
	return nil, errors.New("the event is neither HTTP in payload format 2.0 nor a Redshift UDF call")
}
