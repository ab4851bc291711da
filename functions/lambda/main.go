// Lambda is the API on AWS Lambda: behind a Function URL, an HTTP API or a REST API (payload formats 2.0 and 1.0), and as the Lambda UDF
// that Amazon Redshift calls with an event of its own.
//
//	HOURGLASS_FITS      off refuses the calculations that may take long
//	HOURGLASS_API_KEY   the key that requests must carry; several with commas between. Without it the API is open
package main

import (
	"context"
	"encoding/json"
	"errors"
	"log"
	"os"

	"github.com/aws/aws-lambda-go/lambda"

	"hourglass/functions/api"
)

func main() {
	keys, err := api.Keys(os.Getenv("HOURGLASS_API_KEY"))
	if err != nil {
		log.Fatal(err) // an API that was meant to be private must not stand open
	}
	lambda.Start(function{api.New(api.Options{
		Keys:      keys,
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
		return f.handler.Handle(api.Request{Method: "POST", Path: api.RedshiftPath, Body: text, Done: ctx.Done(), Work: left(ctx), Trusted: true}).Body, nil
	}
	return nil, errors.New("the event is neither HTTP in payload format 1.0 or 2.0 nor a Redshift UDF call")
}
