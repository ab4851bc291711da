package catalogue

// A Kind is how a field looks on the wire and at the WASM boundary.
type Kind uint8

const (
	Number  Kind = iota // one number
	Option              // one of Options; its index at the boundary
	List                // numbers
	Group               // an object of Fields (results only)
	Records             // a list of objects of Fields

	// Of the tools over calculations, which go over the wire alone.

	Text    // one text
	Texts   // texts
	Object  // the input of a calculation
	Matrix  // lists of numbers, of one length (results only)
	Notices // warnings (results only)
)

// String is the kind's name in the generated catalogue.
func (k Kind) String() string {
	return [...]string{"number", "option", "list", "group", "records", "text", "texts", "object", "matrix", "notices"}[k]
}

// A Field is one input or result, with its words and bounds. Fields are generated from the struct tags in core.
type Field struct {
	Name, Title, Help, Unit string

	Was       []string // its old names, which requests may still use
	Kind      Kind
	Optional  bool     // input: may be left out; result: may be null
	Placed    bool     // of an input that may be left out: among arguments it stands where it did when it was needed
	Never     string   // of a result: null is beyond every number, Always or where this input is given
	PerPeriod bool     // of a result that is no number of periods: it depends on how long a period is
	Default   *float64 // what an input left out stands for; an option's index
	Min, Max  float64  // bounds of an input; of each element of a list
	Above     bool     // Min itself is out of bounds
	Whole     bool     // whole numbers only
	Adds      bool     // of a field of rows: the rows' figures add up to one that means something
	MinItems  int      // of a List or Records
	MaxItems  int
	Row       string // of Records: what each is; a row may then have a name, which stays with whoever asked
	Beside    string // of a List: the other column of the table that both are on the page; each is a field of its own on the wire
	Table     string // that table's title, of its first column
	Options   []string
	Fields    []Field
}

// RowName is the member that holds the name of a row, where Records are rows of something: a channel's name, a tier's. It is a
// text, which never crosses the boundary: the host keeps it, and puts it beside the row of the result in the same place.
const RowName = "name"

// MaxRowName is the longest name of a row, in bytes.
const MaxRowName = 200

// Always is a Field's Never where no input has to be given for it.
const Always = "always"

// A Layout is the shape of one calculation: what goes in and what comes out, in boundary order.
type Layout struct {
	Inputs, Results []Field
}
