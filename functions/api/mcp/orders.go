package mcp

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"hourglass/core/catalogue"
	"hourglass/core/customers"
	"hourglass/core/orders"
	"hourglass/functions/api/wire"
)

// mostNamed is how many customers customers_from_orders names unless it is told otherwise: fewer where the answer would be too long to read.
const (
	mostNamed  = 5
	mostLetter = 1950
)

// mostOrders is what a request holds anyway.
const mostOrders = 10_000

// ofOrders are the fields of customers/value that customers_from_orders passes on.
var ofOrders = []string{"gross_margin", "horizon_days", "annual_discount_rate", "cac", "interval_level", "model"}

// customersFromOrders values customers by a list of their orders, which is what somebody who asks has at hand: the columns that
// the models want are made of it here, and the customers' ids come back.
func customersFromOrders() *tool {
	c := find("customers/value")
	var fields []catalogue.Field
	for _, name := range ofOrders {
		fields = append(fields, *anyFieldOf(c, name))
	}
	properties, _ := propertiesOf(fields)
	order := objectOf(`"customer":`+textOf("Id, e-mail or name.")+`,"date":`+textOf("Such as 2026-03-31.")+`,"amount":{"type":"number"}`, []string{"customer", "date", "amount"}, "")
	return &tool{name: "customers_from_orders", title: "Customers from orders",
		about: "Use when there is a list of orders with customer, date and amount, and it is asked what each customer is worth, who is still active, or what is to come. " +
			"Needs orders or csv, and gross_margin unless there are no amounts. Returns all_customers (sums with intervals), new_customer, how many customers are in each segment (by value and risk) and " +
			"the best customers by id, of all or of a segment, with their value and chance to be active.",
		input: objectOf(`"orders":{"type":"array","description":"Up to 10,000.","items":`+order+`},"csv":`+
			textOf("Instead of orders: the text of a file, as a shop exports it, its first line naming the columns.")+`,`+properties+
			`,"top":{"type":"integer","description":"How many customers to name, the most valuable first. Default `+strconv.Itoa(mostNamed)+` at most."},"segment":`+textOf("Name customers of this segment only. Those who are about to leave are slipping_.", segments()...), []string{"gross_margin"}, ""),
		run: runOrders}
}

// segments are the names of all segments.
func segments() (list []string) {
	for s := range customers.SegmentCount {
		list = append(list, customers.Segment(s).String())
	}
	return list
}

func anyFieldOf(c *catalogue.Calculation, name string) *catalogue.Field {
	inputs := c.Layout().Inputs
	return &inputs[wire.IndexOf(inputs, name, 0)]
}

// wrong is the problem of one field.
func wrong(field, code, detail string) *wire.Problem {
	var f wire.Faults
	f.Add(wire.Fault{Pointer: "/" + field, Code: code, Detail: detail})
	bad := wire.Invalid(f)
	return &bad
}

func runOrders(x *call, arguments []pair) (answer, *wire.Problem) {
	top, table, segment, options := 0, "", "", orders.Options{}
	var input []pair
	for _, p := range arguments {
		switch {
		case p.name == "orders":
			list := p.value
			if list.Kind() == '"' {
				text := wire.Override(list, "")
				if !strings.HasPrefix(strings.TrimSpace(text), "[") { // that of a file
					table = text
					continue
				}
				list = jsontext.Value(text)
			}
			text, bad := tableOf(list)
			if bad != nil {
				return answer{}, bad
			}
			table, options.Header = text, orders.HeaderPresent
			options.Columns[orders.RoleID], options.Columns[orders.RoleDate], options.Columns[orders.RoleAmount] = 1, 2, 3
		case p.name == "csv":
			table = wire.Override(p.value, "")
		case p.name == "top":
			n, err := strconv.Atoi(strings.Trim(string(p.value), `"`))
			if err != nil || n < 1 || n > mostOrders {
				return answer{}, wrong("top", "too_low", "top must be a whole number from 1 to 10000.")
			}
			top = n
		case p.name == "segment":
			segment = strings.ReplaceAll(strings.ToLower(wire.Override(p.value, "")), " ", "_")
			if segment != "" && !slices.Contains(segments(), segment) {
				return answer{}, unknown("segment", segment, segments())
			}
		case slices.Contains(ofOrders, p.name):
			input = append(input, p)
		default:
			return answer{}, unknown("field", p.name, append([]string{"orders", "csv", "top", "segment"}, ofOrders...))
		}
	}
	if strings.TrimSpace(table) == "" {
		return answer{}, wrong("orders", "required", `orders is missing. Give [{"customer": "a", "date": "2026-03-31", "amount": 30}, ...], or csv with the text of a file.`)
	}
	reader := orders.NewReader(options)
	_, _ = reader.Write([]byte(table))
	if err := reader.Close(); err != nil {
		return answer{}, wrong("orders", "not_a_list", "The orders cannot be read: "+err.Error())
	}
	log, report := reader.Log(), reader.Report()
	s := log.Summaries(orders.Split{UnitDays: 1, Gaps: true})
	input = append(input,
		pair{"frequency", wire.AppendList(nil, s.X)}, pair{"recency", wire.AppendList(nil, s.TX)}, pair{"age", wire.AppendList(nil, s.T)},
		pair{"log_gaps", wire.AppendList(nil, s.Gaps)})
	if slices.ContainsFunc(log.Amount, func(amount float64) bool { return amount > 0 }) {
		input = append(input, pair{"mean_spend", wire.AppendList(nil, s.Mean)}, pair{"mean_spend_of", jsontext.Value(quotedWhole(s.Split.Mean.String()))})
	}
	out, bad := x.calculate(find("customers/value"), joined(input))
	if bad != nil {
		return answer{}, bad
	}
	w := wish{top, segment, customers.TooShort(s)}
	if top == 0 {
		w.top = mostNamed
	}
	whole := out.text
	for out.text = named(whole, log, s.Customer, report, w); top == 0 && w.top > 1 && len((&digest{}).of(out.fields, out.text, true)) > mostLetter; {
		w.top--
		out.text = named(whole, log, s.Customer, report, w)
	}
	return out, nil
}

// tableOf is a list of orders as a table.
func tableOf(list jsontext.Value) (string, *wire.Problem) {
	rows := elements(list)
	if len(rows) == 0 || len(rows) > mostOrders {
		return "", wrong("orders", "not_a_list", `orders must be a list of 1 to 10000 objects: [{"customer": "a", "date": "2026-03-31", "amount": 30}, ...].`)
	}
	var w strings.Builder
	w.WriteString("customer,date,amount\n")
	for i, row := range rows {
		cells := map[string]string{}
		for _, p := range pairs(row) {
			cells[p.name] = wire.Override(p.value, string(p.value))
		}
		for k, name := range []string{"customer", "date", "amount"} {
			cell, ok := cells[name]
			if !ok || cell == "" || cell == "null" {
				return "", wrong("orders/"+strconv.Itoa(i)+"/"+name, "required", "orders/"+strconv.Itoa(i)+"/"+name+" is missing. Each order has customer, date and amount.")
			}
			if k > 0 {
				w.WriteByte(',')
			}
			w.WriteString(`"` + strings.NewReplacer(`"`, `""`, "\r", " ", "\n", " ").Replace(cell) + `"`)
		}
		w.WriteByte('\n')
	}
	return w.String(), nil
}

// A wish is which customers are to be named, and what of them.
type wish struct {
	top     int
	segment string // empty for all
	ranked  bool   // only who comes before whom: the orders cover too little time to say more of anybody
}

// there are the members that say something. Spend is told by the value, but for the margin.
func (w wish) there(value jsontext.Value) []pair {
	return slices.DeleteFunc(pairs(value), func(m pair) bool {
		return m.value.Kind() == 'n' || strings.HasPrefix(m.name, "expected_spend")
	})
}

// named is the answer of customers/value with what was read before it, and the best customers by their ids in the place of rows.
func named(result jsontext.Value, log *orders.Log, customer []uint32, report *orders.Report, w wish) jsontext.Value {
	first, last := log.Span()
	out := []pair{
		{"orders", jsontext.Value(strconv.Itoa(log.Orders()))}, {"customers", jsontext.Value(strconv.Itoa(log.Customers()))},
		{"first_day", jsontext.Value(quotedWhole(date(first)))}, {"last_day", jsontext.Value(quotedWhole(date(last)))},
		{"rows_set_aside", jsontext.Value(strconv.FormatUint(report.SetAsideRows(), 10))},
	}
	if report.DateAmbiguous {
		out = append(out, pair{"dates_read_as", jsontext.Value(quotedWhole(report.DateOrder.String()))})
	}
	for _, p := range pairs(result) {
		switch p.name {
		case "parameters", "fit", "model_reason", "spend_reason":
		case "all_customers", "new_customer":
			out = append(out, pair{p.name, joined(w.there(p.value))})
		case "warnings":
			out = append(out, pair{p.name, once(elements(p.value))})
		case "by_row":
			rows := elements(p.value)
			out = append(out, pair{"segments", counted(rows)}, pair{"by_customer", w.best(rows, log, customer)})
		default:
			if string(p.value) != "[]" { // of the groups and tests that nobody asked for
				out = append(out, p)
			}
		}
	}
	return joined(out)
}

// once are warnings, each code once, without the fields of an input that the caller did not write.
func once(warnings []jsontext.Value) jsontext.Value {
	seen, dst := map[string]bool{}, []byte{'['}
	for _, w := range warnings {
		parts := wire.Members(string(w))
		if code := string(parts["code"]); !seen[code] {
			seen[code] = true
			dst = append(append(dst, joined([]pair{{"code", parts["code"]}, {"message", parts["message"]}})...), ',')
		}
	}
	return wire.Closed(dst, ']')
}

// bestFields are those of a customer among the best.
var bestFields = []string{"clv", "clv_lower", "clv_upper", "p_alive", "expected_orders", "segment"}

// rough is a number to the third place, which is as far as anything about one customer goes.
func rough(value jsontext.Value) jsontext.Value {
	x, err := strconv.ParseFloat(string(value), 64)
	if err != nil {
		return value
	}
	return wire.AppendNumber(nil, math.Round(1000*x)/1000)
}

// counted is how many customers are in each segment that has any.
func counted(rows []jsontext.Value) jsontext.Value {
	count := map[string]int{}
	for _, row := range rows {
		count[wire.Override(wire.Members(string(row))["segment"], "")]++
	}
	var out []pair
	for _, name := range segments() {
		if count[name] > 0 {
			out = append(out, pair{name, jsontext.Value(strconv.Itoa(count[name]))})
		}
	}
	return joined(out)
}

// best are the best customers by their ids.
func (w wish) best(rows []jsontext.Value, log *orders.Log, customer []uint32) jsontext.Value {
	type ranked struct {
		rank float64
		text jsontext.Value
	}
	var list []ranked
	for i, row := range rows {
		if w.segment != "" && wire.Override(wire.Members(string(row))["segment"], "") != w.segment {
			continue
		}
		one, rank := []pair{{"customer", jsontext.Value(quotedWhole(string(log.ID(int(customer[i])))))}}, 0.0
		for _, p := range w.there(row) {
			if p.name == "rank" {
				rank, _ = strconv.ParseFloat(string(p.value), 64)
			}
			if slices.Contains(bestFields, p.name) && (p.name == "segment" || !w.ranked) {
				one = append(one, pair{p.name, rough(p.value)})
			}
		}
		list = append(list, ranked{rank, joined(one)})
	}
	slices.SortStableFunc(list, func(a, b ranked) int {
		switch {
		case a.rank < b.rank:
			return -1
		case a.rank > b.rank:
			return 1
		}
		return 0
	})
	dst := []byte{'['}
	for _, one := range list[:min(w.top, len(list))] {
		dst = append(append(dst, one.text...), ',')
	}
	return wire.Closed(dst, ']')
}

// date is a day as people write it for machines.
func date(day int32) string {
	y, m, d := orders.Civil(day)
	two := func(n int) string {
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
		return strconv.Itoa(n)
	}
	return strconv.Itoa(y) + "-" + two(m) + "-" + two(d)
}
