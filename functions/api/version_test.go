package api

import (
	"fmt"
	"testing"

	"hourglass/core/customers"
	"hourglass/core/orders"
)

// A model file names the engine that made it: the one that the API says it is.
func TestModelsNameThisEngine(t *testing.T) {
	m := customers.Build(&customers.Candidate{}, customers.Uncertainty{}, customers.Spend{}, orders.Summary{})
	if made := fmt.Sprintf("%v.%v.%v", m.Engine[0], m.Engine[1], m.Engine[2]); made != Version {
		t.Errorf("models are made by %s, the API is %s", made, Version)
	}
}
