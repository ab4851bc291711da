package orders

import "slices"

// QuestionCode says what a person should look at before the numbers mean anything.
type QuestionCode uint8

// Questions. Each is about something that the reader took one way and could have taken
// another; none of them stops it.
const (
	QuestionID          QuestionCode = iota // which column is the customer: Column was taken, Other could be
	QuestionDate                            // which column is the day of the order
	QuestionAmount                          // which column is the revenue
	QuestionUnitPrice                       // Column was multiplied by the quantity in Other
	QuestionNoAmount                        // no column of money: all orders are worth zero
	QuestionStatus                          // Rows have a status or type that is not known (Report.Statuses)
	QuestionCurrency                        // Rows are in other currencies; Other holds converted amounts, where there are any
	QuestionDateOrder                       // all dates fit both orders of day and month
	QuestionOutsized                        // Text, one customer, has Rows of the rows: Share
	QuestionNewIDs                          // ids are new on nearly every row; Other is the column given up, or the one to try
	QuestionOneID                           // the customer is the same on every row: the shop's own address?
	QuestionZeroMoney                       // every order is worth zero
	QuestionNegative                        // refunds of Rows rows found no order, or exceed the sales
	QuestionOneDay                          // all orders are of one day
	QuestionOldYear                         // Rows orders are of a year before 2000
	QuestionDamagedID                       // Rows ids such as 1.2E+12: a spreadsheet has rounded them
	QuestionCustomers                       // the file looks like a list of customers, not of orders
	QuestionTopCustomer                     // Text, one customer, has Share of the revenue
	QuestionDuplicates                      // Rows rows repeat rows elsewhere in the file and were counted once
	QuestionMonths                          // the dates say the month alone: each order counts on its first day
	QuestionCells                           // the rows have more cells than the header has names
	QuestionGap                             // nobody ordered From one day To another, where some Rows orders would be usual
	QuestionStray                           // Rows orders lie apart from all others: none came between From and To
	QuestionPivot                           // the columns from Column to Other are months, and each amount was taken for an order
	QuestionCounted                         // Column has numbers of days or weeks, or months without a year: they were counted from From
	QuestionMerged                          // cells of Column that are blank were read as the ones above them
	QuestionSpans                           // cells of Column have two days: each order counts on the first
	NumQuestions                            // the number of questions
)

func (q QuestionCode) String() string {
	return pick(int(q), "id", "date", "amount", "unit_price", "no_amount", "status", "currency", "date_order", "outsized", "new_ids", "one_id",
		"zero_money", "negative", "one_day", "old_year", "damaged_id", "customers", "top_customer", "duplicates", "months", "cells", "gap", "stray", "pivot", "counted", "merged", "spans")
}

// Question is one thing to look at. Columns count from 1; 0 for none.
type Question struct {
	Code   QuestionCode
	Column int     // what the answer in use rests on
	Other  int     // what else it could be
	Rows   uint64  // that it concerns
	Share  float64 // of all, 0 to 1
	Text   []byte  // a customer's id; show it only where the file has been understood

	From, To int32 // days since 1970-01-01
}

// ask adds a question, once.
func (r *Report) ask(q Question) {
	for i := range r.Questions {
		if r.Questions[i].Code == q.Code {
			return
		}
	}
	r.Questions = append(r.Questions, q)
}

// Shares and numbers from which something is asked about.
const (
	outsizedRows   = 5    // rows of one customer that are too few to wonder about
	outsizedShare  = 0.5  // of all rows
	outsizedLead   = 10   // times the next customer's rows, when they are
	outsizedLeast  = 0.01 // of all rows
	newShare       = 0.97 // of rows that have an id of their own
	newRows        = 20
	topShare       = 0.5 // of the revenue
	topCustomers   = 5   // fewer than that have one with most of it anyway
	year2000       = 10957
	duplicateShare = 0.001
)

// questions asks what only the whole file can tell.
func (r *Reader) questions(spread spread) {
	p := &r.report
	if p.Status != StatusOK && p.Status != StatusNoOrders {
		return
	}
	r.askStatuses()
	r.askMoney(spread)
	r.askIdentity(spread)
	r.askDays()
	if rows := p.Duplicates; rows > 0 && float64(rows) > duplicateShare*float64(p.Rows) {
		p.ask(Question{Code: QuestionDuplicates, Column: p.Columns[RoleOrder], Rows: rows, Share: share(rows, p.Rows)})
	}
}

func share(n, of uint64) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

func (r *Reader) askStatuses() {
	p := &r.report
	if rows := p.SetAside[ReasonUnknownStatus].Rows; rows > 0 {
		column := p.Columns[RoleStatus]
		for _, s := range p.Statuses {
			if s.Standing == StandingUnknown { // the most frequent one
				column = p.Columns[s.Role]
				break
			}
		}
		p.ask(Question{Code: QuestionStatus, Column: column, Rows: rows, Share: share(rows, p.Rows)})
	} else if rows := p.SetAside[ReasonNotOrder].Rows; p.Orders == 0 && rows*2 > p.Rows { // nothing that the types name is an order
		p.ask(Question{Code: QuestionStatus, Column: p.Columns[RoleType], Rows: rows, Share: share(rows, p.Rows)})
	} else if r.codes > 0 { // taken for orders
		column := p.Columns[RoleStatus]
		if !r.guessed[0] {
			column = p.Columns[RoleType]
		}
		p.ask(Question{Code: QuestionStatus, Column: column})
	}
}

func (r *Reader) askMoney(s spread) {
	p := &r.report
	if rows := p.SetAside[ReasonOtherCurrency].Rows; rows > 0 && (r.opts.Currency == "" || p.CurrencyContested) {
		p.ask(Question{Code: QuestionCurrency, Column: p.Columns[RoleCurrency], Other: r.converted, Rows: rows, Share: share(rows, p.Rows)})
	}
	switch {
	case p.Columns[RoleAmount] == 0 && r.opts.Columns[RoleAmount] != None:
		p.ask(Question{Code: QuestionNoAmount})
	case p.Columns[RoleAmount] > 0 && p.Orders > 0 && p.Spend == 0:
		p.ask(Question{Code: QuestionZeroMoney, Column: p.Columns[RoleAmount]})
	}
	if lost := p.SetAside[ReasonRefundUnmatched].Rows; lost > 0 && (s.lost > p.Spend || lost*20 > p.Rows) || p.RefundExcess > p.Spend {
		p.ask(Question{Code: QuestionNegative, Column: p.Columns[RoleAmount], Rows: lost, Share: share(lost, p.Rows)})
	}
	if p.Customers >= topCustomers && p.Spend > 0 && s.topSpend > topShare*p.Spend {
		p.ask(Question{Code: QuestionTopCustomer, Column: p.Columns[RoleID], Share: s.topSpend / p.Spend, Text: clip(s.topSpender, maxID)})
	}
}

func (r *Reader) askIdentity(s spread) {
	p := &r.report
	if outsized(s) {
		p.ask(Question{Code: QuestionOutsized, Column: p.Columns[RoleID], Rows: s.most, Share: share(s.most, s.rows), Text: clip(s.mostFrequent, maxID)})
	}
	if s.rows >= newRows && float64(s.customers) >= newShare*float64(s.rows) {
		p.ask(Question{Code: QuestionNewIDs, Column: p.Columns[RoleID], Other: p.RunnerUp[RoleID], Rows: s.rows, Share: share(uint64(s.customers), s.rows)})
	}
	if r.damaged > 0 {
		p.ask(Question{Code: QuestionDamagedID, Column: p.Columns[RoleID], Rows: r.damaged})
	}
	if r.ofCustomers && s.rows == uint64(s.customers) || r.ofSubscriptions {
		p.ask(Question{Code: QuestionCustomers})
	}
}

// outsized reports whether one customer has far more rows than a person has.
func outsized(s spread) bool {
	if s.most < outsizedRows || s.customers < 3 {
		return false
	}
	part := share(s.most, s.rows)
	return part >= outsizedShare || s.most >= outsizedLead*s.next && part >= outsizedLeast
}

func (r *Reader) askDays() {
	p := &r.report
	if p.DateAmbiguous {
		p.ask(Question{Code: QuestionDateOrder, Column: p.Columns[RoleDate], Rows: p.DependentDates})
	}
	if p.Orders == 0 {
		return
	}
	if r.dates.spans {
		// It asks all that a lone column's name leaves open.
		p.Questions = slices.DeleteFunc(p.Questions, func(q Question) bool { return q.Code == QuestionDate && q.Other == 0 })
		p.ask(Question{Code: QuestionSpans, Column: p.Columns[RoleDate], Rows: p.Rows})
	}
	if r.dates.months {
		p.ask(Question{Code: QuestionMonths, Column: p.Columns[RoleDate], Other: p.DateParts[0], Rows: p.Rows})
	}
	if p.Orders > 1 && p.FirstDay == p.LastDay {
		p.ask(Question{Code: QuestionOneDay, Column: p.Columns[RoleDate], Rows: p.Rows})
	}
	if p.FirstDay < year2000 {
		n := uint64(0)
		for _, d := range r.log.Day {
			if d < year2000 {
				n++
			}
		}
		p.ask(Question{Code: QuestionOldYear, Column: p.Columns[RoleDate], Rows: n, Share: share(n, p.Orders)})
	}
	r.askGaps()
}

// spread is how rows and money lie over the customers.
type spread struct {
	rows       uint64 // that became orders or parts of them
	customers  int    // with any
	most, next uint64 // rows of the first and the second customer by rows
	topSpend   float64
	topAt      uint32
	lost       float64 // money of refunds that found no order

	mostFrequent, topSpender []byte
}

// count takes in a customer with so many rows.
func (s *spread) count(rows uint64, id []byte) {
	if rows == 0 {
		return
	}
	s.rows += rows
	s.customers++
	switch {
	case rows > s.most:
		s.most, s.next, s.mostFrequent = rows, s.most, id
	case rows > s.next:
		s.next = rows
	}
}

// spend takes in the money of a customer, whose id stands at a place of the arena.
func (s *spread) spend(sum float64, at uint32) {
	if sum > s.topSpend {
		s.topSpend, s.topAt = sum, at
	}
}
