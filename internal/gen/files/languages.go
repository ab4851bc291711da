package files

import (
	"encoding/json"
	"fmt"
	"os"
)

// A Language is one that the site stands in: site/languages.json lists them, English first.
type Language struct{ Code, Name, Dir string }

// Languages reads the list; what it cannot be read without ends the program.
func Languages() (list []Language) {
	body, err := os.ReadFile("site/languages.json")
	if err == nil {
		err = json.Unmarshal(body, &list)
	}
	if err == nil && (len(list) == 0 || list[0].Code != "en") {
		err = fmt.Errorf("English, which the others are translated from, is not the first")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "site/languages.json:", err)
		os.Exit(1)
	}
	return list
}
