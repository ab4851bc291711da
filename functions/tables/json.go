package tables

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"hourglass/core/orders"
)

const (
	maxNesting = 8
	maxList    = 1000 // entries of a list within an order that become rows
)

// IsJSON tells whether a text begins as JSON does: a list, or an object.
func IsJSON(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(head) < 2 {
		return false
	}
	rest := bytes.TrimLeft(head[1:], " \t\r\n[{")
	inner := bytes.IndexByte(head[1:len(head)-len(rest)], '{') >= 0 || bytes.IndexByte(head[1:len(head)-len(rest)], '[') >= 0
	return head[0] == '{' && len(rest) > 0 && rest[0] == '"' || head[0] == '[' && len(rest) > 0 && (rest[0] == '"' || rest[0] == ']') && inner
}

// A cell is a value with the path to it.
type cell struct{ path, text string }

// Rows turns JSON into CSV: a list of objects, an object a line, or an object that holds such a list. The
// names of nested values are their paths, as customer.email. Where an order holds a list of objects,
// its lines, each line becomes a row and repeats what is the order's. path says where the list is, as data.orders; the
// longest one is taken where it is empty.
func Rows(in io.Reader, path string) (io.Reader, error) {
	b := bufio.NewReaderSize(in, headBytes)
	if mark, _ := b.Peek(3); string(mark) == "\xef\xbb\xbf" {
		b.Discard(3)
	}
	d := json.NewDecoder(b)
	d.UseNumber()
	var rows [][]cell
	lists := map[string]int{}
	for {
		var v any
		if err := d.Decode(&v); err == io.EOF {
			break
		} else if err != nil {
			return nil, fmt.Errorf("the JSON breaks off or is damaged after %d orders: %w", len(rows), err)
		}
		v = plain(v, maxNesting)
		found := ordersIn(v)
		if path != "" {
			count(v, "", maxNesting, lists)
			found = listAt(v, path)
		}
		for _, o := range found {
			rows = append(rows, flatten(o)...)
		}
	}
	if len(rows) == 0 && path != "" {
		return nil, fmt.Errorf("no list of orders stands at %q in the JSON%s", path, others(lists))
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("no orders were found in the JSON: it needs a list with an object for each order")
	}
	return bytes.NewReader(written(rows)), nil
}

// ordersIn is the list of objects in a value: the value itself, or the longest list of objects that it holds.
func ordersIn(v any) []map[string]any {
	switch v := v.(type) {
	case []any:
		var list []map[string]any
		for _, e := range v {
			if o, ok := e.(map[string]any); ok {
				list = append(list, o)
			}
		}
		return list
	case map[string]any:
		var longest []map[string]any
		for _, e := range v {
			if _, ok := e.([]any); !ok {
				if _, ok := e.(map[string]any); !ok {
					continue
				}
			}
			if list := wrapped(e, maxNesting); len(list) > len(longest) {
				longest = list
			}
		}
		if scalars(v) >= 3 || longest == nil { // an order by itself, which may hold its lines
			return []map[string]any{v}
		}
		return longest
	}
	return nil
}

// listAt is the list of objects at a path.
func listAt(v any, path string) []map[string]any {
	for name := range strings.SplitSeq(path, ".") {
		o, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = o[name]
	}
	if o, ok := v.(map[string]any); ok { // one order
		return []map[string]any{o}
	}
	return ordersIn(v)
}

// count notes how long the lists of objects in a value are, by their paths.
func count(v any, path string, depth int, lists map[string]int) {
	o, ok := v.(map[string]any)
	if !ok || depth == 0 {
		return
	}
	for name, e := range o {
		if list, ok := e.([]any); ok {
			lists[join(path, name)] += len(ordersIn(list))
			continue
		}
		count(e, join(path, name), depth-1, lists)
	}
}

// others names the lists that there are, but none whose name may be somebody's.
func others(lists map[string]int) string {
	var names []string
	for name, n := range lists {
		if n > 0 && orders.KnownName([]byte(name)) {
			names = append(names, fmt.Sprintf("%s (%d)", name, n))
		}
	}
	if len(names) == 0 {
		return ""
	}
	slices.Sort(names)
	return ": there are " + strings.Join(names[:min(len(names), 20)], ", ")
}

// wrapped looks for a list of objects under names: {"data": {"orders": [...]}}.
func wrapped(v any, depth int) []map[string]any {
	switch v := v.(type) {
	case []any:
		return ordersIn(v)
	case map[string]any:
		var longest []map[string]any
		if depth > 0 {
			for _, e := range v {
				if list := wrapped(e, depth-1); len(list) > len(longest) {
					longest = list
				}
			}
		}
		return longest
	}
	return nil
}

// flatten makes an order into its rows. What went back, in a list of refunds, becomes a column of the order.
func flatten(o map[string]any) [][]cell {
	var own []cell
	var lines []map[string]any
	prefix := ""
	var walk func(path string, v any, depth int)
	walk = func(path string, v any, depth int) {
		switch v := v.(type) {
		case map[string]any:
			if depth < maxNesting {
				for _, name := range slices.Sorted(maps.Keys(v)) {
					walk(join(path, name), v[name], depth+1)
				}
			}
		case []any:
			list := ordersIn(v)
			if refunds.MatchString(path) {
				if sum, ok := refunded(list); ok {
					own = append(own, cell{path + ".amount", sum})
				}
			} else if len(list) <= maxList && areLines(path, len(list), prefix, len(lines)) {
				lines, prefix = list, path
			}
		case nil:
		default:
			own = append(own, cell{path, scalar(v)})
		}
	}
	walk("", o, 0)
	if len(lines) == 0 {
		return [][]cell{own}
	}
	var rows [][]cell
	for _, line := range lines {
		row := append([]cell(nil), own...)
		for name, v := range line {
			switch v.(type) {
			case map[string]any, []any, nil:
			default:
				row = append(row, cell{join(rowName(prefix), name), scalar(v)})
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// rowName is the name of a list's entries where each is an order: of somebody's orders, "orders.total" is what one came to, not how many there are.
func rowName(list string) string {
	at := strings.LastIndexByte(list, '.') + 1
	switch strings.ToLower(list[at:]) {
	case "orders", "purchases", "transactions", "invoices":
		return list[:len(list)-1]
	}
	return list
}

var (
	refunds = regexp.MustCompile(`(?i)refund`)
	// Lists of an order that are what was bought, and lists that are not.
	items   = regexp.MustCompile(`(?i)item|product|position`)
	besides = regexp.MustCompile(`(?i)shipping|tax|discount|coupon|promotion|fee|fulfil|shipment|tracking|payment|transaction|note|meta|attribute|tag|histor|address|adjustment|event`)
)

// areLines tells whether the list of n objects at a path is more likely an order's lines than the best so far: by its name, or by its
// length.
func areLines(path string, n int, best string, most int) bool {
	switch {
	case n == 0:
		return false
	case items.MatchString(path) != items.MatchString(best):
		return items.MatchString(path)
	}
	return (items.MatchString(path) || !besides.MatchString(path)) && n > most
}

// refunded is the sum of an order's refunds: of the amount of each, or of the money that moved for it.
func refunded(list []map[string]any) (string, bool) {
	var sum float64
	for _, refund := range list {
		back, ok := moneyOf(refund)
		if !ok {
			moves, _ := refund["transactions"].([]any)
			for _, move := range ordersIn(moves) {
				if kind, _ := move["kind"].(string); kind == "" || kind == "refund" {
					if v, is := moneyOf(move); is {
						back, ok = back+v, true
					}
				}
			}
		}
		if !ok {
			return "", false
		}
		sum += back
	}
	return strconv.FormatFloat(math.Round(sum*1e6)/1e6, 'f', -1, 64), len(list) > 0
}

// moneyOf is what an object says of its money, without the sign.
func moneyOf(o map[string]any) (float64, bool) {
	for _, name := range []string{"amount", "total"} {
		v := o[name]
		if nested, ok := v.(map[string]any); ok {
			v = nested["value"]
		}
		if text := scalar(v); text != "" {
			money, err := strconv.ParseFloat(text, 64)
			return math.Abs(money), err == nil && !math.IsInf(money, 0) && !math.IsNaN(money)
		}
	}
	return 0, false
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case json.Number:
		return v.String()
	}
	return ""
}

// written is rows as CSV, a column for each path.
func written(rows [][]cell) []byte {
	at := map[string]int{}
	var names []string
	for _, row := range rows {
		for _, c := range row {
			if _, ok := at[c.path]; !ok {
				at[c.path] = len(names)
				names = append(names, c.path)
			}
		}
	}
	order(names, at)
	var out []byte
	out = line(out, names)
	cells := make([]string, len(names))
	for _, row := range rows {
		clear(cells)
		for _, c := range row {
			cells[at[c.path]] = c.text
		}
		out = line(out, cells)
	}
	return out
}

func line(out []byte, cells []string) []byte {
	for i, c := range cells {
		if i > 0 {
			out = append(out, ',')
		}
		out = appendCell(out, c)
	}
	return append(out, '\n')
}

// order sorts the names, since a map of JSON has none, and numbers them.
func order(names []string, at map[string]int) {
	slices.Sort(names)
	for i, name := range names {
		at[name] = i
	}
}
