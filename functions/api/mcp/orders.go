package mcp

import (
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"hourglass/core/catalogue"
	"hourglass/core/orders"
	"hourglass/functions/api/wire"
)

// mostNamed is how many customers customers_from_orders names unless it is told otherwise.
const mostNamed = 10

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
	properties, required := propertiesOf(fields)
	order := objectOf(`"customer":`+textOf("Id, e-mail or name.")+`,"date":`+textOf("Such as 2026-03-31.")+`,"amount":{"type":"number"}`, []string{"customer", "date", "amount"}, "")
	return &tool{name: "customers_from_orders", title: "Customers from orders",
		about: "Use when there is a list of orders with customer, date and amount, and it is asked what each customer is worth, who is still active, or what is to come. " +
			"Needs orders or csv, and gross_margin. Returns all_customers (sums with intervals), new_customer and the best customers by id with their value, chance to be active and segment.",
		input: objectOf(`"orders":{"type":"array","description":"Up to 10,000.","items":`+order+`},"csv":`+
			textOf("Instead of orders: the text of a file, as a shop exports it, its first line naming the columns.")+`,`+properties+
			`,"top":{"type":"integer","description":"How many customers to name, the most valuable first. Default `+strconv.Itoa(mostNamed)+`."}`, required, ""),
		run: runOrders}
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
	top, table, options := mostNamed, "", orders.Options{}
	var input []pair
	for _, p := range arguments {
		switch {
		case p.name == "orders":
			list := p.value
			if list.Kind() == '"' {
				list = jsontext.Value(wire.Override(list, ""))
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
		case slices.Contains(ofOrders, p.name):
			input = append(input, p)
		default:
			return answer{}, unknown("field", p.name, append([]string{"orders", "csv", "top"}, ofOrders...))
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
		pair{"mean_spend", wire.AppendList(nil, s.Mean)}, pair{"log_gaps", wire.AppendList(nil, s.Gaps)}, pair{"mean_spend_of", jsontext.Value(quotedWhole(s.Split.Mean.String()))})
	out, bad := x.calculate(find("customers/value"), joined(input))
	if bad != nil {
		return answer{}, bad
	}
	out.text = named(out.text, log, s.Customer, top, report)
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

// named is the answer of customers/value with what was read before it, and the best customers by their ids in the place of rows.
func named(result jsontext.Value, log *orders.Log, customer []uint32, top int, report *orders.Report) jsontext.Value {
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
		case "parameters", "fit":
		case "all_customers", "new_customer":
			there := slices.DeleteFunc(pairs(p.value), func(m pair) bool { return m.value.Kind() == 'n' })
			out = append(out, pair{p.name, joined(there)})
		case "warnings":
			out = append(out, pair{p.name, once(elements(p.value))})
		case "by_row":
			out = append(out, pair{"by_customer", best(elements(p.value), log, customer, top)})
		default:
			out = append(out, p)
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

func best(rows []jsontext.Value, log *orders.Log, customer []uint32, top int) jsontext.Value {
	type ranked struct {
		rank float64
		text jsontext.Value
	}
	list := make([]ranked, len(rows))
	for i, row := range rows {
		one := []pair{{"customer", jsontext.Value(quotedWhole(string(log.ID(int(customer[i])))))}}
		for _, p := range pairs(row) {
			if p.name == "rank" {
				list[i].rank, _ = strconv.ParseFloat(string(p.value), 64)
			}
			if slices.Contains(bestFields, p.name) {
				one = append(one, p)
			}
		}
		list[i].text = joined(one)
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
	for _, one := range list[:min(top, len(list))] {
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
