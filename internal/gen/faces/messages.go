package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"

	"hourglass/internal/gen/files"
)

// writeMessages adds the modules that site/messages/compile.mjs makes of the page's messages in each language.
func writeMessages(out *files.Set) {
	cmd := exec.Command("node", "site/messages/compile.mjs", "-print")
	cmd.Stderr = os.Stderr
	body, err := cmd.Output()
	var modules map[string]string
	if err == nil {
		err = json.Unmarshal(body, &modules)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "compiling messages (npm ci first?):", err)
		os.Exit(1)
	}
	for path, text := range modules {
		out.Add("site/messages/"+path, []byte(text))
	}
}
