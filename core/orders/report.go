package orders

// Reason says why a row was set aside.
type Reason uint8

// Reasons, in the order in which a row is checked.
const (
	ReasonNUL             Reason = iota // holds a NUL byte: damaged or not text
	ReasonOversized                     // longer than 128 KiB, or an id over 255 bytes
	ReasonOpenQuote                     // a quote that is never closed
	ReasonTooManyColumns                // more columns than the file has: an unquoted delimiter
	ReasonTooFewColumns                 // a mapped column is missing from the row
	ReasonMixedDelimiters               // another delimiter than the rest of the file
	ReasonMissingColumn                 // the file has no column for id or date at all
	ReasonCancelled                     // status or cancellation date says cancelled
	ReasonUnpaid                        // status says pending, failed, draft
	ReasonRefunded                      // refunded in full
	ReasonMissingID                     // no customer id
	ReasonBadDate                       // not a date between 1950 and 2100
	ReasonDateOrder                     // a date possible only in the other day/month order
	ReasonFuture                        // later than Options.Now
	ReasonBadAmount                     // not a number, or empty
	ReasonDecimalMark                   // a number possible only with the other decimal mark
	ReasonHugeAmount                    // beyond MaxAmount
	ReasonOtherCurrency                 // not the chosen currency
	ReasonZero                          // amount zero, when Options.DropZero
	ReasonRefundUnmatched               // negative, and no order to net it against
	ReasonRefundDropped                 // negative, under RefundDrop
	ReasonUnknownStatus                 // a status or type that is not known: see Report.Statuses
	ReasonNotOrder                      // a type that is no order: payout, fee, transfer, offer
	ReasonTotalLine                     // a line of totals
	ReasonGiftCard                      // the sale of a gift card: the goods for which it is used are orders of their own
	NumReasons                          // the number of reasons
)

func (r Reason) String() string {
	return pick(int(r), "nul_byte", "oversized", "open_quote", "too_many_columns", "too_few_columns",
		"mixed_delimiters", "missing_column", "cancelled", "unpaid", "refunded", "missing_id", "bad_date",
		"date_order_conflict", "future_date", "bad_amount", "decimal_mark_conflict", "huge_amount",
		"other_currency", "zero_amount", "refund_unmatched", "refund_dropped", "unknown_status", "not_order", "total_line", "gift_card")
}

// Status is the verdict on the file as a whole.
type Status uint8

// Statuses.
const (
	StatusOK         Status = iota
	StatusEmpty             // no bytes, or blank lines only
	StatusHeaderOnly        // names but no rows
	StatusBinary            // not text: see Report.Binary
	StatusNoID              // no column for the customer was found
	StatusNoDate            // no column for the date was found
	StatusNoOrders          // rows, but every one was set aside
)

func (s Status) String() string {
	return pick(int(s), "ok", "empty", "header_only", "binary", "no_id_column", "no_date_column", "no_orders")
}

// DateOrderReason says how the day/month order was settled.
type DateOrderReason uint8

// Reasons for a date order. The first four leave the order ambiguous.
const (
	OrderNotNeeded DateOrderReason = iota // no all-numeric date that depends on it
	OrderByDefault                        // slashes, and nothing else to go by: month first
	OrderByMark                           // dots or dashes: day first
	OrderByLocale                         // semicolons or a decimal comma: day first
	OrderByFuture                         // a date after Options.Now in the other order
	OrderByRow                            // a row that is possible in one order only
	OrderByOption                         // Options.DateOrder
)

func (o DateOrderReason) String() string {
	return pick(int(o), "not_needed", "default", "separator", "locale", "future", "decided_by_row", "option")
}

// DecimalReason says how the decimal mark was settled.
type DecimalReason uint8

// Reasons for a decimal mark.
const (
	DecimalNotNeeded DecimalReason = iota // no amount depends on it
	DecimalByGuess                        // every marked amount has three digits after it: thousands
	DecimalByRow                          // rows that are possible in one way only
	DecimalByOption                       // Options.Decimal
)

func (d DecimalReason) String() string {
	return pick(int(d), "not_needed", "guess", "decided_by_row", "option")
}

const (
	maxExamples   = 5
	maxExample    = 80 // bytes of an example's text
	maxCurrencies = 16
	maxPreview    = 5
	maxCell       = 64 // bytes of a previewed cell
	maxCells      = 64 // cells of a previewed row
)

// Example is a row that was set aside.
type Example struct {
	File uint32 // of several, from 1; 0 where there is one
	Line uint32 // physical line, from 1; 0 where it is not known
	Text []byte // the offending text, cut; bytes as in the file
}

// Tally counts the rows set aside for one reason and keeps the first few.
type Tally struct {
	Rows     uint64
	Examples []Example
}

// CurrencyCount is how many rows name a currency.
type CurrencyCount struct {
	Code string
	Rows uint64
}

// Report tells what was read and what became of it. After Close
//
//	Rows = Orders + Merged + LineItems + Duplicates + RefundsNetted + Headings + Skipped + all SetAside.
type Report struct {
	Status   Status
	Binary   Binary
	Encoding Encoding
	Bytes    uint64

	Delimiter byte // ' ' for runs of blanks
	HasHeader bool
	Preset    Preset
	Columns   [NumRoles]int   `by:"role"` // 1-based; 0 for roles without a column
	Basis     [NumRoles]Basis `by:"role"`
	RunnerUp  [NumRoles]int   `by:"role"` // the column that would be next, 0 for none
	Titles    int             // lines above the header, left out
	Table     string          // of a dump of a database: the one that was read
	Tables    int             // that it has, with rows
	Wrapped   bool            // every line stood in quotes and was taken out of them
	DateParts [2]int          // the columns of month and day, where that of the date has the year alone; 0 for none
	Width     int             // columns of the file
	Names     [][]byte        // the header's names, the first 512
	Consent   int             // the column that says who accepts marketing, 0 for none
	Missing   string          // a column that Options.Reading names and the file does not have; it was guessed
	Reading   string          // the decisions in force as the text of a Reading, without what could be somebody's name
	Preview   [][][]byte      // the first rows after the header, cells cut

	Rows          uint64            // records, without header and blank lines
	Blank         uint64            // blank lines and rows of empty cells
	Orders        uint64            // orders in the Log
	Merged        uint64            // rows added to an order of the same customer and period
	LineItems     uint64            // further rows of an order with the same order id
	Duplicates    uint64            // rows identical to another row of the same order id
	RefundsNetted uint64            // negative rows netted against orders
	Headings      uint64            // lines that name the customer, or the month, of those below
	Skipped       uint64            // rows of customers whom Options.Skip or SkipOutsized leave out
	SetAside      [NumReasons]Tally `by:"set_aside" sparse:"reason"`
	Fallback      [3]uint64         `by:"fallback"` // rows whose customer was told by e-mail, phone or name instead of the id

	Rejoined  uint64 // rows put together again, which a delimiter in a text without quotes had split
	Respelled int    // customers whom the file writes in several ways, and who were taken for one

	Statuses       []StatusCount // the values of the status and type columns, the most frequent first
	StatusOverflow uint64        // rows of values beyond those listed
	Questions      []Question    // what a person should look at

	Zero           uint64  // rows of amount zero that were kept
	RefundedAmount float64 // sum netted by refund rows and refund columns
	RefundExcess   float64 // sum by which netted refunds exceeded their orders; lost
	Recoded        uint64  // ids that were not UTF-8 and taken as Windows-1252
	Amounts        AmountKind
	Scale          float64 // what one of the amounts' numbers stands for: 0.01 in cents, 1,000 in thousands, 1 for itself

	DateOrder         DateOrder
	DateOrderReason   DateOrderReason
	DateAmbiguous     bool   // every date that depends on the order fits both
	DependentDates    uint64 // rows whose date depends on the order
	Decimal           byte
	DecimalReason     DecimalReason
	Currency          string // the currency kept; empty when rows name none
	Currencies        []CurrencyCount
	CurrencyOverflow  uint64 // rows of currencies beyond those listed
	CurrencyContested bool   // another currency turned out more frequent
	Converted         uint64 // rows converted by Options.Rates

	Customers         int
	FirstDay, LastDay int32 // days since 1970-01-01
	Spend             float64
}

// SetAsideRows is the number of rows set aside for any reason.
func (r *Report) SetAsideRows() uint64 {
	var n uint64
	for i := range r.SetAside {
		n += r.SetAside[i].Rows
	}
	return n
}

// Balanced reports whether every row is accounted for exactly once.
func (r *Report) Balanced() bool {
	return r.Rows == r.Orders+r.Merged+r.LineItems+r.Duplicates+r.RefundsNetted+r.Headings+r.Skipped+r.SetAsideRows()
}

// setAside counts the current row and keeps its line and text as an example.
func (r *Reader) setAside(reason Reason, text []byte) {
	r.report.SetAside[reason].add(r.line, text)
	if r.aside != nil {
		r.aside(reason, r.line, text)
	}
}

func (t *Tally) add(line uint32, text []byte) {
	t.Rows++
	if len(t.Examples) < maxExamples {
		t.Examples = append(t.Examples, Example{Line: line, Text: clip(text, maxExample)})
	}
}

// clip copies at most n bytes of b.
func clip(b []byte, n int) []byte {
	return append([]byte(nil), b[:min(len(b), n)]...)
}

// pick is the i-th name, or "unknown".
func pick(i int, names ...string) string {
	if i < 0 || i >= len(names) {
		return "unknown"
	}
	return names[i]
}
