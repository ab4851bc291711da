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

// An equation is a calculation's formula in MathML, with all that goes with it.
type equation struct {
	formula, where string
	cases, letters []string // of the calculation's Cases and Symbols
}

// equations are those of all calculations, converted once.
var equations = sync.OnceValues(convertAll)

// convertAll converts the formulas of every calculation to MathML, each symbol marked with the field that it stands
// for: <mi data-field="price">p</mi>.
func convertAll() ([]equation, error) {
	var tex []string
	for _, c := range catalogue.Calculations {
		tex = append(tex, formulasOf(c)...)
		for _, s := range c.Symbols {
			tex = append(tex, s.TeX)
		}
	}
	math, err := convert(tex)
	if err != nil {
		return nil, err
	}
	var out []equation
	for _, c := range catalogue.Calculations {
		n := len(formulasOf(c))
		formulas, symbols := math[:n], math[n:n+len(c.Symbols)]
		math = math[n+len(c.Symbols):]
		letters, err := mark(formulas, symbols, c)
		if err != nil {
			return nil, err
		}
		out = append(out, equation{formulas[0], formulas[1], formulas[2:], letters})
	}
	return out, nil
}

// formulasOf are all TeX of a calculation but its symbols: the formula, what it takes as known, the cases.
func formulasOf(c catalogue.Calculation) []string {
	tex := []string{c.Formula, c.Where}
	for _, special := range c.Cases {
		tex = append(tex, special.Formula)
	}
	return tex
}

// mark marks the symbols in all formulas, and returns each of them alone. A letter that no symbol explains and no
// formula defines is an error.
func mark(formulas, symbols []string, c catalogue.Calculation) (letters []string, err error) {
	order := make([]int, len(symbols))
	for i := range symbols {
		order[i] = i
		letters = append(letters, strings.Replace(symbols[i], ` display="block"`, "", 1))
		symbols[i] = outer.FindStringSubmatch(symbols[i])[1]
	}
	slices.SortFunc(order, func(a, b int) int { return len(symbols[b]) - len(symbols[a]) }) // c_0 before c
	var held []string                                                                       // marked symbols, kept out of the way of shorter ones
	for _, i := range order {
		tag, rest, _ := strings.Cut(symbols[i], ">")
		held = append(held, fmt.Sprintf("%s %s>%s", tag, attribute(c.Symbols[i]), rest))
		found := false
		for k := range formulas {
			found = found || strings.Contains(formulas[k], symbols[i])
			formulas[k] = strings.ReplaceAll(formulas[k], symbols[i], fmt.Sprintf("\x00%d\x00", len(held)-1))
		}
		if !found {
			return nil, fmt.Errorf("%s: no formula has the symbol %s", c.ID, c.Symbols[i].TeX)
		}
	}
	if c.Module != catalogue.Customers { // the models' letters are told by their sources
		if letter := unexplained(formulas); letter != "" {
			return nil, fmt.Errorf("%s: no symbol explains %s", c.ID, letter)
		}
	}
	for k := range formulas {
		for i, h := range held {
			formulas[k] = strings.ReplaceAll(formulas[k], fmt.Sprintf("\x00%d\x00", i), h)
		}
	}
	return letters, nil
}

// attribute tells the page what a symbol stands for.
func attribute(s catalogue.Symbol) string {
	if s.Field == "" {
		return fmt.Sprintf("data-means=%q", s.Means)
	}
	if s.Else == "" {
		return fmt.Sprintf("data-field=%q", s.Field)
	}
	return fmt.Sprintf("data-field=%q data-else=%q", s.Field, s.Else)
}

var (
	aLetter = regexp.MustCompile(`<mi[^>]*>(\p{L}[^<]*)</mi>`)
	defined = regexp.MustCompile(`<mi[^>]*>([^<]*)</mi>(?:</\w+>|<mspace></mspace>)*<mo[^>]*>=</mo>`)
)

// known are the letters that mathematics has taken.
var known = []string{"e", "max"}

// unexplained is a letter, among those not marked, that stands on the left of no equals sign.
func unexplained(formulas []string) string {
	all := strings.Join(formulas, "")
	explained := slices.Clone(known)
	for _, left := range defined.FindAllStringSubmatch(all, -1) {
		explained = append(explained, left[1])
	}
	for _, letter := range aLetter.FindAllStringSubmatch(all, -1) {
		if !slices.Contains(explained, letter[1]) {
			return letter[1]
		}
	}
	return ""
}

// convert has temml turn TeX into MathML; no TeX remains none.
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
		out[i] = strings.ReplaceAll(styling.ReplaceAllString(out[i], ""), "<mi>/</mi>", `<mo lspace="0" rspace="0">/</mo>`)
	}
	return out, nil
}
