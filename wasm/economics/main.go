// Command economics is the browser's module of unit economics: what a customer may cost, what is left of a sale, what the base does, what its opinion is worth.
package main

import (
	"hourglass/core/boundary"
	"hourglass/wasm/module"
)

func init() { module.Calculations = boundary.Economics }

func main() {}
