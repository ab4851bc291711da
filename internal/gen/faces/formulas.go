package main

import (
	"bytes"
	"fmt"
	"strings"

	"hourglass/core/catalogue"
)

// formulaTables writes the page of the spreadsheet formulas: for each calculation its function and its address, with
// the figures of the worked example.
func formulaTables() []byte {
	var w bytes.Buffer
	w.WriteString(docsNote + "# Every calculation as a spreadsheet formula\n\n" +
		"The figures are those of the worked examples; put your own cells in their place. Where your spreadsheet separates arguments by\n" +
		"semicolons, write `;` for `,` between them, but not within quotes. `YOUR-SERVER` is where Hourglass runs. Functions of the script and the add-in\n" +
		"have one name in every language; `WEBSERVICE` and its like have others, [in Excel](excel.md#in-another-language) as [in LibreOffice](libreoffice.md#in-another-language).\n\n" +
		"How to set each of them up: [Google Sheets](google-sheets.md), [Excel](excel.md), [LibreOffice](libreoffice.md).\n")
	for _, c := range catalogue.Calculations {
		formulaTable(&w, c)
	}
	return w.Bytes()
}

func formulaTable(w *bytes.Buffer, c catalogue.Calculation) {
	first := firstResult(c)
	fmt.Fprintf(w, "\n## %s\n\n%s [The formula behind it](../formulas/%s.md).\n\n", c.Title, c.Question, fileName(c))
	call := "(" + strings.Join(append([]string{`"` + first + `"`}, exampleArguments(c)...), ", ") + ")"
	address := "https://YOUR-SERVER/v1/" + c.ID + "?" + exampleQuery(c)
	fmt.Fprintf(w, "Google Sheets, with the script:\n\n```text\n=HOURGLASS_%s%s\n```\n\n", capitals(c), call)
	fmt.Fprintf(w, "Excel, with the add-in:\n\n```text\n=HOURGLASS.%s%s\n```\n\n", capitals(c), call)
	fmt.Fprintf(w, "Google Sheets, without:\n\n```text\n=IMPORTDATA(%s)\n```\n\n", literal(address+"&format=csv&header=false&field="+first))
	service := "WEBSERVICE(" + literal(address+"&format=value&field="+first) + ")"
	if resultAt(c.Layout().Results, first).Kind != catalogue.Option {
		service = "NUMBERVALUE(" + service + `, ".", ",")`
	}
	fmt.Fprintf(w, "Excel and LibreOffice, without:\n\n```text\n=%s\n```\n\n", service)
	w.WriteString("| argument | unit | bounds | blank means | |\n|---|---|---|---|---|\n")
	for _, f := range arguments(c) {
		blank := "needed"
		switch {
		case f.Default != nil:
			blank = defaultOf(f)
		case f.Optional:
			blank = "left out"
		}
		fmt.Fprintf(w, "| `%s` | %s | %s | %s | **%s.** %s |\n", f.Name, f.Unit, boundsOf(f), blank, f.Title, f.Help)
	}
	fmt.Fprintf(w, "\nResults: `%s`.\n", strings.Join(resultPaths(nil, "", c.Layout().Results), "`, `"))
}

// resultAt is the result at a path of resultPaths.
func resultAt(fields []catalogue.Field, path string) *catalogue.Field {
	name, rest, nested := strings.Cut(path, ".")
	for i := range fields {
		switch {
		case fields[i].Name == name && nested:
			return resultAt(fields[i].Fields, rest)
		case fields[i].Name == name:
			return &fields[i]
		}
	}
	return nil
}

// exampleArguments are the example's figures in the order of the arguments, as far as the last that is given.
func exampleArguments(c catalogue.Calculation) []string {
	values := exampleOf(c)
	var out []string
	last := 0
	for _, f := range arguments(c) {
		v, given := values[f.Name]
		out = append(out, "")
		if given {
			out[len(out)-1] = cell(f, v)
			last = len(out)
		}
	}
	return out[:last]
}

// cell is a value as a formula writes it: a list as an array of columns, records as JSON text.
func cell(f catalogue.Field, v any) string {
	text := string(compact(v))
	switch f.Kind {
	case catalogue.List:
		return "{" + strings.Trim(text, "[]") + "}"
	case catalogue.Records:
		return literal(text)
	}
	return text
}

// literal is a text in a formula. Excel takes no more than 255 characters in one piece.
func literal(text string) string {
	const most = 250
	var pieces []string
	for len(text) > most {
		pieces = append(pieces, text[:most])
		text = text[most:]
	}
	pieces = append(pieces, text)
	for i := range pieces {
		pieces[i] = `"` + strings.ReplaceAll(pieces[i], `"`, `""`) + `"`
	}
	return strings.Join(pieces, " & ")
}
