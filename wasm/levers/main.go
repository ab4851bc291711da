// Command levers is the browser's module of single levers: what better service, an upsell or a first deal is worth by itself.
package main

import (
	"hourglass/core/boundary"
	"hourglass/wasm/module"
)

func init() { module.Calculations = boundary.Levers }

func main() {}
