package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"

	"hourglass/core/orders"
	"hourglass/internal/gen/files"
)

const customersGuide = "docs/customers.md"

// What stands between these lines of the guide is generated.
var exportsBegin, exportsEnd = []byte("<!-- exports: generated from core/orders/presets.go -->\n"), []byte("<!-- end of exports -->\n")

// writeExports writes the guide's table of the exports that the reader knows.
func writeExports(out *files.Set) {
	guide, err := os.ReadFile(customersGuide)
	if err != nil {
		panic(err)
	}
	before, rest, ok := bytes.Cut(guide, exportsBegin)
	_, after, ended := bytes.Cut(rest, exportsEnd)
	if !ok || !ended {
		panic(customersGuide + " lacks the lines between which its table of exports stands")
	}
	out.Add(customersGuide, bytes.Join([][]byte{before, exportsBegin, exportsTable(), exportsEnd, after}, nil))
}

func exportsTable() []byte {
	var b bytes.Buffer
	b.WriteString("\n| from | where | who | when | how much | besides |\n|---|---|---|---|---|---|\n")
	for _, e := range orders.Exports() {
		var besides []string
		for _, role := range [...]orders.Role{orders.RoleOrder, orders.RoleStatus, orders.RoleType, orders.RoleRefunded, orders.RoleCancelled, orders.RoleCurrency} {
			if e.Columns[role] != "" {
				besides = append(besides, role.String())
			}
		}
		who := e.Columns[orders.RoleID]
		for _, role := range [...]orders.Role{orders.RoleEmail, orders.RolePhone, orders.RoleName} {
			if c := e.Columns[role]; c != "" {
				who += "|" + c
			}
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", e.Name, e.Where, columnNames(who), columnNames(e.Columns[orders.RoleDate]),
			columnNames(e.Columns[orders.RoleAmount]), strings.Join(besides, ", "))
	}
	b.WriteByte('\n')
	return b.Bytes()
}

// columnNames is a list of names without repeats.
func columnNames(list string) string {
	var names []string
	for name := range strings.SplitSeq(list, "|") {
		quoted := "`" + name + "`"
		if !strings.Contains(strings.Join(names, " "), quoted) {
			names = append(names, quoted)
		}
	}
	return strings.Join(names, ", ")
}
