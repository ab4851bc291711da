package main

import (
	"flag"
	"fmt"
	"hourglass/functions/score/rows"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"hourglass/core/customers"
	"hourglass/core/orders"
	"hourglass/core/subscriptions"
	"hourglass/functions/score/sql"
)

// settings are the command line, understood.
type settings struct {
	files     []string
	reading   orders.Reading
	inherited [orders.NumRoles]string // columns that a model file names
	scored    *customers.Model        // of the model file
	given     map[string]bool         // options that the command line gives
	input     string                  // auto, orders, summaries

	subscriptions string // auto, yes, no
	found         *subscriptions.Log

	format    rows.Form // of the output
	formatSet bool
	columns   map[string]string // column by role
	unitDays  float64           // of recency and age in summaries
	value     customers.Options
	model     string // auto, or the name of a kind
	modelFile string
	saveModel string
	evidence  string
	by        string
	spend     string   // file of costs
	carry     []string // columns of the file that are written too
	consent   string   // the one that says who is written
	from, end int32    // days; 0 for none
	stream    bool
	summaries bool
	fields    []rows.Field
	orders    orders.Options
	quiet     bool
	rawIDs    bool
	sql       string
	table     string
}

const usage = `score [options] [file ...]: what the customers of an order log, or of a table of summaries, are worth.
Reads the files or the standard input: CSV and its kin, .xlsx, JSON, zip, gzip. Several are joined by what
they are: exports of several years, orders and their items. Writes rows ranked by value.

`

// parseSettings reads the command line. Help goes to the standard error.
func parseSettings(args []string, stderr io.Writer) (*settings, error) {
	s := &settings{value: customers.Options{Margin: 1}}
	f := flag.NewFlagSet("score", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&s.input, "input", "auto", "what the input is: auto, orders or summaries")
	f.StringVar(&s.subscriptions, "subscriptions", "auto", "value by retention: auto, where the list is one of subscriptions or of regular invoices; yes; or no, as repeat purchases")
	format := f.String("format", "", "form of the output: csv, tsv or jsonl (csv; with -stream that of the input)")
	columns := f.String("columns", "", "columns by role, as role=name or role=number,...; a role set to none is not there")
	unit := f.String("unit", "day", "unit of recency and age in summaries: day, week, month, year or a number of days")
	horizon := f.String("horizon", "12m", "time looked ahead: days, or a number with d, w, m or y")
	f.Float64Var(&s.value.Margin, "margin", 1, "share of the price that is left after the cost of what is sold, above 0 and up to 1")
	f.Float64Var(&s.value.AnnualDiscount, "discount", 0, "effective discount rate a year, such as 0.1")
	f.Float64Var(&s.value.Level, "level", 0.95, "probability that an interval holds")
	f.StringVar(&s.model, "model", "auto", "model to fit: "+modelNames())
	f.StringVar(&s.modelFile, "model-file", "", "score with this model file instead of fitting")
	f.StringVar(&s.saveModel, "save-model", "", "write the fitted model to this file")
	f.StringVar(&s.evidence, "evidence", "", "write how earlier forecasts did, as JSON, to this file")
	f.StringVar(&s.by, "by", "", "value of a new customer by this column of the first order, by name or number; or by "+customers.FirstMonth)
	f.StringVar(&s.spend, "spend", "", "what the groups of -by have cost: a file of group and amount, or of date, group and amount")
	carry := f.String("carry", "", "columns of the file to write too, by name or number, comma separated: of each customer the entry of the last order that has one")
	consent := f.String("consent", "", "write only the customers who accept marketing by this column; "+foundConsent+" is the one whose name says so")
	from := f.String("from", "", "first day of the log to use, such as 2024-01-31")
	end := f.String("calibration-end", "", "last day of the log to use; the horizon begins after it")
	f.BoolVar(&s.stream, "stream", false, "row in, row out, unranked; needs -model-file")
	f.BoolVar(&s.summaries, "summaries", false, "write the summaries of an order log instead of scoring them")
	fields := f.String("fields", "", "fields of the output, comma separated")
	f.BoolVar(&s.rawIDs, "raw-ids", false, "write ids as they are, also those that a spreadsheet would run as formulas")
	f.BoolVar(&s.quiet, "quiet", false, "nothing on the standard error but errors")
	dates := f.String("date-order", "", "order of dates such as 3/4/2024: mdy or dmy (found out)")
	decimal := f.String("decimal", "", "decimal mark of amounts: . or , (found out)")
	currency := f.String("currency", "", "currency to keep, by its code (the most frequent); where neither rows nor the name of a column say another, amounts are taken to be in it")
	rates := f.String("rates", "", "what one unit of other currencies is worth in that of -currency, as USD=0.92,GBP=1.17")
	skip := f.String("skip", "", "customers to leave out: ids, or outsized for the one who has far more rows than a person has")
	statuses := f.String("statuses", "", "how values of the status or type column are taken, as open=paid,parked=cancelled: "+strings.Join(standings(), ", "))
	refunds := f.String("refunds", "", "what a refund comes off: earlier, an earlier order of the customer; same-day, orders of its day; drop, nothing (earlier)")
	keep := f.String("keep", "", "rows to keep: unpaid (paid on delivery), cancelled, gift-cards (their sale), or several of them")
	identity := f.String("identity", "", "columns that tell who ordered, by name or number, the first one first")
	sheet := f.String("sheet", "", "sheet of a workbook, or file of an archive, to read (all that belong together)")
	path := f.String("json-path", "", "where the list of orders stands in JSON, as data.orders (the longest one)")
	reading := f.String("reading", "", "settings of reading as one text, as the page's links, model files and this command's report have them")
	f.StringVar(&s.sql, "sql", "", "print the SQL that makes summaries of a table: ansi, bigquery, snowflake or redshift")
	f.StringVar(&s.table, "table", "orders", "table of -sql")
	if err := f.Parse(args); err != nil {
		if err == flag.ErrHelp {
			fmt.Fprint(stderr, usage)
			f.SetOutput(stderr)
			f.PrintDefaults()
			return nil, err
		}
		return nil, rows.Misuse("%s", strings.Replace(err.Error(), ": parse error", " is no number such as 0.4", 1))
	}
	s.files = f.Args()
	s.given = map[string]bool{}
	f.Visit(func(f *flag.Flag) { s.given[f.Name] = true })
	steps := []func() error{
		func() (err error) { s.format, s.formatSet, err = rows.ParseForm(*format); return err },
		func() (err error) { s.columns, err = parseColumns(*columns); return err },
		func() error { return s.parseIdentity(*identity) },
		func() error { return s.parseReading(*reading) },
		func() error { return s.parseStatuses(*statuses) },
		func() error { return s.parseRefunds(*refunds) },
		func() error { return s.parseKeep(*keep) },
		func() error { return s.parseAlong(*carry, *consent) },
		func() error { return s.parseMoney(*currency, *rates) },
		func() error { return s.parseSkip(*skip) },
		func() (err error) { s.unitDays, err = parseUnit(*unit); return err },
		func() (err error) { s.value.HorizonDays, err = parseHorizon(*horizon); return err },
		func() (err error) { s.from, err = parseDay("from", *from); return err },
		func() (err error) { s.end, err = parseDay("calibration-end", *end); return err },
		func() error { return s.parseLog(*dates, *decimal, *sheet, *path) },
		func() (err error) { s.fields, err = rows.ParseFields(*fields, s.stream); return err },
		s.check,
		s.checkUsed,
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// check finds what does not go together.
func (s *settings) check() error {
	switch {
	case s.input != "auto" && s.input != "orders" && s.input != "summaries":
		return rows.Misuse("-input is auto, orders or summaries, not %q", s.input)
	case s.subscriptions != "auto" && s.subscriptions != "yes" && s.subscriptions != "no":
		return rows.Misuse("-subscriptions is auto, yes or no, not %q", s.subscriptions)
	case s.subscriptions == "yes" && (s.stream || s.summaries || s.input == "summaries" || s.modelFile != "" || s.saveModel != "" || s.evidence != "" || s.by != "" || s.alongs() || s.model != "auto"):
		return rows.Misuse("-subscriptions yes values renewals: -stream, -summaries, -model, -model-file, -save-model, -evidence, -by, -carry and -consent are of repeat purchases")
	case s.stream && len(s.files) > 1:
		return rows.Misuse("-stream reads one file at a time, not %q", s.files)
	case s.stream && s.modelFile == "":
		return rows.Misuse("-stream scores row by row and cannot fit: name a -model-file (score -save-model makes one)")
	case s.stream && (s.summaries || s.input == "orders"):
		return rows.Misuse("-stream takes summaries, one row a customer: score -summaries makes them of an order log")
	case s.modelFile != "" && (s.saveModel != "" || s.model != "auto"):
		return rows.Misuse("-model-file scores with a model that is there; -model and -save-model fit one")
	case s.input == "summaries" && s.ofLog() != nil:
		return s.ofLog()
	case s.evidence != "" && (s.modelFile != "" || s.summaries || s.stream):
		return rows.Misuse("-evidence needs an order log and fits a model to it")
	case s.by != "" && (s.summaries || s.stream || s.quiet && s.evidence == ""):
		return rows.Misuse("-by needs an order log, and tells on the standard error and in -evidence")
	case s.alongs() && (s.summaries || s.stream):
		return rows.Misuse("-carry and -consent need an order log: summaries have no other columns")
	case s.spend != "" && s.by == "":
		return rows.Misuse("-spend says what the groups of -by have cost: name a column with -by")
	case s.summaries && (s.input == "summaries" || s.modelFile != "" || s.saveModel != ""):
		return rows.Misuse("-summaries makes summaries of an order log and fits nothing")
	case s.end != 0 && s.from > s.end:
		return rows.Misuse("-from is after -calibration-end")
	case s.sql != "" && !sql.Known(s.sql):
		return rows.Misuse("-sql is ansi, bigquery, snowflake or redshift, not %q", s.sql)
	}
	if _, ok := customers.KindOf(s.model); !ok && s.model != "auto" {
		return rows.Misuse("-model is %s, not %q", modelNames(), s.model)
	}
	return s.checkNumbers()
}

// checkNumbers finds the number that is out of its bounds (customers.Options.Valid).
func (s *settings) checkNumbers() error {
	v := s.value
	switch {
	case v.Valid() && v.Level != 0:
		return nil
	case v.HorizonDays > 1e6:
		return rows.Misuse("-horizon is up to 1,000,000 days, not %g", v.HorizonDays)
	case !(v.Margin > 0 && v.Margin <= 1):
		return rows.Misuse("-margin is above 0 and at most 1 (40%% is 0.4), not %g", v.Margin)
	case !(v.Level > 0 && v.Level < 1):
		return rows.Misuse("-level is between 0 and 1 (95%% is 0.95), not %g", v.Level)
	}
	return rows.Misuse("-discount is from 0 to 1,000,000 (10%% is 0.1), not %g", v.AnnualDiscount)
}

// ofLog is what a table of summaries cannot serve, nil where nothing that needs an order log is asked for.
func (s *settings) ofLog() error {
	for _, o := range []struct {
		name  string
		asked bool
	}{{"-by", s.by != ""}, {"-evidence", s.evidence != ""}, {"-carry", len(s.carry) > 0}, {"-consent", s.consent != ""}} {
		if o.asked {
			return rows.Misuse("%s needs an order log, with a row for each order; these are summaries, with a row for each customer (-input orders reads them as a log)", o.name)
		}
	}
	return nil
}

// modelNames lists what -model can be.
func modelNames() string {
	names := "auto"
	for k := range customers.Kinds() {
		separator := ", "
		if k+1 == customers.Kinds() {
			separator = " or "
		}
		names += separator + k.String()
	}
	return names
}

func parseColumns(text string) (map[string]string, error) {
	columns := map[string]string{}
	if text == "" {
		return columns, nil
	}
	for pair := range strings.SplitSeq(text, ",") {
		role, column, ok := strings.Cut(pair, "=")
		role, column = strings.TrimSpace(role), strings.TrimSpace(column)
		if !ok || column == "" || !isRole(role) {
			return nil, rows.Misuse("-columns is role=column,... with the roles %s for orders and %s for summaries: %q is none of it",
				strings.Join(orderRoles(), ", "), strings.Join(rows.RoleNames[:], ", "), pair)
		}
		if _, twice := columns[role]; twice {
			return nil, rows.Misuse("-columns names %q twice", role)
		}
		columns[role] = column
	}
	return columns, nil
}

// orderRoles are the names of what a column of an order log means.
func orderRoles() []string {
	var names []string
	for r := range orders.NumRoles {
		names = append(names, r.String())
	}
	return names
}

func isRole(name string) bool {
	for _, r := range append(orderRoles(), rows.RoleNames[:]...) {
		if r == name {
			return true
		}
	}
	return false
}

const daysPerMonth = customers.DaysPerYear / 12

func parseUnit(text string) (float64, error) {
	switch text {
	case "day":
		return 1, nil
	case "week":
		return 7, nil
	case "month":
		return daysPerMonth, nil
	case "year":
		return customers.DaysPerYear, nil
	}
	days, err := strconv.ParseFloat(text, 64)
	if err != nil || !(days >= 1e-9 && days <= 1e9) {
		return 0, rows.Misuse("-unit is day, week, month, year or a number of days, not %q", text)
	}
	return days, nil
}

func parseHorizon(text string) (float64, error) {
	number, unit := text, 1.0
	for suffix, days := range map[string]float64{"d": 1, "w": 7, "m": daysPerMonth, "y": customers.DaysPerYear} {
		if rest, ok := strings.CutSuffix(text, suffix); ok {
			number, unit = rest, days
		}
	}
	v, err := strconv.ParseFloat(number, 64)
	if err != nil || !(v > 0 && v*unit <= math.MaxFloat64) {
		return 0, rows.Misuse("-horizon is a time above zero such as 90, 26w, 12m or 3y, not %q", text)
	}
	return v * unit, nil
}

func parseDay(name, text string) (int32, error) {
	if text == "" {
		return 0, nil
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 1950 || t.Year() > 2100 || t.Unix() == 0 {
		return 0, rows.Misuse("-%s is a day such as 2024-01-31, not %q", name, text)
	}
	return int32(math.Floor(float64(t.Unix()) / 86400)), nil
}

func (s *settings) parseLog(dates, decimal, sheet, path string) error {
	g := &s.reading
	switch dates {
	case "":
	case "mdy":
		g.DateOrder = orders.MonthFirst
	case "dmy":
		g.DateOrder = orders.DayFirst
	default:
		return rows.Misuse("-date-order is mdy or dmy, not %q", dates)
	}
	switch decimal {
	case "":
	case ".", ",":
		g.Decimal = decimal[0]
	default:
		return rows.Misuse("-decimal is . or , and not %q", decimal)
	}
	if sheet != "" {
		g.Sheet = sheet
	}
	if path != "" {
		g.Path = path
	}
	s.readAs()
	s.orders.Now = int32(time.Now().Unix() / 86400)
	return nil
}

// readAs makes the settings of reading options of the reader. Columns wait for the header.
func (s *settings) readAs() {
	g := s.reading
	g.Columns = [orders.NumRoles]string{}
	s.orders, _ = g.Options(s.orders, nil)
}

// inherit takes over how the list of a model file was read, where the command line says nothing else.
func (s *settings) inherit(text string) error {
	old, bad := orders.ParseReading(text)
	if bad != "" {
		return fmt.Errorf("%s: its settings of reading have %q, which this engine does not know", s.modelFile, bad)
	}
	s.inherited = old.Columns
	g := &s.reading
	if len(g.Statuses) == 0 {
		g.Statuses = old.Statuses
	}
	if g.Currency == "" {
		g.Currency, g.Rates = old.Currency, old.Rates
	}
	if !s.given["refunds"] {
		g.Refunds = first(g.Refunds, old.Refunds)
	}
	g.Amounts, g.DateOrder, g.Decimal = first(g.Amounts, old.Amounts), first(g.DateOrder, old.DateOrder), first(g.Decimal, old.Decimal)
	g.Sheet, g.Path = first(g.Sheet, old.Sheet), first(g.Path, old.Path)
	if !s.given["keep"] {
		g.KeepUnpaid, g.KeepCancelled = g.KeepUnpaid || old.KeepUnpaid, g.KeepCancelled || old.KeepCancelled
		g.KeepGiftCards = g.KeepGiftCards || old.KeepGiftCards
	}
	if !s.given["skip"] {
		g.SkipOutsized = g.SkipOutsized || old.SkipOutsized
	}
	s.readAs()
	return nil
}

// first is the first of two that says something.
func first[T comparable](a, b T) T {
	var nothing T
	if a != nothing {
		return a
	}
	return b
}

func writeSQL(out io.Writer, s *settings) error {
	names := sql.Names{Table: s.table, ID: s.columns["id"], Date: s.columns["date"], Amount: s.columns["amount"]}
	if s.end != 0 {
		names.End = dateText(s.end)
	}
	text, err := sql.Summaries(s.sql, names)
	if err != nil {
		return err
	}
	_, err = io.WriteString(out, text)
	return err
}

// wants reports whether one of the fields is asked for.
func (s *settings) wants(some ...rows.Field) bool {
	for _, f := range s.fields {
		for _, g := range some {
			if f == g {
				return true
			}
		}
	}
	return false
}
