package main

import (
	"bytes"
	"fmt"

	"hourglass/core/catalogue"
)

// fieldTables writes the catalogue's layouts as Go literals.
func fieldTables(calls []call, tools []toolForm) []byte {
	var w bytes.Buffer
	fmt.Fprint(&w, "package catalogue\n\nvar layouts = map[string]Layout{\n")
	for _, c := range calls {
		fmt.Fprintf(&w, "%q: {\nInputs: ", c.ID)
		fieldList(&w, c.layout.Inputs)
		fmt.Fprint(&w, ",\nResults: ")
		fieldList(&w, c.layout.Results)
		fmt.Fprint(&w, ",\n},\n")
	}
	fmt.Fprint(&w, "}\n\nvar toolLayouts = map[string]Layout{\n")
	for _, t := range tools {
		fmt.Fprintf(&w, "%q: {\nInputs: ", t.ID)
		fieldList(&w, t.layout.Inputs)
		fmt.Fprint(&w, ",\nResults: ")
		fieldList(&w, t.layout.Results)
		fmt.Fprint(&w, ",\n},\n")
	}
	fmt.Fprint(&w, "}\n")
	return w.Bytes()
}

func fieldList(w *bytes.Buffer, fields []catalogue.Field) {
	fmt.Fprint(w, "[]Field{\n")
	for _, f := range fields {
		fmt.Fprintf(w, "{Name: %q, Title: %q, Help: %q, Unit: %q, Kind: %s", f.Name, f.Title, f.Help, f.Unit, kindNames[f.Kind])
		if f.Optional {
			fmt.Fprint(w, ", Optional: true")
		}
		if f.Default != nil {
			fmt.Fprintf(w, ", Default: new(float64(%v))", *f.Default)
		}
		if f.Min != 0 || f.Max != 0 {
			fmt.Fprintf(w, ", Min: %v, Max: %v", f.Min, f.Max)
		}
		if f.Above {
			fmt.Fprint(w, ", Above: true")
		}
		if f.Whole {
			fmt.Fprint(w, ", Whole: true")
		}
		if f.MaxItems > 0 {
			fmt.Fprintf(w, ", MinItems: %d, MaxItems: %d", f.MinItems, f.MaxItems)
		}
		if f.Options != nil {
			fmt.Fprintf(w, ", Options: %#v", f.Options)
		}
		if f.Fields != nil {
			fmt.Fprint(w, ", Fields: ")
			fieldList(w, f.Fields)
		}
		fmt.Fprint(w, "},\n")
	}
	fmt.Fprint(w, "}")
}

var kindNames = map[catalogue.Kind]string{
	catalogue.Number: "Number", catalogue.Option: "Option", catalogue.List: "List",
	catalogue.Group: "Group", catalogue.Records: "Records", catalogue.Text: "Text", catalogue.Texts: "Texts",
	catalogue.Object: "Object", catalogue.Matrix: "Matrix", catalogue.Notices: "Notices",
}
