package main

import (
	"fmt"
	"hourglass/functions/score/rows"
	"io"
	"net/url"
	"strconv"
	"strings"

	"hourglass/core/orders"
)

// parseReading takes in the settings of a link. What other options say stands above them.
func (s *settings) parseReading(text string) error {
	g, bad := orders.ParseReading(strings.TrimPrefix(text, "?"))
	if bad != "" {
		return rows.Misuse("-reading has %q, which says nothing: it is a text such as column_id=Email&refunds=drop", bad)
	}
	for role := range orders.NumRoles {
		if name := role.String(); s.columns[name] != "" {
			g.Columns[role] = s.columns[name]
		} else if g.Columns[role] != "" {
			s.columns[name] = g.Columns[role]
		}
	}
	s.reading = g
	return nil
}

// decided is the settings of reading as one text, without what could be somebody's name.
func (s *settings) decided(r *orders.Report) string {
	g := s.reading
	for role := range orders.NumRoles {
		g.Columns[role] = s.columns[role.String()]
	}
	g = g.Public(r.Names)
	return g.Text()
}

// parseStatuses reads value=standing,...
func (s *settings) parseStatuses(text string) error {
	if text == "" {
		return nil
	}
	s.reading.Statuses = nil
	for pair := range strings.SplitSeq(text, ",") {
		i := strings.LastIndexByte(pair, '=')
		standing, ok := standingOf(strings.TrimSpace(pair[i+1:]))
		if i < 1 || !ok {
			return rows.Misuse("-statuses is value=%s,... as in open=paid: %q is none of it", strings.Join(standings(), "|"), pair)
		}
		s.reading.Statuses = append(s.reading.Statuses, orders.StatusRule{Text: strings.TrimSpace(pair[:i]), Standing: standing})
	}
	return nil
}

// parseMoney reads the currency that is kept, and what others are worth in it.
func (s *settings) parseMoney(currency, rates string) error {
	if currency != "" {
		s.reading.Currency = currency
	}
	if rates == "" {
		return nil
	}
	s.reading.Rates = nil
	for pair := range strings.SplitSeq(rates, ",") {
		code, worth, _ := strings.Cut(strings.TrimSpace(pair), "=")
		g, bad := orders.ParseReading("rate_" + url.QueryEscape(code) + "=" + url.QueryEscape(worth))
		if bad != "" || code == "" {
			return rows.Misuse("-rates is CODE=number,... as in USD=0.92, each above 0 and below 1,000,000: %q is none of it", pair)
		}
		s.reading.Rates = append(s.reading.Rates, g.Rates...)
	}
	if s.reading.Currency == "" {
		return rows.Misuse("-rates needs -currency, the one that others are converted to")
	}
	return nil
}

// parseSkip reads whom to leave out.
func (s *settings) parseSkip(text string) error {
	if text == "" {
		return nil
	}
	s.reading.SkipOutsized = false
	for id := range strings.SplitSeq(text, ",") {
		switch id = strings.TrimSpace(id); id {
		case "":
			return rows.Misuse("-skip names an empty id")
		case "outsized":
			s.reading.SkipOutsized = true
		default:
			s.orders.Skip = append(s.orders.Skip, id)
		}
	}
	return nil
}

// standings are the names that a value can be given.
func standings() (names []string) {
	for s := range orders.StandingUnknown {
		names = append(names, s.String())
	}
	return names
}

func standingOf(name string) (orders.Standing, bool) {
	for s := range orders.StandingUnknown {
		if s.String() == name {
			return s, true
		}
	}
	return 0, false
}

func (s *settings) parseRefunds(text string) error {
	switch text {
	case "":
	case "earlier":
		s.reading.Refunds = orders.RefundNetEarlier
	case "same-day":
		s.reading.Refunds = orders.RefundNetSameDay
	case "drop":
		s.reading.Refunds = orders.RefundDrop
	default:
		return rows.Misuse("-refunds is earlier, same-day or drop, not %q", text)
	}
	return nil
}

func (s *settings) parseKeep(text string) error {
	for word := range strings.SplitSeq(text, ",") {
		switch word {
		case "":
		case "unpaid":
			s.reading.KeepUnpaid = true
		case "cancelled":
			s.reading.KeepCancelled = true
		case "gift-cards":
			s.reading.KeepGiftCards = true
		default:
			return rows.Misuse("-keep is unpaid, cancelled, gift-cards or several of them, not %q", word)
		}
	}
	return nil
}

// identityRoles are the columns that tell who ordered, the first that says something first.
var identityRoles = [...]orders.Role{orders.RoleID, orders.RoleEmail, orders.RolePhone, orders.RoleName}

// parseIdentity makes -identity a part of -columns.
func (s *settings) parseIdentity(text string) error {
	if text == "" {
		return nil
	}
	list := strings.Split(text, ",")
	if len(list) > len(identityRoles) {
		return rows.Misuse("-identity is up to %d columns, the first one first", len(identityRoles))
	}
	for i, role := range identityRoles {
		column := "none"
		if i < len(list) {
			column = strings.TrimSpace(list[i])
		}
		if _, twice := s.columns[role.String()]; twice {
			return rows.Misuse("-identity and -columns both name the column of %s", role)
		}
		if column == "" {
			return rows.Misuse("-identity names an empty column")
		}
		s.columns[role.String()] = column
	}
	return nil
}

// columnName is a column as the report calls it.
func columnName(r *orders.Report, column int) string {
	if r.HasHeader && column > 0 && column <= len(r.Names) && len(r.Names[column-1]) > 0 {
		return strconv.Quote(string(r.Names[column-1]))
	}
	return "column " + strconv.Itoa(column)
}

// printUnderstood says how statuses, identity and form were taken.
func printUnderstood(out io.Writer, r *orders.Report) {
	for _, role := range [...]orders.Role{orders.RoleStatus, orders.RoleType} {
		var list []string
		for _, s := range r.Statuses {
			if s.Role == role {
				list = append(list, fmt.Sprintf("%s %s as %s", strconv.Quote(string(s.Text)), grouped(s.Rows), strings.ReplaceAll(s.Standing.String(), "_", " ")))
			}
		}
		if len(list) > 0 {
			fmt.Fprintf(out, "%v: %s (-statuses value=paid changes one)\n", role, strings.Join(list, ", "))
		}
	}
	for i, role := range identityRoles[1:] {
		if n := r.Fallback[i]; n > 0 {
			fmt.Fprintf(out, "identity: %s by %s, where %s says nothing\n", counted(n, "row"), columnName(r, r.Columns[role]), columnName(r, r.Columns[orders.RoleID]))
		}
	}
	if r.Respelled > 0 {
		fmt.Fprintf(out, "identity: %s in other spellings (capitals, blanks, leading zeros, telephone numbers) taken for the same customers\n", counted(uint64(r.Respelled), "id"))
	}
	if r.RefundsNetted > 0 || r.RefundedAmount > 0 {
		fmt.Fprintf(out, "refunds: %.2f taken off (-refunds earlier, same-day or drop)\n", r.RefundedAmount)
	}
	if r.Converted > 0 {
		fmt.Fprintf(out, "currency: %s converted to %s (-rates)\n", counted(r.Converted, "row"), r.Currency)
	}
	if r.Scale != 1 {
		fmt.Fprintf(out, "amounts: each number of %s counts times %v\n", columnName(r, r.Columns[orders.RoleAmount]), r.Scale)
	}
	if r.Tables > 0 {
		fmt.Fprintf(out, "note: of %s in the dump %q was read\n", counted(uint64(r.Tables), "table"), r.Table)
	}
	if r.Titles > 0 {
		fmt.Fprintf(out, "note: %s above the header left out\n", counted(uint64(r.Titles), "line"))
	}
	if r.DateParts[0] > 0 && r.DateParts[1] > 0 {
		fmt.Fprintf(out, "note: dates are put together from %s, %s and %s\n", columnName(r, r.Columns[orders.RoleDate]), columnName(r, r.DateParts[0]), columnName(r, r.DateParts[1]))
	}
	if r.Rejoined > 0 {
		fmt.Fprintf(out, "note: %s put together, which a text without quotes had split\n", counted(r.Rejoined, "row"))
	}
	if r.Wrapped {
		fmt.Fprintln(out, "note: whole lines stood in quotes and were taken out of them")
	}
	if r.Encoding > orders.EncodingUTF8 {
		fmt.Fprintf(out, "note: the text is %v\n", r.Encoding)
	}
}

// printQuestions says what to look at, and the option that answers it.
func printQuestions(out io.Writer, r *orders.Report) {
	for _, q := range r.Questions {
		if text := question(r, q); text != "" {
			fmt.Fprintln(out, "question: "+text)
		}
	}
}

func question(r *orders.Report, q orders.Question) string {
	column, other := columnName(r, q.Column), columnName(r, q.Other)
	or := ""
	if q.Other > 0 {
		or = ", and could be " + other
	}
	share := fmt.Sprintf("%.0f%%", 100*q.Share)
	switch q.Code {
	case orders.QuestionID:
		return fmt.Sprintf("is %s the customer? It was taken%s (-identity decides)", column, or)
	case orders.QuestionDate:
		return fmt.Sprintf("is %s the day of the order? It was taken%s (-columns date=... decides)", column, or)
	case orders.QuestionAmount:
		return fmt.Sprintf("is %s your revenue? It was taken%s (-columns amount=... decides)", column, or)
	case orders.QuestionUnitPrice:
		return fmt.Sprintf("is %s the price of one? It was multiplied by %s (-columns quantity=none does not)", column, other)
	case orders.QuestionNoAmount:
		return "which column is the amount? None was found, and only times count (-columns amount=... names it)"
	case orders.QuestionStatus:
		if q.Rows == 0 {
			return fmt.Sprintf("which values of %s are orders? They are codes, and all were taken for orders (-statuses value=cancelled, or =refund, changes one)", column)
		}
		return fmt.Sprintf("how are the unknown values of %s to be taken? %s skipped (-statuses value=paid takes them)", column, counted(q.Rows, "row"))
	case orders.QuestionCurrency:
		text := fmt.Sprintf("which currency? %s was taken, %s in others skipped (-currency decides; -rates USD=0.92 converts)", r.Currency, counted(q.Rows, "row"))
		if q.Other > 0 {
			text += fmt.Sprintf("; %s has an amount in every row (-columns amount=%d,currency=none)", other, q.Other)
		}
		return text
	case orders.QuestionOutsized:
		return fmt.Sprintf("is %q one customer? It has %s, %s of all (-skip outsized leaves it out, as a till or a marketplace should be)", q.Text, counted(q.Rows, "row"), share)
	case orders.QuestionNewIDs:
		if q.Rows == 0 {
			return fmt.Sprintf("is %s the customer? %s is new on every row and was taken for the order's (-identity decides)", column, other)
		}
		return fmt.Sprintf("is %s the customer? %s of the rows have one of their own%s (-identity decides)", column, share, or)
	case orders.QuestionOneID:
		return fmt.Sprintf("is %s the customer? It is the same on every row, as your own address would be (-identity decides)", column)
	}
	return sanity(r, q, column, share)
}

// sanity asks about what is unlikely.
func sanity(r *orders.Report, q orders.Question, column, share string) string {
	switch q.Code {
	case orders.QuestionZeroMoney:
		return fmt.Sprintf("is %s your revenue? All of it is zero (-columns amount=... decides)", column)
	case orders.QuestionNegative:
		if r.Orders == 0 {
			return fmt.Sprintf("are sales negative in %s, as in books of accounts? All %s were taken for refunds: turn the sign in a spreadsheet, and give the file again", column, counted(q.Rows, "row"))
		}
		return fmt.Sprintf("are orders missing? %s found no order to come off", counted(q.Rows, "refund"))
	case orders.QuestionOneDay:
		return fmt.Sprintf("is %s the day of the order? All orders are of one day (-columns date=... decides)", column)
	case orders.QuestionMonths:
		return fmt.Sprintf("can you export the days? %s says the month alone: each order counts on its first day, and several of one customer in a month as one", column)
	case orders.QuestionCells:
		return "are the columns right? The rows have more cells than the header has names: columns may be shifted, or commas stand within amounts (export the file anew, with semicolons or quotes)"
	case orders.QuestionOldYear:
		return fmt.Sprintf("are the dates in %s right? %s of before 2000", column, counted(q.Rows, "order"))
	case orders.QuestionGap:
		return fmt.Sprintf("is a part of the file missing? Nobody ordered from %s to %s, where some %s would be usual", dateText(q.From), dateText(q.To), counted(q.Rows, "order"))
	case orders.QuestionStray:
		return fmt.Sprintf("are the dates in %s right? %s apart from all others: none came between %s and %s (-from and -calibration-end leave out what is before or after a day)",
			column, lie(q.Rows), dateText(q.From), dateText(q.To))
	case orders.QuestionPivot:
		return fmt.Sprintf("are the columns from %s to %s months, with what each customer spent? Each amount was taken for one order on the first day of its column's time (better: export the orders themselves)", column, columnName(r, q.Other))
	case orders.QuestionCounted:
		return fmt.Sprintf("is there a column of dates? %s counts days, weeks or months without a year; they were counted from %s: times between orders are right, calendar dates and seasons are not (-columns date=... names another)", column, dateText(q.From))
	case orders.QuestionSpans:
		return fmt.Sprintf("is the first of the two days in %s the day of the order? Each order was counted on it (if not, give the file a column with the day)", column)
	case orders.QuestionMerged:
		return fmt.Sprintf("do empty cells in %s repeat the cell above, as merged cells do? They were read so (if not, fill them in the file)", column)
	case orders.QuestionDamagedID:
		return fmt.Sprintf("can you export the file anew? %s in %s read like 1.2E+12: a spreadsheet has rounded them, and different customers may be one", counted(q.Rows, "id"), column)
	case orders.QuestionCustomers:
		return "is this a list of orders? It looks like a list of customers, one row each: export the orders"
	case orders.QuestionTopCustomer:
		return fmt.Sprintf("is %q one customer? It has %s of the revenue (-skip with its id leaves it out)", q.Text, share)
	case orders.QuestionDuplicates:
		return fmt.Sprintf("is a part of the file there twice? %s came again elsewhere with the same order number and were counted once", counted(q.Rows, "row"))
	}
	return "" // the order of dates has its note
}

// lie says that so many orders do.
func lie(orders uint64) string {
	if orders == 1 {
		return "1 order lies"
	}
	return counted(orders, "order") + " lie"
}

// seen is the names of columns that say what they are, for a file that is not understood. A name
// of other words may be a customer's, from a file without a header, and is not shown.
func seen(r *orders.Report) string {
	var names []string
	others := 0
	for _, name := range r.Names {
		if orders.KnownName(name) {
			names = append(names, strconv.Quote(string(name)))
		} else {
			others++
		}
	}
	text := counted(uint64(r.Width), "column")
	if len(names) > 0 {
		text += ": " + strings.Join(names[:min(len(names), 20)], ", ")
	}
	if others > 0 && len(names) > 0 {
		text += fmt.Sprintf(" and %d others", others)
	}
	return text
}
