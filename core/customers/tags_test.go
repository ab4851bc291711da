package customers

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"hourglass/core/orders"
	"hourglass/core/sample"
)

// ofColumn is a log of customers with one order each, who have these texts in a column of their own.
func ofColumn(header string, texts ...string) *orders.Log {
	text := "customer,date,amount," + header + "\n"
	for i, one := range texts {
		text += fmt.Sprintf("c%d,2024-01-%02d,5,\"%s\"\n", i, 1+i%28, one)
	}
	r := orders.NewReader(orders.Options{GroupBy: 4})
	r.Write([]byte(text))
	r.Close()
	return r.Log()
}

// Which columns hold several values, and which groups they then have, by hand.
func TestTagsAreToldApart(t *testing.T) {
	long := strings.Repeat("x", 60)
	for _, c := range []struct {
		header string
		texts  []string
		want   string // groups with their customers
	}{
		{"Tags", []string{"vip, wholesale", "VIP", "wholesale,vip", "", "news"}, "vip 3|wholesale 2|news 1|- 1"},
		{"Customer Tags", []string{"a, b", "c"}, "a 1|b 1|c 1"}, // the name says it
		{"interests", []string{"a;b", "a", "b", "a; b; a"}, "a 3|b 3"},
		{"country", []string{"Korea, Republic of", "France", "France", "Korea, Republic of"}, "France 2|Korea, Republic of 2"},
		{"variant", []string{"red, M", "red, L", "blue, M", "blue, L"}, "blue, L 1|blue, M 1|red, L 1|red, M 1"}, // each a colour and a size
		{"size", []string{"1,5", "1", "5"}, "1 1|1,5 1|5 1"},                                                     // a decimal comma
		{"tags", []string{"vip", "news"}, "news 1|vip 1"},
		{"tags", []string{" , ", "a,b", "a"}, "a 2|b 1|- 1"},
		{"タグ", []string{"会員、卸", "卸"}, "卸 2|会員 1"},
		// A text is read to 80 bytes: what it is cut in counts where another text has it.
		{"tags", []string{long + ",a,wholesale-customers", long}, long + " 2|a 1"},
	} {
		l := ofColumn(c.header, c.texts...)
		g, ok := GroupedBy(l, l.Summaries(orders.Split{}), "4")
		var got []string
		for k, name := range g.Names {
			text := name.Text
			if name.Kind == UnnamedGroup {
				text = "-"
			}
			got = append(got, fmt.Sprintf("%s %d", text, len(g.Members[k])))
		}
		if strings.Join(got, "|") != c.want || !ok {
			t.Errorf("%s %q: %q, want %q", c.header, c.texts, strings.Join(got, "|"), c.want)
		}
	}
	many := make([]string, 0, 200)
	for i := range 120 {
		many = append(many, fmt.Sprintf("t%d, t%d", i%60, (i+1)%60))
	}
	l := ofColumn("tags", many...)
	g, _ := GroupedBy(l, l.Summaries(orders.Split{}), "tags")
	if n := len(g.Names); n != MostGroups || g.Names[n-1].Kind != OtherGroups || !g.Overlaps {
		t.Errorf("%d groups, overlapping: %v", n, g.Overlaps)
	}
	for k, of := range g.Members {
		if !slices.IsSorted(of) || len(slices.Compact(slices.Clone(of))) != len(of) {
			t.Errorf("group %d has a customer twice: %v", k, of)
		}
	}
}

// A shop in which a customer's tags multiply how often they order and what they pay. Customers of each tag, who are in several groups, are played
// out one by one without the engine; the groups' figures hold them.
func TestOverlappingGroupsAreRecovered(t *testing.T) {
	u := sample.NewSource(77).Uniform
	names := []string{"vip", "wholesale", "news"}
	effect := [...]tribe{{0, .5, 0, 1.5}, {0, .2, -.4, 2}, {0, -.4, 0, 1}}
	of := func(tags int) tribe {
		all := tribe{factor: 1}
		for k := range names {
			if tags>>k&1 == 1 {
				all.rate, all.leaving, all.factor = all.rate+effect[k].rate, all.leaving+effect[k].leaving, all.factor*effect[k].factor
			}
		}
		return all
	}
	text := []byte("customer,date,amount,tags\n")
	var count [8]float64
	for i := range 4000 {
		tags := 0
		for k := range names {
			if u() < .4 {
				tags |= 1 << k
			}
		}
		count[tags]++
		var list []string
		for k, name := range names {
			if tags>>k&1 == 1 {
				list = append(list, name)
			}
		}
		w := of(tags).world()
		first := int(u() * 500)
		rate := sample.Gamma(w.spend.Q, u) / w.spend.Gamma
		for _, day := range append([]int{0}, w.days(500-first, u)...) {
			y, m, d := orders.Civil(18262 + int32(first+day))
			text = fmt.Appendf(text, "c%d,%04d-%02d-%02d,%.6f,\"%s\"\n", i, y, m, d, sample.Gamma(w.spend.P, u)/rate, strings.Join(list, ", "))
		}
	}
	r := orders.NewReader(orders.Options{GroupBy: 4})
	r.Write(text)
	r.Close()
	s := sourcesOf(t, r.Log(), "tags")
	if !s.Overlap || len(s.Each) != 4 {
		t.Fatalf("%d groups, overlapping: %v", len(s.Each), s.Overlap)
	}
	var money, again [8][len(GrowthAges)]float64
	for tags := range money {
		money[tags], again[tags] = of(tags).truth(8000, u)
	}
	sum := 0.0
	var held tally
	for k := range s.Each {
		one := &s.Each[k]
		in := slices.Index(names, one.Text) // -1 of those without a tag
		people, cash, back := 0.0, 0.0, 0.0
		for tags, n := range count {
			if in >= 0 && tags>>in&1 == 1 || in < 0 && tags == 0 {
				people, cash, back = people+n, cash+n*money[tags][6], back+n*again[tags][6]
			}
		}
		if one.Customers != people {
			t.Errorf("%q: %v customers, want %v", one.Text, one.Customers, people)
		}
		sum += people
		held.add(one.Margin[6].holds(.4*cash/people), .95)
		held.add(one.Again[6].holds(back/people), .95)
	}
	if sum <= s.All.Customers || s.All.Customers != 4000 {
		t.Errorf("the groups have %v customers together, of %v", sum, s.All.Customers)
	}
	if held.rate() < 7./8 { // two of eight intervals of 95 % miss once in twenty shops
		t.Errorf("%v of %v intervals hold", held.rate(), held.n)
	}
	// A CAC over groups with a cost counts who is in both once; by inclusion and exclusion.
	s.Pay(costs("vip", 1000., "news", 500.))
	both := 0.0
	for tags, n := range count {
		if tags&0b101 != 0 {
			both += n
		}
	}
	if math.Abs(s.Paid.CAC-1500/both) > 1e-12 || s.Paid.Customers != both {
		t.Errorf("CAC %v of %v customers, want %v of %v", s.Paid.CAC, s.Paid.Customers, 1500/both, both)
	}
}
