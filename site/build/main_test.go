package main

import (
	"fmt"
	"os"
	"os/exec"
	"testing"
)

// What is built is made of files that are generated and not committed.
func TestMain(m *testing.M) {
	if out, err := exec.Command("go", "run", "hourglass/internal/gen", "-site").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%s\n%v (npm ci first?)\n", out, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}
