package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"

	"hourglass/core/catalogue"
)

// styling is what temml adds for its own style sheet; the site's CSP refuses inline styles.
var styling = regexp.MustCompile(` (class|style)="[^"]*"`)

// outer is the element that a symbol's own MathML is taken out of.
var outer = regexp.MustCompile(`(?s)^<math[^>]*>(.*)</math>$`)

// mathML is formulas, converted once.
var mathML = sync.OnceValues(formulas)

// formulas converts the formula of every calculation to MathML, each symbol marked with the field that it stands for:
// <mi data-field="price">p</mi>.
func formulas() ([]string, error) {
	var tex []string
	for _, c := range catalogue.Calculations {
		tex = append(tex, c.Formula)
		for _, s := range c.Symbols {
			tex = append(tex, s.TeX)
		}
	}
	math, err := convert(tex)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, c := range catalogue.Calculations {
		formula, symbols := math[0], math[1:1+len(c.Symbols)]
		math = math[1+len(c.Symbols):]
		marked, err := mark(formula, symbols, c)
		if err != nil {
			return nil, err
		}
		out = append(out, marked)
	}
	return out, nil
}

func mark(formula string, symbols []string, c catalogue.Calculation) (string, error) {
	order := make([]int, len(symbols))
	for i := range symbols {
		order[i] = i
		symbols[i] = outer.FindStringSubmatch(symbols[i])[1]
	}
	slices.SortFunc(order, func(a, b int) int { return len(symbols[b]) - len(symbols[a]) }) // c_0 before c
	var held []string                                                                       // marked symbols, kept out of the way of shorter ones
	for _, i := range order {
		if !strings.Contains(formula, symbols[i]) {
			return "", fmt.Errorf("%s: the formula has no %s", c.ID, c.Symbols[i].TeX)
		}
		tag, rest, _ := strings.Cut(symbols[i], ">")
		held = append(held, fmt.Sprintf("%s data-field=%q>%s", tag, c.Symbols[i].Field, rest))
		formula = strings.ReplaceAll(formula, symbols[i], fmt.Sprintf("\x00%d\x00", len(held)-1))
	}
	for i, h := range held {
		formula = strings.ReplaceAll(formula, fmt.Sprintf("\x00%d\x00", i), h)
	}
	return formula, nil
}

// convert has temml turn TeX into MathML.
func convert(tex []string) ([]string, error) {
	in, err := json.Marshal(tex)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("node", "internal/gen/faces/mathml.mjs")
	cmd.Stdin, cmd.Stderr = bytes.NewReader(in), os.Stderr
	body, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("converting formulas (npm ci first?): %w", err)
	}
	var out []string
	if err := json.Unmarshal(body, &out); err != nil {
		return nil, err
	}
	for i := range out {
		out[i] = styling.ReplaceAllString(out[i], "")
	}
	return out, nil
}
