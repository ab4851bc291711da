package release

import (
	"fmt"
	"testing"
)

func TestNumbersAreThoseOfTheVersion(t *testing.T) {
	v := Numbers()
	if text := fmt.Sprintf("%v.%v.%v", v[0], v[1], v[2]); text != Version {
		t.Errorf("%s, not %s", text, Version)
	}
}
