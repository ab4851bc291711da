package catalogue

import "math"

// A Unit is what a field's figures count. It gives the bounds of an input that states none of its own, and how a
// figure is shown.
type Unit struct {
	Min, Max float64
	Hint     string // what to do, where people commonly go wrong
}

// Units by the name in the struct tag. The ceilings keep every product of a formula far below the largest float64.
var Units = map[string]Unit{
	"money":   {0, 1e12, ""},
	"share":   {0, 1, "Shares are fractions: 0.05 means 5%."},
	"rate":    {0, 10, "Rates are fractions: 0.1 means 10%."},
	"count":   {0, 1e12, ""},
	"ratio":   {0, 1e6, ""},
	"years":   {0, 200, ""},
	"months":  {0, 2400, ""},
	"periods": {1, 2400, ""},
	"days":    {0, 73000, ""},
	"time":    {0, 1e12, "Any unit of time, the same throughout."},
	"any":     {-math.MaxFloat64, math.MaxFloat64, ""}, // in the unit of another field
	"number":  {-1e12, 1e12, ""},
	"row":     {1, 1e6, ""},  // which row of the calculation's list, from 1 on
	"place":   {1, 2400, ""}, // which period, from 1 on
}
