// Command bases is the browser's module of customer bases: what one is worth by tenure, and who is in it: segments and mixed revenue.
package main

import (
	"hourglass/core/boundary"
	"hourglass/wasm/module"
)

func init() { module.Calculations = boundary.Bases }

func main() {}
