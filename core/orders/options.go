package orders

// Options override what the reader would guess. The zero value guesses all.
type Options struct {
	// Columns maps roles to 1-based column numbers; 0 guesses, None leaves out.
	Columns [NumRoles]int `by:"role" min:"-1" max:"1e6"`
	// Reading is the text of a Reading: what the other options leave open is as it says.
	Reading string
	// GroupBy is the 1-based column to group customers by, 0 for none; Carry is how many columns are kept by which they can be grouped, up to MaxCarried:
	// those that suit best. See Log.Carried.
	GroupBy int `wire:"-"`
	Carry   int `min:"0" max:"8"`
	// Keep are columns, by name or number, whose texts are kept as they stand, MaxKept at most: see Log.Kept.
	Keep []string
	// Preset forces the columns of a known export; PresetAuto recognises them.
	Preset Preset
	// Header says whether the first row holds names.
	Header Header
	// Encoding is the file's own where it was decoded before: see Charset. It is told in the
	// report and changes nothing.
	Encoding Encoding
	// Delimiter is one of , ; tab | or a space (runs of blanks); 0 guesses.
	Delimiter byte
	// DateOrder of all-numeric dates; DateOrderAuto finds out.
	DateOrder DateOrder
	// Decimal is '.' or ','; 0 guesses.
	Decimal byte
	// Currency (such as EUR, or a sign such as $) to keep; rows of others are set
	// aside. Empty takes the most frequent one of the first rows.
	Currency string
	// Rates convert rows in other currencies to the one that is kept.
	Rates []Rate
	// Skip leaves out customers by their ids, SkipOutsized the one that QuestionOutsized would be about:
	// a till, a marketplace, the shop itself. Report.Skipped counts their rows.
	Skip         []string
	SkipOutsized bool
	// Zone, when set, moves instants (a date-time with an offset, an epoch, a
	// column in UTC) to this zone before the day is taken. Unset, the day counts
	// as it is written. A date without offset is never moved.
	Zone Zone
	// Now is today in UTC, as days since 1970-01-01: orders later than tomorrow, which
	// is today in the furthest time zone, are set aside. 0 checks nothing.
	Now int32 `min:"-1e6" max:"1e6"`
	// Refunds says what to do with negative rows.
	Refunds RefundRule
	// Amounts says whether rows that share an order id repeat or split its total.
	Amounts AmountKind
	// KeepCancelled accepts rows whatever their status says.
	KeepCancelled bool
	// KeepUnpaid accepts what is not paid yet, as shops need that are paid on delivery.
	KeepUnpaid bool
	// KeepGiftCards counts the sales of gift cards as orders, where a column says what was bought.
	KeepGiftCards bool
	// Statuses says how single values of the status and type columns are taken.
	Statuses []StatusRule
	// DropZero sets orders of amount zero aside instead of keeping them.
	DropZero bool
	// MergeDays is the length of the period within which the orders of one
	// customer count as one; 0 means 1, a day. 7 gives weeks from Monday.
	MergeDays int32 `min:"0" max:"366"`

	lines  bool // amounts come from line items, where Amounts does not say
	joined bool // of several files, parted by an empty line where blank cells are those above
	slow   bool // without quickRow, which a test compares
}

// None in Options.Columns says that the file has no column for the role.
const None = -1

// Header says whether a file names its columns.
type Header uint8

// Header choices.
const (
	HeaderAuto Header = iota
	HeaderPresent
	HeaderAbsent
)

func (h Header) String() string { return pick(int(h), "auto", "present", "absent") }

// Zone is a fixed offset from UTC; day boundaries in it decide an order's day.
type Zone struct {
	Set     bool
	Minutes int32 `min:"-1440" max:"1440"` // east of UTC
}

// RefundRule says what a negative row does.
type RefundRule uint8

const (
	// RefundNetEarlier takes a refund off the order with its order id; or else off the
	// customer's order of that day, if it covers it; or else off the latest earlier order
	// (of 1,000 at most) of the same amount, off the latest that covers it, or off the
	// latest ones together. What finds no order is set aside as ReasonRefundUnmatched.
	RefundNetEarlier RefundRule = iota
	// RefundNetSameDay does not look at earlier days.
	RefundNetSameDay
	// RefundDrop sets every negative row aside as ReasonRefundDropped.
	RefundDrop
)

func (r RefundRule) String() string { return pick(int(r), "net_earlier", "net_same_day", "drop") }

// AmountKind says what the amounts of rows with one order id mean.
type AmountKind uint8

const (
	// AmountAuto decides by the file: if the amounts within an order are equal in
	// nearly all orders of several rows they repeat its total.
	AmountAuto AmountKind = iota
	// AmountPerOrder rows repeat the order's total; it counts once.
	AmountPerOrder
	// AmountPerLine rows are the order's parts; they are added up.
	AmountPerLine
)

func (a AmountKind) String() string { return pick(int(a), "auto", "per_order", "per_line") }
