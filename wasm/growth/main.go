// Command growth is the browser's module of plans: what several levers bring together, and the hourglass.
package main

import (
	"hourglass/core/boundary"
	"hourglass/wasm/module"
)

func init() { module.Calculations = boundary.Growth }

func main() {}
