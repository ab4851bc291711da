// Empty is what any Lambda function in Go costs: the library, and a handler that does nothing.
package main

import (
	"context"

	"github.com/aws/aws-lambda-go/lambda"
)

type empty struct{}

// Invoke answers nothing.
func (empty) Invoke(context.Context, []byte) ([]byte, error) { return []byte("{}"), nil }

func main() { lambda.Start(empty{}) }
