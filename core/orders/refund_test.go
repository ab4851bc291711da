package orders

import (
	"strings"
	"testing"
)

func TestRefunds(t *testing.T) {
	const head = "id,date,amount\n"
	const withOrder = "order_id,id,date,amount\n"
	for name, c := range map[string]struct {
		text    string
		rule    RefundRule
		want    string
		aside   string
		netted  uint64
		amount  float64
		excess  float64
		reasons string
	}{
		"same day, in part":        {text: head + "a,2024-01-01,10\na,2024-01-01,-4\n", want: "a 2024-01-01 6.00\n", netted: 1, amount: 4},
		"same day, before it":      {text: head + "a,2024-01-01,-4\na,2024-01-01,10\n", want: "a 2024-01-01 6.00\n", netted: 1, amount: 4},
		"same day, in full":        {text: head + "a,2024-01-01,10\na,2024-01-01,(10.00)\na,2024-01-02,1\n", want: "a 2024-01-02 1.00\n", aside: "refunded 1", netted: 1, amount: 10},
		"a day's orders together":  {text: head + "a,2024-01-01,6\na,2024-01-01,4\na,2024-01-01,-8\n", want: "a 2024-01-01 2.00\n", netted: 1, amount: 8},
		"more than there was":      {text: head + "a,2024-01-01,6\na,2024-01-01,-8\nb,2024-01-01,1\n", want: "b 2024-01-01 1.00\n", aside: "refunded 1", netted: 1, amount: 6, excess: 2},
		"another day":              {text: head + "a,2024-01-01,10\na,2024-01-05,-10\n", rule: RefundNetSameDay, want: "a 2024-01-01 10.00\n", aside: "refund_unmatched 1"},
		"the order of that amount": {text: head + "a,2024-01-01,10\na,2024-01-03,14\na,2024-01-05,-10\n", want: "a 2024-01-03 14.00\n", aside: "refunded 1", netted: 1, amount: 10},
		"one that covers it":       {text: head + "a,2024-01-01,10\na,2024-01-03,14\na,2024-01-05,-4\n", want: "a 2024-01-01 10.00\na 2024-01-03 10.00\n", netted: 1, amount: 4},
		"several together":         {text: head + "a,2024-01-01,10\na,2024-01-03,14\na,2024-01-05,-20\n", want: "a 2024-01-01 4.00\n", aside: "refunded 1", netted: 1, amount: 20},
		"more than all before":     {text: head + "a,2024-01-01,10\na,2024-01-05,-11\nb,2024-01-01,1\n", want: "b 2024-01-01 1.00\n", aside: "refunded 1", netted: 1, amount: 10, excess: 1},
		"refunded and its refund":  {text: "id,date,amount,status\na,2024-01-01,10,refunded\na,2024-01-02,10,paid\na,2024-01-05,-10,refunded\n", want: "a 2024-01-02 10.00\n", aside: "refunded 1", netted: 1},
		"another day, earlier":     {text: head + "a,2024-01-01,10\na,2024-01-03,4\na,2024-01-05,-10\n", rule: RefundNetEarlier, want: "a 2024-01-03 4.00\n", aside: "refunded 1", netted: 1, amount: 10},
		"never against a later":    {text: head + "a,2024-01-05,10\na,2024-01-01,-10\n", rule: RefundNetEarlier, want: "a 2024-01-05 10.00\n", aside: "refund_unmatched 1"},
		"another customer":         {text: head + "a,2024-01-01,10\nb,2024-01-01,-10\n", want: "a 2024-01-01 10.00\n", aside: "refund_unmatched 1"},
		"dropped":                  {text: head + "a,2024-01-01,10\na,2024-01-01,-10\n", rule: RefundDrop, want: "a 2024-01-01 10.00\n", aside: "refund_dropped 1"},
		"by order id, weeks later": {text: withOrder + "1,a,2024-01-01,10\n2,a,2024-01-03,20\n1,a,2024-02-05,-10\n", want: "a 2024-01-03 20.00\n", aside: "refunded 1", netted: 1, amount: 10},
		"by order id, in part":     {text: withOrder + "1,a,2024-01-01,10\n1,a,2024-02-05,-3\n1,a,2024-02-06,-3\n", want: "a 2024-01-01 4.00\n", netted: 2, amount: 6},
		"unknown order, same day":  {text: withOrder + "1,a,2024-01-01,10\nR9,a,2024-01-01,-3\n", want: "a 2024-01-01 7.00\n", netted: 1, amount: 3},
		"a refund by its status":   {text: "id,date,amount,type\na,2024-01-01,10,sale\na,2024-01-01,4,Refund\n", want: "a 2024-01-01 6.00\n", netted: 1, amount: 4},
		"refunds only":             {text: head + "a,2024-01-01,-1\nb,2024-01-01,-1\n", aside: "refund_unmatched 2"},
	} {
		r := read(t, c.text, Options{Refunds: c.rule})
		p := r.Report()
		if lines(r) != c.want || aside(p) != c.aside || p.RefundsNetted != c.netted || p.RefundedAmount != c.amount || p.RefundExcess != c.excess {
			t.Errorf("%s: aside %q netted %d amount %v excess %v\n%s", name, aside(p), p.RefundsNetted, p.RefundedAmount, p.RefundExcess, lines(r))
		}
	}
	p := read(t, head+"a,2024-01-01,5\nb,2024-01-02,-7\n", Options{}).Report()
	if e := p.SetAside[ReasonRefundUnmatched].Examples; len(e) != 1 || e[0].Line != 3 {
		t.Errorf("line of an unmatched refund: %+v", e)
	}
}

func TestOrdersOfSeveralRows(t *testing.T) {
	const head = "order_id,id,date,amount,item\n"
	for name, c := range map[string]struct {
		text               string
		o                  Options
		want               string
		items, dup, merged uint64
		kind               AmountKind
	}{
		"lines add up":           {head + "1,a,2024-01-01,5,x\n1,a,2024-01-01,7,y\n", Options{}, "a 2024-01-01 12.00\n", 1, 0, 0, AmountPerLine},
		"totals repeat":          {head + "1,a,2024-01-01,12,x\n1,a,2024-01-01,12,y\n1,a,2024-01-01,12,z\n", Options{}, "a 2024-01-01 12.00\n", 2, 0, 0, AmountPerOrder},
		"they are lines, I know": {head + "1,a,2024-01-01,12,x\n1,a,2024-01-01,12,y\n", Options{Amounts: AmountPerLine}, "a 2024-01-01 24.00\n", 1, 0, 0, AmountPerLine},
		"identical rows":         {head + "1,a,2024-01-01,5,x\n2,a,2024-01-03,5,x\n1,a,2024-01-01,5,x\n1,a,2024-01-01,7,y\n", Options{}, "a 2024-01-01 12.00\na 2024-01-03 5.00\n", 1, 1, 0, AmountPerLine},
		"two orders of a day":    {head + "1,a,2024-01-01,5,x\n2,a,2024-01-01,5,x\n", Options{}, "a 2024-01-01 10.00\n", 0, 0, 1, AmountPerLine},
		"an id used again":       {head + "1,a,2024-01-01,5,x\n1,a,2024-03-01,5,x\n", Options{}, "a 2024-01-01 5.00\na 2024-03-01 5.00\n", 0, 0, 0, AmountPerLine},
		"an id of two customers": {head + "1,a,2024-01-01,5,x\n1,b,2024-01-01,5,x\n", Options{}, "a 2024-01-01 5.00\nb 2024-01-01 5.00\n", 0, 0, 0, AmountPerLine},
		"rows without an id":     {head + ",a,2024-01-01,5,x\n,a,2024-01-01,5,x\n", Options{}, "a 2024-01-01 10.00\n", 0, 0, 1, AmountAuto},
		"no order column":        {"id,date,amount\na,2024-01-01,5\na,2024-01-01,5\n", Options{}, "a 2024-01-01 10.00\n", 0, 0, 1, AmountAuto},
		"weeks from Monday":      {"id,date,amount\na,2024-01-07,1\na,2024-01-08,2\na,2024-01-14,4\na,2024-01-15,8\n", Options{MergeDays: 7}, "a 2024-01-07 1.00\na 2024-01-08 6.00\na 2024-01-15 8.00\n", 0, 0, 1, AmountAuto},
	} {
		r := read(t, c.text, c.o)
		p := r.Report()
		if lines(r) != c.want || p.LineItems != c.items || p.Duplicates != c.dup || p.Merged != c.merged || p.Amounts != c.kind || p.SetAsideRows() != 0 {
			t.Errorf("%s: items %d duplicates %d merged %d kind %d aside %q\n%s", name, p.LineItems, p.Duplicates, p.Merged, p.Amounts, aside(p), lines(r))
		}
	}
}

// Many orders of one customer, in the worst order: no quadratic time.
func TestOneCustomer(t *testing.T) {
	var b strings.Builder
	b.WriteString("order_id,id,date,amount\n")
	for i := range 200_000 {
		y, m, d := Civil(Day(1990, 1, 1) + int32((i*7919)%10_000))
		b.WriteString(string(rune('A'+i%26)) + string(rune('a'+i/26%26)) + ",x," + stamp(y, m, d) + ",1\n")
	}
	if p := read(t, b.String(), Options{}).Report(); p.Orders != 10_000 || p.SetAsideRows() != 0 {
		t.Errorf("%d orders, aside %q", p.Orders, aside(p))
	}
}

func stamp(y, m, d int) string {
	n := y*10000 + m*100 + d
	var b [8]byte
	for i := 7; i >= 0; i-- {
		b[i] = byte('0' + n%10)
		n /= 10
	}
	return string(b[:])
}
