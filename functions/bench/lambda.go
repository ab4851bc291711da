package main

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"time"

	"hourglass/functions/lambda/bridge"
)

const (
	lambdaStarts  = 31
	lambdaRounds  = 41
	lambdaInvokes = 100 // in each round
)

// event is a small request as a Function URL hands it over.
const event = `{"version":"2.0","rawPath":"/v1/average","rawQueryString":"","headers":{"content-type":"application/json","host":"x.lambda-url.eu-central-1.on.aws"},` +
	`"requestContext":{"requestId":"id","http":{"method":"POST","path":"/v1/average","protocol":"HTTP/1.1"}},` +
	`"body":"{\"order_value\":50,\"orders_per_year\":4,\"lifespan_years\":3,\"gross_margin\":0.4}","isBase64Encoded":false}`

func benchLambda(folder string) error {
	binaries := map[string]string{"ours": "./functions/lambda", "empty": "./functions/bench/empty"}
	for name, pattern := range binaries {
		binaries[name] = filepath.Join(folder, "lambda-"+name)
		if _, err := command([]string{"CGO_ENABLED=0"}, "go", "build", "-tags", "lambda.norpc", "-trimpath", "-ldflags=-s -w",
			"-o", binaries[name], pattern); err != nil {
			return err
		}
	}
	fmt.Println("\nLambda: the binary against a served Runtime API, and an empty handler likewise")
	if err := lambdaInit(binaries); err != nil {
		return err
	}
	return lambdaInvoke(binaries)
}

// lambdaInit measures from the start of the process to its first request for work, which is what AWS calls init.
func lambdaInit(binaries map[string]string) error {
	times := map[string][]float64{}
	for range lambdaStarts {
		for name, binary := range binaries {
			function, err := bridge.Start(binary)
			if err != nil {
				return err
			}
			took, err := function.Init()
			function.Close()
			if err != nil {
				return err
			}
			times[name] = append(times[name], took.Seconds()*1e3)
		}
	}
	compareLambda("init", times, "ms")
	return nil
}

func lambdaInvoke(binaries map[string]string) error {
	functions := map[string]*bridge.Bridge{}
	for name, binary := range binaries {
		function, err := bridge.Start(binary)
		if err != nil {
			return err
		}
		defer function.Close()
		functions[name] = function
	}
	times := map[string][]float64{}
	for range lambdaRounds {
		for name, function := range functions {
			begin := time.Now()
			for range lambdaInvokes {
				if _, err := invoke(name, function); err != nil {
					return err
				}
			}
			times[name] = append(times[name], time.Since(begin).Seconds()*1e6/lambdaInvokes)
		}
	}
	compareLambda("invoke", times, "us")
	return nil
}

func invoke(name string, function *bridge.Bridge) ([]byte, error) {
	answer, err := function.Invoke(context.Background(), []byte(event))
	if err != nil || name == "empty" {
		return answer, err
	}
	if !bytes.Contains(answer, []byte(`"statusCode":200`)) {
		return nil, fmt.Errorf("lambda: %s", answer)
	}
	return answer, nil
}

// compareLambda prints the medians, and the median of the ratios of what was measured side by side.
func compareLambda(what string, times map[string][]float64, unit string) {
	var ratios []float64
	for i, ours := range times["ours"] {
		ratios = append(ratios, ours/times["empty"][i])
	}
	row(what+", ours and empty", fmt.Sprintf("%.1f, %.1f %s", median(times["ours"]), median(times["empty"]), unit), "")
	row(what+", ours / empty", fmt.Sprintf("%.2f x", median(ratios)), "<= 1.25 x")
}
