// Command wasm is the browser's first module: what a customer is worth.
package main

import (
	"hourglass/core/boundary"
	"hourglass/wasm/module"
)

func init() { module.Calculations = boundary.Calculator }

func main() {}
