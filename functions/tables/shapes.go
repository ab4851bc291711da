package tables

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"hourglass/core/orders"
)

// plain is a value with what databases and programs wrap around it taken off: MongoDB's and DynamoDB's types, money in the smallest unit, tables by rows or by
// columns, objects by their keys. site/customers/json-shapes.ts does the same.
func plain(v any, depth int) any {
	if depth == 0 {
		return v
	}
	switch v := v.(type) {
	case []any:
		if list := namedRows(v, nil); list != nil {
			return list
		}
		for i, e := range v {
			v[i] = plain(e, depth-1)
		}
	case map[string]any:
		if inner, ok := typed(v); ok {
			return plain(inner, depth-1)
		}
		if list := answered(v); list != nil {
			return list
		}
		if list := table(v); list != nil {
			return list
		}
		for name, e := range v {
			v[name] = plain(e, depth-1)
			if o, ok := v[name].(map[string]any); ok {
				inUnits(name, o)
			}
		}
	}
	return v
}

// typed is the value of MongoDB's extended JSON, {"$oid": "…"}, {"$date": {"$numberLong": "…"}}, or of DynamoDB's: {"S": "…"}, {"N": "1.5"}, {"M": {…}}.
func typed(o map[string]any) (any, bool) {
	for name, v := range o {
		if len(o) == 1 && (strings.HasPrefix(name, "$") || ofDynamo(name, v)) {
			if name == "NULL" {
				v = nil
			}
			return v, true
		}
	}
	return nil, false
}

// ofDynamo reports whether a name is that of a type of DynamoDB's which the value has.
func ofDynamo(name string, v any) (ok bool) {
	switch name {
	case "S", "N":
		_, ok = v.(string)
	case "BOOL", "NULL":
		_, ok = v.(bool)
	case "M":
		_, ok = v.(map[string]any)
	case "L", "SS", "NS":
		_, ok = v.([]any)
	}
	return ok
}

// answered are the rows of an answer of BigQuery's API, whose cells are {"v": "…"} under "f" and have their names in its schema; nil for anything else.
func answered(o map[string]any) []any {
	schema, _ := o["schema"].(map[string]any)
	fields, _ := schema["fields"].([]any)
	rows, _ := o["rows"].([]any)
	var list []any
	for _, row := range rows {
		of, _ := row.(map[string]any)
		cells, _ := of["f"].([]any)
		if len(cells) == 0 || len(cells) != len(fields) {
			return nil
		}
		named := map[string]any{}
		for i, c := range cells {
			field, _ := fields[i].(map[string]any)
			cell, _ := c.(map[string]any)
			named[scalar(field["name"])] = cell["v"]
		}
		list = append(list, named)
	}
	return list
}

// inUnits writes money that is counted in the smallest unit as an amount: Etsy's with its divisor, commercetools' with its digits, Square's by the name.
func inUnits(name string, o map[string]any) {
	digits, from := -1, "amount"
	switch {
	case o["divisor"] != nil:
		digits = len(scalar(o["divisor"])) - 1
	case o["centAmount"] != nil:
		digits, from = 2, "centAmount"
		if n, err := strconv.Atoi(scalar(o["fractionDigits"])); err == nil {
			digits = n
		}
	case strings.HasSuffix(name, "_money") || strings.HasSuffix(name, "Money") && name != "shopMoney" && name != "presentmentMoney":
		digits = 2
		if orders.WholeUnits(scalar(o["currency"])) {
			digits = 0
		}
	}
	n, isNumber := o[from].(json.Number)
	if text := n.String(); isNumber && digits >= 0 && digits <= 4 && !strings.ContainsAny(text, ".eE") {
		for _, name := range []string{"divisor", "centAmount", "fractionDigits", "type"} {
			delete(o, name)
		}
		o["amount"] = json.Number(shifted(text, digits))
	}
}

// shifted is a whole number divided by a power of ten.
func shifted(text string, digits int) string {
	if digits == 0 {
		return text
	}
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "-", text[1:]
	}
	text = strings.Repeat("0", max(0, digits+1-len(text))) + text
	return sign + text[:len(text)-digits] + "." + text[len(text)-digits:]
}

// namedRows are the rows of a table as objects: lists of cells under the names, which are those of the first row where none are given.
func namedRows(rows []any, names []any) []any {
	if names == nil {
		if len(rows) < 2 {
			return nil
		}
		first, ok := rows[0].([]any)
		if !ok {
			return nil
		}
		names, rows = first, rows[1:]
	}
	if len(names) == 0 || len(rows) == 0 || slices.ContainsFunc(names, func(v any) bool { _, ok := v.(string); return !ok }) {
		return nil
	}
	var list []any
	for _, row := range rows {
		cells, ok := row.([]any)
		if !ok || len(cells) > len(names) {
			return nil
		}
		o := map[string]any{}
		for i, v := range cells {
			o[names[i].(string)] = v
		}
		list = append(list, o)
	}
	return list
}

// table is the list of objects that an object holds in another shape: names and rows (pandas "split"), a column for each name (pandas' usual),
// an object for each key (Firebase); nil where it is nothing of the kind.
func table(o map[string]any) []any {
	lists, objects := 0, 0
	for _, v := range o {
		switch v := v.(type) {
		case []any:
			lists++
		case map[string]any:
			objects += min(len(v), 1)
		}
	}
	switch {
	case lists >= 2 && len(o) <= maxBeside:
		return split(o)
	case objects >= 2 && objects == len(o):
		return turned(o)
	}
	return nil
}

// maxBeside is how much may stand beside the names and the rows of a table.
const maxBeside = 12

// split are the rows of an object that has them, and their names, as lists.
func split(o map[string]any) []any {
	names := slices.Sorted(maps.Keys(o))
	for _, name := range names {
		head, ok := o[name].([]any)
		for _, other := range names {
			rows, isList := o[other].([]any)
			if ok && isList && other != name {
				if list := namedRows(rows, head); list != nil {
					return list
				}
			}
		}
	}
	return nil
}

// turned are the rows of an object of objects: those of its columns, or the objects under its keys.
func turned(o map[string]any) []any {
	names := slices.Sorted(maps.Keys(o))
	keyed, columns := true, true
	for _, name := range names {
		inner := o[name].(map[string]any)
		keyed = keyed && (strings.HasPrefix(name, "-") || strings.ContainsAny(name, "0123456789"))
		for key, v := range inner {
			_, isNumber := strconv.Atoi(key)
			columns = columns && isNumber == nil && scalarOrNil(v)
		}
	}
	var list []any
	switch {
	case columns:
		rows := map[string]any{}
		for _, name := range names {
			for key, v := range o[name].(map[string]any) {
				row, ok := rows[key].(map[string]any)
				if !ok {
					row = map[string]any{}
					rows[key] = row
				}
				row[name] = v
			}
		}
		keys := slices.SortedFunc(maps.Keys(rows), func(a, b string) int {
			i, _ := strconv.Atoi(a)
			j, _ := strconv.Atoi(b)
			return i - j
		})
		for _, key := range keys {
			list = append(list, rows[key])
		}
	case keyed:
		for _, name := range names {
			list = append(list, plain(o[name], maxNesting))
		}
	}
	return list
}

func scalarOrNil(v any) bool {
	switch v.(type) {
	case []any, map[string]any:
		return false
	}
	return true
}

// paging are the names that the envelope of a list has beside it.
const paging = "|object|has_more|hasMore|url|count|total|total_count|totalCount|totalItems|total_items|total_pages|totalPages|page|pages|per_page|perPage|page_size|pageSize|limit|offset|next|previous|prev|first|last|cursor|next_cursor|nextCursor|next_page|status|success|ok|message|error|code|took|timed_out|version|@odata.context|@odata.count|Count|ScannedCount|ConsumedCapacity|"

// envelopes are the names that lists have in an envelope; an order has none of these.
var envelopes = []string{"data", "results", "records", "orders", "rows", "transactions", "charges", "payments", "Items"}

// scalars counts the values of an object that are no list or object, and that an envelope has not.
func scalars(o map[string]any) (n int) {
	envelope := slices.ContainsFunc(envelopes, func(name string) bool { _, ok := o[name].([]any); return ok })
	for name, v := range o {
		if scalarOrNil(v) && !(envelope && strings.Contains(paging, "|"+name+"|")) {
			n++
		}
	}
	return n
}
