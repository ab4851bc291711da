// Command growth is the browser's second module: what would raise that worth.
package main

import (
	"hourglass/core/boundary"
	"hourglass/wasm/module"
)

func init() { module.Calculations = boundary.Growth }

func main() {}
