package predict

import (
	"math"
	"slices"

	"hourglass/core/customers"
	"hourglass/core/notice"
	"hourglass/core/orders"
)

// CustomersGroupsInput is the orders of customers, a column each, the groups that they belong to, and what these have cost.
type CustomersGroupsInput struct {
	Customer           []float64   `json:"customer" unit:"count" jsonschema:"title=Customer,minItems=1,maxItems=20000" jsonschema_description:"The number of the customer who placed each order: any whole number."`
	Day                []float64   `json:"day" unit:"days" jsonschema:"title=Day of the order,minItems=1,maxItems=20000" jsonschema_description:"A whole number that counts days, such as a date in a spreadsheet or days since 1970-01-01. Orders of one day count as one order."`
	Amount             []float64   `json:"amount" unit:"money" jsonschema:"title=Amount,minItems=0,maxItems=20000" jsonschema_description:"The amount of each order. If empty, orders are counted and money is not."`
	Group              []float64   `json:"group" words:"own" unit:"count" jsonschema:"title=Group,minItems=0,maxItems=20000,maximum=50" jsonschema_description:"The number of each order's group, from 1 to at most 50, for example the acquisition channel; 0 for none. A customer belongs to the group of the first order. If empty, all are one group."`
	TagCustomer        []float64   `json:"tag_customer" unit:"count" jsonschema:"title=Customer with a tag,minItems=0,maxItems=20000" jsonschema_description:"For groups that overlap, instead of group: a customer's number, once for each of their tags. Who is not here has none."`
	Tag                []float64   `json:"tag" unit:"count" jsonschema:"title=Tag,minItems=0,maxItems=20000,minimum=1,maximum=50" jsonschema_description:"The number of this customer's tag, from 1 to at most 50. Each tag is a group."`
	Cost               []float64   `json:"group_cost" unit:"money" jsonschema:"title=Cost of each group,minItems=0,maxItems=50" jsonschema_description:"What each group has cost to acquire its customers, group 1 first; 0 if you do not know."`
	LastDay            *float64    `json:"last_day,omitempty" unit:"days" jsonschema:"title=Last day,multipleOf=1" jsonschema_description:"The last day of the list. If empty, the day of the last order. Later orders do not count."`
	Model              ModelChoice `json:"model" words:"own" jsonschema:"title=Model,default=auto" jsonschema_description:"The model that values the customers. auto uses the one that predicts a test period best, or the one with the lowest AIC if the list is too short for a test period."`
	HorizonDays        float64     `json:"horizon_days" words:"own" unit:"days" jsonschema:"title=Forecast period (days),exclusiveMinimum=0,default=365" jsonschema_description:"How many days to forecast."`
	GrossMargin        *float64    `json:"gross_margin,omitempty" place:"needed" words:"own" unit:"share" jsonschema:"title=Gross margin,exclusiveMinimum=0" jsonschema_description:"Share of the price that remains after the cost of goods. Needed with amount; with 100% the result is revenue, not value."`
	AnnualDiscountRate float64     `json:"annual_discount_rate" jsonschema:"default=0"`
	Level              float64     `json:"interval_level" jsonschema:"default=0.95"`
}

// CustomersGroupsResult is where customers come from and what they are worth.
type CustomersGroupsResult struct {
	Model   customers.Kind   `json:"model_used"`
	Reason  customers.Reason `json:"model_reason"`
	Ages    []float64        `json:"age_days" unit:"days" jsonschema:"title=Ages compared" jsonschema_description:"Days since the first order by which customers are compared. The lists of a group have an entry for each."`
	Differ  float64          `json:"groups_that_differ" unit:"count" jsonschema:"title=Groups that differ" jsonschema_description:"How many groups differ from all customers by more than chance explains."`
	Overlap float64          `json:"groups_overlap" unit:"number" jsonschema:"title=Groups overlap" jsonschema_description:"1 if a customer may be in several groups, so that their customers add up to more than all; 0 if not."`
	PaidCAC *float64         `json:"paid_cac,omitempty" unit:"money" jsonschema:"title=CAC of groups with a cost" jsonschema_description:"Their cost, divided by their customers."`
	All     GroupFigures     `json:"all_groups" jsonschema:"title=All groups together" jsonschema_description:"All customers, each counted once. Cost and CAC spread the cost over every customer."`
	Groups  []GroupFigures   `json:"by_group" words:"own" jsonschema:"title=By group" jsonschema_description:"One entry for each group that has customers, in the order of their numbers. Empty if the data are too short for this forecast period."`
}

// GroupFigures are a group's: what its customers have done by the same age, what a new one is worth, and what one has cost.
type GroupFigures struct {
	Number       float64   `json:"number" unit:"count" jsonschema:"title=Number of the group" jsonschema_description:"0 for customers without a group, and for all groups together."`
	Customers    float64   `json:"customers" unit:"count"`
	Repeaters    float64   `json:"ordered_again" unit:"count" jsonschema:"title=Repeat customers" jsonschema_description:"Customers with at least two orders."`
	OldEnough    []float64 `json:"old_enough" unit:"count" jsonschema:"title=Customers old enough" jsonschema_description:"How many customers have reached each age. Fewer than 30 are too few to rely on."`
	Again        []float64 `json:"repurchase_rate" unit:"share" jsonschema:"title=Repurchase rate" jsonschema_description:"Share of customers who have ordered again by each age. It ends with the last age that somebody has reached."`
	AgainLower   []float64 `json:"repurchase_rate_lower" unit:"share" jsonschema:"title=Repurchase rate\\, lower end" jsonschema_description:"Lower end of the interval."`
	AgainUpper   []float64 `json:"repurchase_rate_upper" unit:"share" jsonschema:"title=Repurchase rate\\, upper end" jsonschema_description:"Upper end of the interval."`
	Margin       []float64 `json:"margin" words:"own" unit:"money" jsonschema:"title=Margin per customer" jsonschema_description:"Of all orders by each age, not discounted. It ends with the last age that somebody has reached."`
	MarginLower  []float64 `json:"margin_lower" unit:"money" jsonschema:"title=Margin per customer\\, lower end" jsonschema_description:"Lower end of the interval."`
	MarginUpper  []float64 `json:"margin_upper" unit:"money" jsonschema:"title=Margin per customer\\, upper end" jsonschema_description:"Upper end of the interval."`
	Path         []float64 `json:"margin_continued" unit:"money" jsonschema:"title=Margin per customer\\, continued" jsonschema_description:"The same; from the age on that fewer than 30 customers have reached, the model continues it."`
	Repeats      *float64  `json:"repeat_orders,omitempty" unit:"count"`
	OrderValue   *float64  `json:"expected_order_value,omitempty" unit:"money"`
	CLV          *float64  `json:"clv,omitempty" words:"own" unit:"money" jsonschema:"title=Value of a new customer" jsonschema_description:"Margin of a new customer within the forecast period, the first order included, discounted. It is the most that one may cost."`
	CLVLower     *float64  `json:"clv_lower,omitempty" unit:"money"`
	CLVUpper     *float64  `json:"clv_upper,omitempty" unit:"money"`
	Against      *float64  `json:"against_all,omitempty" unit:"ratio"`
	AgainstLower *float64  `json:"against_all_lower,omitempty" unit:"ratio"`
	AgainstUpper *float64  `json:"against_all_upper,omitempty" unit:"ratio"`
	Own          *float64  `json:"own_share,omitempty" unit:"share"`
	Differs      float64   `json:"differs" unit:"number" jsonschema:"title=Differs from all" jsonschema_description:"1 if the group differs from all customers by more than chance explains; 0 if not."`
	Cost         *float64  `json:"cost,omitempty" words:"own" unit:"money" jsonschema:"title=Cost of the group" jsonschema_description:"As you entered it."`
	CAC          *float64  `json:"cac,omitempty" words:"own" unit:"money" jsonschema:"title=CAC" jsonschema_description:"Cost of the group, divided by its customers."`
	Ratio        *float64  `json:"ltv_cac_ratio,omitempty"`
	RatioLower   *float64  `json:"ltv_cac_lower,omitempty"`
	RatioUpper   *float64  `json:"ltv_cac_upper,omitempty"`
	Payback      *float64  `json:"payback_month,omitempty" unit:"number" jsonschema:"title=Month of payback" jsonschema_description:"The month after the first order by which the margin covers the CAC; 0 if the first order does. Empty if it does not within 12 months, or if it is too early to tell."`
	Forecast     float64   `json:"payback_forecast" unit:"number" jsonschema:"title=Payback is forecast" jsonschema_description:"1 if the month lies where the model continues; 0 if not."`
	TooEarly     float64   `json:"too_early" unit:"number" jsonschema:"title=Too early to tell" jsonschema_description:"1 if it is too early to tell whether the CAC is paid back; 0 if not."`
}

// daysPerWeek is the unit of time that models of order logs are fitted in, as functions/score does.
const daysPerWeek = 7

// ofOrders are the fields that a warning about a list of orders is about.
var ofOrders = warned{orders: "customer", time: "day", money: "amount"}

// CustomersGroups tells where customers come from: the figures of customers.Sources for orders that fit into a request.
func CustomersGroups(in CustomersGroupsInput) (out CustomersGroupsResult, notes notice.List) {
	if notes = in.Check(); notes.Refused() {
		return
	}
	if in.checkColumns(&notes); notes.Refused() {
		return
	}
	log, number := in.log()
	v := customers.NewValuation()
	v.Of(log)
	o := customers.Options{HorizonDays: in.HorizonDays, AnnualDiscount: in.AnnualDiscountRate, Margin: 1, Level: in.Level}
	if in.GrossMargin != nil {
		o.Margin = *in.GrossMargin
	}
	v.Settings = customers.Settings{Split: orders.Split{UnitDays: daysPerWeek}, Pick: customers.Pick(in.Model), Options: o}
	if in.LastDay != nil {
		v.Settings.Split.End = int32(*in.LastDay)
	}
	switch status := v.Run(nil); {
	case status == customers.NoModel:
		notes.Add(notice.NoMaximum, "", 0)
		return
	case status != customers.Done:
		notes.Add(notice.Overflow, "", 0)
		return
	}
	a := &v.Answer
	paid := a.Known.Model.Spend.Basis != customers.NoSpend
	if o.Margin == 1 && paid {
		notes.Add(notice.RevenueNotMargin, "gross_margin", 1)
	}
	for _, w := range v.Warnings() {
		if w.Code != customers.TooLittle { // said below
			ofOrders.warn(&notes, w)
		}
	}
	out.Model, out.Reason, out.Ages = a.Known.Model.Kind, v.Choice.Reason, customers.GrowthAges[:]
	out.All.Customers = float64(len(a.Summary.X))
	for _, x := range a.Summary.X {
		if x > 0 {
			out.All.Repeaters++
		}
	}
	if !a.Answerable() {
		notes.Add(notice.TooLittle, "by_group", customers.Longest(a.Summary))
		return
	}
	grouping, numbers := in.grouping(number, a.Summary.Customer)
	s, status := a.Grouped(log, grouping, nil)
	if status != customers.Done {
		notes.Add(notice.Overflow, "", 0)
		return
	}
	s.Pay(in.costs(&notes, numbers))
	out.figures(s, numbers, paid)
	return
}

// checkColumns checks the columns against each other.
func (in *CustomersGroupsInput) checkColumns(notes *notice.List) {
	n := len(in.Customer)
	sameLength(notes, "day", len(in.Day), n)
	if len(in.Amount) > 0 {
		sameLength(notes, "amount", len(in.Amount), n)
		if in.GrossMargin == nil {
			notes.Add(notice.Required, "gross_margin", 0)
		}
	}
	switch {
	case len(in.Tag) > 0 || len(in.TagCustomer) > 0:
		sameLength(notes, "tag_customer", len(in.TagCustomer), len(in.Tag))
		if len(in.Group) > 0 {
			notes.Add(notice.NotUsed, "group", 0)
		}
	case len(in.Group) > 0:
		sameLength(notes, "group", len(in.Group), n)
	}
	for _, column := range [...]struct {
		name string
		of   []float64
	}{{"customer", in.Customer}, {"day", in.Day}, {"group", in.Group}, {"tag_customer", in.TagCustomer}, {"tag", in.Tag}} {
		for i, x := range column.of {
			if x != math.Floor(x) {
				notes.Add(notice.NotWhole, notice.At(column.name, i), 0)
				return
			}
		}
	}
	if in.LastDay != nil && !notes.Refused() && *in.LastDay < slices.Min(in.Day) {
		notes.Add(notice.TooLow, "last_day", slices.Min(in.Day))
	}
}

// log is the orders as core/orders has them, one a customer and day, up to the last day; number says which number each of its customers has.
func (in *CustomersGroupsInput) log() (l *orders.Log, number []float64) {
	places := map[float64]int{}
	var rows [][]int
	for i, c := range in.Customer {
		if in.LastDay != nil && in.Day[i] > *in.LastDay {
			continue
		}
		at, known := places[c]
		if !known {
			at = len(rows)
			places[c], rows, number = at, append(rows, nil), append(number, c)
		}
		rows[at] = append(rows[at], i)
	}
	l = &orders.Log{Offset: make([]uint32, 1, len(rows)+1)}
	for _, of := range rows {
		slices.SortStableFunc(of, func(i, j int) int { return int(in.Day[i] - in.Day[j]) })
		for k, i := range of {
			amount := 0.0
			if len(in.Amount) > 0 {
				amount = in.Amount[i]
			}
			if last := len(l.Day) - 1; k > 0 && l.Day[last] == int32(in.Day[i]) {
				l.Amount[last] += amount
				continue
			}
			l.Day, l.Amount = append(l.Day, int32(in.Day[i])), append(l.Amount, amount)
		}
		l.Offset = append(l.Offset, uint32(len(l.Day)))
	}
	return l, number
}

// grouping tells the customers apart by the numbers of their groups, of which it returns those that have any, ascending.
func (in *CustomersGroupsInput) grouping(number []float64, customer []uint32) (g customers.Grouping, numbers []float64) {
	of := map[float64][]float64{} // groups by a customer's number
	g.Overlaps = len(in.Tag) > 0
	switch {
	case g.Overlaps:
		for i, c := range in.TagCustomer {
			if !slices.Contains(of[c], in.Tag[i]) {
				of[c] = append(of[c], in.Tag[i])
			}
		}
	case len(in.Group) > 0:
		first := map[float64]float64{}
		for i, c := range in.Customer {
			if day, known := first[c]; !known || in.Day[i] < day {
				first[c], of[c] = in.Day[i], []float64{in.Group[i]}
			}
		}
	}
	groups := map[float64][]uint32{}
	for row, c := range customer {
		mine := of[number[c]]
		if len(mine) == 0 {
			mine = []float64{0}
		}
		for _, n := range mine {
			groups[n] = append(groups[n], uint32(row))
		}
	}
	for n := range groups {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	for _, n := range numbers {
		g.Members = append(g.Members, groups[n])
		g.Names = append(g.Names, customers.GroupName{Text: numberText(n)})
	}
	return g, numbers
}

// numberText writes the number of a group.
func numberText(n float64) string {
	if n >= 10 {
		return numberText(math.Floor(n/10)) + numberText(math.Mod(n, 10))
	}
	return string(rune('0' + int(n)))
}

// costs are what the groups have cost; of those without customers it says that they are not used.
func (in *CustomersGroupsInput) costs(notes *notice.List, numbers []float64) (out []orders.Cost) {
	for i, cost := range in.Cost {
		n := float64(i + 1)
		switch {
		case cost == 0:
		case !slices.Contains(numbers, n):
			notes.Add(notice.NotUsed, notice.At("group_cost", i), 0)
		default:
			out = append(out, orders.Cost{Group: numberText(n), Amount: cost})
		}
	}
	return out
}

// figures takes over what the sources say.
func (out *CustomersGroupsResult) figures(s *customers.Sources, numbers []float64, paid bool) {
	out.Differ, out.Overlap = float64(s.Differ), truth(s.Overlap)
	out.All = groupFigures(&s.All, 0, paid)
	if paid && s.Paid.Payback.Known {
		out.PaidCAC = &s.Paid.CAC
	}
	for k := range s.Each {
		out.Groups = append(out.Groups, groupFigures(&s.Each[k], numbers[k], paid))
	}
}

func groupFigures(s *customers.Source, number float64, paid bool) GroupFigures {
	g := GroupFigures{Number: number, Customers: s.Customers, Repeaters: s.Repeaters, OldEnough: s.OldEnough, Repeats: &s.Repeats.Value, Differs: truth(s.Differs)}
	if s.Against.Value > 0 { // not of all together
		g.Own = &s.Own
	}
	for k, old := range s.OldEnough {
		if old == 0 {
			break
		}
		g.Again, g.AgainLower, g.AgainUpper = append(g.Again, s.Again[k].Value), append(g.AgainLower, s.Again[k].Low), append(g.AgainUpper, s.Again[k].High)
		if paid {
			g.Margin, g.MarginLower, g.MarginUpper = append(g.Margin, s.Margin[k].Value), append(g.MarginLower, s.Margin[k].Low), append(g.MarginUpper, s.Margin[k].High)
		}
	}
	if !paid {
		return g
	}
	for _, e := range s.Path {
		g.Path = append(g.Path, e.Value)
	}
	g.OrderValue, g.CLV, g.CLVLower, g.CLVUpper = &s.OrderValue.Value, &s.Value.Value, &s.Value.Low, &s.Value.High
	if g.Own != nil {
		g.Against, g.AgainstLower, g.AgainstUpper = &s.Against.Value, &s.Against.Low, &s.Against.High
	}
	if p := &s.Payback; p.Known {
		g.Cost, g.CAC, g.Ratio, g.RatioLower, g.RatioUpper = &s.Cost, &p.CAC, &p.Ratio.Value, &p.Ratio.Low, &p.Ratio.High
		g.Forecast, g.TooEarly = truth(p.Forecast), truth(p.TooEarly)
		if month := float64(p.Month); p.Month != customers.NeverPaid && !p.TooEarly {
			g.Payback = &month
		}
	}
	return g
}

func truth(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
